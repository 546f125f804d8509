package io.millrace.engine.indicator.trend;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.ValueIndicator;
import io.millrace.engine.indicator.window.Delay;
import io.millrace.engine.indicator.window.RollingSum;
import java.util.List;

/**
 * Slope of a simple moving average: (sma - sma k values before) / k, in price per bar, and the same in basis points of the
 * older average.
 *
 * <p><b>Source:</b> the rate of change of P. J. Kaufman, "Trading Systems and Methods" (2013), taken of the average.
 * <b>Warm-up:</b> n + k. <b>Degenerate:</b> 0 bps when the older average is not above 0. <b>Cost:</b> O(1) on average.
 */
public final class MaSlope extends ValueIndicator {
    private static final List<String> OUTPUTS = List.of("slope", "slopeBps");

    private final int lookback;
    private final RollingSum window;
    private final Delay averages;
    private double slope;
    private double slopeBps;

    /**
     * Makes a slope.
     *
     * @param period   n of the average, at least 1.
     * @param lookback k, at least 1.
     */
    public MaSlope(int period, int lookback) {
        super(atLeast("period", period, 1) + atLeast("lookback", lookback, 1));
        this.lookback = lookback;
        window = new RollingSum(period);
        averages = new Delay(lookback);
    }

    @Override
    protected void apply(double value) {
        window.push(value);
        if (window.isFull()) {
            double average = window.mean();
            double before = averages.push(average);
            slope = (average - before) / lookback;
            slopeBps = before > 0 ? bounded(10_000 * (slope / before)) : 0;
        }
    }

    /** {@inheritDoc} The slope in price per bar. */
    @Override
    public double value() {
        return whenReady(slope);
    }

    /** Returns the slope in basis points per bar. */
    public double slopeBps() {
        return whenReady(slopeBps);
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> slopeBps();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        window.visit(state);
        averages.visit(state);
        slope = state.f64(slope);
        slopeBps = state.f64(slopeBps);
    }
}
