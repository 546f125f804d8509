package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * GARCH(1,1) with given parameters: the variance of the next bar v = ω + α r² + β v', r the logarithmic return from close to close;
 * starts from the long-run variance. Over h bars the variance is h V + (v - V) (1 - φ^h) / (1 - φ) with V = ω / (1 - φ), φ = α + β.
 *
 * <p><b>Source:</b> T. Bollerslev, "Generalized Autoregressive Conditional Heteroskedasticity", Journal of Econometrics 31 (1986).
 * <b>Warm-up:</b> 2. <b>Degenerate:</b> a price of 0: its returns are 0. <b>Cost:</b> O(1). Parameters come from configuration or
 * from {@link GarchFit}.
 */
public final class GarchVolatility extends Volatility {
    private final GarchParameters parameters;
    private double variance;
    private double lastClose;

    /**
     * Makes a volatility.
     *
     * @param parameters of the model, for returns of one bar.
     * @param barNs      length of a bar in nanoseconds.
     */
    public GarchVolatility(GarchParameters parameters, long barNs) {
        super(2, barNs);
        this.parameters = parameters;
    }

    @Override
    protected void apply(Bar bar) {
        if (count() == 0) {
            variance = parameters.longRunVariance();
        } else {
            double change = bar.logReturn(lastClose);
            variance = parameters.omega() + parameters.alpha() * (change * change) + parameters.beta() * variance;
        }
        lastClose = bar.close();
    }

    @Override
    protected double variance() {
        return variance;
    }

    @Override
    public double over(int bars) {
        Indicator.atLeast("bars", bars, 1);
        if (!isReady()) {
            return Double.NaN;
        }
        double persistence = parameters.alpha() + parameters.beta();
        double longRun = parameters.longRunVariance();
        double decay = (1 - StrictMath.pow(persistence, bars)) / (1 - persistence);
        return Math.sqrt(bars * longRun + (variance - longRun) * decay);
    }

    @Override
    protected void visit(State state) {
        state.setting("omega", parameters.omega());
        state.setting("alpha", parameters.alpha());
        state.setting("beta", parameters.beta());
        state.setting("barNs", (double) barNs());
        variance = state.f64(variance);
        lastClose = state.f64(lastClose);
    }
}
