package io.millrace.engine.indicator.window;

import java.util.concurrent.ConcurrentHashMap;

/** What joining moments of two parts of a window needs of their counts; one table per window length, shared and constant. */
public final class MomentWeights {
    private static final ConcurrentHashMap<Integer, MomentWeights> TABLES = new ConcurrentHashMap<>();

    /** 1 / k for k values; 0 for none. */
    final double[] inverse;
    /** For one more value beside k: k / (k + 1). */
    final double[] grow;
    /** For k values beside the other length - k: k (length - k) / length. */
    final double[] join;

    private MomentWeights(int length) {
        inverse = new double[length + 1];
        grow = new double[length + 1];
        join = new double[length + 1];
        for (int k = 0; k <= length; k++) {
            inverse[k] = k == 0 ? 0 : 1.0 / k;
            grow[k] = k / (k + 1.0);
            join[k] = (double) k * (length - k) / length;
        }
    }

    /**
     * Returns the table of a window.
     *
     * @param length values in it, at least 1.
     */
    public static MomentWeights of(int length) {
        return TABLES.computeIfAbsent(length, MomentWeights::new);
    }

    /** Returns 1 / k for k values; 0 for none. */
    public double inverse(int k) {
        return inverse[k];
    }

    /** Returns what one more value beside k weighs: k / (k + 1). */
    public double grow(int k) {
        return grow[k];
    }

    /** Returns what k values beside the other length - k weigh: k (length - k) / length. */
    public double join(int k) {
        return join[k];
    }
}
