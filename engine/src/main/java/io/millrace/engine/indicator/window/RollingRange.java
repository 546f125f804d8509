package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * Highest of the last n highs and lowest of the last n lows, in a tree as {@link RollingSum}'s: the worst case is O(log n),
 * which a monotonic queue's is not. Exact. 4 n doubles.
 */
public final class RollingRange {
    private final int length;
    private final double[] highest;
    private final double[] lowest;
    private int next;
    private int filled;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingRange(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        highest = new double[2 * length];
        lowest = new double[2 * length];
    }

    /**
     * Adds a bar's extremes in place of the oldest.
     *
     * @param high finite.
     * @param low  finite.
     */
    public void push(double high, double low) {
        int node = length + next;
        double max = high;
        double min = low;
        highest[node] = max;
        lowest[node] = min;
        while (node > 1) {
            double otherMax = highest[node ^ 1];
            double otherMin = lowest[node ^ 1];
            max = otherMax > max ? otherMax : max;
            min = otherMin < min ? otherMin : min;
            node >>= 1;
            highest[node] = max;
            lowest[node] = min;
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
        return highest[1];
    }

    /** Returns the lowest low; valid when full. */
    public double lowest() {
        return lowest[1];
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
        state.f64s(highest);
        state.f64s(lowest);
    }
}
