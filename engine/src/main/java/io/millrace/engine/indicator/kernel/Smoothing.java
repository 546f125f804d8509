package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.ValueIndicator;

/** One step of averages without end. */
final class Smoothing {
    private Smoothing() {}

    /**
     * Returns the next exponential average, see {@link io.millrace.engine.indicator.trend.Ema}.
     *
     * @param average the last.
     * @param value the next value.
     * @param pushed how many values were pushed before.
     * @param period n.
     */
    static double ema(double average, double value, int pushed, int period) {
        return pushed == 0 ? value : (value - average) * (2.0 / (period + 1)) + average;
    }

    /**
     * Returns Wilder's next average, or the sum of the first values, see {@link io.millrace.engine.indicator.trend.WilderAverage}.
     *
     * @param average the last, or the sum.
     * @param value the next value.
     * @param pushed how many values were pushed before.
     * @param period n.
     */
    static double wilder(double average, double value, int pushed, int period) {
        if (pushed >= period) {
            return (value - average) * (1.0 / period) + average;
        }
        double sum = average + value;
        return pushed == period - 1 ? sum / period : sum;
    }

    /** Holds a quotient within the limits of inputs. */
    static double bounded(double value) {
        return Math.max(-ValueIndicator.LIMIT, Math.min(ValueIndicator.LIMIT, value));
    }
}
