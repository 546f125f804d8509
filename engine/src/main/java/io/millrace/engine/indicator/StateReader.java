package io.millrace.engine.indicator;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/** Reads a snapshot. The first pass only checks that it fits, so that a refused snapshot leaves the state alone. */
final class StateReader extends State {
    private final DirectBuffer buffer;
    private final boolean isChecking;
    private int offset;

    StateReader(DirectBuffer buffer, int offset, boolean isChecking) {
        this.buffer = buffer;
        this.offset = offset;
        this.isChecking = isChecking;
    }

    int offset() {
        return offset;
    }

    @Override
    public void type(String name) {
        int at = offset;
        long word = next();
        if (word != typeWord(name)) {
            throw new IllegalArgumentException("the snapshot holds type word 0x" + Long.toHexString(word)
                    + " at offset " + at + ", not that of " + name + ": restore an indicator from its own snapshot");
        }
    }

    @Override
    public void setting(String name, double value) {
        double saved = Double.longBitsToDouble(next());
        if (Double.doubleToRawLongBits(saved) != Double.doubleToRawLongBits(value)) {
            throw new IllegalArgumentException(
                    "the snapshot was made with " + name + " " + saved + ", this indicator has " + value
                            + ": restore it into one with the same settings, or warm this one up again");
        }
    }

    @Override
    public double f64(double value) {
        double saved = Double.longBitsToDouble(next());
        return isChecking ? value : saved;
    }

    @Override
    public long i64(long value) {
        long saved = next();
        return isChecking ? value : saved;
    }

    @Override
    public void i32s(int[] values) {
        for (int i = 0; i < values.length; i++) {
            int saved = buffer.getInt(offset, LITTLE_ENDIAN);
            offset += Integer.BYTES;
            values[i] = isChecking ? values[i] : saved;
        }
    }

    private long next() {
        long word = buffer.getLong(offset, LITTLE_ENDIAN);
        offset += Long.BYTES;
        return word;
    }
}
