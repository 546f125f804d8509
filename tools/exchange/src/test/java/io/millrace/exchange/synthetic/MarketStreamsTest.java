package io.millrace.exchange.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.MarketRig;
import io.millrace.exchange.Shape;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.market.Interval;
import io.millrace.exchange.market.RpiOrders;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.ContractRules;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Fields, types, pace and agreement of the streams that one symbol's book and trades make, and of the whole market's. */
class MarketStreamsTest {
    private static final long START_NS = 1_795_262_385_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String BAR = "f:integer L:integer o:decimal c:decimal h:decimal l:decimal v:decimal n:integer"
            + " x:flag q:decimal V:decimal Q:decimal B:decimal";

    private static MarketRig rig(int symbols, int seconds, StreamKind... wanted) {
        SyntheticMarket market = new SyntheticMarket(
                SyntheticSettings.of(symbols, 9)
                        .withEventsPerSecond(600 * symbols)
                        .withJumpsPerHour(3600),
                START_NS);
        MarketRig rig = new MarketRig(market, START_NS, wanted);
        rig.advance(seconds * SECOND_NS);
        return rig;
    }

    private static StreamKind kind(String suffix) {
        StreamKind kind = StreamKind.ofSuffix(suffix);
        assertNotNull(kind, suffix);
        return kind;
    }

    @Test
    @Covers({
        "STREAM @depth5",
        "STREAM @depth5@100ms",
        "STREAM @depth5@500ms",
        "STREAM @depth10",
        "STREAM @depth10@100ms",
        "STREAM @depth10@500ms",
        "STREAM @depth20",
        "STREAM @depth20@100ms",
        "STREAM @depth20@500ms"
    })
    void shouldShowTheBestLevelsWhenPartialDepthIsTaken() {
        List<StreamKind> kinds = new ArrayList<>();
        for (String levels : List.of("5", "10", "20")) {
            for (String speed : List.of("@100ms", "", "@500ms")) {
                kinds.add(kind("@depth" + levels + speed));
            }
        }
        MarketRig rig = rig(2, 10, kinds.toArray(StreamKind[]::new));
        rig.market.flush(START_NS + 10 * SECOND_NS, rig);
        BookImage book = rig.market.book(0, 20);
        for (StreamKind kind : kinds) {
            int levels = Integer.parseInt(kind.suffix().replaceAll("@depth(\\d+).*", "$1"));
            List<JsonNode> frames = rig.heard("BTCUSDT", kind);
            long previous = -1;
            for (JsonNode frame : frames) {
                Shape.check(
                        frame,
                        "e:text E:integer T:integer s:text ps:text st:integer U:integer u:integer pu:integer b:array"
                                + " a:array");
                assertEquals("depthUpdate", frame.get("e").textValue());
                assertEquals(levels, frame.get("b").size());
                assertEquals(levels, frame.get("a").size());
                assertTrue(previous < 0 || frame.get("pu").longValue() == previous);
                previous = frame.get("u").longValue();
            }
            assertEquals(10_000.0 / (kind.periodUnits() * 50), frames.size(), 1.01, kind.suffix());
            JsonNode last = frames.get(frames.size() - 1);
            for (int i = 0; i < levels; i++) {
                assertEquals(
                        0,
                        new BigDecimal(last.get("b").get(i).get(0).textValue())
                                .compareTo(book.spec().tick().toDecimal(book.bidTicks()[i])));
                assertEquals(
                        0,
                        new BigDecimal(last.get("a").get(i).get(1).textValue())
                                .compareTo(book.spec().lot().toDecimal(book.askLots()[i])));
            }
        }
    }

    @Test
    @Covers("STREAM @rpiDepth@500ms")
    void shouldEndWithTheRetailBookWhenItsDiffsAreReplayed() {
        SyntheticMarket market = new SyntheticMarket(SyntheticSettings.of(1, 9).withEventsPerSecond(900), START_NS);
        MarketRig rig = new MarketRig(market, START_NS, StreamKind.RPI_DEPTH);
        Map<BigDecimal, BigDecimal> bids = new TreeMap<>();
        BookImage begin = market.book(0, 1000);
        load(begin, bids);
        rig.advance(10 * SECOND_NS);
        market.flush(START_NS + 10 * SECOND_NS, rig);
        long previous = -1;
        for (JsonNode frame : rig.heard("BTCUSDT", StreamKind.RPI_DEPTH)) {
            assertTrue(previous < 0 || frame.get("pu").longValue() == previous);
            previous = frame.get("u").longValue();
            for (JsonNode level : frame.get("b")) {
                BigDecimal price = new BigDecimal(level.get(0).textValue()).stripTrailingZeros();
                BigDecimal qty = new BigDecimal(level.get(1).textValue()).stripTrailingZeros();
                if (qty.signum() == 0) {
                    bids.remove(price);
                } else {
                    bids.put(price, qty);
                }
            }
        }
        Map<BigDecimal, BigDecimal> end = new TreeMap<>();
        load(market.book(0, 1000), end);
        assertEquals(end, bids);
        assertTrue(rig.heard("BTCUSDT", StreamKind.RPI_DEPTH).size() >= 20);
    }

