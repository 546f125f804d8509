package io.millrace.exchange.market;

import java.util.Arrays;

/**
 * Prices that changed since a stream's last payload. Takes duplicates and forgets them when it is read.
 *
 * <p><b>Thread:</b> confined to one thread. <b>Allocation:</b> only when it grows.
 */
final class TickSet {
    private static final int FIRST_CAPACITY = 32;
    private static final int COMPACT_AT = 4096;

    private long[] ticks = new long[FIRST_CAPACITY];
    private int size;

    void add(long tick) {
        if (size == ticks.length) {
            if (size >= COMPACT_AT) {
                sortDistinct();
            }
            if (size * 2 > ticks.length) {
                ticks = Arrays.copyOf(ticks, ticks.length * 2);
            }
        }
        ticks[size++] = tick;
    }

    /** Sorts the prices, drops duplicates and returns how many are left. */
    int sortDistinct() {
        if (size > 1) {
            Arrays.sort(ticks, 0, size);
            int kept = 1;
            for (int i = 1; i < size; i++) {
                if (ticks[i] != ticks[kept - 1]) {
                    ticks[kept++] = ticks[i];
                }
            }
            size = kept;
        }
        return size;
    }

    long get(int index) {
        return ticks[index];
    }

    void clear() {
        size = 0;
    }
}
