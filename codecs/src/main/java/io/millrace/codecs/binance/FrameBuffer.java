package io.millrace.codecs.binance;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.agrona.BufferUtil.ARRAY_BASE_OFFSET;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
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

    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == LITTLE_ENDIAN;

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
            word(bytes, length + i, 0);
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
        assert isInside(bytes, position);
        long word = UnsafeApi.getLong(bytes, ARRAY_BASE_OFFSET + position);
        return IS_LITTLE_ENDIAN ? word : Long.reverseBytes(word);
    }

    /** Stores eight bytes, the first in the lowest byte. */
    static void word(byte[] bytes, int position, long word) {
        assert isInside(bytes, position);
        UnsafeApi.putLong(bytes, ARRAY_BASE_OFFSET + position, IS_LITTLE_ENDIAN ? word : Long.reverseBytes(word));
    }

    private static boolean isInside(byte[] bytes, int position) {
        return position >= 0 && position <= bytes.length - Long.BYTES;
    }
}
