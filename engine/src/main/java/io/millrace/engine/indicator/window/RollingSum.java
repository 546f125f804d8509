package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * Sum of the last n values. They stand in blocks of n: of the block before the current one there is, for each slot that was not
 * written again, the sum from it to the block's end, in the slot itself; of the current one there is the sum so far. The two together
 * are the window. Nothing is ever subtracted: a value that left is in no sum any more. The error is below n × 1e-16 of the sum of magnitudes.
 *
 * <p>A push reads one slot and writes its neighbour; at the end of a block, once in n pushes, the block's slots are summed up in one pass. n
 * doubles.
 *
 * <p><b>Source:</b> the two stacks of K. Tangwongsan, M. Hirzel, S. Schneider, "Low-Latency Sliding-Window Aggregation in Worst-Case Constant
 * Time" (2017), laid into one array. All windows of this package but those by size are built like this one.
 */
public final class RollingSum {
    private final int length;
    /** Values below {@code next}; from there on sums from a slot to the end of the block before. */
    private final double[] slots;

    private int next;
    private int filled;
    private double blockSum;
    private double sum;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingSum(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        slots = new double[length];
    }

    /**
     * Adds a value in place of the oldest.
     *
     * @param value finite.
     */
    public void push(double value) {
        int at = next;
        if (at == 0) {
            turn();
        }
        slots[at] = value;
        double newer = blockSum + value;
        blockSum = newer;
        at++;
        if (at == length) {
            next = 0;
            sum = newer;
        } else {
            next = at;
            sum = slots[at] + newer;
        }
        if (filled < length) {
            filled++;
        }
    }

    /** The current block is the one before from now on; its first slot is written next and needs no sum. */
    private void turn() {
        double older = 0;
        for (int i = length - 1; i > 0; i--) {
            older += slots[i];
            slots[i] = older;
        }
        blockSum = 0;
    }

    /** Returns the sum; of the values there are, while the window is not full. */
    public double sum() {
        return sum;
    }

    /** Returns the sum divided by the length of the window. */
    public double mean() {
        return sum / length;
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
        blockSum = state.f64(blockSum);
        sum = state.f64(sum);
        state.f64s(slots);
    }
}
