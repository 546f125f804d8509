package io.millrace.engine.indicator.trend;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.ValueIndicator;
import io.millrace.engine.indicator.window.RollingWeightedSum;

/**
 * Linearly weighted moving average: Σ i · x(i) / (n (n + 1) / 2), i = 1 for the oldest of n values to n for the newest.
 *
 * <p><b>Source:</b> J. J. Murphy, "Technical Analysis of the Financial Markets" (1999), ch. 9. <b>Warm-up:</b> n.
 * <b>Degenerate:</b> none. <b>Cost:</b> O(1) on average.
 */
public final class Wma extends ValueIndicator {
    private final double weights;
    private final RollingWeightedSum window;

    /**
     * Makes an average.
     *
     * @param period n, at least 1.
     */
    public Wma(int period) {
        super(atLeast("period", period, 1));
        weights = 0.5 * period * (period + 1.0);
        window = new RollingWeightedSum(period);
    }

    @Override
    protected void apply(double value) {
        window.push(value);
    }

    @Override
    public double value() {
        return whenReady(window.weightedSum() / weights);
    }

    @Override
    protected void visit(State state) {
        window.visit(state);
    }
}
