package io.millrace.engine.book;

import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/**
 * Little endian words at addresses, without a check of bounds: for loops over a range that was checked as a whole. The checks
 * of each word by itself cost the stage a fifth of its time.
 */
final class RawWords {
    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private RawWords() {}

    /**
     * Reads a word.
     *
     * @param base array of a buffer, null for one off the heap.
     * @param address within, as a buffer's {@code addressOffset} plus an index that was checked.
     */
    static long get(byte[] base, long address) {
        long word = UnsafeApi.getLong(base, address);
        return IS_LITTLE_ENDIAN ? word : Long.reverseBytes(word);
    }
}
