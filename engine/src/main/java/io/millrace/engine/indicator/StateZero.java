package io.millrace.engine.indicator;

import java.util.Arrays;

/** Sets every state back to that of a new object. */
final class StateZero extends State {
    static final StateZero INSTANCE = new StateZero();

    private StateZero() {}

    @Override
    public void type(String name) {
        // a setting: it stays
    }

    @Override
    public void setting(String name, double value) {
        // a setting: it stays
    }

    @Override
    public double f64(double value) {
        return 0.0;
    }

    @Override
    public long i64(long value) {
        return 0;
    }

    @Override
    public void f64s(double[] values) {
        Arrays.fill(values, 0.0);
    }

    @Override
    public void i32s(int[] values) {
        Arrays.fill(values, 0);
    }
}
