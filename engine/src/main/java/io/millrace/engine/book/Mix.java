package io.millrace.engine.book;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/** Mixing of 64-bit words for hashes of state and digests of events. Not meant to resist anybody who looks for collisions. */
final class Mix {
    private static final long FACTOR = 0xD6E8FEB86659FD93L;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private Mix() {}

    /** Returns the word with every bit of it spread over all bits; a bijection that maps 0 to 0. */
    static long of(long word) {
        long z = (word ^ (word >>> 32)) * FACTOR;
        z = (z ^ (z >>> 32)) * FACTOR;
        return z ^ (z >>> 32);
    }

    /** Returns what one lot at this level adds to a book's hash: odd, so that no change of a quantity below 2^63 is lost. */
    static long level(long sideBit, long ticks) {
        return of((ticks << 1) | sideBit) | 1;
    }

    /** Returns a hash with one more word folded in; the order of words counts. */
    static long fold(long hash, long word) {
        return (Long.rotateLeft(hash, 23) ^ word) * STEP;
    }

    /** Returns the hash of the two best levels of a book, or of a ticker that says the same. */
    static long touch(long bidTicks, long bidLots, long askTicks, long askLots) {
        long bid = fold(fold(1, bidTicks), bidLots);
        long ask = fold(fold(2, askTicks), askLots);
        return of(bid ^ Long.rotateLeft(ask, 32));
    }

    /**
     * Returns the hash of bytes, eight at a time in two lanes.
     *
     * @param buffer holds them.
     * @param offset of the first.
     * @param length in bytes; a tail shorter than eight counts too.
     */
    static long bytes(DirectBuffer buffer, int offset, int length) {
        long even = length;
        long odd = STEP;
        int end = offset + length;
        int at = offset;
        for (; at + 16 <= end; at += 16) {
            even = fold(even, buffer.getLong(at, LITTLE_ENDIAN));
            odd = fold(odd, buffer.getLong(at + 8, LITTLE_ENDIAN));
        }
        if (at + 8 <= end) {
            even = fold(even, buffer.getLong(at, LITTLE_ENDIAN));
            at += 8;
        }
        for (; at < end; at++) {
            odd = fold(odd, buffer.getByte(at));
        }
        return of(even ^ Long.rotateLeft(odd, 32));
    }
}
