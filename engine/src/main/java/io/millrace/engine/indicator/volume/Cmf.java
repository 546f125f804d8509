package io.millrace.engine.indicator.volume;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingSum;

/**
 * Chaikin money flow: Σ location · volume / Σ volume over n bars, location = ((close - low) - (high - close)) / (high - low).
 *
 * <p><b>Source:</b> M. Chaikin, as in S. B. Achelis, "Technical Analysis from A to Z" (2000). <b>Warm-up:</b> n. <b>Degenerate:</b> high
 * and low are equal: location 0; no volume over n bars: 0. <b>Range:</b> -1 to 1. <b>Cost:</b> O(1) on average.
 */
public final class Cmf extends BarIndicator {
    private final RollingSum flows;
    private final RollingSum volumes;

    /**
     * Makes a flow.
     *
     * @param period n (20), at least 1.
     */
    public Cmf(int period) {
        super(atLeast("period", period, 1));
        flows = new RollingSum(period);
        volumes = new RollingSum(period);
    }

    @Override
    protected void apply(Bar bar) {
        double range = bar.high() - bar.low();
        double location = range > 0 ? ((bar.close() - bar.low()) - (bar.high() - bar.close())) / range : 0;
        flows.push(location * bar.volume());
        volumes.push(bar.volume());
    }

    @Override
    public double value() {
        return whenReady(volumes.sum() > 0 ? Math.max(-1, Math.min(1, flows.sum() / volumes.sum())) : 0);
    }

    @Override
    protected void visit(State state) {
        flows.visit(state);
        volumes.visit(state);
    }
}
