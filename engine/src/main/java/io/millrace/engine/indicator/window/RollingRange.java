package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * Highest of the last n highs and lowest of the last n lows, in a tree as {@link RollingSum}'s: the worst case is O(log n),
 * which a monotonic queue's is not. Exact. 4 n doubles.
 */
public final class RollingRange {
    private final int length;
    /** Highest and lowest of node i at 2 i and 2 i + 1, so that two brothers stand side by side in memory. */
    private final double[] nodes;

    private int next;
    private int filled;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingRange(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        nodes = new double[4 * length];
    }

    /**
     * Adds a bar's extremes in place of the oldest.
     *
     * @param high finite.
     * @param low  finite.
     */
    public void push(double high, double low) {
        double[] tree = nodes;
        int node = length + next;
        double max = high;
        double min = low;
        tree[2 * node] = max;
        tree[2 * node + 1] = min;
        while (node > 1) {
            int other = 2 * (node ^ 1);
            double otherMax = tree[other];
            double otherMin = tree[other + 1];
            max = otherMax > max ? otherMax : max;
            min = otherMin < min ? otherMin : min;
            node >>= 1;
            tree[2 * node] = max;
            tree[2 * node + 1] = min;
        }
        next = next + 1 == length ? 0 : next + 1;
        if (filled < length) {
            filled++;
        }
    }

    /**
     * Adds a value that is high and low.
     *
     * @param value finite.
     */
    public void push(double value) {
        push(value, value);
    }

    /** Returns the highest high; valid when full. */
    public double highest() {
        return nodes[2];
    }

    /** Returns the lowest low; valid when full. */
    public double lowest() {
        return nodes[3];
    }

    /** Returns whether the window is full. */
    public boolean isFull() {
        return filled == length;
    }

    /**
     * Returns where a value stands between lowest and highest.
     *
     * @param value  any.
     * @param spread at or below which the window counts as flat.
     * @return 0 at the lowest, 1 at the highest, 0.5 in a flat window.
     */
    public double position(double value, double spread) {
        double range = highest() - lowest();
        return range > spread ? (value - lowest()) / range : 0.5;
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
