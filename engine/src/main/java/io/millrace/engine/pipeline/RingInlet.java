package io.millrace.engine.pipeline;

import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.engine.status.CounterIds;
import io.millrace.engine.status.Counters;
import io.millrace.engine.status.StageStamps;
import org.agrona.DirectBuffer;

/**
 * A way onto the ring. The market inlet refuses what would leave fewer than a quarter of the slots free; the control inlet
 * may use all. What is offered in one call stands in one range of slots.
 *
 * <p><b>Thread:</b> any number. An offer never waits, never throws and allocates nothing.
 */
public final class RingInlet implements Inlet {
    private final Ring ring;
    private final Counters counters;
    private final StageStamps stamps;
    private final boolean isMarket;
    private final int mostSlots;
    private final int refusedCounterId;

    private RingInlet(Ring ring, Counters counters, StageStamps stamps, boolean isMarket) {
        this.ring = ring;
        this.counters = counters;
        this.stamps = stamps;
        this.isMarket = isMarket;
        this.mostSlots = isMarket ? ring.slots() - ring.reservedSlots() : ring.slots();
        this.refusedCounterId = isMarket ? CounterIds.MARKET_OFFERS_REFUSED : CounterIds.CONTROL_OFFERS_REFUSED;
    }

    /** Makes an inlet for market data. */
    public static RingInlet market(Ring ring, Counters counters, StageStamps stamps) {
        return new RingInlet(ring, counters, stamps, true);
    }

    /** Makes an inlet for everything that has to get through. */
    public static RingInlet control(Ring ring, Counters counters, StageStamps stamps) {
        return new RingInlet(ring, counters, stamps, false);
    }

    @Override
    public int offer(DirectBuffer buffer, int offset, int length) {
        if (ring.isClosed()) {
            return CLOSED;
        }
        int count = countMessages(buffer, offset, length);
        if (count <= 0) {
            return count;
        }
        long last = isMarket ? ring.claimMarket(count) : ring.claimControl(count);
        if (last == Ring.NO_ROOM) {
            counters.addAtomic(refusedCounterId, 1);
            return BACK_PRESSURED;
        }
        long first = last - count + 1;
        long sampled = stamps.nextSampled(first);
        long decodedNs = sampled <= last ? stamps.nowNs() : 0;
        if (count == 1) {
            ring.write(first, buffer, offset, length);
        } else {
            writeAll(buffer, offset, first, last);
        }
        if (sampled <= last) {
            stamp(sampled, last, decodedNs);
        }
        ring.publish(first, last);
        if (EventFlags.isConflated(EventHeader.flags(buffer, offset))) {
            counters.addAtomic(CounterIds.MARKET_CONFLATED, 1);
        }
        return ACCEPTED;
    }

    private void stamp(long firstSampled, long last, long decodedNs) {
        long nowNs = stamps.nowNs();
        for (long sampled = firstSampled; sampled <= last; sampled = stamps.nextSampled(sampled + 1)) {
            stamps.stamp(StageStamps.DECODED, sampled, decodedNs);
            stamps.stamp(StageStamps.PUBLISHED, sampled, nowNs);
        }
    }

    private void writeAll(DirectBuffer buffer, int offset, long first, long last) {
        int position = offset;
        for (long sequence = first; sequence <= last; sequence++) {
            int messageLength = EventHeader.length(buffer, position);
            ring.write(sequence, buffer, position, messageLength);
            position += messageLength;
        }
    }

    /** Returns the number of messages, or a negative code. Everything is checked here, before a slot is claimed. */
    private int countMessages(DirectBuffer buffer, int offset, int length) {
        int count = 0;
        int position = 0;
        while (length - position >= EventHeader.BODY_OFFSET) {
            int messageLength = EventHeader.length(buffer, offset + position);
            if (messageLength < EventHeader.BODY_OFFSET || messageLength > length - position) {
                return refuse(CounterIds.OFFERS_MALFORMED, MALFORMED);
            }
            if (messageLength > ring.slotLength()) {
                return refuse(CounterIds.OFFERS_TOO_LONG, TOO_LONG);
            }
            position += messageLength;
            count++;
        }
        if (position != length || count == 0) {
            return refuse(CounterIds.OFFERS_MALFORMED, MALFORMED);
        }
        return count > mostSlots ? refuse(CounterIds.OFFERS_TOO_LONG, TOO_LONG) : count;
    }

    private int refuse(int counterId, int code) {
        counters.addAtomic(counterId, 1);
        return code;
    }
}
