package io.millrace.bench.peer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/** The floor: looks at every byte of a frame and does nothing but notice where strings and values end. */
public final class ByteScan {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';

    private ByteScan() {}

    /**
     * Stops at every quote and comma, one byte at a time.
     *
     * @param bytes hold the frame, on the heap, where the JVM checks bounds once per loop.
     * @param offset of the frame.
     * @param length bytes of the frame.
     * @return a sum over the places found, so that the work cannot be left out.
     */
    public static long plain(byte[] bytes, int offset, int length) {
        long sum = 0;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            if (b == '"' || b == ',') {
                sum += i;
            }
        }
        return sum;
    }

    /**
     * Stops at every quote, eight bytes at a time.
     *
     * @param buffer holds the frame, with eight readable bytes behind it.
     * @param offset of the frame.
     * @param length bytes of the frame.
     * @return a sum over the places found.
     */
    public static long swar(DirectBuffer buffer, int offset, int length) {
        long sum = 0;
        int end = offset + length;
        int i = offset;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            sum += sumOf(i, quotesIn(buffer.getLong(i, LITTLE_ENDIAN)));
        }
        if (i < end) {
            long ofFrame = ~0L >>> ((Long.BYTES - (end - i)) * Byte.SIZE);
            sum += sumOf(i, quotesIn(buffer.getLong(i, LITTLE_ENDIAN)) & ofFrame);
        }
        return sum;
    }

    /** Marks the bytes that are quotes by their high bits; exact, also behind a match. */
    private static long quotesIn(long word) {
        long x = word ^ QUOTES;
        return ~(((x & ~HIGH_BITS) + ~HIGH_BITS) | x) & HIGH_BITS;
    }

    private static long sumOf(int start, long marks) {
        long sum = 0;
        for (long left = marks; left != 0; left &= left - 1) {
            sum += start + (Long.numberOfTrailingZeros(left) >>> 3);
        }
        return sum;
    }
}
