package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.ValueIndicator;
import io.millrace.engine.indicator.window.RollingMoments;
import java.util.List;

/**
 * Bollinger bands: mean of n ± k standard deviations (of the population, divisor n); width = (upper - lower) / middle; %B = (x -
 * lower) / (upper - lower).
 *
 * <p><b>Source:</b> J. Bollinger, "Bollinger on Bollinger Bands" (2001). <b>Warm-up:</b> n. <b>Degenerate:</b> a deviation below
 * {@link io.millrace.engine.indicator.Indicator#FLAT} of the mean: both bands at the mean, width 0, %B 0.5; the mean is 0: width 0.
 * <b>Cost:</b> O(1) on average.
 */
public final class Bollinger extends ValueIndicator {
    private static final List<String> OUTPUTS = List.of("middle", "upper", "lower", "bandwidth", "percentB");

    private final double multiplier;
    private final RollingMoments window;
    private double middle;
    private double width;
    private double percentB;

    /**
     * Makes the bands.
     *
     * @param period     n (20), at least 2.
     * @param multiplier k (2), above 0.
     */
    public Bollinger(int period, double multiplier) {
        super(atLeast("period", period, 2));
        this.multiplier = positive("multiplier", multiplier);
        window = new RollingMoments(period);
    }

    @Override
    protected void apply(double value) {
        window.push(value);
        if (window.isFull()) {
            middle = window.mean();
            width = multiplier * window.deviation();
            percentB = width > 0 ? 0.5 + (value - middle) / (2 * width) : 0.5;
        }
    }

    /** {@inheritDoc} The middle, in price. */
    @Override
    public double value() {
        return whenReady(middle);
    }

    /** Returns the upper band. */
    public double upper() {
        return whenReady(middle + width);
    }

    /** Returns the lower band. */
    public double lower() {
        return whenReady(middle - width);
    }

    /** Returns (upper - lower) / middle. */
    public double bandwidth() {
        return whenReady(middle == 0 ? 0 : bounded(2 * width / middle));
    }

    /** Returns where the value stands: 0 at the lower band, 1 at the upper. */
    public double percentB() {
        return whenReady(percentB);
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> upper();
            case 2 -> lower();
            case 3 -> bandwidth();
            case 4 -> percentB();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        state.setting("multiplier", multiplier);
        window.visit(state);
        middle = state.f64(middle);
        width = state.f64(width);
        percentB = state.f64(percentB);
    }
}
