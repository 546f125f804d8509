package io.millrace.engine.pipeline;

import com.lmax.disruptor.Sequence;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.status.StageStamps;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The events as they stand on the ring, for the input journal. While it is switched on nothing leaves the engine before
 * this outlet has passed its cause; switched off it hands over nothing and nothing waits for it.
 *
 * <p><b>Thread:</b> one polls. <b>Allocation:</b> none.
 */
public final class InputOutlet implements Outlet {
    private final Ring ring;
    private final UnsafeBuffer buffer;
    private final long firstSequence;
    private final StageStamps stamps;
    private final Sequence position = new Sequence();
    private long next;
    private volatile boolean isOn;

    InputOutlet(Ring ring, long firstSequence, StageStamps stamps, boolean isOn) {
        this.ring = ring;
        this.buffer = ring.buffer();
        this.firstSequence = firstSequence;
        this.stamps = stamps;
        this.isOn = isOn;
    }

    @Override
    public int poll(OutletHandler handler, int limit) {
        if (!isOn) {
            return 0;
        }
        long first = next;
        long last = ring.highestPublished(first, first + limit - 1);
        for (long ringSequence = first; ringSequence <= last; ringSequence++) {
            int offset = ring.offsetOf(ringSequence);
            handler.onMessage(firstSequence + ringSequence, buffer, offset, EventHeader.length(buffer, offset));
            // Should the next one throw, this one is not handed over twice; the gate stays where it is until a batch
            // ends.
            next = ringSequence + 1;
        }
        if (last > position.get()) {
            handler.onBatchEnd(firstSequence + last);
            stamp(first, last);
            position.set(last);
        }
        return (int) (last - first + 1);
    }

    /** Returns the journal sequence of the last event that was handed over and has ended its batch. */
    public long sequence() {
        return firstSequence + position.get();
    }

    /** Returns whether the outlet is in use. */
    public boolean isOn() {
        return isOn;
    }

    /** Returns the gate. */
    Sequence position() {
        return position;
    }

    /** Switches on or off from a ring sequence on; nobody may poll meanwhile. */
    void switchTo(boolean isOn, long ringSequence) {
        next = ringSequence;
        position.set(ringSequence - 1);
        this.isOn = isOn;
    }

    private void stamp(long first, long last) {
        long stamped = stamps.nextJournaled(first);
        if (stamped <= last) {
            long nowNs = stamps.nowNs();
            while (stamped <= last) {
                stamps.stamp(StageStamps.JOURNAL, stamped, nowNs);
                stamped = stamps.nextJournaled(stamped + 1);
            }
        }
    }
}
