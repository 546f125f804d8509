package io.millrace.engine.book;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.message.EventHeader;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads DepthDiff and DepthSnapshot by offset. All methods take the offset of the message. */
final class DepthMessage {
    private static final int GROUP_HEADER_LENGTH = 8;
    private static final int LEVEL_LENGTH = 16;

    private DepthMessage() {}

    static long firstUpdateId(UnsafeBuffer diff, int offset) {
        return diff.getLong(offset + EventHeader.BODY_OFFSET, LITTLE_ENDIAN);
    }

    static long lastUpdateId(UnsafeBuffer diff, int offset) {
        return diff.getLong(offset + EventHeader.BODY_OFFSET + 8, LITTLE_ENDIAN);
    }

    static long prevUpdateId(UnsafeBuffer diff, int offset) {
        return diff.getLong(offset + EventHeader.BODY_OFFSET + 16, LITTLE_ENDIAN);
    }

    static long snapshotUpdateId(UnsafeBuffer snapshot, int offset) {
        return snapshot.getLong(offset + EventHeader.BODY_OFFSET, LITTLE_ENDIAN);
    }

    static long commandId(UnsafeBuffer snapshot, int offset) {
        return snapshot.getLong(offset + EventHeader.BODY_OFFSET + 8, LITTLE_ENDIAN);
    }

    /**
     * Puts the levels of a message into a book.
     *
     * @param book to change.
     * @param buffer holds the message.
     * @param offset of the message.
     * @param length of the message in bytes.
     * @return false if a level was refused; the book is no longer right then.
     */
    static boolean applyLevels(OrderBook book, UnsafeBuffer buffer, int offset, int length) {
        int end = offset + length;
        int at = offset + 8 + EventHeader.blockLength(buffer, offset);
        at = applySide(book.bids(), buffer, at, end);
        return at >= 0 && applySide(book.asks(), buffer, at, end) >= 0;
    }

    /** Returns where the group ends, or -1 if the side refused a level. */
    private static int applySide(BookSide side, UnsafeBuffer buffer, int groupAt, int end) {
        int stride = buffer.getShort(groupAt, LITTLE_ENDIAN) & 0xFFFF;
        int count = buffer.getShort(groupAt + 2, LITTLE_ENDIAN) & 0xFFFF;
        int at = groupAt + GROUP_HEADER_LENGTH;
        long length = (long) stride * count;
        if (stride < LEVEL_LENGTH || length > end - at) {
            throw new IllegalArgumentException("depth group of " + count + " levels of " + stride + " bytes has "
                    + (end - at) + " bytes left of its message: the producer is at fault");
        }
        int groupEnd = at + (int) length;
        buffer.boundsCheck(at, groupEnd - at);
        return side.setAll(buffer.byteArray(), buffer.addressOffset() + at, count, stride) ? groupEnd : -1;
    }
}
