package io.millrace.engine.book;

import java.util.Arrays;

/**
 * The few levels outside a ladder's window: sorted arrays of bounded size. Somebody always leaves an order at a hundred times
 * the price, and a hostile peer may name any price at all.
 */
final class FarLevels {
    /** Most levels. */
    static final int MAX_LEVELS = 1024;

    private static final int INITIAL_LEVELS = 8;

    private long[] keys = new long[INITIAL_LEVELS];
    private long[] lots = new long[INITIAL_LEVELS];
    private int count;

    /** Returns the number of levels. */
    int count() {
        return count;
    }

    /** Returns whether a key that is not here yet would find no room. */
    boolean isFull() {
        return count == MAX_LEVELS;
    }

    /** Returns the quantity at a key, 0 for none. */
    long get(long key) {
        int at = Arrays.binarySearch(keys, 0, count, key);
        return at < 0 ? 0 : lots[at];
    }

    /**
     * Sets a quantity.
     *
     * @param key of the price.
     * @param newLots quantity, 0 deletes; a new key needs room, see {@link #isFull}.
     * @return the quantity before, 0 for none.
     */
    long set(long key, long newLots) {
        int at = Arrays.binarySearch(keys, 0, count, key);
        if (at >= 0) {
            long old = lots[at];
            if (newLots != 0) {
                lots[at] = newLots;
            } else {
                remove(at);
            }
            return old;
        }
        if (newLots != 0) {
            insert(-at - 1, key, newLots);
        }
        return 0;
    }

    /** Returns the highest key, or {@link PagedLadder#NONE}. */
    long best() {
        return count == 0 ? PagedLadder.NONE : keys[count - 1];
    }

    /** Returns the highest key below this one, or {@link PagedLadder#NONE}. */
    long below(long key) {
        int at = Arrays.binarySearch(keys, 0, count, key);
        int before = (at < 0 ? -at - 1 : at) - 1;
        return before < 0 ? PagedLadder.NONE : keys[before];
    }

    /** Hands every level that now lies in a ladder's window over to the ladder. */
    void handOver(PagedLadder ladder) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (ladder.covers(keys[i])) {
                ladder.set(keys[i], lots[i]);
            } else {
                keys[kept] = keys[i];
                lots[kept] = lots[i];
                kept++;
            }
        }
        count = kept;
    }

    /** Deletes all levels. */
    void clear() {
        count = 0;
    }

    private void insert(int at, long key, long newLots) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, count * 2);
            lots = Arrays.copyOf(lots, count * 2);
        }
        System.arraycopy(keys, at, keys, at + 1, count - at);
        System.arraycopy(lots, at, lots, at + 1, count - at);
        keys[at] = key;
        lots[at] = newLots;
        count++;
    }

    private void remove(int at) {
        count--;
        System.arraycopy(keys, at + 1, keys, at, count - at);
        System.arraycopy(lots, at + 1, lots, at, count - at);
    }
}
