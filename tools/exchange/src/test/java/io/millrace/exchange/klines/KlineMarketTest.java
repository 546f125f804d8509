package io.millrace.exchange.klines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.MarketRig;
import io.millrace.exchange.ReplayedBook;
import io.millrace.exchange.Shape;
import io.millrace.exchange.SharedData;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.trading.TradingVenue;
import io.millrace.exchange.trading.VenueSettings;
import io.millrace.exchange.venue.BookImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KlineMarketTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long BAR_MS = 300_000;
    private static final long FIRST_MS = 1_751_628_900_000L;
    private static final int CRASH_BAR = 28_400;

    @TempDir
    Path directory;

    private Path write(String name, String... rows) throws IOException {
        Path file = directory.resolve(name);
        List<String> lines = new ArrayList<>();
        lines.add("timestamp,open,high,low,close,volume");
        lines.addAll(List.of(rows));
        Files.write(file, lines, StandardCharsets.UTF_8);
        return file;
    }

    private static String row(long index, String values) {
        return FIRST_MS + index * BAR_MS + "," + values;
    }

    private static MarketRig play(KlineSettings settings, int bars, StreamKind... kinds) throws IOException {
        KlineMarket market = new KlineMarket(settings, FIRST_MS * 1_000_000);
        MarketRig rig = new MarketRig(market, FIRST_MS * 1_000_000, kinds);
        rig.advance(bars * BAR_MS * 1_000_000);
        return rig;
    }

    private static void assertBar(String values, JsonNode bar) {
        String[] cells = values.split(",", -1);
        String[] fields = {"o", "h", "l", "c", "v"};
        for (int i = 0; i < fields.length; i++) {
            assertEquals(
                    0,
                    new BigDecimal(cells[i])
                            .compareTo(new BigDecimal(bar.get(fields[i]).textValue())),
                    fields[i] + " of " + bar + ", the file says " + values);
        }
    }

    private static List<JsonNode> closed(MarketRig rig, String symbol, StreamKind kind) {
        return rig.heard(symbol, kind).stream()
                .map(frame -> frame.get("k"))
                .filter(bar -> bar.get("x").booleanValue())
                .toList();
    }

    @Test
    void shouldPublishTheFilesBarsWhenItIsPlayed() throws IOException {
        String[] values = {
            "100.0,104.0,99.0,103.0,71.5",
            "103.0,103.0,103.0,103.0,0",
            "103.5,210.0,20.5,30.0,12345.6",
            "30.0,30.5,29.5,30.0,0.4"
        };
        String[] rows = new String[values.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(i, values[i]);
        }
        Path file = write("ABCUSDT.csv", rows);
        MarketRig rig = play(KlineSettings.of(List.of(file), 3), 5, StreamKind.KLINE_5M, StreamKind.TRADE);
        List<JsonNode> bars = closed(rig, "ABCUSDT", StreamKind.KLINE_5M);
        assertEquals(4, bars.size());
        assertBar(values[0], bars.get(0));
        assertEquals(0, bars.get(1).get("n").intValue(), "no volume, no trade");
        assertBar(values[2], bars.get(2));
        assertBar(values[3], bars.get(3));
        assertEquals(60, bars.get(2).get("n").intValue());
        assertEquals(4, bars.get(3).get("n").intValue(), "as many trades as lots");
        assertTrue(rig.market.isExhausted());
        BigDecimal sum = rig.heard("ABCUSDT", StreamKind.TRADE).stream()
                .map(trade -> Shape.decimal(trade, "q"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(0, new BigDecimal("12417.5").compareTo(sum), "trades add up to the volume");
    }

    @Test
    void shouldPublishTheRecordedBarsWhenTenContractsCrash() throws IOException {
        List<Path> files = List.of(
                SharedData.file("klines-5m/BTCUSDT.csv.gz"),
                SharedData.file("klines-5m/DOGEUSDT.csv.gz"),
                SharedData.file("klines-5m/TRUMPUSDT.csv.gz"),
                SharedData.file("klines-5m/1000PEPEUSDT.csv.gz"));
        KlineSettings settings = KlineSettings.of(files, 7).withStartBar(CRASH_BAR);
        KlineMarket market = new KlineMarket(settings, 0);
        MarketRig rig = new MarketRig(market, 0, StreamKind.KLINE_5M);
        int played = 120;
        rig.advance(played * BAR_MS * 1_000_000 + SECOND_NS);
        for (int i = 0; i < files.size(); i++) {
            KlineFile file = KlineFile.read(files.get(i));
            List<JsonNode> bars = closed(rig, file.spec().symbol(), StreamKind.KLINE_5M);
            assertEquals(played, bars.size());
            for (int b = 0; b < played; b++) {
                int row = file.indexFrom(bars.get(b).get("t").longValue());
                var tick = file.spec().tick();
                String values = tick.toDecimal(file.openTicks(row)) + "," + tick.toDecimal(file.highTicks(row)) + ","
                        + tick.toDecimal(file.lowTicks(row)) + "," + tick.toDecimal(file.closeTicks(row)) + ","
                        + file.spec().lot().toDecimal(file.volumeLots(row));
                assertBar(values, bars.get(b));
            }
        }
        assertPast(rig, KlineFile.read(files.get(0)));
    }

    /** What lies before the beginning can be asked for, in the file's bars and in longer ones. */
    private static void assertPast(MarketRig rig, KlineFile file) {
        long startMs = file.timeMs(CRASH_BAR);
        for (String interval : List.of("5m", "1h", "1d")) {
            JsonNode rows = ForeignClient.parse(rig.reply(
                            "/fapi/v1/klines",
                            "symbol=BTCUSDT&limit=90&interval=" + interval + "&endTime=" + (startMs + 7_200_000),
                            Map.of())
                    .text());
            assertEquals(90, rows.size(), interval);
            for (JsonNode row : rows) {
                int from = file.indexFrom(row.get(0).longValue());
                int to = Math.min(file.indexFrom(row.get(6).longValue()), CRASH_BAR + 120);
                long high = 0;
                for (int bar = from; bar < to; bar++) {
                    high = Math.max(high, file.highTicks(bar));
                }
                assertEquals(
                        0,
                        new BigDecimal(row.get(2).textValue())
                                .compareTo(file.spec().tick().toDecimal(high)),
                        interval + " " + row);
            }
        }
    }

    @Test
    void shouldKeepItsBooksStreamsTogetherWhenThePriceJumps() throws IOException {
        Path file = write(
                "ABCUSDT.csv",
                row(0, "100.0,104.0,99.0,103.0,71.5"),
                row(1, "103.5,210.0,20.5,30.0,12345.6"),
                row(2, "30.0,30.5,29.5,30.0,40"));
        KlineMarket market = new KlineMarket(KlineSettings.of(List.of(file), 3).withBook(20, 15, 500), 0);
        ReplayedBook book = new ReplayedBook();
        book.load(market.book(0, Integer.MAX_VALUE));
        int[] frames = new int[2];
        market.advance(3 * BAR_MS * 1_000_000, Integer.MAX_VALUE, new FrameSink() {
            @Override
            public boolean isWanted(int symbol, StreamKind kind) {
                return kind == StreamKind.DEPTH_0MS || kind == StreamKind.BOOK_TICKER;
            }

            @Override
            public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
                JsonNode frame = ForeignClient.parse(new String(payload, 0, length, StandardCharsets.UTF_8));
                if (kind == StreamKind.DEPTH_0MS) {
                    book.apply(frame);
                    book.assertSameAs(market.book(0, Integer.MAX_VALUE));
                    frames[0]++;
                } else {
                    assertTrue(Shape.decimal(frame, "b").compareTo(Shape.decimal(frame, "a")) < 0);
                    frames[1]++;
                }
            }
        });
        assertTrue(frames[0] > 100 && frames[1] > 100, frames[0] + " diffs, " + frames[1] + " tickers");
        assertEquals(15, market.book(0, 100).bidTicks().length);
    }

    @Test
    void shouldPublishTheSameBytesWhenTheSeedIsTheSameHoweverTimeIsCut() throws IOException {
        Path file = write("ABCUSDT.csv", row(0, "100.0,104.0,99.0,103.0,71.5"), row(1, "103.5,110.0,90.5,91.0,999.5"));
        long once = sum(KlineSettings.of(List.of(file), 3), 600 * SECOND_NS);
        assertEquals(once, sum(KlineSettings.of(List.of(file), 3), SECOND_NS / 3));
        assertEquals(once, sum(KlineSettings.of(List.of(file), 3).withSpeed(1), SECOND_NS));
        assertTrue(once != sum(KlineSettings.of(List.of(file), 4), SECOND_NS));
    }

    private static long sum(KlineSettings settings, long stepNs) throws IOException {
        KlineMarket market = new KlineMarket(settings, 0);
        CRC32 sum = new CRC32();
        FrameSink sink = new FrameSink() {
            @Override
            public boolean isWanted(int symbol, StreamKind kind) {
                return true;
            }

            @Override
            public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
                sum.update(payload, 0, length);
            }
        };
        for (long ns = 0; ns <= 600 * SECOND_NS; ns += stepNs) {
            while (market.advance(ns, 7, sink) > 0) {
                // All of it.
            }
        }
        market.advance(600 * SECOND_NS, Integer.MAX_VALUE, sink);
        assertTrue(market.isExhausted());
        return sum.getValue();
    }

    @Test
    void shouldTellMatchingOfPrintsAndLevels() throws IOException {
        Path file = write("ABCUSDT.csv", row(0, "100.0,104.0,99.0,103.0,71.5"), row(1, "103.5,110.0,90.5,91.0,999.5"));
        KlineMarket market = new KlineMarket(KlineSettings.of(List.of(file), 3), 0);
        long[] heard = new long[4];
        market.connect(new MarketFlow() {
            @Override
            public void onTake(int symbol, boolean isBid, long priceTicks, long qtyLots, long timeMs) {
                throw new AssertionError("bars print");
            }

            @Override
            public void onWithdraw(int symbol, boolean isBid, long priceTicks, long qtyLots, long leftLots) {
                throw new AssertionError("bars show levels");
            }

            @Override
            public void onPrint(int symbol, boolean isSell, long priceTicks, long qtyLots, long timeMs) {
                heard[0] += qtyLots;
                heard[1] = priceTicks;
            }

            @Override
            public void onLevel(int symbol, boolean isBid, long tick, long oldLots, long newLots, long timeMs) {
                assertEquals(newLots, market.connect(this).marketLots(symbol, isBid, tick));
                heard[2]++;
            }

            @Override
            public void onMark(int symbol) {
                heard[3]++;
            }
        });
        FrameSink nobody = new FrameSink() {
            @Override
            public boolean isWanted(int symbol, StreamKind kind) {
                return false;
            }

            @Override
            public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
                throw new AssertionError("nobody wants " + kind);
            }
        };
        market.advance(600 * SECOND_NS, Integer.MAX_VALUE, nobody);
        assertEquals(2142, heard[0], "71.5 and 999.5 in lots of 0.5");
        assertEquals(market.prices().lastTicks(0), heard[1]);
        assertTrue(heard[2] > 500, "levels: " + heard[2]);
        assertEquals(600, heard[3]);
        assertEquals(market.prices().bestBidTicks(0), market.book(0, 1).bidTicks()[0]);
    }

    @Test
    void shouldNameLineAndCureWhenAFileIsWrong() throws IOException {
        Path bad = write("BADUSDT.csv", row(0, "100,104,99,103,1"), row(1, "103,100,99,103,1"));
        String message = assertThrows(IOException.class, () -> new KlineMarket(KlineSettings.of(List.of(bad), 1), 0))
                .getMessage();
        assertTrue(message.contains("line 3") && message.contains("BADUSDT"), message);
        Path good = write("GOODUSDT.csv", row(0, "100,104,99,103,1"), row(1, "103,104,99,103,1"));
        Path other = write("OTHERUSDT.csv", row(0, "100,104,99,103,1"), row(2, "103,104,99,103,1"));
        assertThrows(IOException.class, () -> new KlineMarket(KlineSettings.of(List.of(good, other), 1), 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> KlineSettings.of(List.of(good), 1).withStepsPerBar(3));
        assertThrows(IllegalArgumentException.class, () -> KlineSettings.of(List.of(), 1));
    }

    @Test
    void shouldGiveATakerWhatTheLevelsHoldAndLetClientsMeetInsideTheSpread() throws IOException, VenueException {
        Path file = write("ABCUSDT.csv", row(0, "100.0,104.0,99.0,103.0,71.5"), row(1, "103.0,103.5,102.0,103.2,50.1"));
        long startNs = FIRST_MS * 1_000_000;
        TradingVenue venue = new TradingVenue(
                new KlineMarket(KlineSettings.of(List.of(file), 3).withBook(50, 20, 5000), startNs),
                VenueSettings.of(1),
                startNs);
        for (int i = 0; i < 2; i++) {
            venue.accounts().deposit(venue.accounts().open("client" + i), 100_000_000_000_000_000L);
        }
        venue.advanceTo(startNs + 200 * SECOND_NS);
        BookImage book = venue.book(0, 1000);
        long touchLots = book.askLots()[0];
        long second = book.askTicks()[1];
        Order taker = venue.place(
                OrderRequest.of(0, 0, Side.BUY).limit(touchLots + 1, second).build());
        assertEquals(OrderStatus.FILLED, taker.status());
        assertEquals(book.askTicks()[0] * touchLots + second, taker.turnover(), "what is above the touch costs more");

        long best = book.bidTicks()[0];
        assertTrue(book.askTicks()[0] - best > 1, "the spread has room");
        Order resting =
                venue.place(OrderRequest.of(0, 0, Side.BUY).limit(10, best + 1).build());
        Order meeting =
                venue.place(OrderRequest.of(1, 0, Side.SELL).limit(10, best + 1).build());
        assertEquals(OrderStatus.FILLED, resting.status());
        assertEquals(OrderStatus.FILLED, meeting.status());
        venue.accounts().verify();
    }
}
