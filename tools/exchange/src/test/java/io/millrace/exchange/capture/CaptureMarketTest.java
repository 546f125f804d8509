package io.millrace.exchange.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.exchange.ReplayedBook;
import io.millrace.exchange.SharedData;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.MarketSource;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.venue.BookImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureMarketTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BITCOIN = "captures/usdm-btcusdt-20240808.jsonl.gz";
    private static final String ALTS = "captures/usdm-4alts-20210722.jsonl.gz";

    @TempDir
    private Path directory;

    /** Counts payloads and lets clients join now and then: each asks for a snapshot after the diff it came with. */
    private static final class Clients implements FrameSink {
        private final CaptureMarket market;
        private final int joinEvery;
        private final Map<StreamKind, Integer> counts = new EnumMap<>(StreamKind.class);
        private final List<List<ReplayedBook>> books = new ArrayList<>();

        Clients(CaptureMarket market, int joinEvery) {
            this.market = market;
            this.joinEvery = joinEvery;
            market.symbols().forEach(spec -> books.add(new ArrayList<>()));
        }

        @Override
        public boolean isWanted(int symbol, StreamKind kind) {
            return !kind.isDepth() || kind == StreamKind.DEPTH_0MS;
        }

        @Override
        public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
            int count = counts.merge(kind, 1, Integer::sum);
            if (!kind.isDepth()) {
                return;
            }
            try {
                JsonNode diff = JSON.readTree(payload, 0, length);
                if (count == 1 || count % joinEvery == 0 || books.get(symbol).isEmpty()) {
                    ReplayedBook book = new ReplayedBook();
                    book.load(market.book(symbol, 1000));
                    books.get(symbol).add(book);
                }
                books.get(symbol).forEach(book -> book.apply(diff));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Clients play(CaptureMarket market, int joinEvery) {
        Clients clients = new Clients(market, joinEvery);
        assertEquals(0, market.advance(0, 10, clients), "nothing before somebody listens");
        market.onStreamsWanted(1);
        while (market.advance(0, 1000, clients) > 0) {
            // All of it.
        }
        assertTrue(market.isExhausted());
        assertEquals(MarketSource.NEVER, market.nextDueNs());
        return clients;
    }

    private static void assertSameTop(BookImage venue, ReplayedBook book, int levels) {
        List<BigDecimal> bids = book.bids.keySet().stream().limit(levels).toList();
        List<BigDecimal> asks = book.asks.keySet().stream().limit(levels).toList();
        for (int i = 0; i < Math.min(levels, bids.size()); i++) {
            assertEquals(0, venue.spec().tick().toDecimal(venue.bidTicks()[i]).compareTo(bids.get(i)), "bid " + i);
            assertEquals(0, venue.spec().tick().toDecimal(venue.askTicks()[i]).compareTo(asks.get(i)), "ask " + i);
        }
    }

    @Test
    void shouldServeBooksThatBridgeWheneverAClientJoinsTheBitcoinCapture() throws IOException {
        try (CaptureMarket market = new CaptureMarket(CaptureSettings.of(SharedData.file(BITCOIN)))) {
            assertEquals("BTCUSDT", market.symbols().get(0).symbol());
            assertEquals(new BigDecimal("0.1"), market.symbols().get(0).tick().step());
            assertEquals(new BigDecimal("0.001"), market.symbols().get(0).lot().step());
            assertEquals(2, market.symbols().get(0).priceDecimals());
            Clients clients = play(market, 500);
            assertEquals(
                    Map.of(StreamKind.DEPTH_0MS, 6551, StreamKind.BOOK_TICKER, 66_089, StreamKind.TRADE, 21_313),
                    clients.counts);
            assertEquals(0, market.gaps());
            BookImage venue = market.book(0, Integer.MAX_VALUE);
            assertEquals(5018, venue.bidTicks().length);
            assertEquals(4578, venue.askTicks().length);
            ReplayedBook first = clients.books.get(0).get(0);
            assertEquals(6547, first.applied, "the recording's first diffs are older than its snapshot");
            first.assertSameAs(venue);
            assertEquals(14, clients.books.get(0).size());
            clients.books.get(0).forEach(book -> {
                assertTrue(book.isLive);
                assertSameTop(venue, book, 100);
            });
        }
    }

    @Test
    void shouldKeepABookForEachSymbolWhenTheCaptureHasSeveral() throws IOException {
        CaptureSettings settings = CaptureSettings.of(SharedData.file(ALTS));
        try (CaptureMarket market = new CaptureMarket(settings)) {
            assertEquals(
                    List.of("SUSHIUSDT", "AKROUSDT", "KEEPUSDT", "CTKUSDT"),
                    market.symbols().stream().map(spec -> spec.symbol()).toList());
            Clients clients = play(market, 50);
            assertEquals(
                    Map.of(
                            StreamKind.DEPTH_0MS,
                            764,
                            StreamKind.BOOK_TICKER,
                            613,
                            StreamKind.AGG_TRADE,
                            91,
                            StreamKind.KLINE_1M,
                            67),
                    clients.counts);
            for (int i = 0; i < 4; i++) {
                BookImage venue = market.book(i, Integer.MAX_VALUE);
                clients.books.get(i).get(0).assertSameAs(venue);
                clients.books.get(i).forEach(book -> assertSameTop(venue, book, 50));
            }
        }
    }

    @Test
    void shouldTakeGridsFromExchangeInfoWhenItIsGiven() throws IOException {
        CaptureSettings settings = CaptureSettings.of(SharedData.file(ALTS))
                .withExchangeInfo(SharedData.file("rest/exchangeInfo-20210722.json.gz"));
        try (CaptureMarket market = new CaptureMarket(settings)) {
            JsonNode info = JSON.readTree(market.exchangeInfo());
            assertEquals(4, info.get("symbols").size());
            assertEquals("SUSHI", market.symbols().get(0).baseAsset());
            // Listed with a tick of 0.00100, but bids of 0.00001 rest in its book.
            assertEquals(
                    new BigDecimal("0.00001"), market.symbols().get(3).tick().step());
        }
        CaptureSettings other = CaptureSettings.of(SharedData.file(BITCOIN))
                .withExchangeInfo(SharedData.file("rest/exchangeInfo-20210722.json.gz"));
        try (CaptureMarket market = new CaptureMarket(other)) {
            assertEquals(new BigDecimal("0.01"), market.symbols().get(0).tick().step());
        }
    }

    private CaptureSettings write(String... lines) throws IOException {
        return CaptureSettings.of(Files.write(directory.resolve("c.jsonl"), List.of(lines)));
    }

    private static String diff(long first, long last, long previous, String bid, String lots) {
        return "{\"stream\":\"xusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1,\"T\":1,\"s\":\"XUSDT\",\"U\":"
                + first + ",\"u\":" + last + ",\"pu\":" + previous + ",\"b\":[[\"" + bid + "\",\"" + lots
                + "\"]],\"a\":[]}}";
    }

    private static String snapshot(long id, String bid, String ask) {
        return "{\"rest\":\"depth\",\"symbol\":\"XUSDT\",\"data\":{\"lastUpdateId\":" + id
                + ",\"E\":1,\"T\":1,\"bids\":[[\"" + bid + "\",\"2\"]],\"asks\":[[\"" + ask + "\",\"3\"]]}}";
    }

    @Test
    void shouldGoOnFromTheNextSnapshotWhenTheRecordingHasAGap() throws IOException {
        CaptureSettings settings = write(
                "1 " + diff(5, 7, 3, "1.10", "1"),
                "2 " + snapshot(9, "1.20", "1.50"),
                "3 " + diff(8, 10, 7, "1.25", "1"),
                "4 " + diff(15, 17, 14, "1.30", "1"),
                "5 " + diff(18, 22, 17, "1.35", "1"),
                "6 " + snapshot(20, "1.31", "1.51"));
        try (CaptureMarket market = new CaptureMarket(settings.withStartAfterStreams(0))) {
            Clients sink = new Clients(market, Integer.MAX_VALUE);
            assertEquals(9, market.book(0, 10).lastUpdateId(), "the first snapshot, ahead of its place");
            market.advance(0, 3, sink);
            assertEquals(10, market.book(0, 10).lastUpdateId());
            assertArrayEquals(new long[] {125, 120}, market.book(0, 10).bidTicks(), "ticks of 0.01");
            sink.books.get(0).clear();
            market.advance(0, 1, sink);
            assertEquals(1, market.gaps());
            assertEquals(20, market.book(0, 10).lastUpdateId(), "the snapshot after the gap");
            market.advance(0, 9, sink);
            assertEquals(22, market.book(0, 10).lastUpdateId());
            assertEquals(2, market.book(0, 10).bidTicks().length);
        }
    }

    @Test
    void shouldKeepTheRecordedPaceWhenASpeedIsGiven() throws IOException {
        CaptureSettings settings = write(
                "1000000000 " + diff(1, 1, 0, "1.1", "1"),
                "1000000100 " + diff(2, 2, 1, "1.2", "1"),
                "1000000900 " + diff(3, 3, 2, "1.3", "1"));
        try (CaptureMarket market = new CaptureMarket(settings.withSpeed(2))) {
            Clients sink = new Clients(market, Integer.MAX_VALUE);
            market.onStreamsWanted(1);
            assertFalse(market.isPacedByReaders());
            assertEquals(1, market.advance(5000, 9, sink));
            assertEquals(5050, market.nextDueNs());
            assertEquals(0, market.advance(5049, 9, sink));
            assertEquals(1, market.advance(5050, 9, sink));
            market.skip(1000);
            assertEquals(6450, market.nextDueNs());
        }
    }

    @Test
    void shouldNameFileAndLineWhenTheCaptureIsBroken() {
        String message = assertThrows(
                        IOException.class, () -> new CaptureMarket(write("1 " + diff(1, 1, 0, "1.1", "1"), "rubbish")))
                .getMessage();
        assertTrue(message.contains("line 2"), message);
        message = assertThrows(
                        IOException.class, () -> new CaptureMarket(write("1 {\"stream\":\"x@depth\",\"data\":{\"U\":")))
                .getMessage();
        assertTrue(message.contains("line 1"), message);
        assertThrows(IOException.class, () -> new CaptureMarket(write("1 {\"e\":\"unheardOf\",\"s\":\"X\"}")));
    }
}
