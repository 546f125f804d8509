package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;

/**
 * True range: max(high - low, |high - last close|, |low - last close|); high - low at the first bar.
 *
 * <p><b>Source:</b> J. W. Wilder, "New Concepts in Technical Trading Systems" (1978), sec. III. <b>Warm-up:</b> 1.
 * <b>Degenerate:</b> none. <b>Cost:</b> O(1).
 */
public final class TrueRange extends BarIndicator {
    private double lastClose;
    private double range;

    /** Makes a true range. */
    public TrueRange() {
        super(1);
    }

    /**
     * Returns the true range of a bar.
     *
     * @param bar       the bar.
     * @param lastClose close of the bar before.
     * @return the range, 0 or more.
     */
    public static double of(Bar bar, double lastClose) {
        return Math.max(bar.high(), lastClose) - Math.min(bar.low(), lastClose);
    }

    @Override
    protected void apply(Bar bar) {
        range = count() == 0 ? bar.high() - bar.low() : of(bar, lastClose);
        lastClose = bar.close();
    }

    @Override
    public double value() {
        return whenReady(range);
    }

    @Override
    protected void visit(State state) {
        lastClose = state.f64(lastClose);
        range = state.f64(range);
    }
}