    private static void load(BookImage book, Map<BigDecimal, BigDecimal> bids) {
        for (int i = 0; i < book.bidTicks().length; i++) {
            long lots = book.bidLots()[i] + RpiOrders.lots(0, book.bidTicks()[i]);
            bids.put(
                    book.spec().tick().toDecimal(book.bidTicks()[i]).stripTrailingZeros(),
                    book.spec().lot().toDecimal(lots).stripTrailingZeros());
        }
    }

    @Test
    @Covers({"STREAM @kline_<interval>", "STREAM @continuousKline_<interval>"})
    void shouldPublishBarsOfEveryIntervalThatAreWhatTheirMinutesAddUpTo() {
        List<StreamKind> kinds = new ArrayList<>();
        for (Interval interval : Interval.values()) {
            if (interval != Interval.S1) {
                kinds.add(kind("@kline_" + interval.code()));
            }
            kinds.add(kind("@continuousKline_" + interval.code()));
        }
        MarketRig rig = rig(1, 200, kinds.toArray(StreamKind[]::new));
        for (StreamKind kind : kinds) {
            String code = kind.suffix().substring(kind.suffix().indexOf('_') + 1);
            Interval interval = Interval.of(code);
            List<JsonNode> frames = rig.heard("BTCUSDT", kind);
            assertTrue(frames.size() > 700, kind + " " + frames.size());
            for (JsonNode frame : frames) {
                if (kind.isContinuous()) {
                    Shape.check(frame, "e:text E:integer ps:text ct:text k:object");
                    Shape.check(frame.get("k"), "t:integer T:integer i:text " + BAR);
                } else {
                    Shape.check(frame, "e:text E:integer s:text k:object");
                    Shape.check(frame.get("k"), "t:integer T:integer s:text i:text " + BAR);
                }
                assertEquals(code, frame.get("k").get("i").textValue());
                long openMs = frame.get("k").get("t").longValue();
                assertEquals(interval.openMs(openMs), openMs);
                assertEquals(interval.endMs(openMs) - 1, frame.get("k").get("T").longValue());
            }
        }
        assertThreeMinutesAddUp(rig);
        Set<JsonNode> seconds = new HashSet<>();
        for (JsonNode frame : rig.heard("BTCUSDT", kind("@continuousKline_1s"))) {
            if (frame.get("k").get("x").booleanValue()) {
                assertTrue(seconds.add(frame.get("k").get("t")), "each second ends once");
            }
        }
        assertEquals(200, seconds.size(), 1);
    }

    private static void assertThreeMinutesAddUp(MarketRig rig) {
        JsonNode three = closed(rig, "@kline_3m").get(1);
        BigDecimal volume = BigDecimal.ZERO;
        long trades = 0;
        List<JsonNode> minutes = closed(rig, "@kline_1m").stream()
                .filter(bar -> bar.get("t").longValue() >= three.get("t").longValue()
                        && bar.get("t").longValue() < three.get("T").longValue())
                .toList();
        assertEquals(3, minutes.size());
        for (JsonNode minute : minutes) {
            volume = volume.add(Shape.decimal(minute, "v"));
            trades += minute.get("n").longValue();
        }
        assertEquals(volume.stripTrailingZeros(), Shape.decimal(three, "v"));
        assertEquals(trades, three.get("n").longValue());
        assertEquals(minutes.get(0).get("o"), three.get("o"));
        assertEquals(minutes.get(2).get("c"), three.get("c"));
        assertEquals(minutes.get(0).get("f"), three.get("f"));
        assertEquals(minutes.get(2).get("L"), three.get("L"));
    }

    private static List<JsonNode> closed(MarketRig rig, String suffix) {
        return rig.heard("BTCUSDT", kind(suffix)).stream()
                .map(frame -> frame.get("k"))
                .filter(bar -> bar.get("x").booleanValue())
                .toList();
    }

