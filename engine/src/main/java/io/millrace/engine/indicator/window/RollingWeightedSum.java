package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * Sum of the last n values weighted 1 (oldest) to n (newest), in blocks as {@link RollingSum}'s, each with its sum and the sum weighted
 * from 1 at its own first value; the newer part's weights are higher by the count of the older one. Nothing is subtracted.
 *
 * <p>A pass over the block once in n pushes; 2 n doubles.
 */
public final class RollingWeightedSum {
    private final int length;
    /** Of slot i the value at 2 i; from {@code next} on sum and weighted sum, at 2 i + 1, up to the end of the block before. */
    private final double[] slots;

    private int next;
    private int filled;
    private double blockSum;
    private double blockWeighted;
    private double result;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingWeightedSum(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        slots = new double[2 * length];
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
        slots[2 * at] = value;
        at++;
        blockSum += value;
        blockWeighted += at * value;
        if (at == length) {
            next = 0;
            result = blockWeighted;
        } else {
            next = at;
            result = slots[2 * at + 1] + blockWeighted + (length - at) * blockSum;
        }
        if (filled < length) {
            filled++;
        }
    }

    private void turn() {
        double olderSum = 0;
        double olderWeighted = 0;
        for (int i = length - 1; i > 0; i--) {
            olderSum += slots[2 * i];
            olderWeighted += olderSum;
            slots[2 * i] = olderSum;
            slots[2 * i + 1] = olderWeighted;
        }
        blockSum = 0;
        blockWeighted = 0;
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
        blockSum = state.f64(blockSum);
        blockWeighted = state.f64(blockWeighted);
        result = state.f64(result);
        state.f64s(slots);
    }
}
