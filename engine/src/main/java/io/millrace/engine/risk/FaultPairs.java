package io.millrace.engine.risk;

import io.millrace.engine.memory.Hashing;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/** A set of (sequence, stage) pairs in ascending order, with a hash that does not depend on how it came about. */
final class FaultPairs {
    private final LongArrayList keys = new LongArrayList();
    private long hash;

    /** Adds a pair; returns false if it was there. */
    boolean add(long sequence, int stage) {
        int at = indexOf(key(sequence, stage));
        if (at >= 0) {
            return false;
        }
        long key = key(sequence, stage);
        keys.add(-(at + 1), key);
        hash += Hashing.spread(key);
        return true;
    }

    /** Removes a pair; returns false if it was not there. */
    boolean remove(long sequence, int stage) {
        int at = indexOf(key(sequence, stage));
        if (at < 0) {
            return false;
        }
        hash -= Hashing.spread(keys.getLong(at));
        keys.removeLong(at);
        return true;
    }

    boolean contains(long sequence, int stage) {
        return indexOf(key(sequence, stage)) >= 0;
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    int size() {
        return keys.size();
    }

    long hash() {
        return hash;
    }

    private int indexOf(long key) {
        int low = 0;
        int high = keys.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long value = keys.getLong(middle);
            if (value < key) {
                low = middle + 1;
            } else if (value > key) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -(low + 1);
    }

    private static long key(long sequence, int stage) {
        return (sequence << 2) | stage;
    }
}
