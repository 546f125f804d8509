package io.millrace.engine.pipeline;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.Arrays;

/**
 * Which events are not shown to which stage, by decision of an operator. Immutable; made before a replay from the
 * {@code QUARANTINE} commands of the journal.
 */
public final class QuarantineSet {
    /** Nothing is quarantined. */
    public static final QuarantineSet NONE = new QuarantineSet(new long[0]);

    /** What {@link #next} says when there is nothing more. */
    static final long NO_SEQUENCE = Long.MAX_VALUE;

    // sequence * 4 + stage, ascending.
    private final long[] keys;

    private QuarantineSet(long[] keys) {
        this.keys = keys;
    }

    /**
     * Returns a set that holds one pair more.
     *
     * @param sequence journal sequence of the event, 0 or more.
     * @param stage that is not to see it.
     */
    public QuarantineSet with(long sequence, int stage) {
        if (sequence < 0 || sequence > Long.MAX_VALUE >> 2 || stage < 0 || stage >= StageIds.COUNT) {
            throw new IllegalArgumentException("quarantine of sequence=" + sequence + " stage=" + stage
                    + ": the sequence must be 0 or more and the stage 0 to " + (StageIds.COUNT - 1));
        }
        LongArrayList all = new LongArrayList(keys);
        all.add(key(sequence, stage));
        return new QuarantineSet(
                Arrays.stream(all.toLongArray()).sorted().distinct().toArray());
    }

    /** Returns the number of pairs. */
    public int size() {
        return keys.length;
    }

    /** Returns whether a stage is not to see an event. */
    public boolean contains(long sequence, int stage) {
        return Arrays.binarySearch(keys, key(sequence, stage)) >= 0;
    }

    /** Returns the first sequence at or behind {@code sequence} that the stage is not to see. */
    long next(long sequence, int stage) {
        for (long key : keys) {
            if ((key >> 2) >= sequence && (key & 3) == stage) {
                return key >> 2;
            }
        }
        return NO_SEQUENCE;
    }

    private static long key(long sequence, int stage) {
        return (sequence << 2) | stage;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("quarantined");
        for (long key : keys) {
            text.append(' ').append(key >> 2).append('/').append(StageIds.name((int) (key & 3)));
        }
        return text.toString();
    }
}
