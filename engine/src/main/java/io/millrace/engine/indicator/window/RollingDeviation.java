package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * The last n values in order of size with the sums of what is below and above, for the mean deviation over long windows. A treap (Aragon and
 * Seidel, "Randomized search trees", 1989) over a ring: node s + 1 is slot s of the ring, its priority a fixed hash of s, so
 * the shape depends on the values alone and is the same everywhere. Equal values stand in order of their slots.
 *
 * <p>O(log n) per push and query, expected; 36 n bytes.
 */
public final class RollingDeviation {
    private final int length;
    private final double[] values;
    private final double[] sums;
    private final int[] lefts;
    private final int[] rights;
    private final int[] sizes;
    private int root;
    private int next;
    private int filled;
    private int splitLow;
    private int splitHigh;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingDeviation(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        values = new double[length + 1];
        sums = new double[length + 1];
        lefts = new int[length + 1];
        rights = new int[length + 1];
        sizes = new int[length + 1];
    }

    /**
     * Adds a value, in place of the oldest when full.
     *
     * @param value finite.
     */
    public void push(double value) {
        int node = next + 1;
        if (filled == length) {
            root = without(root, node);
        } else {
            filled++;
        }
        values[node] = value;
        lefts[node] = 0;
        rights[node] = 0;
        refresh(node);
        root = with(root, node);
        next = node == length ? 0 : node;
    }

    /** Returns whether the window is full. */
    public boolean isFull() {
        return filled == length;
    }

    /**
     * Returns the mean of |value - center| from the counts and sums below and above it.
     *
     * @param center any number.
     * @return the mean absolute deviation from it; there has to be a value.
     */
    public double meanDeviation(double center) {
        int below = 0;
        double sumBelow = 0;
        double sumAbove = 0;
        int node = root;
        while (node != 0) {
            if (values[node] < center) {
                below += sizes[lefts[node]] + 1;
                sumBelow += sums[lefts[node]] + values[node];
                node = rights[node];
            } else {
                sumAbove += sums[rights[node]] + values[node];
                node = lefts[node];
            }
        }
        double deviation = below * center - sumBelow + (sumAbove - (filled - below) * center);
        return Math.max(0, deviation / filled);
    }

    private int with(int tree, int node) {
        if (tree == 0) {
            return node;
        }
        if (priority(node) > priority(tree)) {
            split(tree, node);
            lefts[node] = splitLow;
            rights[node] = splitHigh;
            refresh(node);
            return node;
        }
        if (isBefore(node, tree)) {
            lefts[tree] = with(lefts[tree], node);
        } else {
            rights[tree] = with(rights[tree], node);
        }
        refresh(tree);
        return tree;
    }

    /** Leaves in splitLow what is before the node, in splitHigh what is after it. */
    private void split(int tree, int node) {
        if (tree == 0) {
            splitLow = 0;
            splitHigh = 0;
        } else if (isBefore(tree, node)) {
            split(rights[tree], node);
            rights[tree] = splitLow;
            refresh(tree);
            splitLow = tree;
        } else {
            split(lefts[tree], node);
            lefts[tree] = splitHigh;
            refresh(tree);
            splitHigh = tree;
        }
    }

    private int without(int tree, int node) {
        if (tree == node) {
            return join(lefts[tree], rights[tree]);
        }
        if (isBefore(node, tree)) {
            lefts[tree] = without(lefts[tree], node);
        } else {
            rights[tree] = without(rights[tree], node);
        }
        refresh(tree);
        return tree;
    }

    private int join(int low, int high) {
        if (low == 0 || high == 0) {
            return low + high;
        }
        if (priority(low) > priority(high)) {
            rights[low] = join(rights[low], high);
            refresh(low);
            return low;
        }
        lefts[high] = join(low, lefts[high]);
        refresh(high);
        return high;
    }

    private boolean isBefore(int a, int b) {
        return values[a] < values[b] || (values[a] == values[b] && a < b);
    }

    private void refresh(int node) {
        int left = lefts[node];
        int right = rights[node];
        sizes[node] = sizes[left] + sizes[right] + 1;
        sums[node] = sums[left] + sums[right] + values[node];
    }

    private static int priority(int node) {
        int mixed = node * 0x9E3779B9;
        mixed = (mixed ^ mixed >>> 16) * 0x85EBCA6B;
        mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
        return mixed ^ mixed >>> 16;
    }

    /**
     * Passes settings and state.
     *
     * @param state the walk.
     */
    public void visit(State state) {
        state.setting("length", length);
        root = state.i32(root);
        next = state.i32(next);
        filled = state.i32(filled);
        state.f64s(values);
        state.f64s(sums);
        state.i32s(lefts);
        state.i32s(rights);
        state.i32s(sizes);
    }
}
