package io.millrace.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.event.BookState;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Both recorded sessions through decoder and stage, compared with the oracle after every update. */
class CaptureOracleTest {

    private final InstrumentTable table = Captures.table();
    private final MarketDecoder decoder = new MarketDecoder(table, BookEvents.DEFAULT_SLOT_LENGTH);
    private final StageHarness harness = new StageHarness();
    private final Map<String, JacksonOracle> oracles = new HashMap<>();
    private final long[] ticks = new long[10_000];
    private final long[] lots = new long[10_000];
    private int updates;

    @Test
    @Tag("slow")
    void shouldEqualOracleAfterEveryUpdateOfBtcusdt() {
        play(Captures.BTC);

        BookReport report = harness.report(0);
        System.out.println(report);
        assertEquals(BookState.LIVE, report.state());
        assertEquals(6_547, report.diffs().applied());
        assertEquals(oracles.get("BTCUSDT").applied, report.diffs().applied());
        assertEquals(0, report.sync().gaps());
        assertEquals(0, report.sync().crossed());
        assertEquals(0, report.sync().resyncs());
        assertEquals(0, report.sync().errors());
        assertEquals(503, report.tickers().tickerFirst());
        assertEquals(126, report.tickers().diffFirst());
        assertEquals(0, report.tickers().mismatched());
        assertEquals(5_018, report.bidLevels());
        assertEquals(4_578, report.askLevels());
        assertTrue(updates > 6_500, "only " + updates + " updates were compared");
    }

    @Test
    void shouldEqualOracleAfterEveryUpdateOfFourSmallContracts() {
        play(Captures.ALTS);

        List<BookReport> reports = harness.stage.reports();
        assertEquals(5, reports.size());
        for (BookReport report : reports.subList(1, 5)) {
            JacksonOracle oracle = oracles.get(report.symbol());
            assertEquals(BookState.LIVE, report.state());
            assertEquals(oracle.applied, report.diffs().applied());
            assertEquals(oracle.bids.size(), report.bidLevels());
            assertEquals(oracle.asks.size(), report.askLevels());
            assertEquals(
                    0,
                    report.sync().gaps()
                            + report.sync().crossed()
                            + report.sync().resyncs());
            assertTrue(report.tickers().matched() > 0, report.toString());
            assertEquals(0, report.tickers().mismatched());
        }
    }

    private void play(String name) {
        for (int id = 0; id < table.size(); id++) {
            InstrumentSpec spec = table.byId(id);
            harness.apply(Definitions.encode(spec));
            oracles.put(spec.symbol(), new JacksonOracle());
        }
        UnsafeBuffer frame = new UnsafeBuffer(0, 0);
        for (Captures.Line line : Captures.read(name)) {
            harness.events.ingressNs = line.receivedNs();
            if (line.isStream()) {
                frame.wrap(line.frame());
                int length = decoder.decode(frame, 0, line.frame().length, 1, line.receivedNs());
                assertTrue(length >= 0, "decode error " + length);
                applyAll(length);
                afterFrame(line);
            } else {
                onSnapshot(line.json());
            }
        }
    }

    private void applyAll(int length) {
        for (int at = 0; at < length; at += EventHeader.length(decoder.encoded(), at)) {
            harness.apply(decoder.encoded(), at, EventHeader.length(decoder.encoded(), at));
        }
    }

    private void onSnapshot(JsonNode line) {
        String symbol = line.has("symbol") ? line.get("symbol").asText() : "BTCUSDT";
        JsonNode body = line.has("data") ? line.get("data") : line;
        InstrumentSpec spec = table.find(symbol);
        harness.snapshot(
                spec.id(),
                body.get("lastUpdateId").asLong(),
                0,
                Captures.levels(body.get("bids"), spec),
                Captures.levels(body.get("asks"), spec));
        oracles.get(symbol).onSnapshot(body);
        compare(spec);
    }

    private void afterFrame(Captures.Line line) {
        JsonNode data = line.json().get("data");
        if (data.get("e").asText().equals("depthUpdate")) {
            InstrumentSpec spec = table.find(data.get("s").asText());
            oracles.get(spec.symbol()).onDiff(data);
            compare(spec);
        }
    }

    private void compare(InstrumentSpec spec) {
        JacksonOracle oracle = oracles.get(spec.symbol());
        boolean isLive =
                harness.views.containsKey(spec.id()) && harness.view(spec.id()).isLive();
        assertEquals(oracle.isLive(), isLive, "live at update " + updates);
        if (!isLive) {
            return;
        }
        assertEquals(oracle.updateId, harness.view(spec.id()).lastUpdateId());
        OrderBook book = harness.stage.book(spec.id());
        boolean isCovered = book.isCovered();
        book.uncover();
        int depth = ticks.length;
        compareSide(spec, book, OrderBook.BID, oracle.bids, depth);
        compareSide(spec, book, OrderBook.ASK, oracle.asks, depth);
        assertEquals(book.hashFromScratch(), book.hash());
        MarketView view = harness.view(spec.id());
        if (isCovered) {
            book.cover(view.bidTicks(), view.bidLots(), view.askTicks(), view.askLots());
        }
        updates++;
    }

    private void compareSide(
            InstrumentSpec spec, OrderBook book, int side, SortedMap<BigDecimal, BigDecimal> oracle, int depth) {
        assertEquals(oracle.size(), book.levels(side));
        int count = book.top(side, depth, ticks, lots);
        assertEquals(Math.min(depth, oracle.size()), count);
        int i = 0;
        for (Map.Entry<BigDecimal, BigDecimal> level : oracle.entrySet()) {
            if (i == count) {
                return;
            }
            if (spec.tick().toDecimal(ticks[i]).compareTo(level.getKey()) != 0
                    || spec.lot().toDecimal(lots[i]).compareTo(level.getValue()) != 0) {
                throw new AssertionError(spec.symbol() + " update " + updates + " level " + i + " is " + ticks[i]
                        + " x " + lots[i] + ", the oracle has " + level);
            }
            i++;
        }
    }
}
