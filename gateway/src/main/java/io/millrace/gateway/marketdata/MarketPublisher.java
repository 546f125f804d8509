package io.millrace.gateway.marketdata;

import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.control.ControlOutbox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.DirectBuffer;

/**
 * The way from frames to the engine's market inlet: decodes, offers, and, when the inlet has no room, keeps what it holds
 * and closes the gate until it fits. Nothing is dropped and nothing overtakes on the same connection. Snapshots wait in
 * front of further stream data, so that a busy ring cannot starve them.
 *
 * <p><b>Thread:</b> the feed agent's; counters may be read by any. <b>Allocation:</b> none for a frame.
 */
public final class MarketPublisher {
    /** Times that the gate closed. */
    public static final int BACK_PRESSURE_COUNT = 0;
    /** Nanoseconds for which the gate was closed, ended closures only. */
    public static final int BACK_PRESSURE_NS = 1;
    /** Longest closure in nanoseconds. */
    public static final int BACK_PRESSURE_MAX_NS = 2;
    /** Offers that were refused for want of room, repetitions included. */
    public static final int REFUSED_OFFERS = 3;

    private static final int COUNTERS = 4;

    /** A range of whole messages that has to go in one piece. */
    private record Range(DirectBuffer buffer, int length, RangeListener listener) {}

    /** Told once how the offer of a range ended. */
    interface RangeListener {
        /** The range was taken, or can never be. */
        void onDone(boolean isTaken);
    }

    private final MarketDecoder decoder;
    private final Inlet inlet;
    private final ControlOutbox outbox;
    private final ControlEvents events;
    private final IngressClock clock;
    private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);
    private final Deque<Range> ranges = new ArrayDeque<>();
    private boolean isPending;
    private boolean hasSentAway;
    private int pendingLength;
    private int pendingConnectionId;
    private long pendingSinceNs;
    private FeedCounters pendingCounters;
    private boolean isClosed;

    MarketPublisher(
            MarketDecoder decoder, Inlet inlet, ControlOutbox outbox, ControlEvents events, IngressClock clock) {
        this.decoder = decoder;
        this.inlet = inlet;
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
    }

    /** Returns whether a frame may be handed over now. */
    public boolean isOpen() {
        return !isPending && outbox.isEmpty() && ranges.isEmpty() && !isClosed;
    }

    /** Returns what {@link #isOpen()} does, and remembers if somebody had to be sent away. */
    boolean admits() {
        boolean isOpen = isOpen();
        hasSentAway |= !isOpen;
        return isOpen;
    }

    /** Returns whether somebody was sent away since the last call. */
    boolean takeSentAway() {
        boolean had = hasSentAway;
        hasSentAway = false;
        return had;
    }

    /** Makes {@link #takeSentAway()} say yes again: not everybody has had a turn. */
    void keepSentAway() {
        hasSentAway = true;
    }

    /** Returns whether nothing that was decoded waits for the inlet. */
    boolean isDrained() {
        return !isPending && ranges.isEmpty();
    }

    /** Returns whether the engine's inlet was closed for good. */
    public boolean isClosed() {
        return isClosed;
    }

    /** Returns a counter of this class; any thread may. */
    public long counter(int counter) {
        return counters.getAcquire(counter);
    }

    /**
     * Decodes a frame and hands its messages to the engine. Only to be called while {@link #isOpen()}.
     *
     * @return template id of the frame's message, 0 for none.
     */
    int onFrame(DirectBuffer buffer, int offset, int length, int connectionId, long ingressNs, FeedCounters slot) {
        int result = decoder.decode(buffer, offset, length, connectionId, ingressNs);
        if (result == 0) {
            slot.increment(FeedCounters.IGNORED);
            return 0;
        }
        int encodedLength = decoder.encodedLength();
        int templateId = decoder.templateId();
        slot.increment(result > 0 ? FeedCounters.message(templateId) : FeedCounters.DECODE_ERRORS);
        int offered = inlet.offer(decoder.encoded(), 0, encodedLength);
        if (offered < 0) {
            pendingCounters = slot;
            pendingConnectionId = connectionId;
            pendingLength = encodedLength;
            onRefused(offered);
        }
        return templateId;
    }

    /** Returns the instrument of the frame that was published last, -1 for none. */
    int lastInstrumentId() {
        return EventHeader.instrumentId(decoder.encoded(), 0);
    }

    /** Returns the venue's push time of the frame that was published last. */
    long lastEventTimeMs() {
        return EventHeader.eventTimeMs(decoder.encoded(), 0);
    }

    /** Queues a range that has to go to the engine in one piece, in front of further frames. */
    void offerRange(DirectBuffer buffer, int length, RangeListener listener) {
        ranges.add(new Range(buffer, length, listener));
        if (!isPending) {
            offerRanges();
        }
    }

    /** Offers again what waits; returns how many ranges were taken. */
    int poll() {
        if (isClosed || (!isPending && ranges.isEmpty())) {
            return 0;
        }
        int taken = 0;
        if (isPending) {
            int offered = inlet.offer(decoder.encoded(), 0, pendingLength);
            if (offered == Inlet.BACK_PRESSURED) {
                counters.setRelease(REFUSED_OFFERS, counters.getPlain(REFUSED_OFFERS) + 1);
                return 0;
            }
            isPending = false;
            endBackPressure();
            if (offered < 0) {
                onRefused(offered);
            }
            taken++;
        }
        return taken + offerRanges();
    }

    private int offerRanges() {
        int taken = 0;
        while (!ranges.isEmpty() && !isClosed) {
            Range range = ranges.peek();
            int offered = inlet.offer(range.buffer(), 0, range.length());
            if (offered == Inlet.BACK_PRESSURED) {
                break;
            }
            ranges.remove();
            isClosed = offered == Inlet.CLOSED;
            range.listener().onDone(offered > 0);
            taken++;
        }
        return taken;
    }

    private void onRefused(int code) {
        if (code == Inlet.BACK_PRESSURED) {
            isPending = true;
            pendingSinceNs = clock.monotonicNs();
            counters.setRelease(BACK_PRESSURE_COUNT, counters.getPlain(BACK_PRESSURE_COUNT) + 1);
            pendingCounters.increment(FeedCounters.BACK_PRESSURED);
        } else if (code == Inlet.CLOSED) {
            isClosed = true;
        } else if (code == Inlet.TOO_LONG) {
            pendingCounters.increment(FeedCounters.TOO_LONG);
            events.updateTooLong(
                    EventHeader.instrumentId(decoder.encoded(), 0), pendingConnectionId, pendingLength, clock.nowNs());
        } else {
            throw new IllegalStateException("the market inlet refused a decoded range of " + pendingLength
                    + " bytes with code " + code + ": decoder and ring disagree about slotLength");
        }
    }

    private void endBackPressure() {
        long waitedNs = clock.monotonicNs() - pendingSinceNs;
        counters.setRelease(BACK_PRESSURE_NS, counters.getPlain(BACK_PRESSURE_NS) + waitedNs);
        counters.setRelease(BACK_PRESSURE_MAX_NS, Math.max(counters.getPlain(BACK_PRESSURE_MAX_NS), waitedNs));
    }
}
