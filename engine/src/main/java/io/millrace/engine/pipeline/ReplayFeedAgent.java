package io.millrace.engine.pipeline;

import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Feeds recorded events into the ring in their order, as many at a time as one claim takes, and tries again when the ring
 * is full: nothing is dropped, and each event gets the sequence that it had. It must be the only one that offers.
 *
 * <p><b>Thread:</b> one. <b>Allocation:</b> in the constructor only.
 */
public final class ReplayFeedAgent implements Agent {
    private static final int MAX_BATCH = 32;

    private final Outlet source;
    private final Inlet market;
    private final int batchLimit;
    private final UnsafeBuffer batch;
    private final OutletHandler gather = this::gather;
    private int batchLength;
    private long nextSequence;
    private long fedSequence;
    private volatile boolean isExhausted;

    /**
     * Makes the agent.
     *
     * @param source of recorded events, a journal reader say.
     * @param market the engine's inlet.
     * @param ring of the engine: a batch stays under a quarter of its slots.
     * @param firstSequence journal sequence that the first event must have, the engine's first.
     */
    public ReplayFeedAgent(Outlet source, Inlet market, Ring ring, long firstSequence) {
        this.source = source;
        this.market = market;
        this.batchLimit = Math.min(MAX_BATCH, Math.max(1, ring.slots() / 4));
        this.batch = new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(batchLimit * ring.slotLength(), BitUtil.CACHE_LINE_LENGTH));
        this.nextSequence = firstSequence;
        this.fedSequence = firstSequence - 1;
    }

    @Override
    public int doWork() {
        if (batchLength == 0) {
            if (source.poll(gather, batchLimit) == 0) {
                isExhausted = true;
                return 0;
            }
            isExhausted = false;
        }
        int code = market.offer(batch, 0, batchLength);
        if (code == Inlet.BACK_PRESSURED) {
            return 0;
        }
        if (code < 0) {
            throw new IllegalStateException("replay stopped in front of sequence " + (fedSequence + 1)
                    + ": the engine's inlet said " + code + " to events " + (fedSequence + 1) + " to "
                    + (nextSequence - 1) + "; the ring's slots must be as long as those of the recorded run");
        }
        batchLength = 0;
        int count = (int) (nextSequence - 1 - fedSequence);
        fedSequence = nextSequence - 1;
        return count;
    }

    /** Returns whether the source had nothing more when it was last asked, and all it ever had is on the ring. */
    public boolean isExhausted() {
        return isExhausted;
    }

    /** Returns the sequence of the last event that is on the ring; for the agent's own thread. */
    public long fedSequence() {
        return fedSequence;
    }

    @Override
    public String roleName() {
        return "replay";
    }

    private void gather(long sequence, DirectBuffer buffer, int offset, int length) {
        if (sequence != nextSequence) {
            throw new IllegalStateException("replay expected sequence " + nextSequence + " and got " + sequence
                    + ": the source leaves events out or begins elsewhere");
        }
        if (batchLength + length > batch.capacity()) {
            throw new IllegalStateException("event " + sequence + " of " + length + " bytes does not fit a slot of "
                    + batch.capacity() / batchLimit + " bytes; use the slot length of the recorded run");
        }
        batch.putBytes(batchLength, buffer, offset, length);
        batchLength += length;
        nextSequence++;
    }
}
