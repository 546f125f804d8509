package io.millrace.engine.indicator.momentum;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.ValueIndicator;
import io.millrace.engine.indicator.trend.WilderAverage;

/**
 * Relative strength index: 100 · U / (U + D), where U and D are Wilder's averages of n of the rises and of the falls from value
 * to value; the same as 100 - 100 / (1 + U / D).
 *
 * <p><b>Source:</b> J. W. Wilder, "New Concepts in Technical Trading Systems" (1978), sec. VI. <b>Warm-up:</b> n + 1.
 * <b>Degenerate:</b> neither rises nor falls: 50. <b>Range:</b> 0 to 100. <b>Cost:</b> O(1).
 */
public final class Rsi extends ValueIndicator {
    private final WilderAverage rises;
    private final WilderAverage falls;
    private double last;

    /**
     * Makes an index.
     *
     * @param period n, at least 1.
     */
    public Rsi(int period) {
        super(atLeast("period", period, 1) + 1);
        rises = new WilderAverage(period);
        falls = new WilderAverage(period);
    }

    @Override
    protected void apply(double value) {
        if (count() > 0) {
            rises.update(value > last ? value - last : 0);
            falls.update(value < last ? last - value : 0);
        }
        last = value;
    }

    @Override
    public double value() {
        if (!isReady()) {
            return Double.NaN;
        }
        double up = rises.value();
        double both = up + falls.value();
        return both > 0 ? 100 * (up / both) : 50;
    }

    @Override
    protected void visit(State state) {
        rises.visitState(state);
        falls.visitState(state);
        last = state.f64(last);
    }
}
