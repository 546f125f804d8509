package io.millrace.engine.memory;

import java.util.Arrays;

/**
 * A row of words that remembers what an event changed. Parts of it are reserved one behind the other when the owner is made;
 * after that it never grows.
 *
 * <p>The hash is kept with every write and depends on the words alone, not on how they came about; a word that is 0 adds
 * nothing to it.
 */
public final class StateMemory {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final int FIRST_UNDO_WORDS = 4096;

    private final long[] words;
    private int reserved;
    private long hash;
    private int[] undoIndexes = new int[FIRST_UNDO_WORDS];
    private long[] undoValues = new long[FIRST_UNDO_WORDS];
    private int undoCount;

    /**
     * Allocates the words, all 0.
     *
     * @param words how many, 1 or more.
     */
    public StateMemory(int words) {
        this.words = new long[words];
    }

    /**
     * Takes the next words for a part of the state.
     *
     * @param count words of the part.
     * @return index of the first.
     * @throws IllegalStateException if the memory was made too small.
     */
    public int reserve(int count) {
        if (count < 0 || reserved + count > words.length) {
            throw new IllegalStateException("memory of " + words.length + " words has " + (words.length - reserved)
                    + " left, not " + count + "; make it larger");
        }
        int first = reserved;
        reserved += count;
        return first;
    }

    /** Returns a word. */
    public long get(int index) {
        return words[index];
    }

    /** Sets a word. */
    public void set(int index, long value) {
        long before = words[index];
        if (before == value) {
            return;
        }
        if (undoCount == undoIndexes.length) {
            undoIndexes = Arrays.copyOf(undoIndexes, 2 * undoCount);
            undoValues = Arrays.copyOf(undoValues, 2 * undoCount);
        }
        undoIndexes[undoCount] = index;
        undoValues[undoCount] = before;
        undoCount++;
        put(index, before, value);
    }

    /** Adds to a word. */
    public void add(int index, long change) {
        set(index, words[index] + change);
    }

    /** Makes what was written so far final. */
    public void commit() {
        undoCount = 0;
    }

    /** Takes back everything since {@link #commit}. */
    public void rollback() {
        while (undoCount > 0) {
            undoCount--;
            int index = undoIndexes[undoCount];
            put(index, words[index], undoValues[undoCount]);
        }
    }

    /** Returns the hash of all words. */
    public long hash() {
        return hash;
    }

    private void put(int index, long before, long value) {
        words[index] = value;
        hash += share(index, value) - share(index, before);
    }

    private static long share(int index, long value) {
        return value == 0 ? 0 : Hashing.spread(Hashing.spread(value) + index * STEP);
    }
}
