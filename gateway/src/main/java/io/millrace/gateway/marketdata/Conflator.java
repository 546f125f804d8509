package io.millrace.gateway.marketdata;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.binance.DepthMerge;
import io.millrace.codecs.binance.DepthMergeEncoder;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.Ticker24hDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where market data waits while the engine's inlet takes nothing: a row in the order of arrival in which depth diffs of an
 * instrument that follow on each other become one, and tickers give way to the newest of their instrument. What is merged keeps
 * the place of its first. Everything else, trades above all, waits as it came; nothing is dropped.
 *
 * <p><b>Thread:</b> the feed agent's. <b>Allocation:</b> places get their room when they are first used, and more when
 * something longer comes.
 */
public final class Conflator {
    /** Places of a row, by default. */
    static final int DEFAULT_PLACES = 8_192;

    private static final int UPDATE_ID_OFFSET = EventHeader.BODY_OFFSET;
    private static final int FIRST_PLACE_BYTES = 256;
    private static final long NONE = -1;

    /** One place of the row: messages as they came, or a merge of them. */
    private static final class Place {
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FIRST_PLACE_BYTES]);
        private int length;
        private DepthMerge merge;
        private FeedCounters counters;

        private void keep(DirectBuffer range, int newLength) {
            if (newLength > buffer.capacity()) {
                buffer.wrap(new byte[BitUtil.findNextPositivePowerOfTwo(newLength)]);
            }
            buffer.putBytes(0, range, 0, newLength);
            length = newLength;
        }

        private DirectBuffer root() {
            return merge == null ? buffer : merge.root();
        }
    }

    private final Place[] places;
    private final int mask;
    private final DepthMergeEncoder encoder;
    private final Deque<DepthMerge> spare = new ArrayDeque<>();
    /** Number of the place that the next of an instrument may join, {@link #NONE} or one that has left if there is none. */
    private final long[] openDiffs = row();

    private final long[] openTickers = row();
    private final long[] openStatistics = row();
    private long head;
    private long tail;
    /** Bytes of the first place's merge as encoded, 0 if it is not. */
    private int encodedLength;

    private long mergedDiffs;
    private long replacedTickers;

    /**
     * Makes an empty row.
     *
     * @param slotLength longest message in bytes.
     * @param places most events that wait at a time, a power of two.
     */
    public Conflator(int slotLength, int places) {
        this.places = new Place[places];
        this.mask = places - 1;
        this.encoder = new DepthMergeEncoder(slotLength);
    }

    private static long[] row() {
        long[] row = new long[InstrumentSpec.MAX_INSTRUMENTS];
        Arrays.fill(row, NONE);
        return row;
    }

    /** Returns whether nothing waits. */
    public boolean isEmpty() {
        return head == tail;
    }

    /** Returns whether {@link #add} has no room for an event of its own. */
    public boolean isFull() {
        return tail - head == places.length;
    }

    /** Returns how many events wait. */
    public int size() {
        return (int) (tail - head);
    }

    /** Returns how many diffs went into one that waited already. */
    public long mergedDiffs() {
        return mergedDiffs;
    }

    /** Returns how many tickers gave way to a newer one, or came when a newer one waited. */
    public long replacedTickers() {
        return replacedTickers;
    }

    /**
     * Takes an event; only while not {@link #isFull}.
     *
     * @param range its messages, from the beginning of the buffer.
     * @param length bytes of all.
     * @param counters of the connection that it came by.
     */
    public void add(DirectBuffer range, int length, FeedCounters counters) {
        int instrumentId = EventHeader.instrumentId(range, 0);
        boolean isKnown = instrumentId >= 0 && instrumentId < openDiffs.length;
        int templateId = isKnown ? EventHeader.templateId(range, 0) : 0;
        switch (templateId) {
            case DepthDiffDecoder.TEMPLATE_ID -> addDiff(instrumentId, range, length, counters);
            case BookTickerDecoder.TEMPLATE_ID -> addTicker(openTickers, instrumentId, range, length, counters);
            case Ticker24hDecoder.TEMPLATE_ID -> addTicker(openStatistics, instrumentId, range, length, counters);
            default -> append(range, length, counters);
        }
    }

    /** Returns the bytes of the first event's messages, which {@link #first} then holds; only while something waits. */
    public int firstLength() {
        Place place = places[(int) head & mask];
        if (place.merge == null) {
            return place.length;
        }
        if (encodedLength == 0) {
            encodedLength = encoder.encode(place.merge);
        }
        return encodedLength;
    }

    /** Returns the first event's messages, from the beginning of the buffer; after {@link #firstLength}. */
    public DirectBuffer first() {
        Place place = places[(int) head & mask];
        return place.merge == null ? place.buffer : encoder.encoded();
    }

    /** Returns the counters of the connection that the first event came by, or its last part did. */
    FeedCounters firstCounters() {
        return places[(int) head & mask].counters;
    }

    /** Takes the first event off. */
    public void removeFirst() {
        Place place = places[(int) head & mask];
        if (place.merge != null) {
            spare.push(place.merge);
            place.merge = null;
            encodedLength = 0;
        }
        head++;
    }

    private void addDiff(int instrumentId, DirectBuffer range, int length, FeedCounters counters) {
        long open = openDiffs[instrumentId];
        if (open < head) {
            openDiffs[instrumentId] = append(range, length, counters);
            return;
        }
        Place place = places[(int) open & mask];
        if (DepthMerge.follows(place.root(), 0, range, 0) && isMerged(place, range, length)) {
            place.counters = counters;
            mergedDiffs++;
            if (open == head) {
                encodedLength = 0;
            }
        } else if (DepthMerge.lastUpdateId(range, 0) > DepthMerge.lastUpdateId(place.root(), 0)) {
            openDiffs[instrumentId] = append(range, length, counters);
        } else {
            // Seen already, on another connection: the book decides.
            append(range, length, counters);
        }
    }

    private boolean isMerged(Place place, DirectBuffer range, int length) {
        if (place.merge != null) {
            return place.merge.add(range, 0, length);
        }
        DepthMerge merge = spare.isEmpty() ? new DepthMerge() : spare.pop();
        merge.start(place.buffer, 0, place.length);
        if (!merge.add(range, 0, length)) {
            spare.push(merge);
            return false;
        }
        place.merge = merge;
        return true;
    }

    private void addTicker(long[] open, int instrumentId, DirectBuffer range, int length, FeedCounters counters) {
        Place place = open[instrumentId] < head ? null : places[(int) open[instrumentId] & mask];
        boolean isSameGrid =
                place != null && EventHeader.gridVersion(range, 0) == EventHeader.gridVersion(place.buffer, 0);
        if (!isSameGrid) {
            open[instrumentId] = append(range, length, counters);
            return;
        }
        replacedTickers++;
        if (open == openStatistics || isNewer(range, place.buffer)) {
            place.keep(range, length);
            place.counters = counters;
        }
        EventHeader.flags(place.buffer, 0, EventHeader.flags(place.buffer, 0) | EventFlags.CONFLATED);
    }

    private static boolean isNewer(DirectBuffer ticker, DirectBuffer before) {
        return ticker.getLong(UPDATE_ID_OFFSET, LITTLE_ENDIAN) >= before.getLong(UPDATE_ID_OFFSET, LITTLE_ENDIAN);
    }

    /** Returns the number of the place. */
    private long append(DirectBuffer range, int length, FeedCounters counters) {
        if (isFull()) {
            throw new IllegalStateException("all " + places.length + " places are taken: ask isFull first");
        }
        int at = (int) tail & mask;
        if (places[at] == null) {
            places[at] = new Place();
        }
        places[at].keep(range, length);
        places[at].counters = counters;
        return tail++;
    }
}
