package io.millrace.codecs.binance;

import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import org.agrona.DirectBuffer;

/**
 * Writes one depth update as a row of messages that each fit a slot: bids first, then asks, the header and the ids repeated
 * in each, flags FIRST to LAST.
 *
 * <p>The hot loop keeps the write position in a local variable and asks {@link #limit()} when the chunk at hand is full:
 * <pre>
 * position = writer.begin(...); writer.ids(...);
 * for each bid: { if (position == writer.limit()) position = writer.next(position); store 16 bytes; position += 16; }
 * position = writer.endBids(position);
 * for each ask: the same
 * length = writer.finish(position);
 * </pre>
 */
final class DepthWriter {
    /** Bytes of a level: ticks, lots. */
    static final int LEVEL_LENGTH = 16;
    /** What {@link #next} returns when the update has more levels than allowed. */
    static final int TOO_MANY = -1;

    private static final int FIRST_ID_OFFSET = EventHeader.BODY_OFFSET;
    private static final int SECOND_ID_OFFSET = FIRST_ID_OFFSET + Long.BYTES;
    private static final int THIRD_ID_OFFSET = SECOND_ID_OFFSET + Long.BYTES;
    private static final int BIDS_OFFSET = THIRD_ID_OFFSET + Long.BYTES;
    private static final int GROUP_HEADER_LENGTH = 8;
    private static final int OVERHEAD = BIDS_OFFSET + 2 * GROUP_HEADER_LENGTH;

    private final EventScratch scratch;
    private final int chunkLevels;
    private final int maxLevels;
    private int chunkStart;
    private int groupStart;
    private int limit;
    private int levelsBefore;
    private boolean isInAsks;

    DepthWriter(EventScratch scratch, int slotLength, int maxLevels) {
        this.scratch = scratch;
        this.maxLevels = maxLevels;
        chunkLevels = chunkLevels(slotLength);
    }

    /** Returns how many levels fit one message of a slot's length. */
    static int chunkLevels(int slotLength) {
        return (slotLength - OVERHEAD) / LEVEL_LENGTH;
    }

    /** Returns the bytes that an update of the most levels takes, one chunk of slack included. */
    static int capacityFor(int maxLevels, int slotLength) {
        int chunkLevels = chunkLevels(slotLength);
        return (maxLevels / chunkLevels + 2) * (OVERHEAD + chunkLevels * LEVEL_LENGTH);
    }

    /** Starts an update with header and ids as a message has them at offset 0; returns where its first bid goes. */
    int begin(DirectBuffer root) {
        root.getBytes(0, scratch.bytes(), 0, BIDS_OFFSET);
        return begin();
    }

    /** Starts an update; returns where its first bid goes. */
    int begin(long frame, InstrumentSpec spec, long eventTimeMs, long transactTimeMs) {
        scratch.header(0, frame, 0, spec, eventTimeMs, transactTimeMs);
        return begin();
    }

    /** Writes the three words behind the header of the first chunk. */
    void ids(long first, long second, long third) {
        scratch.put(FIRST_ID_OFFSET, first);
        scratch.put(SECOND_ID_OFFSET, second);
        scratch.put(THIRD_ID_OFFSET, third);
    }

    /** Position at which the chunk at hand is full. */
    int limit() {
        return limit;
    }

    /** Number of levels written in front of {@code position}. */
    int levels(int position) {
        int headers = isInAsks ? 2 * GROUP_HEADER_LENGTH : GROUP_HEADER_LENGTH;
        return levelsBefore + (position - chunkStart - BIDS_OFFSET - headers) / LEVEL_LENGTH;
    }

    /** Returns whether more levels stand in front of {@code position} than an update may have. */
    boolean isTooLong(int position) {
        return levels(position) > maxLevels;
    }

    /**
     * Closes the full chunk and opens the next.
     *
     * @return where the next level goes, or {@link #TOO_MANY}.
     */
    int next(int position) {
        levelsBefore = levels(position);
        if (levelsBefore >= maxLevels) {
            return TOO_MANY;
        }
        int end = position;
        if (isInAsks) {
            putGroup(groupStart, end);
        } else {
            putGroup(groupStart, end);
            putGroup(end, end + GROUP_HEADER_LENGTH);
            end += GROUP_HEADER_LENGTH;
        }
        scratch.lengthAndFlags(chunkStart, end - chunkStart, chunkStart == 0 ? EventFlags.FIRST : 0);
        System.arraycopy(scratch.bytes(), 0, scratch.bytes(), end, BIDS_OFFSET);
        return startChunk(end);
    }

    /** The bids are over; returns where the first ask goes. */
    int endBids(int position) {
        putGroup(groupStart, position);
        isInAsks = true;
        groupStart = position;
        limit += GROUP_HEADER_LENGTH;
        return position + GROUP_HEADER_LENGTH;
    }

    /** The asks are over; returns the bytes of all messages together. */
    int finish(int position) {
        putGroup(groupStart, position);
        int flags = chunkStart == 0 ? EventFlags.WHOLE : EventFlags.LAST;
        scratch.lengthAndFlags(chunkStart, position - chunkStart, flags);
        return position;
    }

    /** Stores one level. */
    void put(int position, long priceTicks, long qtyLots) {
        scratch.put(position, priceTicks);
        scratch.put(position + Long.BYTES, qtyLots);
    }

    private int begin() {
        chunkStart = 0;
        levelsBefore = 0;
        isInAsks = false;
        return startChunk(0);
    }

    private int startChunk(int start) {
        chunkStart = start;
        groupStart = start + BIDS_OFFSET;
        int first = groupStart + GROUP_HEADER_LENGTH;
        if (isInAsks) {
            putGroup(groupStart, first);
            groupStart = first;
            first += GROUP_HEADER_LENGTH;
        }
        limit = first + chunkLevels * LEVEL_LENGTH;
        return first;
    }

    /** Writes the header of the group at {@code header} whose entries end at {@code end}. */
    private void putGroup(int header, int end) {
        int count = (end - header - GROUP_HEADER_LENGTH) / LEVEL_LENGTH;
        scratch.put(header, LEVEL_LENGTH | ((long) count << 16));
    }
}
