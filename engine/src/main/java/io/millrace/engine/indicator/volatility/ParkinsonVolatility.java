package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingSum;

/**
 * Parkinson's volatility from ranges: variance = Σ ln(high / low)² / (4 n ln 2) over n bars.
 *
 * <p><b>Source:</b> M. Parkinson, "The Extreme Value Method for Estimating the Variance of the Rate of Return", Journal of Business 53
 * (1980). <b>Warm-up:</b> n. <b>Degenerate:</b> a low of 0: that bar counts as without range. <b>Cost:</b> O(1) on average.
 */
public final class ParkinsonVolatility extends Volatility {
    private static final double FACTOR = 1 / (4 * StrictMath.log(2));

    private final RollingSum squares;

    /**
     * Makes a volatility.
     *
     * @param period n, at least 1.
     * @param barNs  length of a bar in nanoseconds.
     */
    public ParkinsonVolatility(int period, long barNs) {
        super(atLeast("period", period, 1), barNs);
        squares = new RollingSum(period);
    }

    @Override
    protected void apply(Bar bar) {
        double range = bar.logRange();
        squares.push(range * range);
    }

    @Override
    protected double variance() {
        return FACTOR * squares.mean();
    }

    @Override
    protected void visit(State state) {
        state.setting("barNs", (double) barNs());
        squares.visit(state);
    }
}
