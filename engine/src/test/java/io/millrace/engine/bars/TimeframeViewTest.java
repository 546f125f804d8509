package io.millrace.engine.bars;

import static io.millrace.engine.bars.BarEvents.KLINE_BIT;
import static io.millrace.engine.bars.BarEvents.MINUTE;
import static io.millrace.engine.bars.BarEvents.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.bars.BarEvents.Candle;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The timeframes together, against formulas worked out from the minutes alone. */
class TimeframeViewTest {
    private static final long SEED = 31;
    private static final int MINUTES = 22 * 1_440;
    private static final BarsHarness HARNESS = new BarsHarness(BarSettings.defaults(), IndicatorPlan.none());
    private static final double[] HIGH = new double[MINUTES];
    private static final double[] LOW = new double[MINUTES];
    private static final double[] CLOSE = new double[MINUTES];

    @BeforeAll
    static void feed() {
        SplittableRandom random = new SplittableRandom(SEED);
        HARNESS.define(0, KLINE_BIT);
        long ticks = 500_000;
        for (int i = 0; i < MINUTES; i++) {
            long open = ticks;
            // Weeks of rising and a few hours of falling, so that timeframes disagree at the end.
            ticks = Math.max(1_000, ticks + random.nextInt(-100, 101) + (i < MINUTES - 500 ? 6 : -30));
            long high = Math.max(open, ticks) + random.nextInt(40);
            long low = Math.min(open, ticks) - random.nextInt(40);
            HARNESS.minute(0, new Candle(START_MS + i * MINUTE, open, high, low, ticks, 10, 5, 2, 10));
            HIGH[i] = BarEvents.e8(high) / 1e8;
            LOW[i] = BarEvents.e8(low) / 1e8;
            CLOSE[i] = BarEvents.e8(ticks) / 1e8;
        }
    }

    @Test
    void shouldAgreeWithTheFormulasWhenStrengthAndTrendAreAsked() {
        TimeframeView view = HARNESS.of(0).view();
        int sum = 0;
        for (Timeframe timeframe : Timeframe.values()) {
            double close = CLOSE[MINUTES - 1];
            double slow = ema(timeframe, 21);
            double fast = ema(timeframe, 9);
            assertTrue(view.isReady(timeframe), timeframe + ", seed " + SEED);
            double strength = (close - slow) / atr(timeframe);
            assertEquals(strength, view.strength(timeframe), 1e-9, timeframe + ", seed " + SEED);
            int trend = close > slow && fast > slow ? 1 : close < slow && fast < slow ? -1 : 0;
            assertEquals(trend, view.trend(timeframe), timeframe + ", seed " + SEED);
            sum += trend;
        }
        assertEquals(sum / 6.0, view.agreement(), 1e-12);
    }

    @Test
    void shouldTellDivergenceWhenTrendsAreOpposite() {
        TimeframeView view = HARNESS.of(0).view();
        int divergent = 0;
        for (Timeframe one : Timeframe.values()) {
            for (Timeframe other : Timeframe.values()) {
                boolean isFirstShorter = one.index() < other.index();
                double expected =
                        view.strength(isFirstShorter ? one : other) - view.strength(isFirstShorter ? other : one);
                assertEquals(expected, view.divergence(one, other), 1e-12);
                assertEquals(
                        view.trend(one) == -view.trend(other) && view.trend(one) != 0, view.isDivergent(one, other));
                divergent += view.isDivergent(one, other) ? 1 : 0;
            }
        }
        assertTrue(divergent > 0, "no two timeframes are divergent, seed " + SEED);
    }

    @Test
    void shouldAgreeWithPearsonWhenTimeframesAreOfOneGroup() {
        TimeframeView view = HARNESS.of(0).view();
        int pairs = 0;
        for (Timeframe shorter : Timeframe.values()) {
            for (Timeframe longer : Timeframe.values()) {
                if (shorter.index() < longer.index() && TimeframeView.isPaired(shorter, longer)) {
                    compare(view, shorter, longer);
                    pairs++;
                }
            }
        }
        assertEquals(6, pairs);
        assertTrue(Double.isNaN(view.correlation(Timeframe.M1, Timeframe.M15)));
        assertEquals(1, view.correlation(Timeframe.H1, Timeframe.H1));
    }

    private static void compare(TimeframeView view, Timeframe shorter, Timeframe longer) {
        int step = minutes(shorter);
        int back = minutes(longer);
        double[] x = new double[TimeframeView.WINDOW];
        double[] y = new double[TimeframeView.WINDOW];
        for (int i = 0; i < x.length; i++) {
            int last = MINUTES / step * step - 1 - i * step;
            x[i] = Math.log(CLOSE[last] / CLOSE[last - back]);
            y[i] = Math.log(CLOSE[last] / CLOSE[last - step]);
        }
        Pearson expected = Pearson.of(x, y);
        String what = shorter + " and " + longer + ", seed " + SEED;
        assertEquals(expected.correlation(), view.correlation(shorter, longer), 1e-9, what);
        assertEquals(expected.correlation(), view.correlation(longer, shorter), 1e-9, what);
        assertEquals(expected.covariance(), view.covariance(shorter, longer), 1e-12, what);
        assertEquals(expected.beta(), view.beta(longer, shorter), 1e-9, what);
    }

    private static int minutes(Timeframe timeframe) {
        return (int) (timeframe.lengthMs() / MINUTE);
    }

    /** Begins with the first close; 2 / (n + 1) of each new one. */
    private static double ema(Timeframe timeframe, int n) {
        int step = minutes(timeframe);
        double average = CLOSE[step - 1];
        for (int last = 2 * step - 1; last < MINUTES; last += step) {
            average = average + 2.0 / (n + 1) * (CLOSE[last] - average);
        }
        return average;
    }

    /** Wilder's average of 14 true ranges. */
    private static double atr(Timeframe timeframe) {
        int step = minutes(timeframe);
        double average = 0;
        for (int bar = 0; (bar + 1) * step <= MINUTES; bar++) {
            double high = 0;
            double low = Double.MAX_VALUE;
            for (int i = bar * step; i < (bar + 1) * step; i++) {
                high = Math.max(high, HIGH[i]);
                low = Math.min(low, LOW[i]);
            }
            if (bar > 0) {
                high = Math.max(high, CLOSE[bar * step - 1]);
                low = Math.min(low, CLOSE[bar * step - 1]);
            }
            average = bar < 14 ? average + (high - low) / 14 : (13 * average + high - low) / 14;
        }
        return average;
    }
}
