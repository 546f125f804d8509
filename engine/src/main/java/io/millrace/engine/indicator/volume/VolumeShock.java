package io.millrace.engine.indicator.volume;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingSum;
import java.util.List;

/**
 * Volume shock: the volume divided by the mean of the n bars before, and whether that reaches a threshold. The bar itself is not in the
 * mean, so that a shock does not hide behind itself.
 *
 * <p><b>Source:</b> relative volume, defined here; the threshold is a setting. <b>Warm-up:</b> n + 1. <b>Degenerate:</b> no volume in the n bars: 1 if there is none now either, else
 * {@link #MOST}. <b>Range:</b> 0 to {@link #MOST}. <b>Cost:</b> O(1) on average.
 */
public final class VolumeShock extends BarIndicator {
    /** Largest ratio that is told apart. */
    public static final double MOST = 1e6;

    private static final List<String> OUTPUTS = List.of("ratio", "shock");

    private final double threshold;
    private final RollingSum volumes;
    private double ratio;

    /**
     * Makes a detector.
     *
     * @param period    n, at least 1.
     * @param threshold ratio from which on it is a shock, above 0.
     */
    public VolumeShock(int period, double threshold) {
        super(atLeast("period", period, 1) + 1);
        this.threshold = positive("threshold", threshold);
        volumes = new RollingSum(period);
    }

    @Override
    protected void apply(Bar bar) {
        double mean = volumes.mean();
        if (mean > 0) {
            ratio = Math.min(MOST, bar.volume() / mean);
        } else {
            ratio = bar.volume() > 0 ? MOST : 1;
        }
        volumes.push(bar.volume());
    }

    /** {@inheritDoc} The ratio. */
    @Override
    public double value() {
        return whenReady(ratio);
    }

    /** Returns 1 at a shock, else 0. */
    public double shock() {
        return whenReady(ratio >= threshold ? 1 : 0);
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> shock();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        state.setting("threshold", threshold);
        volumes.visit(state);
        ratio = state.f64(ratio);
    }
}
