package io.millrace.engine.bars;

import java.util.stream.IntStream;

/** Correlation, covariance and beta of y to x by the textbook: E[xy] - E[x] E[y], of few numbers of like size. */
record Pearson(double correlation, double covariance, double beta) {
    static Pearson of(double[] x, double[] y) {
        double covariance = mean(x, y) - mean(x) * mean(y);
        double varianceX = mean(x, x) - mean(x) * mean(x);
        double varianceY = mean(y, y) - mean(y) * mean(y);
        return new Pearson(covariance / Math.sqrt(varianceX * varianceY), covariance, covariance / varianceX);
    }

    private static double mean(double[] a) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i]).sum() / a.length;
    }

    private static double mean(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum() / a.length;
    }
}
