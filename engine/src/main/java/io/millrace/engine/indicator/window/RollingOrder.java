package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * The last n values in order of size: ranks, order statistics and mean deviation, exactly. An array in order beside the ring of the values in
 * their order of time: a push finds both places by bisection down to some dozens and moves what lies between them by one, in one copy.
 *
 * <p>O(log n) comparisons per push and query, and at a push a move of at most 8 n bytes: over 720 values that is quicker than a balanced tree,
 * whose every step is a line of memory elsewhere, and takes half the memory: 16 n bytes.
 */
public final class RollingOrder {
    /**
     * Values that are gone through instead of halved further: their lines come from memory together, and no branch is guessed wrong.
     */
    private static final int RUN = 64;

    private final int length;
    private final double[] values;
    private final double[] ordered;
    private int next;
    private int filled;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingOrder(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        values = new double[length];
        ordered = new double[length];
    }

    /**
     * Adds a value, in place of the oldest when full.
     *
     * @param value finite.
     */
    public void push(double value) {
        // Of the two zeros only one, so that equal values are the same bits and it does not matter which of them goes.
        double added = value + 0.0;
        int to = countBelow(added);
        int from = filled;
        if (filled == length) {
            from = countBelow(values[next]);
        } else {
            filled++;
        }
        if (to > from) {
            to--;
            System.arraycopy(ordered, from + 1, ordered, from, to - from);
        } else {
            System.arraycopy(ordered, to, ordered, to + 1, from - to);
        }
        ordered[to] = added;
        values[next] = added;
        next = next + 1 == length ? 0 : next + 1;
    }

    /** Returns the number of values. */
    public int size() {
        return filled;
    }

    /** Returns whether the window is full. */
    public boolean isFull() {
        return filled == length;
    }

    /**
     * Counts what is smaller.
     *
     * @param value finite.
     * @return how many values are below it.
     */
    public int countBelow(double value) {
        double[] sorted = ordered;
        int low = 0;
        int high = filled;
        while (high - low > RUN) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int below = low;
        for (int i = low; i < high; i++) {
            below += isBelow(sorted[i], value);
        }
        return below;
    }

    /** Returns 1 if a number is below another, else 0: the sign of the difference, which is not 0 unless they are equal. */
    private static int isBelow(double a, double b) {
        return (int) (Double.doubleToRawLongBits(a - b) >>> 63);
    }

    /**
     * Counts what is not larger.
     *
     * @param value finite.
     * @return how many values are at or below it.
     */
    public int countUpTo(double value) {
        return skipTo(countBelow(value), value);
    }

    /** Goes on over what is at or below a value; there are few such. */
    private int skipTo(int from, double value) {
        int at = from;
        while (at < filled && ordered[at] <= value) {
            at++;
        }
        return at;
    }

    /**
     * Returns the mid-rank of a value: how many are smaller, plus half of those that are equal, in percent of all. What differs
     * by no more than {@link Indicator#FLAT} of its size counts as equal: two windows of the same numbers can differ by so much.
     *
     * @param value any number.
     * @return 0 to 100; there has to be a value.
     */
    public double midRank(double value) {
        double slack = Indicator.FLAT * Math.abs(value);
        return 50.0 * (countBelow(value - slack) + countUpTo(value + slack)) / filled;
    }

    /**
     * Returns a value by its place in the order.
     *
     * @param rank 0 for the smallest, up to {@link #size} - 1.
     * @return the value.
     */
    public double get(int rank) {
        return ordered[rank];
    }

    /**
     * Returns a quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan, "Sample quantiles in
     * statistical packages", 1996).
     *
     * @param part 0 for the smallest value to 1 for the largest.
     * @return the quantile; there has to be a value.
     */
    public double quantile(double part) {
        double place = part * (filled - 1);
        int rank = Math.min((int) place, filled - 1);
        double low = ordered[rank];
        double rest = place - rank;
        return rest > 0 ? low + rest * (ordered[rank + 1] - low) : low;
    }

    /**
     * Passes settings and state.
     *
     * @param state the walk.
     */
    public void visit(State state) {
        state.setting("length", length);
        next = state.i32(next);
        filled = state.i32(filled);
        state.f64s(values);
        state.f64s(ordered);
    }
}
