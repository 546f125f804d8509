package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * Largest fall from a value to a later one within the last n values, as part of the former, in blocks as {@link RollingSum}'s: two parts in
 * order of time join to the largest of both falls and of highest(first) to lowest(second).
 *
 * <p>A pass over the block once in n pushes; 2 n doubles.
 */
public final class RollingDrawdown {
    /** Above this part of the largest fall another is worked out, below it cannot be larger: rounding is far less. */
    private static final double SURELY_SMALLER = 1 - 1e-12;

    private final int length;
    /** Of slot i the value at 2 i; from {@code next} on highest and, at 2 i + 1, largest fall up to the end of the block before. */
    private final double[] slots;

    private int next;
    private int filled;
    private double blockHighest;
    private double blockLowest;
    private double blockFall;
    private double highest;
    private double result;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingDrawdown(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        slots = new double[2 * length];
    }

    /**
     * Adds a value in place of the oldest.
     *
     * @param value 0 or more.
     */
    public void push(double value) {
        int at = next;
        if (at == 0) {
            turn();
            blockHighest = value;
            blockLowest = value;
            blockFall = 0;
        } else {
            blockFall = larger(blockFall, blockHighest, value);
            blockHighest = larger(blockHighest, value);
            blockLowest = value < blockLowest ? value : blockLowest;
        }
        slots[2 * at] = value;
        at++;
        if (at == length) {
            next = 0;
            highest = blockHighest;
            result = blockFall;
        } else {
            next = at;
            double olderHighest = slots[2 * at];
            highest = larger(olderHighest, blockHighest);
            result = larger(larger(slots[2 * at + 1], blockFall), olderHighest, blockLowest);
        }
        if (filled < length) {
            filled++;
        }
    }

    private void turn() {
        int last = 2 * (length - 1);
        double olderHighest = slots[last];
        double olderLowest = slots[last];
        double olderFall = 0;
        slots[last + 1] = 0;
        for (int i = last - 2; i > 0; i -= 2) {
            double value = slots[i];
            olderFall = larger(olderFall, value, olderLowest);
            olderHighest = larger(olderHighest, value);
            olderLowest = value < olderLowest ? value : olderLowest;
            slots[i] = olderHighest;
            slots[i + 1] = olderFall;
        }
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
        return highest;
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
        blockHighest = state.f64(blockHighest);
        blockLowest = state.f64(blockLowest);
        blockFall = state.f64(blockFall);
        highest = state.f64(highest);
        result = state.f64(result);
        state.f64s(slots);
    }
}
