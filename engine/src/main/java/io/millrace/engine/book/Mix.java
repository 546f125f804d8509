package io.millrace.engine.book;

import io.millrace.engine.memory.RawWords;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/** Mixing of 64-bit words for hashes of state and digests of events. Not meant to resist anybody who looks for collisions. */
final class Mix {
    private static final long FACTOR = 0xD6E8FEB86659FD93L;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    /** Even, so that factors of all places are odd. */
    private static final long KEY_STEP = 0x3C6EF372FE94F82AL;

    private Mix() {}

    /** Returns the word with every bit of it spread over all bits; a bijection that maps 0 to 0. */
    static long of(long word) {
        long z = (word ^ (word >>> 32)) * FACTOR;
        z = (z ^ (z >>> 32)) * FACTOR;
        return z ^ (z >>> 32);
    }

    /** Returns what one lot at this level adds to a book's hash: odd, so that no change of a quantity below 2^63 is lost. */
    static long level(long sideBit, long ticks) {
        long z = ((ticks << 1) | sideBit) * FACTOR;
        return ((z ^ (z >>> 32)) * FACTOR) | 1;
    }

    /** Returns a hash with one more word folded in; the order of words counts. */
    static long fold(long hash, long word) {
        return (Long.rotateLeft(hash, 23) ^ word) * STEP;
    }

    /** Returns the hash of the two best levels of a book, or of a ticker that says the same. */
    static long touch(long bidTicks, long bidLots, long askTicks, long askLots) {
        // FACTOR and the factors of the three places behind it.
        return of(bidTicks * 0xD6E8FEB86659FD93L
                + bidLots * 0x1357F22B64EEF5BDL
                + askTicks * 0x4FC6E59E6383EDE7L
                + askLots * 0x8C35D9116218E611L);
    }

    /**
     * Returns the hash of bytes, eight at a time: a sum of words, each times an odd factor of its place, so that no product waits
     * for another one. A change of one word always changes it.
     *
     * @param buffer holds them.
     * @param offset of the first.
     * @param length in bytes; a tail shorter than eight counts too.
     */
    static long bytes(UnsafeBuffer buffer, int offset, int length) {
        // One check for all words instead of one for each.
        buffer.boundsCheck(offset, length);
        return bytes(buffer.byteArray(), buffer.addressOffset() + offset, length);
    }

    /** Returns the hash of bytes that were checked to be there, base and address as in {@link RawWords#get}. */
    static long bytes(byte[] base, long address, int length) {
        long at = address;
        long end = at + length;
        long factor = FACTOR;
        long sum = length * STEP;
        for (; at + 8 <= end; at += 8) {
            sum += RawWords.get(base, at) * factor;
            factor += KEY_STEP;
        }
        for (; at < end; at++) {
            sum += UnsafeApi.getByte(base, at) * factor;
            factor += KEY_STEP;
        }
        return sum;
    }
}
