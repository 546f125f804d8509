package io.millrace.engine.memory;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Little endian words at addresses, without a check of bounds: for loops over a range that was checked as a whole. The checks
 * of each word by itself cost the stage a fifth of its time.
 */
public final class RawWords {
    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private static final long LONGS_OFFSET = UnsafeApi.arrayBaseOffset(long[].class);

    private static final int MAX_WORDWISE = 128;

    private RawWords() {}

    /**
     * Reads a word.
     *
     * @param base array of a buffer, null for one off the heap.
     * @param address within, as a buffer's {@code addressOffset} plus an index that was checked.
     * @return the word.
     */
    public static long get(byte[] base, long address) {
        long word = UnsafeApi.getLong(base, address);
        return IS_LITTLE_ENDIAN ? word : Long.reverseBytes(word);
    }

    /** Reads a word in the machine's own order, address and base as in {@link #get}. */
    public static long getNative(byte[] base, long address) {
        return UnsafeApi.getLong(base, address);
    }

    /** Writes a word in the machine's own order, address and base as in {@link #get}. */
    public static void putNative(byte[] base, long address, long word) {
        UnsafeApi.putLong(base, address, word);
    }

    /**
     * Copies words as they are.
     *
     * @param words from the first on.
     * @param count of them, no more than there are.
     * @param target gets them.
     * @param offset of the first in {@code target}.
     */
    public static void put(long[] words, int count, UnsafeBuffer target, int offset) {
        int length = count * Long.BYTES;
        target.boundsCheck(offset, length);
        UnsafeApi.copyMemory(words, LONGS_OFFSET, target.byteArray(), target.addressOffset() + offset, length);
    }

    /**
     * Copies bytes between buffers, short messages word by word: a call of the copying routine costs as much as a dozen words.
     *
     * @param source of the bytes.
     * @param sourceOffset of the first.
     * @param target gets them.
     * @param targetOffset of the first.
     * @param length in bytes.
     */
    public static void copy(DirectBuffer source, int sourceOffset, UnsafeBuffer target, int targetOffset, int length) {
        if (length > MAX_WORDWISE || (length & (Long.BYTES - 1)) != 0) {
            target.putBytes(targetOffset, source, sourceOffset, length);
            return;
        }
        source.boundsCheck(sourceOffset, length);
        target.boundsCheck(targetOffset, length);
        byte[] from = source.byteArray();
        byte[] to = target.byteArray();
        long fromAt = source.addressOffset() + sourceOffset;
        long toAt = target.addressOffset() + targetOffset;
        for (int at = 0; at < length; at += Long.BYTES) {
            UnsafeApi.putLong(to, toAt + at, UnsafeApi.getLong(from, fromAt + at));
        }
    }

    /** Returns the word that two ints make in memory, the first at the lower address. */
    public static long pair(int first, int second) {
        return IS_LITTLE_ENDIAN
                ? (first & 0xFFFF_FFFFL) | (long) second << Integer.SIZE
                : (second & 0xFFFF_FFFFL) | (long) first << Integer.SIZE;
    }

    /** Returns a word of two ints with its first one replaced. */
    public static long withFirst(long pair, int first) {
        return pair(first, (int) (IS_LITTLE_ENDIAN ? pair >>> Integer.SIZE : pair));
    }

    /** Returns the int that three bytes and a zero make in memory. */
    public static int quad(int first, int second, int third) {
        int quad = (first & 0xFF) | (second & 0xFF) << 8 | (third & 0xFF) << 16;
        return IS_LITTLE_ENDIAN ? quad : Integer.reverseBytes(quad);
    }
}
