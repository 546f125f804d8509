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
 * and closes the gate until it fits. Nothing is dropped and nothing overtakes on the same connection. With a conflator the
 * gate stays open, and what comes waits there, until that is full. Snapshots wait in front of stream data, so that a busy
 * ring cannot starve them.
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

    /** Diffs that went into one that waited already. */
    public static final int MERGED_DIFFS = 4;
    /** Tickers that gave way to a newer one. */
    public static final int REPLACED_TICKERS = 5;
    /** Events that wait in the conflator, now. */
    public static final int WAITING_EVENTS = 6;
    /** Most events that waited there at a time. */
    public static final int WAITING_EVENTS_MAX = 7;

    private static final int COUNTERS = 8;

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
    /** Null: the gate closes. */
    private final Conflator conflator;

    private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);
    private final Deque<Range> ranges = new ArrayDeque<>();
    private boolean isPending;
    private boolean hasSentAway;
    private int pendingLength;
    private long pendingSinceNs;
    private FeedCounters pendingCounters;
    private boolean isClosed;

    MarketPublisher(
            MarketDecoder decoder,
            Inlet inlet,
            ControlOutbox outbox,
            ControlEvents events,
            IngressClock clock,
            Conflator conflator) {
        this.decoder = decoder;
        this.inlet = inlet;
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
        this.conflator = conflator;
    }

    /** Returns whether a frame may be handed over now. */
    public boolean isOpen() {
        boolean hasRoom = conflator == null ? !isPending && ranges.isEmpty() : !conflator.isFull();
        return hasRoom && outbox.isEmpty() && !isClosed;
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
        return !isPending && ranges.isEmpty() && !isConflating();
    }

    private boolean isConflating() {
        return conflator != null && !conflator.isEmpty();
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
        boolean isBehind = isConflating() || (conflator != null && !ranges.isEmpty());
        int offered = isBehind ? Inlet.BACK_PRESSURED : inlet.offer(decoder.encoded(), 0, encodedLength);
        if (offered == Inlet.BACK_PRESSURED && conflator != null) {
            conflate(encodedLength, slot);
        } else if (offered < 0) {
            pendingLength = encodedLength;
            onRefused(offered, decoder.encoded(), encodedLength, slot);
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
        if (!isPending && !isClosed) {
            offerRanges();
        }
    }

    /** Offers again what waits; returns how many ranges were taken. */
    int poll() {
        if (isClosed || (!isPending && ranges.isEmpty() && !isConflating())) {
            return 0;
        }
        if (conflator != null) {
            return offerRanges() + offerConflated();
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
                onRefused(offered, decoder.encoded(), pendingLength, pendingCounters);
            }
            taken++;
        }
        return taken + offerRanges();
    }

    private void conflate(int length, FeedCounters slot) {
        if (conflator.isEmpty()) {
            beginBackPressure(slot);
        }
        conflator.add(decoder.encoded(), length, slot);
        showConflated();
    }

    private int offerConflated() {
        int taken = 0;
        while (ranges.isEmpty() && !conflator.isEmpty() && !isClosed) {
            int length = conflator.firstLength();
            DirectBuffer first = conflator.first();
            int offered = inlet.offer(first, 0, length);
            if (offered == Inlet.BACK_PRESSURED) {
                counters.setRelease(REFUSED_OFFERS, counters.getPlain(REFUSED_OFFERS) + 1);
                break;
            }
            if (offered < 0) {
                onRefused(offered, first, length, conflator.firstCounters());
            }
            conflator.removeFirst();
            taken++;
        }
        if (taken > 0) {
            showConflated();
            if (conflator.isEmpty()) {
                endBackPressure();
            }
        }
        return taken;
    }

    private void showConflated() {
        int waiting = conflator.size();
        counters.setRelease(MERGED_DIFFS, conflator.mergedDiffs());
        counters.setRelease(REPLACED_TICKERS, conflator.replacedTickers());
        counters.setRelease(WAITING_EVENTS, waiting);
        counters.setRelease(WAITING_EVENTS_MAX, Math.max(counters.getPlain(WAITING_EVENTS_MAX), waiting));
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

    private void onRefused(int code, DirectBuffer range, int length, FeedCounters slot) {
        if (code == Inlet.BACK_PRESSURED) {
            isPending = true;
            pendingCounters = slot;
            beginBackPressure(slot);
        } else if (code == Inlet.CLOSED) {
            isClosed = true;
        } else if (code == Inlet.TOO_LONG) {
            slot.increment(FeedCounters.TOO_LONG);
            events.updateTooLong(
                    EventHeader.instrumentId(range, 0), EventHeader.connectionId(range, 0), length, clock.nowNs());
        } else {
            throw new IllegalStateException("the market inlet refused a decoded range of " + length
                    + " bytes with code " + code + ": decoder and ring disagree about slotLength");
        }
    }

    private void beginBackPressure(FeedCounters slot) {
        pendingSinceNs = clock.monotonicNs();
        counters.setRelease(BACK_PRESSURE_COUNT, counters.getPlain(BACK_PRESSURE_COUNT) + 1);
        slot.increment(FeedCounters.BACK_PRESSURED);
    }

    private void endBackPressure() {
        long waitedNs = clock.monotonicNs() - pendingSinceNs;
        counters.setRelease(BACK_PRESSURE_NS, counters.getPlain(BACK_PRESSURE_NS) + waitedNs);
        counters.setRelease(BACK_PRESSURE_MAX_NS, Math.max(counters.getPlain(BACK_PRESSURE_MAX_NS), waitedNs));
    }
}
