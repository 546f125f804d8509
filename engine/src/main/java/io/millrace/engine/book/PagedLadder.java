package io.millrace.engine.book;

import static io.millrace.engine.book.PagePool.COUNT;
import static io.millrace.engine.book.PagePool.LOTS;
import static io.millrace.engine.book.PagePool.TICKS;
import static io.millrace.engine.book.PagePool.TICKS_SHIFT;

/**
 * Quantities by key, where a higher key is a better price, over a bounded window of keys. A directory has one entry per page
 * of the window and a bitmap of the entries in use, so the next worse level is found by looking at bits.
 */
final class PagedLadder {
    /** Result of {@link #below}: there is none. */
    static final long NONE = -1;
    /** Result of {@link #set}: the key lies outside the window. */
    static final long OUTSIDE = -2;
    /** Most pages of the window: 4.2 million prices, 32 KiB of directory. */
    static final int MAX_PAGES = 8192;

    private static final int INITIAL_PAGES = 64;
    private static final int INDEX_MASK = TICKS - 1;

    private final PagePool pool;
    private final long flip;
    private long[][] directory = new long[INITIAL_PAGES][];
    private long[] used = new long[INITIAL_PAGES / Long.SIZE];
    private long basePage = Long.MIN_VALUE / 2;
    private int pages;

    /**
     * Makes an empty ladder.
     *
     * @param pool of pages.
     * @param flip what turns a key into ticks by exclusive or.
     */
    PagedLadder(PagePool pool, long flip) {
        this.pool = pool;
        this.flip = flip;
    }

    /**
     * Sets a quantity.
     *
     * @param key of the price.
     * @param lots new quantity, 0 deletes.
     * @return the quantity before, 0 for none, or {@link #OUTSIDE}.
     */
    long set(long key, long lots) {
        long[] page = directPage(key);
        if (page == null) {
            return setSparse(key, lots);
        }
        long bits = bitsAfter(page, key, lots);
        long old = setDirect(page, key, lots, bits);
        if (bits == 0) {
            shrinkIfWasteful((int) ((key >>> TICKS_SHIFT) - basePage), page);
        }
        return old;
    }

    /** Returns the page of a key if that is inside the window and the page is a direct one, else null. */
    long[] directPage(long key) {
        long slot = (key >>> TICKS_SHIFT) - basePage;
        if (slot < 0 || slot >= directory.length) {
            return null;
        }
        long[] page = directory[(int) slot];
        return page != null && page.length == PagePool.DIRECT_LENGTH ? page : null;
    }

    /** Returns what {@link #setDirect} makes of the bits of the word that holds the key's; 0 says that the page may shrink. */
    static long bitsAfter(long[] page, long key, long lots) {
        return (page[((int) key & INDEX_MASK) >>> 6] & ~(1L << key)) | oneIfAny(lots) << key;
    }

    /**
     * Sets a quantity in a direct page. Nothing here is decided by whether the level comes, goes or stays: nobody can predict
     * that.
     *
     * @param page of the key.
     * @param key of the price.
     * @param lots new quantity, 0 deletes.
     * @param bits the result of {@link #bitsAfter}; if they are 0, the page is to be looked at.
     * @return the quantity before, 0 for none.
     */
    static long setDirect(long[] page, long key, long lots, long bits) {
        int index = (int) key & INDEX_MASK;
        page[index >>> 6] = bits;
        long old = page[LOTS + index];
        page[LOTS + index] = lots;
        return old;
    }

    private void shrinkIfWasteful(int slot, long[] page) {
        int levels = 0;
        for (int word = 0; word < PagePool.BIT_WORDS; word++) {
            levels += Long.bitCount(page[word]);
        }
        if (levels == 0) {
            drop(slot, page);
        } else if (levels <= PagePool.DIRECT_SHRINK_AT) {
            page[COUNT] = levels;
            directory[slot] = pool.resize(page, PagePool.DIRECT - 1);
        }
    }

    /** Returns 1 for a quantity above 0 and 0 for none, without a branch. */
    static long oneIfAny(long lots) {
        return -lots >>> (Long.SIZE - 1);
    }

    private long setSparse(long key, long lots) {
        if (!covers(key)) {
            return OUTSIDE;
        }
        int slot = (int) ((key >>> TICKS_SHIFT) - basePage);
        long[] page = directory[slot];
        if (page == null) {
            return lots == 0 ? 0 : open(slot, key, lots);
        }
        int index = (int) key & INDEX_MASK;
        if ((page[index >>> 6] & (1L << index)) == 0) {
            return lots == 0 ? 0 : insert(slot, page, index, lots);
        }
        int at = LOTS + rank(page, index);
        long old = page[at];
        if (lots != 0) {
            page[at] = lots;
        } else {
            remove(slot, page, index, at);
        }
        return old;
    }

