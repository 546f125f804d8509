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
    private static final int WORDS = 3;
    private static final int LOWEST = 1;
    private static final int FALL = 2;
    /** Above this part of the largest fall another is worked out, below it cannot be larger: rounding is far less. */
    private static final double SURELY_SMALLER = 1 - 1e-12;

    private final int length;
    private final int leaves;
    /** Highest, lowest and largest fall of node i from 3 i, so that two brothers stand side by side in memory. */
    private final double[] nodes;

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
        nodes = new double[WORDS * 2 * leaves];
    }

    /**
     * Adds a value in place of the oldest.
     *
     * @param value 0 or more.
     */
    public void push(double value) {
        double[] tree = nodes;
        int node = leaves + next;
        tree[WORDS * node] = value;
        tree[WORDS * node + LOWEST] = value;
        double newerHighest = value;
        double newerLowest = value;
        double newerFall = 0;
        double olderHighest = 0;
        double olderFall = 0;
        int level = 0;
        while (node > 1) {
            int left = WORDS * (node & ~1);
            int right = left + WORDS;
            boolean isRightThere = ((node | 1) << level) - leaves < length;
            if ((node & 1) != 0) {
                newerFall = larger(larger(tree[left + FALL], newerFall), tree[left], newerLowest);
                newerHighest = larger(tree[left], newerHighest);
                newerLowest = tree[left + LOWEST] < newerLowest ? tree[left + LOWEST] : newerLowest;
            } else if (isRightThere) {
                olderFall = larger(larger(olderFall, tree[right + FALL]), olderHighest, tree[right + LOWEST]);
                olderHighest = larger(olderHighest, tree[right]);
            }
            node >>= 1;
            join(WORDS * node, left, isRightThere ? right : left);
            level++;
        }
        result = larger(larger(olderFall, newerFall), olderHighest, newerLowest);
        next = next + 1 == length ? 0 : next + 1;
        if (filled < length) {
            filled++;
        }
    }

    private void join(int node, int left, int right) {
        double[] tree = nodes;
        double fall = larger(tree[left + FALL], tree[right + FALL]);
        tree[node + FALL] = left == right ? fall : larger(fall, tree[left], tree[right + LOWEST]);
        tree[node] = larger(tree[left], tree[right]);
        tree[node + LOWEST] = tree[left + LOWEST] < tree[right + LOWEST] ? tree[left + LOWEST] : tree[right + LOWEST];
    }

    /** The larger of a fall and that from a peak to a trough; it divides only where that may be the larger one. */
    private static double larger(double fall, double peak, double trough) {
        double depth = peak - trough;
        return depth > 0 && depth >= fall * SURELY_SMALLER * peak ? larger(fall, depth / peak) : fall;
    }

    private static double larger(double a, double b) {
        return a > b ? a : b;
    }

    /** Returns the largest fall, 0 to 1; valid when full. */
    public double largestFall() {
        return result;
    }

    /** Returns the highest value; valid when full. */
    public double highest() {
        return nodes[WORDS];
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
        state.f64s(nodes);
    }
}
