package io.millrace.engine.indicator.momentum;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingRange;

/**
 * Williams %R: -100 · (highest high of n - close) / (highest high of n - lowest low of n).
 *
 * <p><b>Source:</b> L. Williams, "How I Made One Million Dollars Last Year Trading Commodities" (1973). <b>Warm-up:</b> n.
 * <b>Degenerate:</b> no range: -50. <b>Range:</b> -100 to 0. <b>Cost:</b> O(1) on average.
 */
public final class WilliamsR extends BarIndicator {
    private final RollingRange range;
    private double value;

    /**
     * Makes an oscillator.
     *
     * @param period n (14), at least 1.
     */
    public WilliamsR(int period) {
        super(atLeast("period", period, 1));
        range = new RollingRange(period);
    }

    @Override
    protected void apply(Bar bar) {
        range.push(bar.high(), bar.low());
        double width = range.highest() - range.lowest();
        value = width > 0 ? -100 * ((range.highest() - bar.close()) / width) : -50;
    }

    @Override
    public double value() {
        return whenReady(value);
    }

    @Override
    protected void visit(State state) {
        range.visit(state);
        value = state.f64(value);
    }
}