    /** Returns the quantity at a key, 0 for none. */
    long get(long key) {
        long slot = (key >>> TICKS_SHIFT) - basePage;
        if (slot < 0 || slot >= directory.length || directory[(int) slot] == null) {
            return 0;
        }
        long[] page = directory[(int) slot];
        int index = (int) key & INDEX_MASK;
        return (page[index >>> 6] & (1L << index)) == 0 ? 0 : page[place(page, index)];
    }

    /** Returns the highest key below this one that has a quantity, or {@link #NONE}. */
    long below(long key) {
        long slot = ((key - 1) >>> TICKS_SHIFT) - basePage;
        if (key <= 0 || slot < 0 || pages == 0) {
            return NONE;
        }
        int index = (int) (key - 1) & INDEX_MASK;
        if (slot >= directory.length) {
            slot = directory.length - 1L;
            index = INDEX_MASK;
        }
        long[] page = directory[(int) slot];
        int found = page == null ? -1 : highest(page, index);
        if (found < 0) {
            slot = usedBelow((int) slot);
            if (slot < 0) {
                return NONE;
            }
            found = highest(directory[(int) slot], INDEX_MASK);
        }
        return ((basePage + slot) << TICKS_SHIFT) | found;
    }

    /**
     * Copies the best levels below a key.
     *
     * @param key levels at or above it are left out.
     * @param max how many at most.
     * @param ticksOut gets prices from {@code at} on.
     * @param lotsOut gets quantities from {@code at} on.
     * @param at where to begin.
     * @return how many.
     */
    int copyBelow(long key, int max, long[] ticksOut, long[] lotsOut, int at) {
        long first = key - 1;
        long place = (first >>> TICKS_SHIFT) - basePage;
        if (max == 0 || key <= 0 || place < 0 || pages == 0) {
            return 0;
        }
        int slot = (int) place;
        if (place >= directory.length) {
            slot = directory.length - 1;
            first = ((basePage + slot) << TICKS_SHIFT) | INDEX_MASK;
        }
        if (directory[slot] == null) {
            slot = usedBelow(slot);
            if (slot < 0) {
                return 0;
            }
            first = ((basePage + slot) << TICKS_SHIFT) | INDEX_MASK;
        }
        int next = at;
        int end = at + max;
        while (true) {
            long[] page = directory[slot];
            next = PagePool.isDirect(page)
                    ? copyDirect(page, first, ticksOut, lotsOut, next, end)
                    : copyPacked(page, first, ticksOut, lotsOut, next, end);
            slot = next == end ? -1 : usedBelow(slot);
            if (slot < 0) {
                return next - at;
            }
            first = ((basePage + slot) << TICKS_SHIFT) | INDEX_MASK;
        }
    }

    /** Deletes all levels. The window stays, because the next levels will most likely be near. */
    void clear() {
        for (int word = 0; word < used.length; word++) {
            for (long bits = used[word]; bits != 0; bits &= bits - 1) {
                int slot = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                pool.release(directory[slot]);
                directory[slot] = null;
            }
            used[word] = 0;
        }
        pages = 0;
    }

    /**
     * Moves or widens the window so that it holds a key.
     *
     * @param key to hold.
     * @return whether it does now; false if the window would have to be wider than {@link #MAX_PAGES}.
     */
    boolean cover(long key) {
        long page = key >>> TICKS_SHIFT;
        if (pages == 0) {
            // Worse prices outnumber better ones: a side reaches further down than its best price will rise.
            basePage = Math.max(0, page - directory.length * 3L / 4);
            return true;
        }
        long low = Math.min(basePage, page);
        long high = Math.max(basePage + directory.length, page + 1);
        if (high - low > MAX_PAGES) {
            return false;
        }
        int length = (int) Math.min(MAX_PAGES, Long.highestOneBit(high - low - 1) << 1);
        // The spare room goes where the window has just proved too short.
        long base = Math.max(0, page < basePage ? high - length : low);
        move(base, Math.max(length, INITIAL_PAGES));
        return true;
    }

    /** Returns whether the window holds a key. */
    boolean covers(long key) {
        long slot = (key >>> TICKS_SHIFT) - basePage;
        return slot >= 0 && slot < directory.length;
    }

    private void move(long base, int length) {
        long[][] old = directory;
        int shift = (int) (basePage - base);
        directory = new long[length][];
        used = new long[length / Long.SIZE];
        for (int slot = 0; slot < old.length; slot++) {
            if (old[slot] != null) {
                int to = slot + shift;
                directory[to] = old[slot];
                used[to >>> 6] |= 1L << to;
            }
        }
        basePage = base;
    }

