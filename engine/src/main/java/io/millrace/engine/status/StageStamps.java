package io.millrace.engine.status;

import java.util.Arrays;
import org.agrona.concurrent.NanoClock;

/**
 * When events passed the stages: a side array by ring sequence, never journaled, never hashed, out of reach of stages. Every
 * 2^k-th ring sequence is sampled, and of every event that makes commands or records what comes from the stage on that makes
 * them.
 *
 * <p><b>Thread:</b> each point is written by one agent (decoding and publishing: by the slot's producer), and read behind the
 * sequence that this agent publishes.
 */
public final class StageStamps {
    /** The input journal has it; points below are the ends of the stages, by stage id. */
    public static final int JOURNAL = 3;
    /** The first stage takes it. */
    public static final int START = 4;
    /** It is encoded, and its slot claimed. */
    public static final int DECODED = 5;
    /** Its slot is written. */
    public static final int PUBLISHED = 6;
    /** No such stamp was taken. */
    public static final long MISSING = 0;

    private static final int POINTS = 7;

    private final NanoClock clock;
    private final long sampleMask;
    private final int slotMask;
    private final boolean isEachJournaled;
    // Pairs of ring sequence and time: what an event before left in its slot is told apart by the sequence.
    private final long[][] stamps = new long[POINTS][];

    /**
     * Makes the arrays.
     *
     * @param slots of the ring, a power of two.
     * @param sampleShift k: every 2^k-th ring sequence is sampled; 0 samples all, 62 practically none.
     * @param isEachJournaled whether the input journal stamps every event, because any may turn out to cause an order.
     * @param clock the stamps' source.
     */
    public StageStamps(int slots, int sampleShift, boolean isEachJournaled, NanoClock clock) {
        this.clock = clock;
        this.sampleMask = (1L << sampleShift) - 1;
        this.slotMask = slots - 1;
        this.isEachJournaled = isEachJournaled;
        for (int point = 0; point < POINTS; point++) {
            stamps[point] = new long[2 * slots];
            Arrays.fill(stamps[point], -1);
        }
    }

    /** Returns whether a ring sequence is one of the sampled. */
    public boolean isSampled(long ringSequence) {
        return (ringSequence & sampleMask) == 0;
    }

    /** Returns the first sampled ring sequence at or behind a ring sequence. */
    public long nextSampled(long ringSequence) {
        return (ringSequence + sampleMask) & ~sampleMask;
    }

    /** Returns the first ring sequence at or behind a ring sequence that the input journal has to stamp. */
    public long nextJournaled(long ringSequence) {
        return isEachJournaled ? ringSequence : nextSampled(ringSequence);
    }

    /**
     * Stamps now.
     *
     * @param point of the event's way: a stage's id for its end, or one of the constants.
     * @param ringSequence of the event.
     */
    public void stamp(int point, long ringSequence) {
        stamp(point, ringSequence, clock.nanoTime());
    }

    /** As {@link #stamp(int, long)}, with a time that was read before. */
    public void stamp(int point, long ringSequence, long nowNs) {
        int at = 2 * ((int) ringSequence & slotMask);
        long[] pairs = stamps[point];
        pairs[at] = ringSequence;
        pairs[at + 1] = nowNs;
    }

    /** Returns the clock's time. */
    public long nowNs() {
        return clock.nanoTime();
    }

    /** Returns when an event passed a point, {@link #MISSING} if that was not stamped. */
    public long at(int point, long ringSequence) {
        int at = 2 * ((int) ringSequence & slotMask);
        long[] pairs = stamps[point];
        return pairs[at] == ringSequence ? pairs[at + 1] : MISSING;
    }
}
