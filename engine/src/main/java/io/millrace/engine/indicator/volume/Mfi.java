package io.millrace.engine.indicator.volume;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingSum;

/**
 * Money flow index: 100 · P / (P + N), where P (N) is the sum over n bars of typical price · volume of the bars whose typical price is
 * above (below) that of the bar before; the same as 100 - 100 / (1 + P / N).
 *
 * <p><b>Source:</b> G. Quong and A. Soudack, "Volume-Weighted RSI: Money Flow", Technical Analysis of Stocks and Commodities 7 (1989).
 * <b>Warm-up:</b> n + 1. <b>Degenerate:</b> no flow either way: 50. <b>Range:</b> 0 to 100. <b>Cost:</b> O(1) on average.
 */
public final class Mfi extends BarIndicator {
    private final RollingSum rising;
    private final RollingSum falling;
    private double lastTypical;

    /**
     * Makes an index.
     *
     * @param period n (14), at least 1.
     */
    public Mfi(int period) {
        super(atLeast("period", period, 1) + 1);
        rising = new RollingSum(period);
        falling = new RollingSum(period);
    }

    @Override
    protected void apply(Bar bar) {
        double typical = bar.typical();
        if (count() > 0) {
            double flow = typical * bar.volume();
            rising.push(typical > lastTypical ? flow : 0);
            falling.push(typical < lastTypical ? flow : 0);
        }
        lastTypical = typical;
    }

    @Override
    public double value() {
        double both = rising.sum() + falling.sum();
        return whenReady(both > 0 ? 100 * (rising.sum() / both) : 50);
    }

    @Override
    protected void visit(State state) {
        rising.visit(state);
        falling.visit(state);
        lastTypical = state.f64(lastTypical);
    }
}
