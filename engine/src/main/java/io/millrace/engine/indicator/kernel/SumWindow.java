package io.millrace.engine.indicator.kernel;

/** Sums of the last n of one or two series that are pushed together: {@link io.millrace.engine.indicator.window.RollingSum} in an array. */
final class SumWindow {
    private final int length;
    /** Sum of the block that is being filled; of two series both. */
    private final int block;
    /** One or two numbers a slot; behind the last one more, always 0, that stands for an empty older part. */
    private final int slots;

    /** Makes a window of one series. */
    static SumWindow single(int length, Places places) {
        return new SumWindow(length, 1, places);
    }

    /** Makes a window of two series. */
    static SumWindow pair(int length, Places places) {
        return new SumWindow(length, 2, places);
    }

    private SumWindow(int length, int width, Places places) {
        this.length = length;
        block = places.state(width);
        slots = places.slots(width * (length + 1));
    }

    /**
     * Adds a value to a window of one series.
     *
     * @param w the array.
     * @param pushed how many values were pushed before.
     * @param value the value.
     * @return the sum.
     */
    double push(double[] w, int pushed, double value) {
        int at = pushed % length;
        int slot = slots + at;
        if (at == 0) {
            turn(w);
        }
        w[slot] = value;
        double newer = w[block] + value;
        w[block] = newer;
        return w[slot + 1] + newer;
    }

    /** Reads ahead, before a push. */
    double touch(double[] w, int pushed) {
        return w[slots + (pushed % length) + 1];
    }

    /** Reads ahead, before a push of a pair. */
    double touchPair(double[] w, int pushed) {
        return w[slots + 2 * (pushed % length) + 2];
    }

    private void turn(double[] w) {
        double older = 0;
        for (int i = slots + length - 1; i > slots; i--) {
            older += w[i];
            w[i] = older;
        }
        w[block] = 0;
    }

    /**
     * Adds a pair to a window of two series; {@link #first} and {@link #second} are the sums.
     *
     * @param w the array.
     * @param pushed how many pairs were pushed before.
     * @param a value of the first series.
     * @param b value of the second.
     */
    void push(double[] w, int pushed, double a, double b) {
        int at = pushed % length;
        int slot = slots + 2 * at;
        if (at == 0) {
            turnPairs(w);
        }
        w[slot] = a;
        w[slot + 1] = b;
        w[block] += a;
        w[block + 1] += b;
    }

    /** Returns the sum of the first series, after so many pushes. */
    double first(double[] w, int pushes) {
        return w[slots + 2 * ((pushes - 1) % length) + 2] + w[block];
    }

    /** Returns the sum of the second series, after so many pushes. */
    double second(double[] w, int pushes) {
        return w[slots + 2 * ((pushes - 1) % length) + 3] + w[block + 1];
    }

    private void turnPairs(double[] w) {
        double a = 0;
        double b = 0;
        for (int i = slots + 2 * (length - 1); i > slots; i -= 2) {
            a += w[i];
            b += w[i + 1];
            w[i] = a;
            w[i + 1] = b;
        }
        w[block] = 0;
        w[block + 1] = 0;
    }
}
