package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.State;

/**
 * Exponentially weighted volatility: v = λ v' + (1 - λ) r², r the logarithmic return from close to close; starts from the first
 * r². The mean return is taken as 0.
 *
 * <p><b>Source:</b> J.P. Morgan and Reuters, "RiskMetrics Technical Document" (1996), ch. 5; λ = 0.94 for daily data.
 * <b>Warm-up:</b> 1 + the returns that carry 99 % of the weight, ln 0.01 / ln λ rounded up (75 for 0.94; RiskMetrics counts 74). <b>Degenerate:</b> a price of 0: its returns are 0. <b>Cost:</b> O(1).
 */
public final class EwmaVolatility extends Volatility {
    private final double lambda;
    private double variance;
    private double lastClose;

    /**
     * Makes a volatility.
     *
     * @param lambda λ, above 0 and below 1 (0.94).
     * @param barNs  length of a bar in nanoseconds.
     */
    public EwmaVolatility(double lambda, long barNs) {
        super(warmUpOf(lambda), barNs);
        this.lambda = lambda;
    }

    private static int warmUpOf(double lambda) {
        if (!(lambda > 0 && lambda <= 0.99999)) {
            throw new IllegalArgumentException("lambda is " + lambda + ": give a number above 0 and up to 0.99999");
        }
        return 1 + (int) Math.ceil(StrictMath.log(0.01) / StrictMath.log(lambda));
    }

    @Override
    protected void apply(Bar bar) {
        if (count() > 0) {
            double change = bar.logReturn(lastClose);
            double square = change * change;
            variance = count() == 1 ? square : lambda * variance + (1 - lambda) * square;
        }
        lastClose = bar.close();
    }

    @Override
    protected double variance() {
        return variance;
    }

    @Override
    protected void visit(State state) {
        state.setting("lambda", lambda);
        state.setting("barNs", (double) barNs());
        variance = state.f64(variance);
        lastClose = state.f64(lastClose);
    }
}
