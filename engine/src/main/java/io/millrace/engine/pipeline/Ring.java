package io.millrace.engine.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.millrace.engine.memory.RawWords;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one ring: Disruptor's sequencer for any number of producers over slots in one contiguous, aligned, off-heap buffer.
 * Claims never wait and never throw.
 *
 * <p><b>Thread:</b> claims and publications on any thread; {@link #highestPublished} for whoever follows.
 */
public final class Ring {
    /** Claims that a ring of this many bytes cannot be addressed with. */
    private static final long MAX_BYTES = 1L << 30;

    /** A claim that found no room. */
    static final long NO_ROOM = -1;

    private static final Object ENTRY = new Object();

    private final RingBuffer<Object> sequencer;
    private final UnsafeBuffer buffer;
    private final int slots;
    private final int slotLength;
    private final int slotMask;
    private final int reservedSlots;
    // Slots that market claims under way are about to take; two claims that both saw the same room are told apart by
    // it.
    private final AtomicInteger marketClaiming = new PaddedInteger();
    private volatile boolean isClosed;

    /**
     * Allocates the slots.
     *
     * @param slots a power of two.
     * @param slotLength bytes of a slot, a multiple of 64.
     */
    public Ring(int slots, int slotLength) {
        long bytes = (long) slots * slotLength;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("ring of " + slots + " slots x " + slotLength + " bytes = " + bytes
                    + " is over the limit of " + MAX_BYTES + " bytes, use fewer or shorter slots");
        }
        this.slots = slots;
        this.slotLength = slotLength;
        this.slotMask = slots - 1;
        this.reservedSlots = slots / 4;
        this.sequencer = RingBuffer.createMultiProducer(() -> ENTRY, slots, new BusySpinWaitStrategy());
        this.buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned((int) bytes, BitUtil.CACHE_LINE_LENGTH));
    }

    /** Returns the number of slots. */
    public int slots() {
        return slots;
    }

    /** Returns the bytes of a slot. */
    public int slotLength() {
        return slotLength;
    }

    /** Returns the slots that market data leaves free for everything else. */
    public int reservedSlots() {
        return reservedSlots;
    }

    /** Returns the highest claimed ring sequence, -1 before the first; what it names may not be published yet. */
    public long cursor() {
        return sequencer.getCursor();
    }

    /** Returns the free slots now. */
    public long freeSlots() {
        return sequencer.remainingCapacity();
    }

    /** Returns whether the ring takes nothing more. */
    boolean isClosed() {
        return isClosed;
    }

    /** Takes nothing more from now on. */
    void close() {
        isClosed = true;
    }

    /** Makes the ring wait for a follower: no slot is used again before the sequence has passed it. */
    void gateOn(Sequence sequence) {
        sequencer.addGatingSequences(sequence);
    }

    /** Returns the buffer that holds all slots. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Returns where the slot of a ring sequence begins in {@link #buffer()}. */
    int offsetOf(long ringSequence) {
        return ((int) ringSequence & slotMask) * slotLength;
    }

    /**
     * Returns the last of the published sequences that follow each other from {@code first} on.
     *
     * @param first sequence that is looked for.
     * @param last no sequence beyond it is looked at.
     * @return a sequence in {@code [first - 1, last]}.
     */
    long highestPublished(long first, long last) {
        long limit = Math.min(last, sequencer.getCursor());
        long sequence = first;
        while (sequence <= limit && sequencer.isAvailable(sequence)) {
            sequence++;
        }
        return sequence - 1;
    }

    /**
     * Claims a range for market data: a quarter of the slots stays free behind it.
     *
     * @param count slots, at most three quarters of all.
     * @return the range's last sequence, or {@link #NO_ROOM}.
     */
    long claimMarket(int count) {
        int claiming = marketClaiming.addAndGet(count);
        try {
            return sequencer.hasAvailableCapacity(claiming + reservedSlots) ? claim(count) : NO_ROOM;
        } finally {
            marketClaiming.addAndGet(-count);
        }
    }

    /**
     * Claims a range for anything else.
     *
     * @param count slots, at most all.
     * @return the range's last sequence, or {@link #NO_ROOM}.
     */
    long claimControl(int count) {
        return sequencer.hasAvailableCapacity(count) ? claim(count) : NO_ROOM;
    }

    private long claim(int count) {
        try {
            return sequencer.tryNext(count);
        } catch (InsufficientCapacityException e) {
            // Another producer took the room between the question and the claim. The exception is a constant.
            return NO_ROOM;
        }
    }

    /** Copies a message into a claimed slot. */
    void write(long ringSequence, DirectBuffer source, int offset, int length) {
        RawWords.copy(source, offset, buffer, offsetOf(ringSequence), length);
    }

    /** Publishes a claimed range. */
    void publish(long first, long last) {
        if (first == last) {
            sequencer.publish(last);
        } else {
            sequencer.publish(first, last);
        }
    }

    /** Keeps its line for itself: producers hammer it. */
    @SuppressWarnings({"serial", "unused"}) // Never serialised; the fields are there for the room they take.
    private static final class PaddedInteger extends AtomicInteger {
        private long p1;
        private long p2;
        private long p3;
        private long p4;
        private long p5;
        private long p6;
        private long p7;
    }
}
