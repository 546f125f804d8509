package io.millrace.engine.indicator.stats;

import io.millrace.engine.indicator.PairIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingCoMoments;
import java.util.List;

/**
 * Correlation, covariance and beta of the last n pairs: covariance = Σ (x - mean x) (y - mean y) / n, correlation = covariance / (sd x ·
 * sd y), beta of y to x = covariance / variance of x. Feed it returns, not prices.
 *
 * <p><b>Source:</b> K. Pearson (1895); beta after W. F. Sharpe, "Capital Asset Prices" (1964). Divisor n. <b>Warm-up:</b> n.
 * <b>Degenerate:</b> x or y flat (deviation below {@link io.millrace.engine.indicator.Indicator#FLAT} of the mean): correlation 0; x
 * flat: beta 0. <b>Range:</b> correlation -1 to 1. <b>Cost:</b> O(1) on average.
 */
public final class RollingCorrelation extends PairIndicator {
    private static final List<String> OUTPUTS = List.of("correlation", "covariance", "beta");

    private final RollingCoMoments window;

    /**
     * Makes all three.
     *
     * @param period n, at least 2.
     */
    public RollingCorrelation(int period) {
        super(atLeast("period", period, 2));
        window = new RollingCoMoments(period);
    }

    @Override
    protected void apply(double x, double y) {
        window.push(x, y);
    }

    /** {@inheritDoc} The correlation. */
    @Override
    public double value() {
        return whenReady(correlation());
    }

    private double correlation() {
        double deviationX = window.deviationX();
        double deviationY = window.deviationY();
        if (!(deviationX > 0 && deviationY > 0)) {
            return 0;
        }
        return Math.max(-1, Math.min(1, window.covariance() / deviationX / deviationY));
    }

    /** Returns the covariance, in the product of both units. */
    public double covariance() {
        return whenReady(window.covariance());
    }

    /** Returns the beta of y to x, in units of y per unit of x. */
    public double beta() {
        double deviationX = window.deviationX();
        return whenReady(deviationX > 0 ? bounded(window.covariance() / deviationX / deviationX) : 0);
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> covariance();
            case 2 -> beta();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        window.visit(state);
    }
}
