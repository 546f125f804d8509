package io.millrace.exchange.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.MarketRig;
import io.millrace.exchange.ReplayedBook;
import io.millrace.exchange.Shape;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.venue.BookImage;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Fields, types, pace and agreement of the streams that every symbol has. */
class SymbolStreamsTest {
    private static final long START_NS = 1_795_262_385_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long HOUR_MS = 3_600_000;
    private static final String SYMBOL = "BTCUSDT";

    private static MarketRig rig(StreamKind... wanted) {
        SyntheticMarket market = new SyntheticMarket(
                SyntheticSettings.of(2, 9).withEventsPerSecond(1200).withJumpsPerHour(3600), START_NS);
        return new MarketRig(market, START_NS, wanted);
    }

    private static MarketRig heard(int seconds, StreamKind... wanted) {
        MarketRig rig = rig(wanted);
        rig.advance(seconds * SECOND_NS);
        return rig;
    }

    private static long number(JsonNode frame, String field) {
        return frame.get(field).longValue();
    }

    @Test
    @Covers({"STREAM @depth", "STREAM @depth@500ms", "STREAM @depth@100ms", "STREAM @depth@0ms"})
    void shouldEndInTheVenuesBookWhenDiffsOfAnySpeedAreReplayed() {
        List<StreamKind> kinds =
                List.of(StreamKind.DEPTH_0MS, StreamKind.DEPTH_100MS, StreamKind.DEPTH_250MS, StreamKind.DEPTH_500MS);
        MarketRig rig = rig(kinds.toArray(StreamKind[]::new));
        BookImage begin = rig.market.book(0, 1000);
        rig.advance(10 * SECOND_NS);
        rig.market.flush(START_NS + 10 * SECOND_NS, rig);
        Set<Long> updates = new HashSet<>();
        rig.heard(SYMBOL, StreamKind.DEPTH_0MS).forEach(frame -> updates.add(number(frame, "u")));
        boolean hasDeletes = false;
        for (StreamKind kind : kinds) {
            ReplayedBook book = new ReplayedBook();
            book.load(begin);
            List<JsonNode> frames = rig.heard(SYMBOL, kind);
            for (JsonNode frame : frames) {
                Shape.check(
                        frame,
                        "e:text E:integer T:integer s:text ps:text st:integer U:integer u:integer pu:integer b:array"
                                + " a:array");
                assertEquals("depthUpdate", frame.get("e").textValue());
                assertEquals(SYMBOL, frame.get("s").textValue());
                assertEquals(SYMBOL, frame.get("ps").textValue());
                assertEquals(1, frame.get("st").intValue());
                assertTrue(number(frame, "T") <= number(frame, "E"), frame::toString);
                assertTrue(updates.contains(number(frame, "u")), "the slower chains end at ids of the unthrottled one");
                for (String side : List.of("b", "a")) {
                    for (JsonNode level : frame.get(side)) {
                        assertEquals(2, level.size());
                        assertTrue(Shape.isDecimal(level.get(0).textValue()), frame::toString);
                        hasDeletes |= new BigDecimal(level.get(1).textValue()).signum() == 0;
                    }
                }
                book.apply(frame);
            }
            book.assertSameAs(rig.market.book(0, 1000));
            if (kind.periodUnits() > 0) {
                assertEquals(10_000.0 / (kind.periodUnits() * 50), frames.size(), 1.01, kind.suffix());
            }
        }
        assertTrue(hasDeletes, "levels go by a quantity of 0");
    }

    @Test
    @Covers({"STREAM @bookTicker", "STREAM @trade", "STREAM @aggTrade"})
    void shouldTellOfTouchAndTradesWhenTheyHappen() {
        MarketRig rig = heard(10, StreamKind.BOOK_TICKER, StreamKind.TRADE, StreamKind.AGG_TRADE);
        long previous = -1;
        for (JsonNode frame : rig.heard(SYMBOL, StreamKind.BOOK_TICKER)) {
            Shape.check(
                    frame,
                    "e:text u:integer s:text ps:text st:integer E:integer T:integer b:decimal B:decimal a:decimal"
                            + " A:decimal");
            assertEquals("bookTicker", frame.get("e").textValue());
            assertTrue(number(frame, "u") > previous, frame::toString);
            assertTrue(Shape.decimal(frame, "b").compareTo(Shape.decimal(frame, "a")) < 0, frame::toString);
            previous = number(frame, "u");
        }
        Map<Long, JsonNode> byId = new TreeMap<>();
        long lastId = -1;
        for (JsonNode frame : rig.heard(SYMBOL, StreamKind.TRADE)) {
            Shape.check(frame, "e:text E:integer T:integer s:text t:integer p:decimal q:decimal X:text m:flag");
            assertEquals("trade", frame.get("e").textValue());
            assertEquals("MARKET", frame.get("X").textValue());
            assertTrue(lastId < 0 || number(frame, "t") == lastId + 1, frame::toString);
            lastId = number(frame, "t");
            byId.put(lastId, frame);
        }
        long lastAggregate = -1;
        for (JsonNode frame : rig.heard(SYMBOL, StreamKind.AGG_TRADE)) {
            Shape.check(
                    frame,
                    "e:text E:integer s:text a:integer p:decimal q:decimal nq:decimal f:integer l:integer T:integer"
                            + " m:flag st:integer");
            assertEquals("aggTrade", frame.get("e").textValue());
            assertTrue(lastAggregate < 0 || number(frame, "a") == lastAggregate + 1, frame::toString);
            lastAggregate = number(frame, "a");
            JsonNode first = byId.get(number(frame, "f"));
            assertEquals(first.get("p"), frame.get("p"));
            assertEquals(first.get("m"), frame.get("m"));
            assertTrue(byId.containsKey(number(frame, "l")), frame::toString);
        }
        assertTrue(byId.size() > 100 && lastAggregate > 0, "trades: " + byId.size());
    }

