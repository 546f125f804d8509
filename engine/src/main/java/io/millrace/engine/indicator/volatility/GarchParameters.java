package io.millrace.engine.indicator.volatility;

/**
 * Parameters of a GARCH(1,1) for one bar's returns.
 *
 * @param omega constant term of the variance, above 0.
 * @param alpha weight of the last squared return, 0 or more.
 * @param beta  weight of the last variance, 0 or more; alpha + beta is below 1.
 */
public record GarchParameters(double omega, double alpha, double beta) {
    /** Checks the parameters. */
    public GarchParameters {
        if (!(omega > 0 && omega <= 1e100 && alpha >= 0 && beta >= 0 && alpha + beta < 1)) {
            throw new IllegalArgumentException("omega " + omega + ", alpha " + alpha + ", beta " + beta
                    + " give no stationary variance: omega above 0, alpha and beta 0 or more, their sum below 1");
        }
    }

    /** Returns the variance to which forecasts tend: omega / (1 - alpha - beta). */
    public double longRunVariance() {
        return omega / (1 - alpha - beta);
    }
}
