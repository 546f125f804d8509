package io.millrace.engine.memory;

import org.agrona.BitUtil;

/**
 * A map from long to long in a {@link StateMemory}: open addressing, linear probing, no tombstones. Key 0 is not allowed.
 * Where an entry lies follows from the order of what was done to the map, so equal histories give equal hashes.
 */
public final class LongMap {
    /** What {@link #get} returns for a key that is not there. */
    public static final long MISSING = -1;

    private final StateMemory memory;
    private final int capacity;
    private final int mask;
    private final int size;
    private final int keys;
    private final int values;

    /**
     * Makes an empty map.
     *
     * @param memory to live in.
     * @param capacity most entries, 1 or more.
     */
    public LongMap(StateMemory memory, int capacity) {
        int slots = slots(capacity);
        this.memory = memory;
        this.capacity = capacity;
        this.mask = slots - 1;
        this.size = memory.reserve(1);
        this.keys = memory.reserve(slots);
        this.values = memory.reserve(slots);
    }

    /** Returns the words of memory that a map of this capacity takes. */
    public static int words(int capacity) {
        return 1 + 2 * slots(capacity);
    }

    private static int slots(int capacity) {
        return BitUtil.findNextPositivePowerOfTwo(2 * capacity);
    }

    /** Returns the entries. */
    public int size() {
        return (int) memory.get(size);
    }

    /** Returns whether a new key has no room any more. */
    public boolean isFull() {
        return size() >= capacity;
    }

    /**
     * Returns the value of a key.
     *
     * @param key any; 0 is never there.
     * @return the value, {@link #MISSING} if the key is not there.
     */
    public long get(long key) {
        if (key == 0) {
            return MISSING;
        }
        int at = find(key);
        return memory.get(keys + at) == key ? memory.get(values + at) : MISSING;
    }

    /**
     * Sets the value of a key.
     *
     * @param key not 0.
     * @param value any.
     * @throws IllegalStateException if there is no room: ask {@link #isFull} first.
     */
    public void put(long key, long value) {
        int at = find(key);
        if (key == 0 || memory.get(keys + at) != key) {
            if (key == 0 || isFull()) {
                throw new IllegalStateException(
                        "key " + key + " has no room in a map of " + capacity + " entries, make the capacity larger");
            }
            memory.set(keys + at, key);
            memory.add(size, 1);
        }
        memory.set(values + at, value);
    }

    /** Removes a key if it is there. */
    public void remove(long key) {
        int at = find(key);
        if (key == 0 || memory.get(keys + at) != key) {
            return;
        }
        memory.add(size, -1);
        int hole = at;
        int next = (hole + 1) & mask;
        while (memory.get(keys + next) != 0) {
            int home = home(memory.get(keys + next));
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                memory.set(keys + hole, memory.get(keys + next));
                memory.set(values + hole, memory.get(values + next));
                hole = next;
            }
            next = (next + 1) & mask;
        }
        memory.set(keys + hole, 0);
        memory.set(values + hole, 0);
    }

    private int find(long key) {
        int at = home(key);
        long found = memory.get(keys + at);
        while (found != 0 && found != key) {
            at = (at + 1) & mask;
            found = memory.get(keys + at);
        }
        return at;
    }

    private int home(long key) {
        return (int) Hashing.spread(key) & mask;
    }
}
