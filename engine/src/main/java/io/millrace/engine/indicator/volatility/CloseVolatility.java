package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingMoments;

/**
 * Realised volatility from close to close: the sample standard deviation (divisor n - 1) of the last n logarithmic returns.
 *
 * <p><b>Source:</b> J. C. Hull, "Options, Futures, and Other Derivatives" (2018), sec. 15.4. <b>Warm-up:</b> n + 1.
 * <b>Degenerate:</b> a price of 0: its returns are 0; returns that differ by rounding only: 0. <b>Cost:</b> O(1) on average.
 */
public final class CloseVolatility extends Volatility {
    private final RollingMoments returns;
    private double lastClose;

    /**
     * Makes a volatility.
     *
     * @param period n, at least 2.
     * @param barNs  length of a bar in nanoseconds.
     */
    public CloseVolatility(int period, long barNs) {
        super(atLeast("period", period, 2) + 1, barNs);
        returns = new RollingMoments(period);
    }

    @Override
    protected void apply(Bar bar) {
        if (count() > 0) {
            returns.push(bar.logReturn(lastClose));
        }
        lastClose = bar.close();
    }

    @Override
    protected double variance() {
        double deviation = returns.sampleDeviation();
        return deviation * deviation;
    }

    @Override
    protected void visit(State state) {
        state.setting("barNs", (double) barNs());
        returns.visit(state);
        lastClose = state.f64(lastClose);
    }
}
