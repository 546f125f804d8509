package io.millrace.engine.indicator.momentum;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.Delay;
import io.millrace.engine.indicator.window.RollingDeviation;
import io.millrace.engine.indicator.window.RollingSum;

/**
 * Commodity channel index: (typical - mean of n) / (0.015 · mean absolute deviation from that mean), typical = (high + low +
 * close) / 3.
 *
 * <p><b>Source:</b> D. Lambert, "Commodity Channel Index", Commodities (October 1980). <b>Warm-up:</b> n. <b>Degenerate:</b> a mean
 * deviation below {@link io.millrace.engine.indicator.Indicator#FLAT} of the mean: 0. <b>Range:</b> within ± n / 0.03.
 * <b>Cost:</b> O(log n) by order statistics; up to {@value #DIRECT_LIMIT} bars the deviations are summed one by one instead, which
 * costs less there.
 */
public final class Cci extends BarIndicator {
    /** Longest window whose deviations are summed one by one. */
    static final int DIRECT_LIMIT = 64;

    private static final double FACTOR = 0.015;

    private final RollingSum window;
    /** Null for long windows. */
    private final Delay typicals;
    /** Null for short windows. */
    private final RollingDeviation order;

    private double value;

    /**
     * Makes an index.
     *
     * @param period n (20), at least 1.
     */
    public Cci(int period) {
        super(atLeast("period", period, 1));
        window = new RollingSum(period);
        typicals = period > DIRECT_LIMIT ? null : new Delay(period);
        order = period > DIRECT_LIMIT ? new RollingDeviation(period) : null;
    }

    @Override
    protected void apply(Bar bar) {
        double typical = bar.typical();
        window.push(typical);
        double mean = window.mean();
        double deviation;
        if (order == null) {
            typicals.push(typical);
            deviation = typicals.meanDeviation(mean);
        } else {
            order.push(typical);
            deviation = order.meanDeviation(mean);
        }
        value = deviation > FLAT * mean ? (typical - mean) / (FACTOR * deviation) : 0;
    }

    @Override
    public double value() {
        return whenReady(value);
    }

    @Override
    protected void visit(State state) {
        window.visit(state);
        if (order == null) {
            typicals.visit(state);
        } else {
            order.visit(state);
        }
        value = state.f64(value);
    }
}
