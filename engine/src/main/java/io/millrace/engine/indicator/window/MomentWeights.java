package io.millrace.engine.indicator.window;

import java.util.concurrent.ConcurrentHashMap;

/** What merging two nodes of a tree of moments needs of their counts; one table per window length, shared and constant. */
final class MomentWeights {
    private static final ConcurrentHashMap<Integer, MomentWeights> TABLES = new ConcurrentHashMap<>();

    /** 1 / number of leaves below node i. */
    final double[] inverseCount;
    /** For inner node i with children of a and b leaves: a b / (a + b). */
    final double[] mergeWeight;

    private MomentWeights(int length) {
        int[] counts = new int[2 * length];
        inverseCount = new double[2 * length];
        mergeWeight = new double[length];
        for (int i = 2 * length - 1; i >= 1; i--) {
            if (i >= length) {
                counts[i] = 1;
            } else {
                double a = counts[2 * i];
                double b = counts[2 * i + 1];
                counts[i] = counts[2 * i] + counts[2 * i + 1];
                mergeWeight[i] = a * b / (a + b);
            }
            inverseCount[i] = 1.0 / counts[i];
        }
    }

    static MomentWeights of(int length) {
        return TABLES.computeIfAbsent(length, MomentWeights::new);
    }
}
