package io.millrace.engine.indicator.trend;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.ValueIndicator;

/**
 * Wilder's smoothing: the mean of the first n values, then w = w' + (x - w') / n.
 *
 * <p><b>Source:</b> J. W. Wilder, "New Concepts in Technical Trading Systems" (1978), there as w = (w' · (n - 1) + x) / n; the
 * same seed as TradingView's {@code ta.rma} and TA-Lib. <b>Warm-up:</b> n. <b>Degenerate:</b> none. <b>Cost:</b> O(1).
 */
public final class WilderAverage extends ValueIndicator {
    private final int period;
    private final double weight;
    /** The sum of the first values, then the average. */
    private double average;

    /**
     * Makes an average.
     *
     * @param period n, at least 1.
     */
    public WilderAverage(int period) {
        super(atLeast("period", period, 1));
        this.period = period;
        weight = 1.0 / period;
    }

    @Override
    protected void apply(double value) {
        if (count() >= period) {
            average = (value - average) * weight + average;
        } else {
            average += value;
            if (count() == period - 1) {
                average /= period;
            }
        }
    }

    @Override
    public double value() {
        return whenReady(average);
    }

    @Override
    protected void visit(State state) {
        state.setting("period", period);
        average = state.f64(average);
    }
}
