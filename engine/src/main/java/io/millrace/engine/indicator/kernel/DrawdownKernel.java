package io.millrace.engine.indicator.kernel;

/** Largest fall within the last 60 closes: {@link io.millrace.engine.indicator.window.RollingDrawdown} in an array. */
final class DrawdownKernel {
    private static final int LENGTH = 60;
    /** Above this part of the largest fall another is worked out, below it cannot be larger: rounding is far less. */
    private static final double SURELY_SMALLER = 1 - 1e-12;

    /** Highest, lowest and largest fall of the block that is being filled. */
    private final int block;

    private final int slots;

    DrawdownKernel(Places places) {
        block = places.state(3);
        slots = places.slots(2 * LENGTH);
    }

    double touch(double[] w, int count) {
        return w[slots + 2 * (count % LENGTH) + 1];
    }

    void update(double[] w, BarStep step) {
        double value = step.close;
        int at = step.count % LENGTH;
        double highest = value;
        double lowest = value;
        double fall = 0;
        if (at == 0) {
            turn(w);
        } else {
            fall = larger(w[block + 2], w[block], value);
            highest = larger(w[block], value);
            lowest = value < w[block + 1] ? value : w[block + 1];
        }
        w[block] = highest;
        w[block + 1] = lowest;
        w[block + 2] = fall;
        int slot = slots + 2 * at;
        w[slot] = value;
        if (at + 1 < LENGTH) {
            double olderHighest = w[slot + 2];
            fall = larger(larger(w[slot + 3], fall), olderHighest, lowest);
            highest = larger(olderHighest, highest);
        }
        w[Outputs.MAX_DRAWDOWN] = fall;
        w[Outputs.MAX_DRAWDOWN + 1] = highest > 0 ? (highest - value) / highest : 0;
    }

    private void turn(double[] w) {
        int last = slots + 2 * (LENGTH - 1);
        double olderHighest = w[last];
        double olderLowest = w[last];
        double olderFall = 0;
        w[last + 1] = 0;
        for (int i = last - 2; i > slots; i -= 2) {
            double value = w[i];
            olderFall = larger(olderFall, value, olderLowest);
            olderHighest = larger(olderHighest, value);
            olderLowest = value < olderLowest ? value : olderLowest;
            w[i] = olderHighest;
            w[i + 1] = olderFall;
        }
    }

    /** The larger of a fall and that from a peak to a trough; it divides only where that may be the larger one. */
    private static double larger(double fall, double peak, double trough) {
        double depth = peak - trough;
        return depth > 0 && depth >= fall * SURELY_SMALLER * peak ? larger(fall, depth / peak) : fall;
    }

    private static double larger(double a, double b) {
        return a > b ? a : b;
    }
}