    @Test
    @Covers({
        "STREAM @miniTicker",
        "STREAM !ticker@arr",
        "STREAM !miniTicker@arr",
        "STREAM !markPrice@arr",
        "STREAM !markPrice@arr@1s",
        "STREAM !bookTicker"
    })
    void shouldShowBothProductsWhenAStreamIsOfTheWholeMarket() {
        MarketRig rig = rig(
                6,
                20,
                StreamKind.MINI_TICKER,
                StreamKind.TICKER_24H,
                StreamKind.ALL_TICKERS,
                StreamKind.ALL_MINI_TICKERS,
                StreamKind.ALL_MARK_PRICES_1S,
                StreamKind.ALL_MARK_PRICES_3S,
                StreamKind.ALL_BOOK_TICKERS);
        String mini = "e:text E:integer s:text c:decimal o:decimal h:decimal l:decimal v:decimal q:decimal ps:text"
                + " st:integer";
        assertEquals(10, rig.heard("BTCUSDT", StreamKind.MINI_TICKER).size(), 1);
        Shape.check(rig.last("BTCUSDT", StreamKind.MINI_TICKER), mini);
        assertArray(rig, StreamKind.ALL_MINI_TICKERS, 20, mini);
        assertArray(
                rig,
                StreamKind.ALL_TICKERS,
                20,
                "e:text E:integer s:text ps:text p:decimal P:decimal w:decimal c:decimal Q:decimal o:decimal"
                        + " h:decimal l:decimal v:decimal q:decimal O:integer C:integer F:integer L:integer n:integer"
                        + " st:integer");
        String mark = "e:text E:integer s:text p:decimal ap:decimal i:decimal P:decimal r:decimal T:integer st:integer";
        assertArray(rig, StreamKind.ALL_MARK_PRICES_1S, 20, mark);
        assertArray(rig, StreamKind.ALL_MARK_PRICES_3S, 6, mark);
        List<JsonNode> books = rig.heard(null, StreamKind.ALL_BOOK_TICKERS);
        assertEquals(4 * (6 + 4), books.size(), "every 5 s one for each contract");
        books.forEach(book -> Shape.check(
                book,
                "e:text u:integer s:text ps:text st:integer E:integer T:integer b:decimal B:decimal a:decimal"
                        + " A:decimal"));
        assertEquals(Set.of("BTCUSD_PERP", "ETHUSD_PERP", "SOLUSD_PERP", "BNBUSD_PERP"), coinMargined(books));
    }

    private static Set<String> coinMargined(Iterable<JsonNode> rows) {
        Set<String> names = new HashSet<>();
        for (JsonNode row : rows) {
            if (row.get("st").intValue() == 2) {
                names.add(row.get("s").textValue());
            }
        }
        return names;
    }

    private static void assertArray(MarketRig rig, StreamKind kind, int frames, String shape) {
        assertEquals(frames, rig.heard(null, kind).size(), 1.01, kind.suffix());
        for (JsonNode frame : rig.heard(null, kind)) {
            frame.forEach(row -> Shape.check(row, shape));
        }
        JsonNode last = rig.last(null, kind);
        assertEquals(10, last.size(), kind.suffix());
        assertEquals(4, coinMargined(last).size());
    }

    @Test
    @Covers("STREAM !forceOrder@arr")
    void shouldRepeatEachSymbolsLargestLiquidationForTheWholeMarket() {
        MarketRig rig = rig(5, 60, StreamKind.FORCE_ORDER, StreamKind.ALL_FORCE_ORDERS);
        List<JsonNode> ofAll = rig.heard(null, StreamKind.ALL_FORCE_ORDERS);
        long own = 0;
        for (var spec : rig.market.symbols()) {
            List<JsonNode> ofSymbol = rig.heard(spec.symbol(), StreamKind.FORCE_ORDER);
            assertTrue(ofAll.containsAll(ofSymbol));
            own += ofSymbol.size();
        }
        assertTrue(own > 5, "liquidations: " + own);
        assertEquals(
                own, ofAll.stream().filter(row -> row.get("st").intValue() == 1).count());
        assertTrue(ofAll.size() > own, "the other product's are there too");
        for (JsonNode row : ofAll) {
            Shape.check(row, "e:text E:integer o:object ps:text st:integer");
            Shape.check(
                    row.get("o"),
                    "s:text S:text o:text f:text q:decimal p:decimal ap:decimal X:text l:decimal z:decimal T:integer");
        }
    }

    @Test
    @Covers({"STREAM !contractInfo", "STREAM @assetIndex"})
    void shouldAnnounceAContractsChange() {
        MarketRig rig = rig(2, 3, StreamKind.CONTRACT_INFO, StreamKind.ASSET_INDEX);
        ContractRules rules = ContractRules.of(rig.market.symbols().get(0));
        rig.market.announce(rules, false, START_NS + 3 * SECOND_NS, rig);
        rig.market.announce(rules, true, START_NS + 3 * SECOND_NS, rig);
        List<JsonNode> heard = rig.heard(null, StreamKind.CONTRACT_INFO);
        String shape = "e:text E:integer s:text ct:text dt:integer ot:integer cs:text st:integer";
        Shape.check(heard.get(0), shape);
        Shape.check(heard.get(1), shape + " bks:array");
        JsonNode brackets = heard.get(1).get("bks");
        assertEquals(rules.brackets().brackets().size(), brackets.size());
        for (JsonNode bracket : brackets) {
            Shape.check(bracket, "bs:integer bnf:integer bnc:integer mmr:number cf:number mi:integer ma:integer");
        }
        assertEquals(125, brackets.get(0).get("ma").intValue());
        assertEquals(101, brackets.get(0).get("mi").intValue());
        assertEquals(3, rig.heard("BTCUSDT", StreamKind.ASSET_INDEX).size(), 1);
    }
}
