package io.millrace.engine.indicator.trend;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.ValueIndicator;

/**
 * Exponential moving average: e = e' + 2 / (n + 1) · (x - e'), starting from the first value.
 *
 * <p><b>Source:</b> P. N. Haurlan, "Measuring Trend Values" (1968); the same seed as TradingView's {@code ta.ema} and ta4j.
 * <b>Warm-up:</b> n; the first value then still weighs (1 - 2 / (n + 1))^(n - 1), 13 to 15 %. <b>Degenerate:</b> none.
 * <b>Cost:</b> O(1).
 */
public final class Ema extends ValueIndicator {
    private final int period;
    private final double weight;
    private double average;

    /**
     * Makes an average.
     *
     * @param period n, at least 1.
     */
    public Ema(int period) {
        super(atLeast("period", period, 1));
        this.period = period;
        weight = 2.0 / (period + 1);
    }

    @Override
    protected void apply(double value) {
        average = count() == 0 ? value : (value - average) * weight + average;
    }

    @Override
    public double value() {
        return whenReady(average);
    }

    /** Returns the average of what there is, also before it is ready; 0 without any value. */
    public double early() {
        return average;
    }

    @Override
    protected void visit(State state) {
        state.setting("period", period);
        average = state.f64(average);
    }
}
