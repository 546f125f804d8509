package io.millrace.engine.indicator;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.MutableDirectBuffer;

/** Writes a snapshot: little endian words, doubles by their bits. */
final class StateWriter extends State {
    private final MutableDirectBuffer buffer;
    private int offset;

    StateWriter(MutableDirectBuffer buffer, int offset) {
        this.buffer = buffer;
        this.offset = offset;
    }

    int offset() {
        return offset;
    }

    @Override
    public void type(String name) {
        i64(typeWord(name));
    }

    @Override
    public void setting(String name, double value) {
        f64(value);
    }

    @Override
    public double f64(double value) {
        i64(Double.doubleToRawLongBits(value));
        return value;
    }

    @Override
    public long i64(long value) {
        buffer.putLong(offset, value, LITTLE_ENDIAN);
        offset += Long.BYTES;
        return value;
    }

    @Override
    public void i32s(int[] values) {
        for (int value : values) {
            buffer.putInt(offset, value, LITTLE_ENDIAN);
            offset += Integer.BYTES;
        }
    }
}
