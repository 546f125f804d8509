package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingSum;

/**
 * Garman's and Klass's volatility: variance = mean over n bars of ½ ln(high / low)² - (2 ln 2 - 1) ln(close / open)².
 *
 * <p><b>Source:</b> M. B. Garman and M. J. Klass, "On the Estimation of Security Price Volatilities from Historical Data", Journal of
 * Business 53 (1980), their practical estimator. <b>Warm-up:</b> n. <b>Degenerate:</b> a low of 0: that bar counts as without
 * movement. Never negative, as |ln(close / open)| is at most ln(high / low). <b>Cost:</b> O(1) on average.
 */
public final class GarmanKlassVolatility extends Volatility {
    private static final double FACTOR = 2 * StrictMath.log(2) - 1;

    private final RollingSum terms;

    /**
     * Makes a volatility.
     *
     * @param period n, at least 1.
     * @param barNs  length of a bar in nanoseconds.
     */
    public GarmanKlassVolatility(int period, long barNs) {
        super(atLeast("period", period, 1), barNs);
        terms = new RollingSum(period);
    }

    @Override
    protected void apply(Bar bar) {
        double term = 0;
        if (bar.low() > 0) {
            double range = bar.logRange();
            double body = Bar.logReturn(bar.open(), bar.close());
            term = Math.max(0, 0.5 * range * range - FACTOR * body * body);
        }
        terms.push(term);
    }

    @Override
    protected double variance() {
        return terms.mean();
    }

    @Override
    protected void visit(State state) {
        state.setting("barNs", (double) barNs());
        terms.visit(state);
    }
}