    @Test
    @Covers({"STREAM @markPrice", "STREAM @markPrice@1s"})
    void shouldTellTheMarkPriceEverySecondAndEveryThird() {
        MarketRig rig = heard(30, StreamKind.MARK_PRICE_1S, StreamKind.MARK_PRICE_3S);
        List<JsonNode> fast = rig.heard(SYMBOL, StreamKind.MARK_PRICE_1S);
        List<JsonNode> slow = rig.heard(SYMBOL, StreamKind.MARK_PRICE_3S);
        assertEquals(30, fast.size(), 1);
        assertEquals(10, slow.size(), 1);
        assertTrue(fast.containsAll(slow), "the slow stream is every third of the fast");
        long previousMs = -1;
        for (JsonNode frame : fast) {
            Shape.check(
                    frame,
                    "e:text E:integer s:text p:decimal ap:decimal i:decimal P:decimal r:decimal T:integer st:integer");
            assertEquals("markPriceUpdate", frame.get("e").textValue());
            assertTrue(previousMs < 0 || number(frame, "E") == previousMs + 1000, frame::toString);
            previousMs = number(frame, "E");
            assertTrue(number(frame, "T") > number(frame, "E"), frame::toString);
            assertEquals(0, number(frame, "T") % HOUR_MS, "funding is charged on the hour");
            double mark = frame.get("p").asDouble();
            double index = frame.get("i").asDouble();
            assertEquals(index, mark, index * 0.02, "the mark price is near the index");
        }
    }

    @Test
    @Covers("STREAM @ticker")
    void shouldTellOfTheLastDayEveryOtherSecond() {
        MarketRig rig = heard(20, StreamKind.TICKER_24H, StreamKind.TRADE);
        List<JsonNode> frames = rig.heard(SYMBOL, StreamKind.TICKER_24H);
        assertEquals(10, frames.size(), 1);
        for (JsonNode frame : frames) {
            Shape.check(
                    frame,
                    "e:text E:integer s:text ps:text p:decimal P:decimal w:decimal c:decimal Q:decimal o:decimal"
                            + " h:decimal l:decimal v:decimal q:decimal O:integer C:integer F:integer L:integer"
                            + " n:integer st:integer");
            assertEquals("24hrTicker", frame.get("e").textValue());
            BigDecimal last = Shape.decimal(frame, "c");
            assertTrue(last.compareTo(Shape.decimal(frame, "h")) <= 0, frame::toString);
            assertTrue(last.compareTo(Shape.decimal(frame, "l")) >= 0, frame::toString);
            assertEquals(0, last.subtract(Shape.decimal(frame, "o")).compareTo(Shape.decimal(frame, "p")));
            assertEquals(number(frame, "n"), number(frame, "L") - number(frame, "F") + 1);
            assertTrue(number(frame, "C") - number(frame, "O") <= 24 * HOUR_MS, frame::toString);
        }
        JsonNode end = frames.get(frames.size() - 1);
        JsonNode trade = rig.heard(SYMBOL, StreamKind.TRADE).stream()
                .filter(t -> number(t, "t") == number(end, "L"))
                .findFirst()
                .orElseThrow();
        assertEquals(trade.get("p"), end.get("c"), "the last trade's price");
        assertEquals(trade.get("q"), end.get("Q"), "the last trade's quantity");
    }

    @Test
    @Covers("STREAM @forceOrder")
    void shouldTellOfAtMostOneLiquidationASecond() {
        MarketRig rig = heard(120, StreamKind.FORCE_ORDER);
        List<JsonNode> frames = rig.heard(SYMBOL, StreamKind.FORCE_ORDER);
        assertTrue(frames.size() > 2, "liquidations: " + frames.size());
        Set<Long> seconds = new HashSet<>();
        for (JsonNode frame : frames) {
            Shape.check(frame, "e:text E:integer o:object ps:text st:integer");
            assertEquals("forceOrder", frame.get("e").textValue());
            JsonNode order = frame.get("o");
            Shape.check(
                    order,
                    "s:text S:text o:text f:text q:decimal p:decimal ap:decimal X:text l:decimal z:decimal T:integer");
            assertEquals(SYMBOL, order.get("s").textValue());
            assertTrue(List.of("BUY", "SELL").contains(order.get("S").textValue()), frame::toString);
            assertEquals("LIMIT", order.get("o").textValue());
            assertEquals("IOC", order.get("f").textValue());
            assertEquals("FILLED", order.get("X").textValue());
            assertEquals(order.get("q"), order.get("z"), "filled");
            assertTrue(Shape.decimal(order, "l").compareTo(Shape.decimal(order, "z")) <= 0, frame::toString);
            assertTrue(number(order, "T") <= number(frame, "E"), frame::toString);
            assertTrue(seconds.add(number(frame, "E") / 1000), "two in a second: " + frame);
        }
    }
}
