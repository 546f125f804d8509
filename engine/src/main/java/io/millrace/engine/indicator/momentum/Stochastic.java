package io.millrace.engine.indicator.momentum;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingRange;
import io.millrace.engine.indicator.window.RollingSum;
import java.util.List;

/**
 * Stochastic oscillator: raw %K = 100 · (close - lowest low of n) / (highest high of n - lowest low of n); %K is the mean of the
 * last a raw values (1: fast, 3: slow), %D the mean of the last b of %K.
 *
 * <p><b>Source:</b> G. C. Lane, "Lane's Stochastics", Technical Analysis of Stocks and Commodities 2 (1984). <b>Warm-up:</b> n + a
 * + b - 2. <b>Degenerate:</b> no range: raw %K is 50. <b>Range:</b> 0 to 100. <b>Cost:</b> O(1) on average.
 */
public final class Stochastic extends BarIndicator {
    private static final List<String> OUTPUTS = List.of("k", "d");

    private final RollingRange range;
    private final RollingSum raws;
    private final RollingSum ks;

    /**
     * Makes an oscillator.
     *
     * @param period  n (14), at least 1.
     * @param smoothK a (1 or 3), at least 1.
     * @param smoothD b (3), at least 1.
     */
    public Stochastic(int period, int smoothK, int smoothD) {
        super(period + smoothK + smoothD - 2);
        range = new RollingRange(period);
        raws = new RollingSum(smoothK);
        ks = new RollingSum(smoothD);
    }

    @Override
    protected void apply(Bar bar) {
        range.push(bar.high(), bar.low());
        if (range.isFull()) {
            raws.push(100 * range.position(bar.close(), 0));
            if (raws.isFull()) {
                ks.push(raws.mean());
            }
        }
    }

    /** {@inheritDoc} %K. */
    @Override
    public double value() {
        return whenReady(raws.mean());
    }

    /** Returns %D. */
    public double d() {
        return whenReady(ks.mean());
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> d();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        range.visit(state);
        raws.visit(state);
        ks.visit(state);
    }
}
