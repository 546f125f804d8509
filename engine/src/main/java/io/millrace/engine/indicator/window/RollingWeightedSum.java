package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * Sum of the last n values weighted 1 (oldest) to n (newest). The tree is as {@link RollingSum}'s, but padded to a power of
 * two so that its leaves stand in order of their slots, and a node also holds the sum weighted 1, 2, … from its own first
 * leaf. On the way up from the newest leaf what lies before it (newer values) and after it (older ones, from the last round)
 * is collected, and the two are joined in order of time. Nothing is subtracted.
 *
 * <p>O(log n) per push; up to 8 n doubles.
 */
public final class RollingWeightedSum {
    private final int length;
    private final int leaves;
    private final double[] sums;
    private final double[] weighted;
    private int next;
    private int filled;
    private double result;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingWeightedSum(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        leaves = Math.max(1, Integer.highestOneBit(2 * length - 1));
        sums = new double[2 * leaves];
        weighted = new double[2 * leaves];
    }

    /**
     * Adds a value in place of the oldest.
     *
     * @param value finite.
     */
    public void push(double value) {
        int node = leaves + next;
        sums[node] = value;
        weighted[node] = value;
        double newerSum = value;
        double newerWeighted = value;
        double olderWeighted = 0;
        int olderLength = 0;
        int siblingLength = 1;
        while (node > 1) {
            int left = node & ~1;
            int right = node | 1;
            if (node == right) {
                newerWeighted = weighted[left] + newerWeighted + siblingLength * newerSum;
                newerSum += sums[left];
            } else {
                olderWeighted = olderWeighted + weighted[right] + olderLength * sums[right];
                olderLength += siblingLength;
            }
            node >>= 1;
            sums[node] = sums[left] + sums[right];
            weighted[node] = weighted[left] + weighted[right] + siblingLength * sums[right];
            siblingLength <<= 1;
        }
        result = olderWeighted + newerWeighted + (length - 1 - next) * newerSum;
        next = next + 1 == length ? 0 : next + 1;
        if (filled < length) {
            filled++;
        }
    }

    /** Returns the weighted sum; valid when full. */
    public double weightedSum() {
        return result;
    }

    /** Returns whether the window is full. */
    public boolean isFull() {
        return filled == length;
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
        result = state.f64(result);
        state.f64s(sums);
        state.f64s(weighted);
    }
}
