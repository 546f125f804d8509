package io.millrace.codecs.binance;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The decoder's own copy of one frame, followed by zeros.
 *
 * <p>Zero is no part of JSON text, so reading stops there by itself: no rule that accepts a byte accepts a zero, and eight
 * bytes may be loaded at any position of the frame. That is what the copy buys; it costs less than the checks it replaces.
 */
final class FrameBuffer {
    /** Zeros behind the frame: any rule looks at most this far ahead. */
    static final int SLACK = 32;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);

    private final byte[] bytes;
    private final UnsafeBuffer view;
    private final int maxLength;
    private int length;

    FrameBuffer(int maxLength) {
        this.maxLength = maxLength;
        bytes = new byte[maxLength + 2 * SLACK];
        view = new UnsafeBuffer(bytes);
    }

    /** Copies a frame of at most {@link #maxLength()} bytes. */
    void load(DirectBuffer src, int offset, int length) {
        this.length = length;
        src.getBytes(offset, bytes, 0, length);
        for (int i = 0; i < SLACK; i += Long.BYTES) {
            LONGS.set(bytes, length + i, 0L);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /** The same bytes as a buffer. */
    UnsafeBuffer view() {
        return view;
    }

    int length() {
        return length;
    }

    int maxLength() {
        return maxLength;
    }

    /** A position where only zeros are, whatever the frame: nothing matches there. */
    int nowhere() {
        return maxLength + SLACK;
    }

    /** Loads eight bytes, the first in the lowest byte. */
    static long word(byte[] bytes, int position) {
        return (long) LONGS.get(bytes, position);
    }

    /** Stores eight bytes, the first in the lowest byte. */
    static void word(byte[] bytes, int position, long word) {
        LONGS.set(bytes, position, word);
    }

    /** Loads four bytes, the first in the lowest byte. */
    static int half(byte[] bytes, int position) {
        return (int) INTS.get(bytes, position);
    }
}
