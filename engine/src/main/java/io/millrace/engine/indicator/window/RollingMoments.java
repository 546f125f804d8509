package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * Mean and variance of the last n values. A tree as {@link RollingSum}'s whose nodes hold sum and sum of squared deviations
 * from their own mean; two nodes merge by Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm for computing
 * sample variances" (1979): M2 = M2a + M2b + (mean a - mean b)² · a b / (a + b). No difference of large squares is taken.
 *
 * <p>O(log n) per push; 4 n doubles.
 */
public final class RollingMoments {
    private final int length;
    private final MomentWeights weights;
    /** Sum and squares of node i at 2 i and 2 i + 1, so that two brothers stand side by side in memory. */
    private final double[] nodes;

    private int next;
    private int filled;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingMoments(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        weights = MomentWeights.of(length);
        nodes = new double[4 * length];
    }

    /**
     * Adds a value in place of the oldest.
     *
     * @param value at most 1e100 in magnitude.
     */
    public void push(double value) {
        double[] tree = nodes;
        int node = length + next;
        double sum = value;
        double square = 0;
        tree[2 * node] = value;
        while (node > 1) {
            int other = node ^ 1;
            double otherSum = tree[2 * other];
            double gap = sum * weights.inverseCount[node] - otherSum * weights.inverseCount[other];
            int parent = node >> 1;
            square = square + tree[2 * other + 1] + gap * gap * weights.mergeWeight[parent];
            sum += otherSum;
            tree[2 * parent] = sum;
            tree[2 * parent + 1] = square;
            node = parent;
        }
        next = next + 1 == length ? 0 : next + 1;
        if (filled < length) {
            filled++;
        }
    }

    /** Returns whether the window is full. */
    public boolean isFull() {
        return filled == length;
    }

    /** Returns the mean; valid when full. */
    public double mean() {
        return nodes[2] / length;
    }

    /** Returns the sum of squared deviations from the mean; valid when full. */
    public double squaredDeviations() {
        return length == 1 ? 0 : nodes[3];
    }

    /** Returns the standard deviation of the population (divisor n); 0 when it is below rounding. */
    public double deviation() {
        double deviation = Math.sqrt(squaredDeviations() / length);
        return deviation > Indicator.FLAT * Math.abs(mean()) ? deviation : 0;
    }

    /** Returns the standard deviation of a sample (divisor n - 1); 0 when it is below rounding, or n is 1. */
    public double sampleDeviation() {
        if (length == 1) {
            return 0;
        }
        double deviation = Math.sqrt(squaredDeviations() / (length - 1));
        return deviation > Indicator.FLAT * Math.abs(mean()) ? deviation : 0;
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
