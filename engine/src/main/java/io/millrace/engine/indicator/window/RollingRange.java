package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * Highest of the last n highs and lowest of the last n lows, in blocks as {@link RollingSum}'s: the extremes from each slot to the end of
 * the block before, and those of the current block so far. Exact. A pass over the block once in n pushes; 2 n doubles.
 */
public final class RollingRange {
    private final int length;
    /** Of slot i the high at 2 i and the low at 2 i + 1; from {@code next} on extremes up to the end of the block before. */
    private final double[] slots;

    private int next;
    private int filled;
    private double blockHighest;
    private double blockLowest;
    private double highest;
    private double lowest;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingRange(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        slots = new double[2 * length];
    }

    /**
     * Adds a bar's extremes in place of the oldest.
     *
     * @param high finite.
     * @param low  finite.
     */
    public void push(double high, double low) {
        int at = next;
        double max = high;
        double min = low;
        if (at == 0) {
            turn();
        } else {
            max = larger(max, blockHighest);
            min = smaller(min, blockLowest);
        }
        slots[2 * at] = high;
        slots[2 * at + 1] = low;
        blockHighest = max;
        blockLowest = min;
        at++;
        if (at == length) {
            at = 0;
        } else {
            max = larger(max, slots[2 * at]);
            min = smaller(min, slots[2 * at + 1]);
        }
        next = at;
        highest = max;
        lowest = min;
        if (filled < length) {
            filled++;
        }
    }

    private void turn() {
        int last = 2 * (length - 1);
        double max = slots[last];
        double min = slots[last + 1];
        for (int i = last - 2; i > 0; i -= 2) {
            max = larger(max, slots[i]);
            min = smaller(min, slots[i + 1]);
            slots[i] = max;
            slots[i + 1] = min;
        }
    }

    private static double larger(double a, double b) {
        return b > a ? b : a;
    }

    private static double smaller(double a, double b) {
        return b < a ? b : a;
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
        return highest;
    }

    /** Returns the lowest low; valid when full. */
    public double lowest() {
        return lowest;
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
        blockHighest = state.f64(blockHighest);
        blockLowest = state.f64(blockLowest);
        highest = state.f64(highest);
        lowest = state.f64(lowest);
        state.f64s(slots);
    }
}
