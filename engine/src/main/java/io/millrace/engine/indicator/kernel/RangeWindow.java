package io.millrace.engine.indicator.kernel;

/** Highest high and lowest low of the last n: {@link io.millrace.engine.indicator.window.RollingRange} in an array. */
final class RangeWindow {
    private final int length;
    /** Highest and lowest of the block that is being filled. */
    private final int block;
    /** Highest and lowest of the window. */
    private final int result;

    private final int slots;

    RangeWindow(int length, Places places) {
        this.length = length;
        block = places.state(4);
        result = block + 2;
        slots = places.slots(2 * length);
    }

    /**
     * Adds a bar's extremes.
     *
     * @param w the array.
     * @param pushed how many were pushed before.
     * @param high the high.
     * @param low the low.
     */
    void push(double[] w, int pushed, double high, double low) {
        int at = pushed % length;
        int slot = slots + 2 * at;
        double max = high;
        double min = low;
        if (at == 0) {
            turn(w);
        } else {
            max = larger(max, w[block]);
            min = smaller(min, w[block + 1]);
        }
        w[slot] = high;
        w[slot + 1] = low;
        w[block] = max;
        w[block + 1] = min;
        if (at + 1 < length) {
            max = larger(max, w[slot + 2]);
            min = smaller(min, w[slot + 3]);
        }
        w[result] = max;
        w[result + 1] = min;
    }

    /** Reads ahead, before a push. */
    double touch(double[] w, int pushed) {
        return w[slots + 2 * (pushed % length) + 1];
    }

    private void turn(double[] w) {
        int last = slots + 2 * (length - 1);
        double max = w[last];
        double min = w[last + 1];
        for (int i = last - 2; i > slots; i -= 2) {
            max = larger(max, w[i]);
            min = smaller(min, w[i + 1]);
            w[i] = max;
            w[i + 1] = min;
        }
    }

    private static double larger(double a, double b) {
        return b > a ? b : a;
    }

    private static double smaller(double a, double b) {
        return b < a ? b : a;
    }

    double highest(double[] w) {
        return w[result];
    }

    double lowest(double[] w) {
        return w[result + 1];
    }

    /** Returns the mean of both. */
    double middle(double[] w) {
        return (w[result] + w[result + 1]) / 2;
    }

    /** Returns where a value stands, 0 at the lowest, 1 at the highest, 0.5 where the range is no larger than a spread. */
    double position(double[] w, double value, double spread) {
        double range = w[result] - w[result + 1];
        return range > spread ? (value - w[result + 1]) / range : 0.5;
    }
}
