package io.millrace.engine.indicator.volume;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.CompensatedSum;

/**
 * On-balance volume: the volume is added when the close rises and taken off when it falls; 0 at the first bar. The sum is compensated:
 * a huge volume, once added and taken off, has swallowed no small one.
 *
 * <p><b>Source:</b> J. E. Granville, "Granville's New Key to Stock Market Profits" (1963). <b>Warm-up:</b> 1. <b>Degenerate:</b> none.
 * <b>Cost:</b> O(1).
 */
public final class Obv extends BarIndicator {
    private final CompensatedSum sum = new CompensatedSum();
    private double lastClose;

    /** Makes a sum that starts at 0. */
    public Obv() {
        super(1);
    }

    @Override
    protected void apply(Bar bar) {
        if (count() > 0 && bar.close() != lastClose) {
            sum.add(bar.close() > lastClose ? bar.volume() : -bar.volume());
        }
        lastClose = bar.close();
    }

    @Override
    public double value() {
        return whenReady(sum.sum());
    }

    @Override
    protected void visit(State state) {
        sum.visit(state);
        lastClose = state.f64(lastClose);
    }
}
