package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/** The last n values, in a ring. O(1). */
public final class Delay {
    private final double[] values;
    private int next;
    private int filled;

    /**
     * Makes an empty ring.
     *
     * @param length values that it holds, at least 1.
     */
    public Delay(int length) {
        values = new double[Indicator.atLeast("length", length, 1)];
    }

    /**
     * Adds a value and gives back the one that it pushed out.
     *
     * @param value the newest.
     * @return the value added {@code length} pushes before; 0 while the ring was not full.
     */
    public double push(double value) {
        double oldest = values[next];
        values[next] = value;
        next = next + 1 == values.length ? 0 : next + 1;
        if (filled < values.length) {
            filled++;
        }
        return oldest;
    }

    /** Returns the oldest value, which the next push will push out; 0 while the ring is not full. */
    public double oldest() {
        return values[next];
    }

    /**
     * Returns a value by its age.
     *
     * @param age 0 for the newest, up to length - 1.
     * @return the value.
     */
    public double get(int age) {
        int slot = next - 1 - age;
        return values[slot < 0 ? slot + values.length : slot];
    }

    /**
     * Returns the mean of |value - center| by going over all values: O(n), for short windows.
     *
     * @param center any number.
     * @return the mean absolute deviation from it.
     */
    public double meanDeviation(double center) {
        double sum = 0;
        for (double value : values) {
            sum += Math.abs(value - center);
        }
        return sum / values.length;
    }

    /** Returns whether every place holds a value. */
    public boolean isFull() {
        return filled == values.length;
    }

    /**
     * Passes settings and state.
     *
     * @param state the walk.
     */
    public void visit(State state) {
        state.setting("length", values.length);
        next = state.i32(next);
        filled = state.i32(filled);
        state.f64s(values);
    }
}
