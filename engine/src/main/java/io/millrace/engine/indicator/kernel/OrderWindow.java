package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.Indicator;

/** The last n values in order of size: {@link io.millrace.engine.indicator.window.RollingOrder} in an array. */
final class OrderWindow {
    /** Values that are gone through instead of halved further. */
    private static final int RUN = 64;

    private final int length;
    private final int values;
    private final int ordered;

    OrderWindow(int length, Places places) {
        this.length = length;
        values = places.slots(length);
        ordered = places.slots(length);
    }

    double touch(double[] w, int pushed) {
        return w[values + pushed % length]
                + w[ordered + length / 2]
                + w[ordered + length / 4]
                + w[ordered + 3 * length / 4];
    }

    /**
     * Ranks a value among those that there are, and adds it, in place of the oldest when full.
     *
     * @param w the array.
     * @param pushed how many were pushed before.
     * @param value the value.
     * @return the mid-rank in percent of n; valid once n values were pushed before.
     */
    double push(double[] w, int pushed, double value) {
        // Of the two zeros only one, so that equal values are the same bits and it does not matter which of them goes.
        double added = value + 0.0;
        double slack = Indicator.FLAT * Math.abs(value);
        int next = values + pushed % length;
        int filled = Math.min(pushed, length);
        int end = ordered + filled;
        int below = ordered + countBelow(w, filled, value - slack);
        // What is as large but for rounding stands next to each other, and is little.
        int to = below;
        while (to < end && w[to] < added) {
            to++;
        }
        int upTo = to;
        while (upTo < end && w[upTo] <= value + slack) {
            upTo++;
        }
        int from = filled == length ? ordered + countBelow(w, filled, w[next]) : end;
        if (to > from) {
            to--;
            System.arraycopy(w, from + 1, w, from, to - from);
        } else {
            System.arraycopy(w, to, w, to + 1, from - to);
        }
        w[to] = added;
        w[next] = added;
        return 50.0 * (below - ordered + upTo - ordered) / length;
    }

    private int countBelow(double[] w, int filled, double value) {
        int low = ordered;
        int high = ordered + filled;
        while (high - low > RUN) {
            int middle = (low + high) >>> 1;
            if (w[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int below = low - ordered;
        for (int i = low; i < high; i++) {
            below += (int) (Double.doubleToRawLongBits(w[i] - value) >>> 63);
        }
        return below;
    }
}
