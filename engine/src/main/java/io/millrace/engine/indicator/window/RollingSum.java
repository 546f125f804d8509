package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * Sum of the last n values. The values are the leaves of a binary tree whose inner nodes hold the sums of their children;
 * a new value replaces the oldest leaf and the log2(n) sums above it are added up anew. Nothing is ever subtracted: a value
 * that left is in no sum any more, and the error is that of pairwise summation, below log2(n) × 1e-16 of the sum of
 * magnitudes.
 *
 * <p>O(log n) per push; 2 n doubles.
 */
public final class RollingSum {
    private final int length;
    /** Children of i at 2 i and 2 i + 1; the root at 1, leaf of slot s at length + s. */
    private final double[] nodes;

    private int next;
    private int filled;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingSum(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        nodes = new double[2 * length];
    }

    /**
     * Adds a value in place of the oldest.
     *
     * @param value finite.
     */
    public void push(double value) {
        double[] tree = nodes;
        int node = length + next;
        double sum = value;
        tree[node] = sum;
        while (node > 1) {
            sum += tree[node ^ 1];
            node >>= 1;
            tree[node] = sum;
        }
        next = next + 1 == length ? 0 : next + 1;
        if (filled < length) {
            filled++;
        }
    }

    /** Returns the sum; of the values there are, while the window is not full. */
    public double sum() {
        return nodes[1];
    }

    /** Returns the sum divided by the length of the window. */
    public double mean() {
        return nodes[1] / length;
    }

    /** Returns whether the window is full. */
    public boolean isFull() {
        return filled == length;
    }

    /**
     * Returns the mean of |value - center| by going over all values: O(n), for short windows.
     *
     * @param center any number.
     * @return the mean absolute deviation from it.
     */
    public double meanDeviation(double center) {
        double sum = 0;
        for (int i = length; i < 2 * length; i++) {
            sum += Math.abs(nodes[i] - center);
        }
        return sum / length;
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
        state.f64s(nodes);
    }
}
