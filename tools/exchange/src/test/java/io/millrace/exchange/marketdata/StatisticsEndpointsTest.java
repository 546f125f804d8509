package io.millrace.exchange.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.MarketRig;
import io.millrace.exchange.Shape;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.market.TradingSchedule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsEndpointsTest {
    private static final long PERIOD_MS = 300_000;

    private final MarketRig rig = Rigs.synthetic(3, 70);

    private static void assertTimes(JsonNode rows, int size, long lastMs) {
        assertEquals(size, rows.size());
        for (int i = 0; i < size; i++) {
            assertEquals(
                    lastMs - (size - 1 - i) * PERIOD_MS,
                    rows.get(i).get("timestamp").longValue());
        }
    }

    @Test
    @Covers({"GET /fapi/v1/openInterest", "GET /futures/data/openInterestHist"})
    void shouldAgreeOnOpenInterestNowAndThen() {
        JsonNode now = rig.get(1, "/fapi/v1/openInterest", "symbol=BTCUSDT");
        Shape.check(now, "symbol:text openInterest:decimal time:integer");
        JsonNode rows = rig.get(0, "/futures/data/openInterestHist", "symbol=BTCUSDT&period=5m");
        long last = rig.nowMs() - rig.nowMs() % PERIOD_MS;
        assertTimes(rows, 30, last);
        for (JsonNode row : rows) {
            Shape.check(
                    row,
                    "symbol:text sumOpenInterest:decimal sumOpenInterestValue:decimal CMCCirculatingSupply:decimal"
                            + " timestamp:integer");
        }
        BigDecimal lastRow = Shape.decimal(rows.get(29), "sumOpenInterest");
        BigDecimal difference =
                Shape.decimal(now, "openInterest").subtract(lastRow).abs();
        assertTrue(difference.compareTo(lastRow.movePointLeft(1)) < 0, now + " " + rows.get(29));
        assertEquals(
                500,
                rig.get(0, "/futures/data/openInterestHist", "symbol=BTCUSDT&period=1h&limit=500")
                        .size());
        rig.assertRefused(-1130, "/futures/data/openInterestHist", "symbol=BTCUSDT&period=1m");
        rig.assertRefused(-1130, "/futures/data/openInterestHist", "symbol=BTCUSDT&period=5m&startTime=1");
        rig.assertRefused(-1130, "/futures/data/openInterestHist", "symbol=BTCUSDT&period=5m&limit=501");
        rig.assertRefused(-1102, "/futures/data/openInterestHist", "symbol=BTCUSDT");
        rig.assertRefused(-1102, "/fapi/v1/openInterest", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"globalLongShortAccountRatio", "topLongShortAccountRatio", "topLongShortPositionRatio"})
    @Covers({
        "GET /futures/data/globalLongShortAccountRatio",
        "GET /futures/data/topLongShortAccountRatio",
        "GET /futures/data/topLongShortPositionRatio"
    })
    void shouldAnswerWithSharesThatAddUpToOne(String name) {
        long from = rig.nowMs() - 3_600_000;
        JsonNode rows = rig.get(0, "/futures/data/" + name, "symbol=ETHUSDT&period=5m&limit=5&startTime=" + from);
        assertTimes(rows, 5, (from / PERIOD_MS + 1) * PERIOD_MS + 4 * PERIOD_MS);
        for (JsonNode row : rows) {
            Shape.check(
                    row,
                    "symbol:text longAccount:decimal longShortRatio:decimal shortAccount:decimal timestamp:integer");
            BigDecimal longs = Shape.decimal(row, "longAccount");
            BigDecimal shorts = Shape.decimal(row, "shortAccount");
            assertEquals(0, longs.add(shorts).compareTo(BigDecimal.ONE));
            assertEquals(
                    0, longs.divide(shorts, 4, RoundingMode.HALF_UP).compareTo(Shape.decimal(row, "longShortRatio")));
        }
        rig.assertRefused(-1121, "/futures/data/" + name, "symbol=X&period=5m");
    }

    @Test
    @Covers("GET /futures/data/takerlongshortRatio")
    void shouldAnswerWithTheTakersOfTheBars() {
        JsonNode rows = rig.get(0, "/futures/data/takerlongshortRatio", "symbol=BTCUSDT&period=5m&limit=10");
        JsonNode bars = rig.get(1, "/fapi/v1/klines", "symbol=BTCUSDT&interval=5m&limit=11");
        assertEquals(10, rows.size());
        for (int i = 0; i < 10; i++) {
            JsonNode row = rows.get(i);
            Shape.check(row, "buySellRatio:decimal sellVol:decimal buyVol:decimal timestamp:integer");
            assertEquals(bars.get(i).get(0), row.get("timestamp"));
            assertEquals(bars.get(i).get(9), row.get("buyVol"));
            assertEquals(
                    new BigDecimal(bars.get(i).get(5).textValue()).stripTrailingZeros(),
                    Shape.decimal(row, "buyVol")
                            .add(Shape.decimal(row, "sellVol"))
                            .stripTrailingZeros());
        }
    }

    @Test
    @Covers("GET /futures/data/basis")
    void shouldAnswerWithTheDistanceOfTheContractFromTheIndex() {
        String query = "pair=BTCUSDT&contractType=PERPETUAL&period=15m&limit=3";
        JsonNode rows = rig.get(0, "/futures/data/basis", query);
        assertEquals(3, rows.size());
        for (JsonNode row : rows) {
            Shape.check(
                    row,
                    "indexPrice:decimal contractType:text basisRate:decimal futuresPrice:decimal"
                            + " annualizedBasisRate:text basis:decimal pair:text timestamp:integer");
            assertEquals(
                    0,
                    Shape.decimal(row, "futuresPrice")
                            .subtract(Shape.decimal(row, "indexPrice"))
                            .compareTo(Shape.decimal(row, "basis")));
        }
        rig.assertRefused(-1130, "/futures/data/basis", "pair=BTCUSDT&contractType=X&period=15m");
        rig.assertRefused(-1102, "/futures/data/basis", "pair=BTCUSDT&period=15m");
    }

    @Test
    @Covers("GET /fapi/v1/insuranceBalance")
    void shouldAnswerWithTheInsuranceFund() {
        JsonNode one = rig.get(1, "/fapi/v1/insuranceBalance", "symbol=ETHUSDT");
        Shape.check(one, "symbols:array assets:array");
        assertEquals("[\"ETHUSDT\"]", one.get("symbols").toString());
        Shape.check(one.get("assets").get(0), "asset:text marginBalance:decimal updateTime:integer");
        JsonNode groups = rig.get(1, "/fapi/v1/insuranceBalance", "");
        assertEquals(3, groups.get(0).get("symbols").size());
        rig.assertRefused(-1121, "/fapi/v1/insuranceBalance", "symbol=X");
    }

    @Test
    @Covers("GET /fapi/v1/symbolAdlRisk")
    void shouldAnswerWithTheRiskOfDeleveraging() {
        JsonNode one = rig.get(1, "/fapi/v1/symbolAdlRisk", "symbol=ETHUSDT");
        Shape.check(one, "symbol:text adlRisk:text updateTime:integer");
        assertEquals(0, one.get("updateTime").longValue() % 1_800_000);
        assertEquals(3, rig.get(1, "/fapi/v1/symbolAdlRisk", "").size());
    }

    @Test
    @Covers({"GET /fapi/v1/tradingSchedule", "STREAM tradingSession"})
    void shouldAnswerWithSessionsWithoutHoles() {
        JsonNode answer = rig.get(5, "/fapi/v1/tradingSchedule", "");
        Shape.check(answer, "updateTime:integer marketSchedules:object");
        Shape.check(answer.get("marketSchedules"), "EQUITY:object COMMODITY:object KR_EQUITY:object HK_EQUITY:object");
        for (TradingSchedule.Venue venue : TradingSchedule.Venue.values()) {
            long at = -1;
            boolean isNow = false;
            TradingSchedule.Session now = TradingSchedule.at(venue, rig.nowMs());
            for (JsonNode session :
                    answer.get("marketSchedules").get(venue.name()).get("sessions")) {
                Shape.check(session, "startTime:integer endTime:integer type:text");
                assertTrue(at < 0 || session.get("startTime").longValue() == at);
                at = session.get("endTime").longValue();
                isNow |= session.get("startTime").longValue() == now.startMs()
                        && session.get("type").textValue().equals(now.type().name());
            }
            assertTrue(isNow, venue + " is in one of its sessions");
            assertTrue(at >= rig.nowMs() + 5 * 86_400_000L);
        }
        // Monday, 2026-11-23 15:00 UTC.
        assertEquals(
                TradingSchedule.SessionType.REGULAR,
                TradingSchedule.at(TradingSchedule.Venue.EQUITY, 1_795_446_000_000L)
                        .type());
    }

    @Test
    @Covers({"GET /fapi/v1/fundingRate", "GET /fapi/v1/fundingInfo"})
    void shouldAnswerWithTheFundingThatWasCharged() {
        long eightHoursMs = 8 * 3_600_000L;
        JsonNode rows = rig.get(0, "/fapi/v1/fundingRate", "symbol=BTCUSDT");
        assertEquals(100, rows.size());
        long last = rig.nowMs() - rig.nowMs() % eightHoursMs;
        for (int i = 0; i < 100; i++) {
            Shape.check(
                    rows.get(i), "symbol:text fundingTime:integer fundingRate:decimal markPrice:decimal rateType:text");
            assertEquals(
                    last - (99 - i) * eightHoursMs,
                    rows.get(i).get("fundingTime").longValue());
        }
        JsonNode all = rig.get(0, "/fapi/v1/fundingRate", "limit=7");
        assertEquals(7, all.size());
        assertEquals(last, all.get(6).get("fundingTime").longValue());
        JsonNode from = rig.get(0, "/fapi/v1/fundingRate", "symbol=BTCUSDT&limit=2&startTime=" + (last - eightHoursMs));
        assertEquals(2, from.size());
        assertEquals(last, from.get(1).get("fundingTime").longValue());
        rig.assertRefused(-1130, "/fapi/v1/fundingRate", "symbol=BTCUSDT&limit=1001");
        rig.assertRefused(-1121, "/fapi/v1/fundingRate", "symbol=X");
        assertTrue(rig.get(0, "/fapi/v1/fundingInfo", "").isArray());
    }

    @Test
    @Covers("GET /fapi/v1/rpiDepth")
    void shouldAnswerWithABookThatHoldsAtLeastTheOrdinaryOne() {
        JsonNode book = rig.get(20, "/fapi/v1/rpiDepth", "symbol=BTCUSDT");
        Shape.check(book, "lastUpdateId:integer E:integer T:integer bids:array asks:array");
        var ordinary = rig.market.book(0, 1000);
        assertEquals(ordinary.bidTicks().length, book.get("bids").size());
        int more = 0;
        for (int i = 0; i < ordinary.bidTicks().length; i++) {
            BigDecimal lots = ordinary.spec().lot().toDecimal(ordinary.bidLots()[i]);
            int compared = new BigDecimal(book.get("bids").get(i).get(1).textValue()).compareTo(lots);
            assertTrue(compared >= 0);
            more += compared;
        }
        assertTrue(more > 50, "levels with retail orders: " + more);
        rig.assertRefused(-1130, "/fapi/v1/rpiDepth", "symbol=BTCUSDT&limit=500");
    }
}
