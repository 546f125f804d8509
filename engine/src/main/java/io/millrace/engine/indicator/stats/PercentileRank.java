package io.millrace.engine.indicator.stats;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.ValueIndicator;
import io.millrace.engine.indicator.window.RollingOrder;

/**
 * Percentile rank, exactly: how many of the n values before are smaller, plus half of those that are equal, in percent of n.
 * Values that differ by no more than {@link io.millrace.engine.indicator.Indicator#FLAT} of their size count as equal.
 *
 * <p><b>Source:</b> the mid-rank, as {@code percentileofscore(kind="mean")} of SciPy. <b>Warm-up:</b> n + 1. <b>Degenerate:</b> a flat
 * series: 50. <b>Range:</b> 0 to 100. <b>Cost:</b> O(log n) and a move of up to 8 n bytes; 16 n bytes.
 */
public final class PercentileRank extends ValueIndicator {
    private final RollingOrder window;
    private double rank;

    /**
     * Makes a rank.
     *
     * @param period n, at least 1.
     */
    public PercentileRank(int period) {
        super(atLeast("period", period, 1) + 1);
        window = new RollingOrder(period);
    }

    @Override
    protected void apply(double value) {
        if (window.isFull()) {
            rank = window.midRank(value);
        }
        window.push(value);
    }

    @Override
    public double value() {
        return whenReady(rank);
    }

    /**
     * Returns a quantile of the last n values, the current among them, by linear interpolation (type 7).
     *
     * @param part 0 for the smallest to 1 for the largest.
     * @return the quantile; NaN until ready.
     */
    public double quantile(double part) {
        return isReady() ? window.quantile(part) : Double.NaN;
    }

    @Override
    protected void visit(State state) {
        window.visit(state);
        rank = state.f64(rank);
    }
}
