package io.millrace.codecs.binance;

import java.util.Arrays;
import org.agrona.collections.Hashing;

/**
 * The newest quantity of each price of one side, in the order in which the prices first came. Grows to the most levels it ever
 * held; clearing keeps the room.
 */
final class MergedLevels {
    private static final int FIRST_CAPACITY = 64;

    private long[] priceTicks = new long[FIRST_CAPACITY];
    private long[] qtyLots = new long[FIRST_CAPACITY];
    /** Place of a price plus one, by hash; 0 for none. */
    private int[] places = new int[2 * FIRST_CAPACITY];

    private int size;

    int size() {
        return size;
    }

    long priceTicks(int at) {
        return priceTicks[at];
    }

    long qtyLots(int at) {
        return qtyLots[at];
    }

    void put(long ticks, long lots) {
        int slot = find(ticks);
        if (places[slot] != 0) {
            qtyLots[places[slot] - 1] = lots;
            return;
        }
        if (size == priceTicks.length) {
            grow();
            slot = find(ticks);
        }
        priceTicks[size] = ticks;
        qtyLots[size] = lots;
        places[slot] = ++size;
    }

    void clear() {
        // Few prices: their places alone. Many: everything, which is one pass over memory.
        if (size < places.length / 8) {
            for (int i = size - 1; i >= 0; i--) {
                places[find(priceTicks[i])] = 0;
            }
        } else {
            Arrays.fill(places, 0);
        }
        size = 0;
    }

    private int find(long ticks) {
        int mask = places.length - 1;
        int slot = Hashing.hash(ticks, mask);
        while (places[slot] != 0 && priceTicks[places[slot] - 1] != ticks) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        priceTicks = Arrays.copyOf(priceTicks, 2 * size);
        qtyLots = Arrays.copyOf(qtyLots, 2 * size);
        places = new int[4 * size];
        for (int i = 0; i < size; i++) {
            places[find(priceTicks[i])] = i + 1;
        }
    }
}
