package io.millrace.engine.indicator.volume;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingMoments;

/**
 * Z-score of the volume: (volume - mean of n) / standard deviation of n (divisor n), the current bar among the n.
 *
 * <p><b>Source:</b> the standard score; as ta4j's relative volume standard deviation. <b>Warm-up:</b> n. <b>Degenerate:</b> the same volume
 * in all n bars: 0. <b>Range:</b> within ± √(n - 1). <b>Cost:</b> O(1) on average.
 */
public final class VolumeZScore extends BarIndicator {
    private final RollingMoments volumes;
    private double score;

    /**
     * Makes a score.
     *
     * @param period n, at least 2.
     */
    public VolumeZScore(int period) {
        super(atLeast("period", period, 2));
        volumes = new RollingMoments(period);
    }

    @Override
    protected void apply(Bar bar) {
        volumes.push(bar.volume());
        double deviation = volumes.deviation();
        score = deviation > 0 ? (bar.volume() - volumes.mean()) / deviation : 0;
    }

    @Override
    public double value() {
        return whenReady(score);
    }

    @Override
    protected void visit(State state) {
        volumes.visit(state);
        score = state.f64(score);
    }
}
