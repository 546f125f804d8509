package io.millrace.exchange.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.exchange.ReplayedBook;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.ContractRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SyntheticMarketTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long START_NS = 1_795_262_385_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long SEED = 20_261_121;
    private static final long GOLDEN = 19_598_313L;

    private static SyntheticSettings lively(int symbols) {
        return SyntheticSettings.of(symbols, SEED)
                .withEventsPerSecond(900 * symbols)
                .withJumpsPerHour(600);
    }

    /** Replays all streams of all symbols and checks each payload against the venue's book at that moment. */
    private static final class Auditor implements FrameSink {
        private final SyntheticMarket market;
        private final Map<Integer, Map<StreamKind, ReplayedBook>> books = new HashMap<>();
        private final Map<StreamKind, Integer> counts = new EnumMap<>(StreamKind.class);
        private final Map<Integer, List<JsonNode>> trades = new HashMap<>();
        private final Map<Integer, List<JsonNode>> aggregates = new HashMap<>();
        private final Map<Integer, List<JsonNode>> bars = new HashMap<>();
        private final Set<Long> ids = new HashSet<>();
        private long lastId;

        Auditor(SyntheticMarket market) {
            this.market = market;
            for (int i = 0; i < market.symbols().size(); i++) {
                Map<StreamKind, ReplayedBook> of = new EnumMap<>(StreamKind.class);
                for (int k = 0; k < StreamKind.count(); k++) {
                    if (StreamKind.of(k).isDepth()) {
                        ReplayedBook book = new ReplayedBook();
                        book.load(market.book(i, Integer.MAX_VALUE));
                        of.put(StreamKind.of(k), book);
                    }
                }
                books.put(i, of);
            }
        }

        @Override
        public boolean isWanted(int symbol, StreamKind kind) {
            return true;
        }

        @Override
        public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
            JsonNode frame;
            try {
                frame = JSON.readTree(payload, 0, length);
            } catch (IOException e) {
                throw new UncheckedIOException(new String(payload, 0, length, StandardCharsets.UTF_8), e);
            }
            JsonNode head = frame.isArray() ? frame.get(0) : frame;
            if (kind != StreamKind.TRADING_SESSION) {
                assertEquals(kind.event(), head.get("e").textValue());
            }
            int count = counts.merge(kind, 1, Integer::sum);
            BookImage venue = kind.isDepth() && count % 40 == 0 ? market.book(symbol, Integer.MAX_VALUE) : null;
            if (kind.isDepth()) {
                ReplayedBook book = books.get(symbol).get(kind);
                book.apply(frame);
                if (venue != null) {
                    assertEquals(venue.lastUpdateId(), book.lastUpdateId);
                    book.assertSameAs(venue);
                }
                if (kind == StreamKind.DEPTH_0MS) {
                    assertTrue(frame.get("U").longValue() > lastId, "one counter for all symbols");
                    lastId = frame.get("u").longValue();
                    assertTrue(ids.add(lastId));
                }
            } else if (kind == StreamKind.BOOK_TICKER) {
                checkTicker(books.get(symbol).get(StreamKind.DEPTH_0MS), frame);
            } else if (kind == StreamKind.TRADE) {
                trades.computeIfAbsent(symbol, unused -> new ArrayList<>()).add(frame);
            } else if (kind == StreamKind.AGG_TRADE) {
                aggregates.computeIfAbsent(symbol, unused -> new ArrayList<>()).add(frame);
            } else if (kind == StreamKind.KLINE_1M && frame.get("k").get("x").booleanValue()) {
                bars.computeIfAbsent(symbol, unused -> new ArrayList<>()).add(frame.get("k"));
            }
        }

        private static void checkTicker(ReplayedBook book, JsonNode ticker) {
            assertEquals(book.lastUpdateId, ticker.get("u").longValue(), "the unthrottled diff comes first");
            assertEquals(book.bids.firstKey(), decimal(ticker, "b"));
            assertEquals(book.bids.firstEntry().getValue(), decimal(ticker, "B"));
            assertEquals(book.asks.firstKey(), decimal(ticker, "a"));
            assertEquals(book.asks.firstEntry().getValue(), decimal(ticker, "A"));
        }
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.get(field).textValue()).stripTrailingZeros();
    }

    @Test
    void shouldPublishStreamsThatAgreeWhenAllAreReplayed() {
        SyntheticMarket market = new SyntheticMarket(lively(3), START_NS);
        Auditor auditor = new Auditor(market);
        long endNs = START_NS + 22 * SECOND_NS;
        while (market.advance(endNs, 1000, auditor) > 0) {
            // All of it.
        }
        market.flush(endNs, auditor);
        market.announce(ContractRules.of(market.symbols().get(0)), false, endNs, auditor);
        for (int symbol = 0; symbol < 3; symbol++) {
            BookImage venue = market.book(symbol, Integer.MAX_VALUE);
            auditor.books.get(symbol).values().forEach(book -> book.assertSameAs(venue));
            assertTrue(venue.bidTicks().length > 200 && venue.askTicks().length > 200, venue.toString());
            assertTrue(venue.bidTicks().length <= 1000 && venue.askTicks().length <= 1000, venue.toString());
            checkAggregates(auditor.trades.get(symbol), auditor.aggregates.get(symbol));
            checkBars(auditor.trades.get(symbol), auditor.bars.get(symbol));
        }
        System.out.println("streams of 22 s, seed " + SEED + ": " + auditor.counts + ", " + market.flowEvents()
                + " order-flow events");
        assertEquals(StreamKind.count(), auditor.counts.size(), "every stream has been heard: " + auditor.counts);
    }

    private static void checkAggregates(List<JsonNode> trades, List<JsonNode> aggregates) {
        int next = 0;
        for (JsonNode aggregate : aggregates) {
            BigDecimal qty = BigDecimal.ZERO;
            assertEquals(
                    trades.get(next).get("t").longValue(), aggregate.get("f").longValue());
            long last = aggregate.get("l").longValue();
            while (next < trades.size() && trades.get(next).get("t").longValue() <= last) {
                JsonNode trade = trades.get(next++);
                assertEquals(trade.get("p"), aggregate.get("p"));
                assertEquals(trade.get("m"), aggregate.get("m"));
                assertEquals(trade.get("T"), aggregate.get("T"));
                qty = qty.add(decimal(trade, "q"));
            }
            assertEquals(qty.stripTrailingZeros(), decimal(aggregate, "q"));
        }
        assertEquals(trades.size(), next);
    }

    private static void checkBars(List<JsonNode> trades, List<JsonNode> bars) {
        assertTrue(!bars.isEmpty());
        for (JsonNode bar : bars) {
            List<JsonNode> in = trades.stream()
                    .filter(trade -> trade.get("T").longValue() >= bar.get("t").longValue()
                            && trade.get("T").longValue() <= bar.get("T").longValue())
                    .toList();
            assertEquals(in.size(), bar.get("n").intValue());
            BigDecimal volume = BigDecimal.ZERO;
            BigDecimal turnover = BigDecimal.ZERO;
            BigDecimal high = decimal(in.get(0), "p");
            BigDecimal low = high;
            for (JsonNode trade : in) {
                BigDecimal price = decimal(trade, "p");
                volume = volume.add(decimal(trade, "q"));
                turnover = turnover.add(price.multiply(decimal(trade, "q")));
                high = high.max(price);
                low = low.min(price);
            }
            assertEquals(volume.stripTrailingZeros(), decimal(bar, "v"));
            assertEquals(turnover.stripTrailingZeros(), decimal(bar, "q"));
            assertEquals(high, decimal(bar, "h"));
            assertEquals(low, decimal(bar, "l"));
            assertEquals(decimal(in.get(0), "p"), decimal(bar, "o"));
            assertEquals(decimal(in.get(in.size() - 1), "p"), decimal(bar, "c"));
            assertEquals(in.get(0).get("t"), bar.get("f"));
            assertEquals(in.get(in.size() - 1).get("t"), bar.get("L"));
        }
    }

    private static long fingerprint(SyntheticSettings settings, long stepNs) {
        return fingerprint(settings, stepNs, kind -> true);
    }

    private static long fingerprint(SyntheticSettings settings, long stepNs, Predicate<StreamKind> kinds) {
        SyntheticMarket market = new SyntheticMarket(settings, START_NS);
        CRC32 crc = new CRC32();
        FrameSink sink = new FrameSink() {
            @Override
            public boolean isWanted(int symbol, StreamKind kind) {
                return kinds.test(kind);
            }

            @Override
            public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
                crc.update(payload, 0, length);
            }
        };
        for (long ns = START_NS; ns <= START_NS + 3 * SECOND_NS; ns += stepNs) {
            while (market.advance(ns, 777, sink) > 0) {
                // All of it.
            }
        }
        return crc.getValue();
    }

    @Test
    void shouldPublishTheSameBytesWhenTheSeedIsTheSame() {
        long once = fingerprint(lively(20), SECOND_NS);
        assertEquals(once, fingerprint(lively(20), SECOND_NS / 200), "however time is cut");
        assertNotEquals(once, fingerprint(SyntheticSettings.of(20, SEED + 1).withEventsPerSecond(18_000), SECOND_NS));
    }

    @Test
    void shouldPublishTheBytesOfOldWhenNobodyTrades() {
        // A seed is a market: that clients can trade in it now changes nothing for whoever only watches.
        Set<StreamKind> kinds = Set.of(
                StreamKind.DEPTH_0MS,
                StreamKind.DEPTH_100MS,
                StreamKind.BOOK_TICKER,
                StreamKind.TRADE,
                StreamKind.AGG_TRADE);
        assertEquals(GOLDEN, fingerprint(lively(20), SECOND_NS, kinds::contains));
    }

    @Test
    void shouldStandStillWhenTimeIsSkipped() {
        SyntheticMarket market = new SyntheticMarket(lively(2), START_NS);
        Auditor auditor = new Auditor(market);
        market.advance(START_NS + SECOND_NS, Integer.MAX_VALUE, auditor);
        long dueNs = market.nextDueNs();
        market.skip(10 * SECOND_NS);
        assertEquals(dueNs + 10 * SECOND_NS, market.nextDueNs());
        assertEquals(0, market.advance(START_NS + 10 * SECOND_NS, 1, auditor));
    }

    @Test
    void shouldListDistinctSymbolsWhenMoreThanTheKnownAreAsked() {
        SyntheticMarket market = new SyntheticMarket(SyntheticSettings.of(SyntheticSettings.MAX_SYMBOLS, 1), START_NS);
        assertEquals("BTCUSDT", market.symbols().get(0).symbol());
        Set<String> names = new HashSet<>();
        market.symbols().forEach(spec -> names.add(spec.symbol()));
        assertEquals(SyntheticSettings.MAX_SYMBOLS, names.size());
    }
}
