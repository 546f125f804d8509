package io.millrace.engine.book;

import java.util.Arrays;

/**
 * Pages of price ladders, shared by all books of a stage and used again and again. A page describes {@value #TICKS}
 * neighbouring prices in one array:
 *
 * <pre>
 *   0 ..  7   one bit per price that has a quantity
 *   8         how many bits are set; not kept in a direct page
 *   9 ..      quantities in lots: of every price in a direct page ({@link #DIRECT}), 0 for none; else of the set bits in
 *             rising order
 * </pre>
 *
 * <p>Far from the touch a page holds one to three levels, and a direct one would spend 4 KiB on them; near the touch a direct
 * page needs no counting of bits. So a page comes in three sizes and changes its size as it fills.
 */
final class PagePool {
    /** Bits of a price's place within its page. */
    static final int TICKS_SHIFT = 9;
    /** Prices of a page. */
    static final int TICKS = 1 << TICKS_SHIFT;
    /** Words of bits at the front. */
    static final int BIT_WORDS = TICKS / Long.SIZE;
    /** Where the number of levels stands. */
    static final int COUNT = BIT_WORDS;
    /** Where the quantities begin. */
    static final int LOTS = COUNT + 1;
    /** The size with a quantity for every price. */
    static final int DIRECT = 2;
    /** Words of a page of that size. */
    static final int DIRECT_LENGTH = LOTS + TICKS;
    /** A direct page with no more levels than this becomes a smaller one. */
    static final int DIRECT_SHRINK_AT = 8;

    private static final int[] CAPACITY = {4, 16, TICKS};
    /** A page with no more levels than this goes down to the next smaller size: half of what that holds, against flapping. */
    private static final int[] SHRINK_AT = {-1, 2};

    private final long[][][] free = new long[CAPACITY.length][16][];
    private final int[] freeCount = new int[CAPACITY.length];
    private long pagesMade;
    private long bytesMade;

    /** Returns a page without levels. */
    long[] acquire(int size) {
        int count = freeCount[size];
        if (count == 0) {
            pagesMade++;
            bytesMade += 16 + (LOTS + CAPACITY[size]) * (long) Long.BYTES;
            return new long[LOTS + CAPACITY[size]];
        }
        freeCount[size] = count - 1;
        return free[size][count - 1];
    }

    /** Takes back a page that nobody refers to any more. */
    void release(long[] page) {
        int size = sizeOf(page);
        Arrays.fill(page, 0, size == DIRECT ? DIRECT_LENGTH : LOTS, 0);
        if (freeCount[size] == free[size].length) {
            free[size] = Arrays.copyOf(free[size], free[size].length * 2);
        }
        free[size][freeCount[size]++] = page;
    }

    /** Returns the size of a page. */
    static int sizeOf(long[] page) {
        int size = 0;
        while (LOTS + CAPACITY[size] != page.length) {
            size++;
        }
        return size;
    }

    /** Returns whether a page has a quantity for every price. */
    static boolean isDirect(long[] page) {
        return page.length == DIRECT_LENGTH;
    }

    /** Returns whether no further level fits without a larger page. */
    static boolean isFull(long[] page) {
        return page[COUNT] == page.length - LOTS;
    }

    /** Returns whether a page that is not direct has become far too large for what it holds. */
    static boolean isWasteful(long[] page) {
        return page[COUNT] <= SHRINK_AT[sizeOf(page)];
    }

    /**
     * Moves the levels of a page to one of another size and takes the old page back.
     *
     * @param page to move.
     * @param size of the new one, large enough.
     * @return the new one.
     */
    long[] resize(long[] page, int size) {
        long[] target = acquire(size);
        System.arraycopy(page, 0, target, 0, LOTS);
        boolean fromDirect = isDirect(page);
        boolean toDirect = size == DIRECT;
        int rank = LOTS;
        for (int word = 0; word < BIT_WORDS; word++) {
            for (long bits = page[word]; bits != 0; bits &= bits - 1) {
                int index = LOTS + word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                target[toDirect ? index : rank] = page[fromDirect ? index : rank];
                rank++;
            }
        }
        release(page);
        return target;
    }

    /** Returns how many pages were ever made. */
    long pagesMade() {
        return pagesMade;
    }

    /** Returns the bytes of all pages ever made; they stay in use or in the pool. */
    long bytesMade() {
        return bytesMade;
    }
}
