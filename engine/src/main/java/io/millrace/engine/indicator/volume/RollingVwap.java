package io.millrace.engine.indicator.volume;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingSum;

/**
 * Volume-weighted average price of the last n bars: Σ typical · volume / Σ volume.
 *
 * <p><b>Source:</b> S. A. Berkowitz, D. E. Logue and E. A. Noser, "The Total Cost of Transactions on the NYSE", Journal of Finance 43
 * (1988), on typical prices. <b>Warm-up:</b> n. <b>Degenerate:</b> no volume over n bars: the last typical price. <b>Cost:</b>
 * O(1) on average.
 */
public final class RollingVwap extends BarIndicator {
    private final RollingSum flows;
    private final RollingSum volumes;
    private double lastTypical;

    /**
     * Makes an average.
     *
     * @param period n, at least 1.
     */
    public RollingVwap(int period) {
        super(atLeast("period", period, 1));
        flows = new RollingSum(period);
        volumes = new RollingSum(period);
    }

    @Override
    protected void apply(Bar bar) {
        lastTypical = bar.typical();
        flows.push(lastTypical * bar.volume());
        volumes.push(bar.volume());
    }

    @Override
    public double value() {
        return whenReady(volumes.sum() > 0 ? flows.sum() / volumes.sum() : lastTypical);
    }

    @Override
    protected void visit(State state) {
        flows.visit(state);
        volumes.visit(state);
        lastTypical = state.f64(lastTypical);
    }
}
