package io.millrace.engine.indicator.trend;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.ValueIndicator;
import io.millrace.engine.indicator.window.RollingSum;

/**
 * Simple moving average: the mean of the last n values.
 *
 * <p><b>Source:</b> J. J. Murphy, "Technical Analysis of the Financial Markets" (1999), ch. 9. <b>Warm-up:</b> n.
 * <b>Degenerate:</b> none. <b>Cost:</b> O(1) on average.
 */
public final class Sma extends ValueIndicator {
    private final RollingSum window;

    /**
     * Makes an average.
     *
     * @param period n, at least 1.
     */
    public Sma(int period) {
        super(atLeast("period", period, 1));
        window = new RollingSum(period);
    }

    @Override
    protected void apply(double value) {
        window.push(value);
    }

    @Override
    public double value() {
        return whenReady(window.mean());
    }

    @Override
    protected void visit(State state) {
        window.visit(state);
    }
}
