package io.millrace.engine.indicator.volatility;

/**
 * Fits a GARCH(1,1) to returns by Gaussian quasi-maximum likelihood with variance targeting (Francq, Horváth and Zakoïan,
 * "Merits and drawbacks of variance targeting in GARCH models", 2011): ω follows from the sample variance, α and β from a grid
 * over persistence and α that is narrowed around its best point. Deterministic. Cold: some thousand passes over the returns.
 */
public final class GarchFit {
    private static final int STEPS = 12;
    private static final int ROUNDS = 12;
    private static final int LEAST_RETURNS = 100;

    private GarchFit() {}

    /**
     * Fits the model.
     *
     * @param returns logarithmic returns of one bar each, at least 100, oldest first.
     * @return the parameters.
     * @throws IllegalArgumentException when there are too few, one is not finite, or all are 0.
     */
    public static GarchParameters fit(double[] returns) {
        double target = meanSquare(returns);
        double persistenceLow = 0;
        double persistenceHigh = 0.9999;
        double shareLow = 0;
        double shareHigh = 1;
        double bestPersistence = 0;
        double bestShare = 0;
        double best = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            double persistenceStep = (persistenceHigh - persistenceLow) / STEPS;
            double shareStep = (shareHigh - shareLow) / STEPS;
            for (int i = 0; i <= STEPS; i++) {
                double persistence = persistenceLow + i * persistenceStep;
                for (int j = 0; j <= STEPS; j++) {
                    double share = shareLow + j * shareStep;
                    double likelihood = likelihood(returns, target, persistence, share);
                    if (likelihood > best) {
                        best = likelihood;
                        bestPersistence = persistence;
                        bestShare = share;
                    }
                }
            }
            persistenceLow = Math.max(0, bestPersistence - 2 * persistenceStep);
            persistenceHigh = Math.min(0.9999, bestPersistence + 2 * persistenceStep);
            shareLow = Math.max(0, bestShare - 2 * shareStep);
            shareHigh = Math.min(1, bestShare + 2 * shareStep);
        }
        double alpha = bestPersistence * bestShare;
        return new GarchParameters(target * (1 - bestPersistence), alpha, bestPersistence - alpha);
    }

    private static double meanSquare(double[] returns) {
        if (returns.length < LEAST_RETURNS) {
            throw new IllegalArgumentException(
                    returns.length + " returns were given, a fit needs " + LEAST_RETURNS + ": take a longer history");
        }
        double sum = 0;
        for (double value : returns) {
            sum += value * value;
        }
        double mean = sum / returns.length;
        if (!(mean > 0 && mean < 1e100)) {
            throw new IllegalArgumentException(
                    "the mean squared return is " + mean + ": give finite returns that are not all 0");
        }
        return mean;
    }

    /** Twice the log-likelihood, without its constant; share is the part of alpha in the persistence. */
    private static double likelihood(double[] returns, double target, double persistence, double share) {
        double omega = target * (1 - persistence);
        double alpha = persistence * share;
        double beta = persistence - alpha;
        double variance = target;
        double sum = 0;
        for (double value : returns) {
            double square = value * value;
            sum -= StrictMath.log(variance) + square / variance;
            variance = omega + alpha * square + beta * variance;
        }
        return sum;
    }
}
