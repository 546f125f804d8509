package io.millrace.engine.status;

import org.agrona.concurrent.NanoClock;

/**
 * When sampled events passed the stages: a side array by ring sequence, never journaled, never hashed, out of reach of
 * stages. Every 2^k-th ring sequence is sampled, and every event that made commands from the stage on that made them.
 *
 * <p><b>Thread:</b> each array is written by one agent, and read behind the sequence that this agent publishes.
 */
public final class StageStamps {
    /** Index of the journal's stamps, behind those of the stages. */
    public static final int JOURNAL = 3;

    private static final int ARRAYS = 4;

    private final NanoClock clock;
    private final long sampleMask;
    private final int slotMask;
    private final long[] startNs;
    private final long[][] endNs;

    /**
     * Makes the arrays.
     *
     * @param slots of the ring, a power of two.
     * @param sampleShift k: every 2^k-th ring sequence is sampled; 0 samples all, 62 practically none.
     * @param clock the stamps' source.
     */
    public StageStamps(int slots, int sampleShift, NanoClock clock) {
        this.clock = clock;
        this.sampleMask = (1L << sampleShift) - 1;
        this.slotMask = slots - 1;
        this.startNs = new long[slots];
        this.endNs = new long[ARRAYS][slots];
    }

    /** Returns whether a ring sequence is one of the sampled. */
    public boolean isSampled(long ringSequence) {
        return (ringSequence & sampleMask) == 0;
    }

    /** Returns the first sampled ring sequence at or behind a ring sequence. */
    public long nextSampled(long ringSequence) {
        return (ringSequence + sampleMask) & ~sampleMask;
    }

    /** Stamps the moment at which the first stage takes an event. */
    public void start(long ringSequence) {
        startNs[(int) ringSequence & slotMask] = clock.nanoTime();
    }

    /**
     * Stamps the moment at which a stage has done with an event.
     *
     * @param stage its number, or {@link #JOURNAL}.
     * @param ringSequence of the event.
     */
    public void end(int stage, long ringSequence) {
        end(stage, ringSequence, clock.nanoTime());
    }

    /** As {@link #end(int, long)}, with a time that was read before. */
    public void end(int stage, long ringSequence, long nowNs) {
        endNs[stage][(int) ringSequence & slotMask] = nowNs;
    }

    /** Returns the clock's time. */
    public long nowNs() {
        return clock.nanoTime();
    }

    /** Returns when the first stage took a sampled event. */
    public long startNs(long ringSequence) {
        return startNs[(int) ringSequence & slotMask];
    }

    /** Returns when a stage had done with an event that it stamped. */
    public long endNs(int stage, long ringSequence) {
        return endNs[stage][(int) ringSequence & slotMask];
    }
}
