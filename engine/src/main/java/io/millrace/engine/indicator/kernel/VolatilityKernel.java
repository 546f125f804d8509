package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.volatility.GarchParameters;

/** Variances of one bar's return: from changes, from ranges, EWMA and GARCH(1,1). */
final class VolatilityKernel {
    private static final double LAMBDA = 0.94;
    private static final double PARKINSON_FACTOR = 1 / (4 * StrictMath.log(2));

    private final double omega;
    private final double alpha;
    private final double beta;
    private final double longRun;

    VolatilityKernel(GarchParameters parameters) {
        omega = parameters.omega();
        alpha = parameters.alpha();
        beta = parameters.beta();
        longRun = parameters.longRunVariance();
    }

    void update(double[] w, BarStep step) {
        w[Outputs.PARKINSON] = PARKINSON_FACTOR * (step.rangeSum / TwentyBars.LENGTH);
        w[Outputs.GARMAN_KLASS] = step.garmanKlassSum / TwentyBars.LENGTH;
        if (step.count == 0) {
            w[Outputs.GARCH] = longRun;
            return;
        }
        double square = step.change * step.change;
        w[Outputs.CLOSE_VOLATILITY] = step.changeDeviation * step.changeDeviation;
        w[Outputs.EWMA_VOLATILITY] =
                step.count == 1 ? square : LAMBDA * w[Outputs.EWMA_VOLATILITY] + (1 - LAMBDA) * square;
        w[Outputs.GARCH] = omega + alpha * square + beta * w[Outputs.GARCH];
    }
}
