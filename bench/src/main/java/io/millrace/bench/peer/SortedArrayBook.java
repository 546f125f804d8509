package io.millrace.bench.peer;

import java.util.Arrays;

/** One side of a book as two sorted arrays, worst price first, so that what happens near the best price moves little. */
public final class SortedArrayBook {
    private long[] ticks = new long[64];
    private long[] lots = new long[64];
    private int count;

    /** Makes an empty side of bids. */
    public SortedArrayBook() {}

    /** Sets a quantity; 0 deletes. */
    public void set(long priceTicks, long qtyLots) {
        int at = Arrays.binarySearch(ticks, 0, count, priceTicks);
        if (at >= 0 && qtyLots != 0) {
            lots[at] = qtyLots;
        } else if (at >= 0) {
            count--;
            System.arraycopy(ticks, at + 1, ticks, at, count - at);
            System.arraycopy(lots, at + 1, lots, at, count - at);
        } else if (qtyLots != 0) {
            insert(-at - 1, priceTicks, qtyLots);
        }
    }

    /** Returns the best price, -1 if there is none. */
    public long bestTicks() {
        return count == 0 ? -1 : ticks[count - 1];
    }

    private void insert(int at, long priceTicks, long qtyLots) {
        if (count == ticks.length) {
            ticks = Arrays.copyOf(ticks, count * 2);
            lots = Arrays.copyOf(lots, count * 2);
        }
        System.arraycopy(ticks, at, ticks, at + 1, count - at);
        System.arraycopy(lots, at, lots, at + 1, count - at);
        ticks[at] = priceTicks;
        lots[at] = qtyLots;
        count++;
    }
}
