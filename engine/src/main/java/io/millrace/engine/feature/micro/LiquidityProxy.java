package io.millrace.engine.feature.micro;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingSum;

/**
 * Illiquidity from bars, for instruments without a book: ((high - low) / close) / (volume / mean volume of the last n bars, this one among
 * them). Large when little volume moves the price far.
 *
 * <p><b>Source:</b> after Y. Amihud, "Illiquidity and Stock Returns", Journal of Financial Markets 5, 2002, with the bar's range in place of the return and
 * relative volume in place of turnover. <b>Warm-up:</b> n. <b>Range:</b> 0 to {@value #LIMIT}. <b>Degenerate:</b> relative volume counts as
 * at least {@value #LEAST_VOLUME}; no volume in the window, or a close of 0: the range alone, or 0.
 */
public final class LiquidityProxy extends BarIndicator {
    /** Largest value. */
    public static final double LIMIT = 1e6;
    /** Least relative volume. */
    public static final double LEAST_VOLUME = 0.01;

    private final RollingSum volumes;
    private double value;

    /**
     * Makes one.
     *
     * @param period n, at least 1.
     */
    public LiquidityProxy(int period) {
        super(atLeast("period", period, 1));
        volumes = new RollingSum(period);
    }

    @Override
    protected void apply(Bar bar) {
        volumes.push(bar.volume());
        double range = bar.close() == 0 ? 0 : (bar.high() - bar.low()) / bar.close();
        double mean = volumes.mean();
        double relative = mean == 0 ? 1 : Math.max(LEAST_VOLUME, bar.volume() / mean);
        value = Math.min(LIMIT, range / relative);
    }

    @Override
    public double value() {
        return whenReady(value);
    }

    @Override
    protected void visit(State state) {
        volumes.visit(state);
        value = state.f64(value);
    }
}
