package io.millrace.codecs.binance;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.message.EventHeader;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Diffs that follow on each other, made into one: U and pu of the first, u and the times of the last, of each price the newest
 * quantity. Whoever applies it stands where the last of them would have taken him, as with the venue's slower streams.
 *
 * <p><b>Thread:</b> the owner's. <b>Allocation:</b> none once it held the most levels it will.
 */
public final class DepthMerge {
    /** Most levels, both sides together; a diff that would lead beyond is not taken. */
    public static final int MAX_LEVELS = 1_024;

    private static final int FIRST_ID_OFFSET = EventHeader.BODY_OFFSET;
    private static final int LAST_ID_OFFSET = FIRST_ID_OFFSET + Long.BYTES;
    private static final int PREV_ID_OFFSET = LAST_ID_OFFSET + Long.BYTES;
    private static final int ROOT_LENGTH = PREV_ID_OFFSET + Long.BYTES;
    private static final int GROUP_HEADER_LENGTH = 8;

    private final UnsafeBuffer root = new UnsafeBuffer(new byte[ROOT_LENGTH]);
    private final MergedLevels bids = new MergedLevels();
    private final MergedLevels asks = new MergedLevels();

    /** Makes a merge of nothing. */
    public DepthMerge() {}

    /**
     * Returns the last update id of a diff.
     *
     * @param diff holds the messages of the diff.
     * @param offset of the first.
     */
    public static long lastUpdateId(DirectBuffer diff, int offset) {
        return diff.getLong(offset + LAST_ID_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Returns whether a diff follows on another one: on the same grid, and with nothing in between.
     *
     * @param before holds the other diff.
     * @param beforeOffset of its first message.
     * @param diff holds the diff.
     * @param offset of its first message.
     */
    public static boolean follows(DirectBuffer before, int beforeOffset, DirectBuffer diff, int offset) {
        return diff.getLong(offset + PREV_ID_OFFSET, LITTLE_ENDIAN) == lastUpdateId(before, beforeOffset)
                && EventHeader.gridVersion(diff, offset) == EventHeader.gridVersion(before, beforeOffset);
    }

    /** Returns header and ids of what was merged, as a message has them; offset 0. */
    public DirectBuffer root() {
        return root;
    }

    /**
     * Starts with a diff; what was merged before is forgotten.
     *
     * @param diff holds its messages.
     * @param offset of the first.
     * @param length of all.
     */
    public void start(DirectBuffer diff, int offset, int length) {
        bids.clear();
        asks.clear();
        root.putBytes(0, diff, offset, ROOT_LENGTH);
        take(diff, offset, length);
    }

    /**
     * Takes a diff that {@link #follows} on what was merged.
     *
     * @param diff holds its messages.
     * @param offset of the first.
     * @param length of all.
     * @return false if there might be too many levels; nothing was taken then.
     */
    public boolean add(DirectBuffer diff, int offset, int length) {
        // Every level takes 16 bytes, so this never underestimates.
        if (bids.size() + asks.size() + length / DepthWriter.LEVEL_LENGTH > MAX_LEVELS) {
            return false;
        }
        long first = root.getLong(FIRST_ID_OFFSET);
        long prev = root.getLong(PREV_ID_OFFSET);
        root.putBytes(0, diff, offset, ROOT_LENGTH);
        root.putLong(FIRST_ID_OFFSET, first);
        root.putLong(PREV_ID_OFFSET, prev);
        take(diff, offset, length);
        return true;
    }

    MergedLevels bids() {
        return bids;
    }

    MergedLevels asks() {
        return asks;
    }

    private void take(DirectBuffer diff, int offset, int length) {
        for (int at = offset; at < offset + length; at += EventHeader.length(diff, at)) {
            int asksAt = take(diff, at + 8 + EventHeader.blockLength(diff, at), bids);
            take(diff, asksAt, asks);
        }
    }

    private static int take(DirectBuffer diff, int groupAt, MergedLevels side) {
        int stride = diff.getShort(groupAt, LITTLE_ENDIAN) & 0xFFFF;
        int count = diff.getShort(groupAt + Short.BYTES, LITTLE_ENDIAN) & 0xFFFF;
        int at = groupAt + GROUP_HEADER_LENGTH;
        for (int i = 0; i < count; i++, at += stride) {
            side.put(diff.getLong(at, LITTLE_ENDIAN), diff.getLong(at + Long.BYTES, LITTLE_ENDIAN));
        }
        return at;
    }
}
