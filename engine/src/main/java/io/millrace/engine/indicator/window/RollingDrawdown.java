package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * Largest fall from a value to a later one within the last n values, as part of the former. A tree over the slots in order, as
 * {@link RollingWeightedSum}'s; a node holds highest, lowest and largest fall of its range, and two ranges in order of time
 * join: the fall of the whole is the largest of both and of highest(first) to lowest(second).
 *
 * <p>O(log n) per push; up to 12 n doubles.
 */
public final class RollingDrawdown {
    private final int length;
    private final int leaves;
    private final double[] highest;
    private final double[] lowest;
    private final double[] falls;
    private int next;
    private int filled;
    private double result;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingDrawdown(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        leaves = Math.max(1, Integer.highestOneBit(2 * length - 1));
        highest = new double[2 * leaves];
        lowest = new double[2 * leaves];
        falls = new double[2 * leaves];
    }

    /**
     * Adds a value in place of the oldest.
     *
     * @param value 0 or more.
     */
    public void push(double value) {
        int node = leaves + next;
        highest[node] = value;
        lowest[node] = value;
        double newerHighest = value;
        double newerLowest = value;
        double newerFall = 0;
        double olderHighest = 0;
        double olderFall = 0;
        int level = 0;
        while (node > 1) {
            int left = node & ~1;
            int right = node | 1;
            boolean isRightThere = (right << level) - leaves < length;
            if (node == right) {
                newerFall = max(falls[left], newerFall, fall(highest[left], newerLowest));
                newerHighest = Math.max(highest[left], newerHighest);
                newerLowest = Math.min(lowest[left], newerLowest);
            } else if (isRightThere) {
                olderFall = max(olderFall, falls[right], fall(olderHighest, lowest[right]));
                olderHighest = Math.max(olderHighest, highest[right]);
            }
            node >>= 1;
            join(node, left, isRightThere ? right : left);
            level++;
        }
        result = max(olderFall, newerFall, fall(olderHighest, newerLowest));
        next = next + 1 == length ? 0 : next + 1;
        if (filled < length) {
            filled++;
        }
    }

    private void join(int node, int left, int right) {
        falls[node] = max(falls[left], falls[right], left == right ? 0 : fall(highest[left], lowest[right]));
        highest[node] = Math.max(highest[left], highest[right]);
        lowest[node] = Math.min(lowest[left], lowest[right]);
    }

    private static double fall(double peak, double trough) {
        return trough < peak ? (peak - trough) / peak : 0;
    }

    private static double max(double a, double b, double c) {
        return Math.max(Math.max(a, b), c);
    }

    /** Returns the largest fall, 0 to 1; valid when full. */
    public double largestFall() {
        return result;
    }

    /** Returns the highest value; valid when full. */
    public double highest() {
        return highest[1];
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
        state.f64s(highest);
        state.f64s(lowest);
        state.f64s(falls);
    }
}
