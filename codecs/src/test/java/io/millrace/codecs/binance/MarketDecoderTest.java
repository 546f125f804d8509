package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketDecoderTest {
    private final DecoderRig rig = new DecoderRig();

    static List<String> frames() {
        return Frames.all();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void shouldReadRawAndCombinedFramesOfEveryType(String frame) {
        rig.read(frame);
        rig.read(Frames.combined("btcusdt@any", frame));
        rig.read(Frames.combined("\u5e01usdt@any", frame));
        rig.read(" { \"data\" :\t" + frame.replace(",\"", " ,\r\n\"") + " , \"stream\" : \"x\" }\n");
    }

    @Test
    void shouldMatchTheFrequentTypesByTemplate() {
        for (String frame : List.of(Frames.DEPTH, Frames.BOOK_TICKER, Frames.AGG_TRADE, Frames.TRADE)) {
            rig.read(frame);
            rig.read(Frames.combined("btcusdt@any", frame));
        }
        for (String frame : Frames.OLD) {
            rig.read(frame);
        }
        assertEquals(8 + 4, rig.decoder().counters().templateFrames());
    }

    @Test
    void shouldNoteTimesAndOriginInTheHeader() {
        rig.read(Frames.BOOK_TICKER);
        assertEquals(BookTickerDecoder.TEMPLATE_ID, rig.decoder().templateId());
        assertEquals(9, EventHeader.connectionId(rig.decoder().encoded(), 0));
        assertEquals(77, EventHeader.ingressNs(rig.decoder().encoded(), 0));
        assertEquals(1795262400111L, EventHeader.eventTimeMs(rig.decoder().encoded(), 0));
        assertEquals(1795262400108L, EventHeader.transactTimeMs(rig.decoder().encoded(), 0));
    }

    @Test
    void shouldReadTheSymbolWhereverItStands() {
        List<String> fields = new ArrayList<>(Frames.depth());
        fields.add(fields.remove(3));
        rig.read(Frames.object(fields));
    }

    @Test
    void shouldReadGridsOfAnyKind() {
        for (String symbol : List.of("ODDUSDT", "FINEUSDT", "\u5e01\u5b89USDT", "ALONGSYMBOLOFMANYLETTERSUSDT")) {
            rig.read(trade(symbol, "12.50", "0.5"));
            rig.read(trade(symbol, "123456.5", "1000000.00"));
        }
        rig.read(trade("COARSEUSDT", "120", "1300"));
        rig.read(trade("COARSEUSDT", "120.00", "1300.0"));
        rig.read(trade("FINEUSDT", "0.00000001", "0.0000001"));
        rig.read(trade("FINEUSDT", "12345678.12345678", "12345678.1234567"));
        rig.refuse(DecodeReason.OFF_GRID, trade("COARSEUSDT", "125", "1300"));
        rig.refuse(DecodeReason.OFF_GRID, trade("COARSEUSDT", "120", "1350"));
        rig.refuse(DecodeReason.OFF_GRID, trade("ODDUSDT", "12.52", "0.5"));
    }

    private static String trade(String symbol, String price, String qty) {
        return Frames.TRADE
                .replace("BTCUSDT", symbol)
                .replace("91250.20", price)
                .replace("0.010", qty);
    }

    @Test
    void shouldUseTheNewGridAfterTheTableChanged() {
        assertEquals(912502L, rig.read(Frames.TRADE).get("p"));
        InstrumentSpec old = rig.instruments().find("BTCUSDT");
        rig.instruments()
                .put(new InstrumentSpec(
                        old.id(),
                        old.gridVersion() + 1,
                        old.symbol(),
                        Grid.parse("0.01"),
                        old.lot(),
                        old.limits(),
                        old.contractType(),
                        old.status(),
                        0,
                        0,
                        0,
                        0));
        Map<String, Object> event = rig.read(Frames.TRADE);
        assertEquals(9125020L, event.get("p"));
        assertEquals(2L, event.get("gridVersion"));
    }

    @Test
    void shouldCutLongUpdatesIntoChunksOfASlot() {
        int chunkLevels = DepthWriter.chunkLevels(DecoderRig.SLOT_LENGTH);
        for (int bids : new int[] {0, 1, chunkLevels - 1, chunkLevels, chunkLevels + 1, 3 * chunkLevels, 1000}) {
            for (int asks : new int[] {0, 1, chunkLevels - 1, chunkLevels, chunkLevels + 1, 2 * chunkLevels}) {
                String frame = depth(bids, asks);
                Map<String, Object> fast = rig.read(frame);
                int length = rig.decoder().encodedLength();
                assertEquals(bids, ((List<?>) fast.get("b")).size());
                assertEquals(asks, ((List<?>) fast.get("a")).size());
                int flags = EventHeader.flags(rig.decoder().encoded(), 0);
                assertEquals(bids + asks <= chunkLevels, EventFlags.isLast(flags), "bids " + bids + " asks " + asks);
                rig.read(frame.replace(",\"u\"", " ,\"u\""));
                assertEquals(length, rig.decoder().encodedLength());
            }
        }
    }

    private static String depth(int bids, int asks) {
        List<String> fields = new ArrayList<>(Frames.depth());
        fields.set(9, "\"b\":" + levels(bids));
        fields.set(10, "\"a\":" + levels(asks));
        return Frames.object(fields);
    }

    private static String levels(int count) {
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            levels.add("[\"" + (1000 + i) + "." + i % 10 + "0\",\"" + i % 120 + ".00" + i % 10 + "\"]");
        }
        return "[" + String.join(",", levels) + "]";
    }

    @Test
    void shouldRefuseMoreLevelsThanAllowed() {
        DecoderRig small = new DecoderRig(200);
        small.read(depth(100, 100));
        small.read(depth(200, 0));
        small.read(depth(0, 200));
        small.refuse(DecodeReason.TOO_LONG, depth(100, 101));
        small.refuse(DecodeReason.TOO_LONG, depth(0, 201));
        small.refuse(DecodeReason.TOO_LONG, depth(600, 0));
        small.refuse(DecodeReason.TOO_LONG, Frames.TRADE + " ".repeat(200 * 48 + 16 * 1024));
        small.read(depth(100, 100));
    }

    @Test
    void shouldReadTheMostLevelsThatAreAllowed() {
        rig.read(depth(10_000, 10_000));
        rig.refuse(DecodeReason.TOO_LONG, depth(10_000, 10_001));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"result\":null,\"id\":11}",
                "{\"result\":[\"btcusdt@depth@100ms\"],\"id\":13}",
                "{\"result\":true,\"id\":15}",
                "{\"code\":2,\"msg\":\"Invalid request: \\\"x\\\"\"}",
                "{\"error\":{\"code\":2,\"msg\":\"no\"},\"id\":1}"
            })
    void shouldCountControlReplies(String frame) {
        assertEquals(0, rig.decode(frame));
        assertEquals(1, rig.decoder().counters().controlReplies());
        assertEquals(0, rig.decoder().templateId());
    }

    @Test
    void shouldCountEventsOfOtherTypes() {
        assertEquals(0, rig.decode("{\"e\":\"contractInfo\",\"E\":1,\"bks\":[{\"bs\":1,\"mmr\":0.01}]}"));
        assertEquals(0, rig.decode(Frames.combined("!miniTicker@arr", "[{\"e\":\"24hrMiniTicker\",\"s\":\"X\"}]")));
        assertEquals(2, rig.decoder().counters().unknownEvents());
    }

    @Test
    void shouldDropRowsOfOtherProducts() {
        for (String frame : List.of(Frames.DEPTH, Frames.BOOK_TICKER, Frames.AGG_TRADE, Frames.FORCE_ORDER)) {
            assertEquals(0, rig.decode(frame.replace("\"st\":1", "\"st\":2").replace("BTCUSDT", "BTCUSD_PERP")));
        }
        assertEquals(4, rig.decoder().counters().otherProductRows());
    }

    @Test
    void shouldDropTradesWithoutPriceOrQuantity() {
        assertEquals(0, rig.decode(Frames.TRADE.replace("0.010", "0").replace("MARKET", "NA")));
        assertEquals(0, rig.decode(Frames.TRADE.replace("91250.20", "0.00")));
        assertEquals(2, rig.decoder().counters().emptyTrades());
    }

    @Test
    void shouldReadRowsOfAllMarketArrays() {
        String rows = "[" + Frames.MARK_PRICE + "," + Frames.MARK_PRICE.replace("BTCUSDT", "NOBODYUSDT") + " , "
                + Frames.MARK_PRICE.replace("\"st\":1", "\"st\":2") + ","
                + Frames.MARK_PRICE.replace("BTCUSDT", "CTKUSDT").replace("\"-0.00010000\"", "\"\"") + "]";
        for (String frame : List.of(rows, Frames.combined("!markPrice@arr@1s", rows))) {
            assertTrue(rig.decode(frame) > 0);
            List<Map<String, Object>> events = rig.events();
            assertEquals(2, events.size());
            assertEquals(0L, events.get(0).get("instrument"));
            assertEquals(-10_000L, events.get(0).get("r"));
            assertEquals(4L, events.get(1).get("instrument"));
            assertNull(events.get(1).get("r"));
        }
        assertEquals(2, rig.decoder().counters().otherSymbolRows());
        assertEquals(2, rig.decoder().counters().otherProductRows());
        assertEquals(0, rig.decode("[]"));
    }

    @Test
    void shouldDropUnknownSymbolsOfAllMarketStreams() {
        String frame = Frames.BOOK_TICKER.replace("BTCUSDT", "NOBODYUSDT");
        assertEquals(0, rig.decode(Frames.combined("!bookTicker", frame)));
        rig.refuse(DecodeReason.UNKNOWN_SYMBOL, Frames.combined("nobodyusdt@bookTicker", frame));
    }

    @Test
    void shouldReadAnEmptySideOfTheTouch() {
        Map<String, Object> event =
                rig.read(Frames.BOOK_TICKER.replace("91250.10", "0").replace("3.204", "0.000"));
        assertEquals(0L, event.get("b"));
        assertEquals(0L, event.get("B"));
        rig.refuse(DecodeReason.OUT_OF_RANGE, Frames.BOOK_TICKER.replace("91250.10", "0.0"));
        rig.refuse(DecodeReason.OUT_OF_RANGE, Frames.BOOK_TICKER.replace("91250.20", "0"));
    }

    @Test
    void shouldKeepUnknownEnumsWhereTheyHaveAPlace() {
        assertEquals(
                "OTHER", rig.read(Frames.TRADE.replace("MARKET", "LIQUIDATION")).get("X"));
        assertEquals("NA", rig.read(Frames.TRADE.replace("MARKET", "NA")).get("X"));
        assertEquals(
                "INSURANCE_FUND",
                rig.read(Frames.TRADE.replace("MARKET", "INSURANCE_FUND")).get("X"));
        assertEquals(
                "OTHER",
                rig.read(Frames.FORCE_ORDER.replace("FILLED", "EXPIRED_IN_MATCH"))
                        .get("X"));
        assertEquals("1M", rig.read(Frames.KLINE.replace("\"1m\"", "\"1M\"")).get("i"));
        rig.refuse(DecodeReason.BAD_ENUM, Frames.KLINE.replace("\"1m\"", "\"1s\""));
        rig.refuse(DecodeReason.BAD_ENUM, Frames.FORCE_ORDER.replace("SELL", "HOLD"));
    }

    @Test
    void shouldRefuseABarWhoseSymbolsDiffer() {
        rig.refuse(DecodeReason.SYNTAX, Frames.KLINE.replaceFirst("BTCUSDT", "CTKUSDT"));
    }
}
