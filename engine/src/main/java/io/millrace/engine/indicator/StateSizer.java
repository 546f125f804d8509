package io.millrace.engine.indicator;

/** Counts the bytes of a snapshot. */
final class StateSizer extends State {
    private int length;

    int length() {
        return length;
    }

    @Override
    public void type(String name) {
        length += Long.BYTES;
    }

    @Override
    public void setting(String name, double value) {
        length += Long.BYTES;
    }

    @Override
    public double f64(double value) {
        length += Long.BYTES;
        return value;
    }

    @Override
    public long i64(long value) {
        length += Long.BYTES;
        return value;
    }

    @Override
    public void f64s(double[] values) {
        length += values.length * Long.BYTES;
    }

    @Override
    public void i32s(int[] values) {
        length += values.length * Integer.BYTES;
    }
}
