package io.millrace.exchange.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.market.Bar;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticPastTest {
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 86_400_000;
    private static final long START_MS = 1_795_262_385_000L;

    @ParameterizedTest
    @ValueSource(longs = {30, 2_500, 90_000, 642_500, 30_000_000, 4_000_000_000L})
    void shouldAddUpAndStayPositiveWhateverThePrice(long priceTicks) {
        SyntheticPast past = new SyntheticPast(priceTicks, START_MS, priceTicks, 900);
        long startMinute = START_MS - START_MS % MINUTE_MS;
        Bar bar = new Bar();
        assertTrue(past.sum(startMinute - MINUTE_MS, startMinute, bar));
        assertEquals(priceTicks, bar.closeTicks(), "it ends where the market begins");
        assertFalse(past.sum(startMinute, startMinute + MINUTE_MS, bar), "that is not past");
        assertFalse(past.sum(past.beginMs() - MINUTE_MS, startMinute, bar), "that is before everything");
        long close = -1;
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (long day = past.beginMs(); day + DAY_MS <= startMinute; day += DAY_MS) {
            assertTrue(past.sum(day, day + DAY_MS, bar));
            assertTrue(close < 0 || close == bar.openTicks(), "days join");
            close = bar.closeTicks();
            lowest = Math.min(lowest, bar.lowTicks());
            highest = Math.max(highest, bar.highTicks());
        }
        assertTrue(lowest > 0 && lowest > priceTicks / 5 && highest < priceTicks * 5, lowest + " to " + highest);
        assertDayIsItsMinutes(past, startMinute - startMinute % DAY_MS - 400 * DAY_MS);
    }

    private static void assertDayIsItsMinutes(SyntheticPast past, long dayMs) {
        Bar day = new Bar();
        Bar minute = new Bar();
        Bar sum = new Bar();
        past.sum(dayMs, dayMs + DAY_MS, day);
        for (long at = dayMs; at < dayMs + DAY_MS; at += MINUTE_MS) {
            assertTrue(past.sum(at, at + MINUTE_MS, minute));
            assertTrue(minute.lowTicks() * minute.volumeLots() <= minute.turnover(), "the mean is in the range");
            assertTrue(minute.highTicks() * minute.volumeLots() >= minute.turnover());
            assertTrue(minute.takerBuyLots() <= minute.volumeLots() && minute.trades() > 0);
            sum.append(minute);
        }
        assertEquals(sum.openTicks(), day.openTicks());
        assertEquals(sum.highTicks(), day.highTicks());
        assertEquals(sum.lowTicks(), day.lowTicks());
        assertEquals(sum.closeTicks(), day.closeTicks());
        assertEquals(sum.volumeLots(), day.volumeLots());
        assertEquals(sum.turnover(), day.turnover());
        assertEquals(sum.takerBuyLots(), day.takerBuyLots());
        assertEquals(sum.takerBuyTurnover(), day.takerBuyTurnover());
        assertEquals(sum.trades(), day.trades());
    }
}