    private long open(int slot, long key, long lots) {
        long[] page = pool.acquire(0);
        directory[slot] = page;
        used[slot >>> 6] |= 1L << slot;
        pages++;
        return insert(slot, page, (int) key & INDEX_MASK, lots);
    }

    private long insert(int slot, long[] page, int index, long lots) {
        long[] target = page;
        if (PagePool.isFull(page)) {
            target = pool.resize(page, PagePool.sizeOf(page) + 1);
            directory[slot] = target;
        }
        if (PagePool.isDirect(target)) {
            target[LOTS + index] = lots;
        } else {
            int at = LOTS + rank(target, index);
            System.arraycopy(target, at, target, at + 1, LOTS + (int) target[COUNT] - at);
            target[at] = lots;
        }
        target[index >>> 6] |= 1L << index;
        target[COUNT]++;
        return 0;
    }

    private void remove(int slot, long[] page, int index, int at) {
        page[index >>> 6] &= ~(1L << index);
        int count = (int) --page[COUNT];
        if (count == 0) {
            drop(slot, page);
            return;
        }
        System.arraycopy(page, at + 1, page, at, LOTS + count - at);
        if (PagePool.isWasteful(page)) {
            directory[slot] = pool.resize(page, PagePool.sizeOf(page) - 1);
        }
    }

    private void drop(int slot, long[] page) {
        directory[slot] = null;
        used[slot >>> 6] &= ~(1L << slot);
        pages--;
        pool.release(page);
    }

    /**
     * Takes 64 prices at a time, from the first one down however they lie in the words: the best levels asked for are often all
     * among those, and then nothing but their number decides how long the loop is. The bits are turned round, since the lowest
     * one is taken away in one step and the highest one in four that wait for each other.
     */
    private int copyDirect(long[] page, long first, long[] ticksOut, long[] lotsOut, int from, int to) {
        long pageKey = first & ~INDEX_MASK;
        int next = from;
        for (int index = (int) first & INDEX_MASK; index >= 0; index -= Long.SIZE) {
            int word = index >>> 6;
            long window = page[word] << ~index;
            if (word > 0) {
                window |= page[word - 1] >>> 1 >>> index;
            }
            long bits = Long.reverse(window);
            int end = Math.min(to, next + Long.bitCount(window));
            for (; next < end; next++) {
                int place = index - Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                ticksOut[next] = (pageKey + place) ^ flip;
                lotsOut[next] = page[LOTS + place];
            }
            if (next == to) {
                return to;
            }
        }
        return next;
    }

    private int copyPacked(long[] page, long first, long[] ticksOut, long[] lotsOut, int from, int to) {
        long pageKey = first & ~INDEX_MASK;
        int index = (int) first & INDEX_MASK;
        int word = index >>> 6;
        long bits = page[word] & (-1L >>> (INDEX_MASK - index));
        int at = LOTS - 1 + rank(page, index) + (int) (page[word] >>> index & 1);
        int next = from;
        while (true) {
            while (bits == 0) {
                if (--word < 0) {
                    return next;
                }
                bits = page[word];
            }
            int place = word * Long.SIZE + Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
            bits ^= 1L << place;
            ticksOut[next] = (pageKey + place) ^ flip;
            lotsOut[next] = page[at--];
            if (++next == to) {
                return next;
            }
        }
    }

    private int usedBelow(int slot) {
        int word = slot >>> 6;
        long bits = used[word] & ((1L << slot) - 1);
        while (bits == 0) {
            if (--word < 0) {
                return -1;
            }
            bits = used[word];
        }
        return word * Long.SIZE + Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
    }

    private static int highest(long[] page, int index) {
        int word = index >>> 6;
        long bits = page[word] & (-1L >>> (INDEX_MASK - index));
        while (bits == 0) {
            if (--word < 0) {
                return -1;
            }
            bits = page[word];
        }
        return word * Long.SIZE + Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
    }

    private static int place(long[] page, int index) {
        return LOTS + (PagePool.isDirect(page) ? index : rank(page, index));
    }

    /** Counts all words, since how many there are to count cannot be foreseen. */
    private static int rank(long[] page, int index) {
        int word = index >>> 6;
        int rank = Long.bitCount(page[word] & ((1L << index) - 1));
        for (int i = 0; i < PagePool.BIT_WORDS; i++) {
            rank += Long.bitCount(page[i]) & ((i - word) >> (Integer.SIZE - 1));
        }
        return rank;
    }
}
