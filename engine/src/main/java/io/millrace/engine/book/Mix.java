package io.millrace.engine.book;

import org.agrona.concurrent.UnsafeBuffer;

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
    static long bytes(UnsafeBuffer buffer, int offset, int length) {
        // One check for all words instead of one for each.
        buffer.boundsCheck(offset, length);
        byte[] base = buffer.byteArray();
        long at = buffer.addressOffset() + offset;
        long end = at + length;
        long even = length;
        long odd = STEP;
        for (; at + 16 <= end; at += 16) {
            even = fold(even, RawWords.get(base, at));
            odd = fold(odd, RawWords.get(base, at + 8));
        }
        if (at + 8 <= end) {
            even = fold(even, RawWords.get(base, at));
            at += 8;
        }
        for (int tail = (int) (end - at); tail > 0; tail--) {
            odd = fold(odd, buffer.getByte(offset + length - tail));
        }
        return of(even ^ Long.rotateLeft(odd, 32));
    }
}
