package io.millrace.engine.indicator;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Snapshots of anything that names its state in one walk. */
public final class Snapshots {
    private Snapshots() {}

    /**
     * Returns the length of a snapshot in bytes; fixed by the settings.
     *
     * @param object whose snapshot it is.
     */
    public static int length(Stateful object) {
        StateSizer sizer = new StateSizer();
        object.visitState(sizer);
        return sizer.length();
    }

    /**
     * Writes settings and state.
     *
     * @param object whose state it is.
     * @param buffer with room for {@link #length} bytes.
     * @param offset of the first byte.
     * @return the bytes written.
     * @throws IndexOutOfBoundsException when they do not fit.
     */
    public static int write(Stateful object, MutableDirectBuffer buffer, int offset) {
        StateWriter writer = new StateWriter(buffer, offset);
        object.visitState(writer);
        return writer.offset() - offset;
    }

    /**
     * Takes the state from a snapshot: every later output is, bit for bit, that of the object which wrote it.
     *
     * @param object that takes it.
     * @param buffer that holds the snapshot.
     * @param offset of its first byte.
     * @return the bytes read.
     * @throws IllegalArgumentException when it is of another type or other settings; the state is then as before.
     */
    public static int read(Stateful object, DirectBuffer buffer, int offset) {
        object.visitState(new StateReader(buffer, offset, true));
        StateReader reader = new StateReader(buffer, offset, false);
        object.visitState(reader);
        return reader.offset() - offset;
    }

    /**
     * Forgets all state, as if newly made; settings stay.
     *
     * @param object to clear.
     */
    public static void reset(Stateful object) {
        object.visitState(StateZero.INSTANCE);
    }
}
