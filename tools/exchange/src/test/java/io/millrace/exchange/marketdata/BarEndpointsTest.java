package io.millrace.exchange.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.MarketRig;
import io.millrace.exchange.Shape;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.market.Interval;
import io.millrace.exchange.market.StreamKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarEndpointsTest {
    private static final List<String> STREAM_FIELDS =
            List.of("t", "o", "h", "l", "c", "v", "T", "q", "n", "V", "Q", "B");

    private final MarketRig rig = Rigs.synthetic(
            2,
            150,
            StreamKind.KLINE_1M,
            StreamKind.KLINE_3M,
            StreamKind.KLINE_1H,
            StreamKind.KLINE_1W,
            StreamKind.KLINE_MONTH,
            StreamKind.MARK_PRICE_1S);

    private static void assertRow(JsonNode row) {
        assertEquals(12, row.size(), row.toString());
        for (int i = 0; i < 12; i++) {
            boolean isInteger = i == 0 || i == 6 || i == 8;
            JsonNode cell = row.get(i);
            assertTrue(
                    isInteger ? cell.isIntegralNumber() : cell.isTextual() && Shape.isDecimal(cell.textValue()),
                    "cell " + i + " of " + row);
        }
        BigDecimal high = decimal(row, 2);
        BigDecimal low = decimal(row, 3);
        assertTrue(high.compareTo(decimal(row, 1).max(decimal(row, 4))) >= 0, row.toString());
        assertTrue(low.compareTo(decimal(row, 1).min(decimal(row, 4))) <= 0, row.toString());
    }

    private static BigDecimal decimal(JsonNode row, int cell) {
        return new BigDecimal(row.get(cell).textValue());
    }

    @ParameterizedTest
    @EnumSource(names = "S1", mode = EnumSource.Mode.EXCLUDE)
    @Covers("GET /fapi/v1/klines")
    void shouldAnswerWithBarsThatJoinWhenAskedForTheMost(Interval interval) {
        JsonNode rows = rig.get(10, "/fapi/v1/klines", "symbol=ETHUSDT&limit=1500&interval=" + interval.code());
        boolean isWhole = interval.lengthMs() > 0 && interval.lengthMs() <= Interval.D1.lengthMs();
        assertTrue(isWhole ? rows.size() == 1500 : rows.size() > 80, interval + " has " + rows.size());
        JsonNode before = null;
        for (JsonNode row : rows) {
            assertRow(row);
            long openMs = row.get(0).longValue();
            assertEquals(interval.openMs(openMs), openMs);
            assertEquals(interval.endMs(openMs) - 1, row.get(6).longValue());
            if (before != null) {
                assertEquals(before.get(6).longValue() + 1, openMs, "no bar is missing");
                BigDecimal gap = decimal(row, 1).subtract(decimal(before, 4)).abs();
                assertTrue(
                        gap.compareTo(decimal(before, 4).movePointLeft(3)) < 0,
                        "the price goes on: " + before + " " + row);
            }
            before = row;
        }
        assertEquals(interval.openMs(rig.nowMs()), before.get(0).longValue(), "the last bar is running");
    }

    @Test
    @Covers("GET /fapi/v1/klines")
    void shouldAnswerWithTheStreamedBarsWhenTheyRunAndWhenTheyAreOver() {
        // To the very moment of the first symbol's next timer that publishes bars.
        rig.advance(200_000_001L);
        for (StreamKind kind : List.of(
                StreamKind.KLINE_1M,
                StreamKind.KLINE_3M,
                StreamKind.KLINE_1H,
                StreamKind.KLINE_1W,
                StreamKind.KLINE_MONTH)) {
            String code = kind.suffix().substring("@kline_".length());
            JsonNode rows = rig.get(1, "/fapi/v1/klines", "symbol=BTCUSDT&limit=5&interval=" + code);
            List<JsonNode> streamed = new ArrayList<>();
            for (JsonNode frame : rig.heard("BTCUSDT", kind)) {
                if (frame.get("k").get("x").booleanValue()) {
                    streamed.add(frame.get("k"));
                }
            }
            streamed.add(rig.last("BTCUSDT", kind).get("k"));
            int shown = Math.min(streamed.size(), 5);
            for (int i = 1; i <= shown; i++) {
                assertSameBar(streamed.get(streamed.size() - i), rows.get(rows.size() - i));
            }
        }
        assertEquals(
                2,
                rig.heard("BTCUSDT", StreamKind.KLINE_1M).stream()
                        .filter(frame -> frame.get("k").get("x").booleanValue())
                        .count());
    }

    private static void assertSameBar(JsonNode streamed, JsonNode row) {
        for (int i = 0; i < STREAM_FIELDS.size(); i++) {
            assertEquals(streamed.get(STREAM_FIELDS.get(i)), row.get(i), STREAM_FIELDS.get(i) + " of " + streamed);
        }
    }

    @Test
    @Covers("GET /fapi/v1/klines")
    void shouldAddUpWhenShortBarsAreComparedWithALongOne() {
        long dayMs = 86_400_000L;
        long fromMs = Interval.D1.openMs(rig.nowMs()) - 3 * dayMs;
        JsonNode day = rig.get(1, "/fapi/v1/klines", "symbol=BTCUSDT&interval=1d&limit=1&startTime=" + fromMs)
                .get(0);
        for (String code : List.of("1m", "15m", "4h")) {
            String query = "symbol=BTCUSDT&limit=1500&interval=" + code + "&startTime=" + fromMs + "&endTime="
                    + (fromMs + dayMs - 1);
            JsonNode rows = rig.get(10, "/fapi/v1/klines", query);
            BigDecimal high = BigDecimal.ZERO;
            BigDecimal low = decimal(rows.get(0), 3);
            BigDecimal[] sums = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};
            int[] cells = {5, 7, 9, 10};
            long trades = 0;
            for (JsonNode row : rows) {
                high = high.max(decimal(row, 2));
                low = low.min(decimal(row, 3));
                trades += row.get(8).longValue();
                for (int i = 0; i < cells.length; i++) {
                    sums[i] = sums[i].add(decimal(row, cells[i]));
                }
            }
            assertEquals(day.get(1), rows.get(0).get(1));
            assertEquals(day.get(4), rows.get(rows.size() - 1).get(4));
            assertEquals(decimal(day, 2), high);
            assertEquals(decimal(day, 3), low);
            assertEquals(day.get(8).longValue(), trades);
            for (int i = 0; i < cells.length; i++) {
                assertEquals(decimal(day, cells[i]), sums[i], code + " cell " + cells[i]);
            }
        }
    }

    @Test
    @Covers("GET /fapi/v1/continuousKlines")
    void shouldAnswerWithThePerpetualsBarsWhenAskedForThePair() {
        JsonNode rows =
                rig.get(2, "/fapi/v1/continuousKlines", "pair=BTCUSDT&contractType=PERPETUAL&interval=5m&limit=100");
        assertEquals(rig.get(2, "/fapi/v1/klines", "symbol=BTCUSDT&interval=5m&limit=100"), rows);
        assertEquals(
                0,
                rig.get(5, "/fapi/v1/continuousKlines", "pair=BTCUSDT&contractType=NEXT_QUARTER&interval=5m")
                        .size());
        rig.assertRefused(-1130, "/fapi/v1/continuousKlines", "pair=BTCUSDT&contractType=X&interval=5m");
        rig.assertRefused(-1102, "/fapi/v1/continuousKlines", "pair=BTCUSDT&interval=5m");
        rig.assertRefused(-1102, "/fapi/v1/continuousKlines", "contractType=PERPETUAL&interval=5m");
    }

    @Test
    @Covers({"GET /fapi/v1/markPriceKlines", "GET /fapi/v1/indexPriceKlines", "GET /fapi/v1/premiumIndexKlines"})
    void shouldAnswerWithTheStreamedMarksWhenAskedForTheirBars() {
        long openMs = Interval.M1.openMs(rig.nowMs()) - 60_000;
        List<JsonNode> marks = rig.heard("BTCUSDT", StreamKind.MARK_PRICE_1S).stream()
                .filter(mark ->
                        mark.get("E").longValue() >= openMs && mark.get("E").longValue() < openMs + 60_000)
                .toList();
        assertEquals(60, marks.size());
        String query = "=BTCUSDT&interval=1m&limit=1500&endTime=" + openMs;
        JsonNode mark = last(rig.get(10, "/fapi/v1/markPriceKlines", "symbol" + query));
        JsonNode index = last(rig.get(10, "/fapi/v1/indexPriceKlines", "pair" + query));
        JsonNode premium = last(rig.get(10, "/fapi/v1/premiumIndexKlines", "symbol" + query));
        assertEquals(marks.get(0).get("p"), mark.get(1));
        assertEquals(marks.get(59).get("p"), mark.get(4));
        assertEquals(extreme(marks, "p", true), decimal(mark, 2));
        assertEquals(extreme(marks, "p", false), decimal(mark, 3));
        assertEquals(marks.get(0).get("i"), index.get(1));
        assertEquals(extreme(marks, "i", true), decimal(index, 2));
        for (JsonNode row : List.of(mark, index, premium)) {
            assertRow(row);
            assertEquals(openMs, row.get(0).longValue());
            assertEquals("0", row.get(5).textValue());
            assertEquals(60, row.get(8).intValue());
        }
        assertTrue(decimal(premium, 2).abs().compareTo(new BigDecimal("0.01")) < 0, premium.toString());
        JsonNode days = rig.get(1, "/fapi/v1/markPriceKlines", "symbol=BTCUSDT&interval=1d&limit=2");
        assertEquals(2, days.size());
        rig.assertRefused(-1120, "/fapi/v1/markPriceKlines", "symbol=BTCUSDT&interval=7m");
        rig.assertRefused(-1102, "/fapi/v1/indexPriceKlines", "interval=1m");
        rig.assertRefused(-1121, "/fapi/v1/premiumIndexKlines", "symbol=X&interval=1m");
    }

    private static JsonNode last(JsonNode rows) {
        assertEquals(1500, rows.size());
        return rows.get(rows.size() - 1);
    }

    private static BigDecimal extreme(List<JsonNode> marks, String field, boolean isHigh) {
        return marks.stream()
                .map(mark -> new BigDecimal(mark.get(field).textValue()))
                .reduce((a, b) -> isHigh ? a.max(b) : a.min(b))
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1102 interval=1m",
                "-1102 symbol=BTCUSDT",
                "-1120 symbol=BTCUSDT&interval=1s",
                "-1120 symbol=BTCUSDT&interval=1y",
                "-1121 symbol=NOBODY&interval=1m",
                "-1130 symbol=BTCUSDT&interval=1m&limit=1501",
                "-1100 symbol=BTCUSDT&interval=1m&startTime=x",
                "-1023 symbol=BTCUSDT&interval=1m&startTime=5&endTime=4"
            })
    @Covers({"GET /fapi/v1/klines", "ERROR -1120"})
    void shouldRefuseAsTheVenueWhenParametersAreWrong(String row) {
        String[] parts = row.split(" ", -1);
        rig.assertRefused(Integer.parseInt(parts[0]), "/fapi/v1/klines", parts[1]);
    }

    @Test
    @Covers("GET /fapi/v1/klines")
    void shouldWeighByTheLimitAndPickByTheTimes() {
        rig.get(1, "/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=99");
        rig.get(2, "/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=100");
        rig.get(5, "/fapi/v1/klines", "symbol=BTCUSDT&interval=1m");
        rig.get(5, "/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=1000");
        rig.get(10, "/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=1001");
        long minute = Interval.M1.openMs(rig.nowMs());
        JsonNode from =
                rig.get(1, "/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=3&startTime=" + (minute - 600_000 - 1));
        assertEquals(minute - 600_000, from.get(0).get(0).longValue());
        assertEquals(3, from.size());
        JsonNode until =
                rig.get(1, "/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=3&endTime=" + (minute - 600_000));
        assertEquals(minute - 600_000, until.get(2).get(0).longValue());
        JsonNode first = rig.get(1, "/fapi/v1/klines", "symbol=BTCUSDT&interval=1M&limit=3&startTime=0");
        assertEquals(3, first.size());
        assertEquals(
                0,
                rig.get(1, "/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=3&endTime=0")
                        .size());
    }
}
