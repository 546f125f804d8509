package io.millrace.engine.indicator.stats;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingDrawdown;
import java.util.List;

/**
 * Maximum drawdown of the closes within a window of n: the largest (x(i) - x(j)) / x(i) with i before j. And the current one: from the
 * window's highest close to the last.
 *
 * <p><b>Source:</b> M. Magdon-Ismail and A. Atiya, "Maximum Drawdown", Risk 17 (2004). <b>Warm-up:</b> n. <b>Degenerate:</b> a close of
 * 0 as the higher one: no fall. <b>Range:</b> 0 to 1. <b>Cost:</b> O(1) on average.
 */
public final class MaxDrawdown extends BarIndicator {
    private static final List<String> OUTPUTS = List.of("maxDrawdown", "current");

    private final RollingDrawdown window;
    private double current;

    /**
     * Makes a drawdown.
     *
     * @param period n, at least 2.
     */
    public MaxDrawdown(int period) {
        super(atLeast("period", period, 2));
        window = new RollingDrawdown(period);
    }

    @Override
    protected void apply(Bar bar) {
        window.push(bar.close());
        double peak = window.highest();
        current = peak > 0 ? (peak - bar.close()) / peak : 0;
    }

    /** {@inheritDoc} The largest fall, as a fraction. */
    @Override
    public double value() {
        return whenReady(window.largestFall());
    }

    /** Returns the fall from the window's highest close to the last one, as a fraction. */
    public double current() {
        return whenReady(current);
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> current();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        window.visit(state);
        current = state.f64(current);
    }
}
