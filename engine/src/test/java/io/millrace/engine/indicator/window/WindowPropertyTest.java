package io.millrace.engine.indicator.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Each window against a loop over the same values. */
class WindowPropertyTest {
    private static final int SIZE = 200;

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void shouldEqualALoopOverTheWindow(@ForAll long seed, @ForAll @IntRange(min = 1, max = 67) int length) {
        double[] values = values(seed);
        Delay delay = new Delay(length);
        RollingSum sum = new RollingSum(length);
        RollingRange range = new RollingRange(length);
        RollingWeightedSum weighted = new RollingWeightedSum(length);
        RollingMoments moments = new RollingMoments(length);
        RollingDrawdown drawdown = new RollingDrawdown(length);
        RollingOrder order = new RollingOrder(length);
        RollingDeviation deviation = new RollingDeviation(length);
        for (int i = 0; i < SIZE; i++) {
            assertEquals(i >= length ? values[i - length] : 0, delay.push(values[i]));
            sum.push(values[i]);
            range.push(values[i]);
            weighted.push(values[i]);
            moments.push(values[i]);
            drawdown.push(values[i]);
            order.push(values[i]);
            deviation.push(values[i]);
            if (i + 1 >= length) {
                double[] window = Arrays.copyOfRange(values, i + 1 - length, i + 1);
                checkSums(window, delay, sum, weighted, moments);
                checkOrder(window, range, drawdown, order);
                checkDeviation(window, deviation);
            }
        }
    }

    private static void checkSums(
            double[] window, Delay delay, RollingSum sum, RollingWeightedSum weighted, RollingMoments moments) {
        double total = 0;
        double weightedTotal = 0;
        for (int k = 0; k < window.length; k++) {
            assertEquals(window[window.length - 1 - k], delay.get(k));
            total += window[k];
            weightedTotal += (k + 1) * window[k];
        }
        double mean = total / window.length;
        double squares = 0;
        double distance = 0;
        for (double value : window) {
            squares += (value - mean) * (value - mean);
            distance += Math.abs(value - mean) / window.length;
        }
        assertEquals(total, sum.sum(), 1e-13 * total);
        assertEquals(weightedTotal, weighted.weightedSum(), 1e-13 * weightedTotal);
        assertEquals(squares, moments.squaredDeviations(), 1e-13 * (squares + mean * mean));
        assertEquals(distance, delay.meanDeviation(mean), 1e-13 * mean);
    }

    private static void checkOrder(double[] window, RollingRange range, RollingDrawdown drawdown, RollingOrder order) {
        double[] sorted = window.clone();
        Arrays.sort(sorted);
        assertEquals(sorted[0], range.lowest());
        assertEquals(sorted[sorted.length - 1], range.highest());
        double fall = 0;
        double center = window[window.length / 2];
        int below = 0;
        int upTo = 0;
        for (int a = 0; a < window.length; a++) {
            assertEquals(sorted[a], order.get(a));
            below += window[a] < center ? 1 : 0;
            upTo += window[a] <= center ? 1 : 0;
            for (int b = a + 1; b < window.length; b++) {
                fall = Math.max(fall, (window[a] - window[b]) / window[a]);
            }
        }
        assertEquals(fall, drawdown.largestFall());
        assertEquals(below, order.countBelow(center));
        assertEquals(upTo, order.countUpTo(center));
        double place = 0.3 * (sorted.length - 1);
        int rank = (int) place;
        double high = sorted[Math.min(rank + 1, sorted.length - 1)];
        assertEquals(sorted[rank] + (place - rank) * (high - sorted[rank]), order.quantile(0.3), 1e-12 * high);
    }

    private static void checkDeviation(double[] window, RollingDeviation deviation) {
        double center = window[window.length / 2];
        double distance = Arrays.stream(window)
                .map(value -> Math.abs(value - center) / window.length)
                .sum();
        assertEquals(
                distance,
                deviation.meanDeviation(center),
                1e-13 * Arrays.stream(window).max().orElseThrow());
    }

    /** Around 100, many of them equal, some 1000 times as large. */
    private static double[] values(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double value = random.nextInt(3) == 0 ? 100 + random.nextInt(4) : 100 + random.nextDouble();
            values[i] = random.nextInt(40) == 0 ? 1000 * value : value;
        }
        return values;
    }
}
