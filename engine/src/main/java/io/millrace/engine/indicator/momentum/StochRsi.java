package io.millrace.engine.indicator.momentum;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.ValueIndicator;
import io.millrace.engine.indicator.window.RollingRange;
import io.millrace.engine.indicator.window.RollingSum;
import java.util.List;

/**
 * Stochastic RSI: raw = 100 · (rsi - lowest rsi of m) / (highest - lowest); K is the mean of the last a raw values, D that of
 * the last b of K.
 *
 * <p><b>Source:</b> T. Chande and S. Kroll, "The New Technical Trader" (1994); K and D as TradingView's Stochastic RSI(3, 3, 14,
 * 14). <b>Warm-up:</b> n + m + a + b - 2. <b>Degenerate:</b> an RSI that moved less than 1e-9 points over the window: raw is 50.
 * <b>Range:</b> 0 to 100. <b>Cost:</b> O(1) on average.
 */
public final class StochRsi extends ValueIndicator {
    private static final List<String> OUTPUTS = List.of("k", "d", "raw");
    private static final double STILL_POINTS = 1e-9;

    private final Rsi rsi;
    private final RollingRange range;
    private final RollingSum raws;
    private final RollingSum ks;
    private double raw;

    /**
     * Makes an oscillator.
     *
     * @param smoothK     a (3), at least 1.
     * @param smoothD     b (3), at least 1.
     * @param rsiPeriod   n (14), at least 1.
     * @param stochPeriod m (14), at least 1.
     */
    public StochRsi(int smoothK, int smoothD, int rsiPeriod, int stochPeriod) {
        super(rsiPeriod + stochPeriod + smoothK + smoothD - 2);
        rsi = new Rsi(rsiPeriod);
        range = new RollingRange(stochPeriod);
        raws = new RollingSum(smoothK);
        ks = new RollingSum(smoothD);
    }

    @Override
    protected void apply(double value) {
        rsi.update(value);
        if (rsi.isReady()) {
            double strength = rsi.value();
            range.push(strength);
            if (range.isFull()) {
                raw = 100 * range.position(strength, STILL_POINTS);
                raws.push(raw);
                if (raws.isFull()) {
                    ks.push(raws.mean());
                }
            }
        }
    }

    /** {@inheritDoc} K. */
    @Override
    public double value() {
        return whenReady(raws.mean());
    }

    /** Returns D. */
    public double d() {
        return whenReady(ks.mean());
    }

    /** Returns the value before smoothing. */
    public double raw() {
        return whenReady(raw);
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
            case 2 -> raw();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        rsi.visitState(state);
        range.visit(state);
        raws.visit(state);
        ks.visit(state);
        raw = state.f64(raw);
    }
}
