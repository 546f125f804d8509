package io.millrace.engine.indicator.momentum;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.volatility.TrueRange;
import io.millrace.engine.indicator.window.RollingSum;

/**
 * Ultimate oscillator: 100 · (4 A(short) + 2 A(middle) + A(long)) / 7 with A(n) = Σ buying pressure / Σ true range over n bars and
 * buying pressure = close - min(low, last close).
 *
 * <p><b>Source:</b> L. Williams, "The Ultimate Oscillator", Technical Analysis of Stocks and Commodities 3 (1985).
 * <b>Warm-up:</b> longest period + 1. <b>Degenerate:</b> no range over n bars: A(n) is 0.5. <b>Range:</b> 0 to 100. <b>Cost:</b>
 * O(1) on average.
 */
public final class UltimateOscillator extends BarIndicator {
    private final RollingSum[] pressures;
    private final RollingSum[] ranges;
    private double lastClose;

    /**
     * Makes an oscillator.
     *
     * @param shortPeriod  bars that weigh 4 (7), at least 1.
     * @param middlePeriod bars that weigh 2 (14), at least 1.
     * @param longPeriod   bars that weigh 1 (28), at least 1.
     */
    public UltimateOscillator(int shortPeriod, int middlePeriod, int longPeriod) {
        super(Math.max(shortPeriod, Math.max(middlePeriod, longPeriod)) + 1);
        pressures =
                new RollingSum[] {new RollingSum(shortPeriod), new RollingSum(middlePeriod), new RollingSum(longPeriod)
                };
        ranges = new RollingSum[] {new RollingSum(shortPeriod), new RollingSum(middlePeriod), new RollingSum(longPeriod)
        };
    }

    @Override
    protected void apply(Bar bar) {
        if (count() > 0) {
            double pressure = bar.close() - Math.min(bar.low(), lastClose);
            double range = TrueRange.of(bar, lastClose);
            for (int i = 0; i < 3; i++) {
                pressures[i].push(pressure);
                ranges[i].push(range);
            }
        }
        lastClose = bar.close();
    }

    private double part(int i) {
        double range = ranges[i].sum();
        return range > 0 ? Math.min(1, pressures[i].sum() / range) : 0.5;
    }

    @Override
    public double value() {
        return whenReady(100 * ((4 * part(0) + 2 * part(1) + part(2)) / 7));
    }

    @Override
    protected void visit(State state) {
        for (int i = 0; i < 3; i++) {
            pressures[i].visit(state);
            ranges[i].visit(state);
        }
        lastClose = state.f64(lastClose);
    }
}
