package io.millrace.journal.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks the documents of one segment file ({@code .cq4}) without Chronicle: read-only, in windows, by the four byte headers
 * that Chronicle documents (30 bits of length, META_DATA, NOT_COMPLETE). Never waits, never repairs, and sees what another
 * process appends as soon as its header is complete.
 *
 * <p><b>Thread:</b> one. <b>Allocation:</b> none but when a window moves.
 */
public final class SegmentCursor implements AutoCloseable {
    /** A record stands at {@link #recordOffset()}. */
    public static final int RECORD = 1;
    /** Nothing was written behind the last document. */
    public static final int END = 2;
    /** The segment is closed: go on with the next file. */
    public static final int END_OF_SEGMENT = 3;
    /** What stands here is no complete document: its writer is at it, or died, or the file is damaged. */
    public static final int INCOMPLETE = 4;
    /** A complete document that is no record: its lengths disagree. */
    public static final int MALFORMED = 5;

    static final int META_DATA = 0x4000_0000;
    static final int NOT_COMPLETE = 0x8000_0000;
    static final int END_OF_DATA = NOT_COMPLETE | META_DATA;
    static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final int DOCUMENT_HEADER_LENGTH = 4;
    private static final long PAGE = 4096;
    private static final long DEFAULT_WINDOW_BYTES = 64L << 20;

    private final Path file;
    private final FileChannel channel;
    private final long windowBytes;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final CRC32C crc = new CRC32C();
    private MappedByteBuffer window;
    private ByteBuffer crcView;
    private long windowPosition;
    private long windowLimit;
    private long position;
    private long nextPosition;
    private int recordOffset;

    /**
     * Opens a segment at its beginning.
     *
     * @param file the segment.
     */
    public SegmentCursor(Path file) {
        this(file, DEFAULT_WINDOW_BYTES);
    }

    SegmentCursor(Path file, long windowBytes) {
        this.file = file;
        this.windowBytes = windowBytes;
        try {
            this.channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new JournalException(
                    "cannot read segment file=" + file + ": check that it exists and is readable", e);
        }
    }

    /** Returns the segment. */
    public Path file() {
        return file;
    }

    /** Returns the buffer in which the record at {@link #recordOffset()} stands, until the next call. */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** Returns the offset of the current record in {@link #buffer()}. */
    public int recordOffset() {
        return recordOffset;
    }

    /** Returns where in the file the current document's header stands. */
    public long position() {
        return position;
    }

    /** Returns where in the file the document behind the current one begins. */
    public long nextPosition() {
        return nextPosition;
    }

    /**
     * Goes to another document.
     *
     * @param newPosition of its header in the file, a multiple of 4.
     */
    public void moveTo(long newPosition) {
        position = newPosition;
        nextPosition = newPosition;
    }

    /**
     * Moves to the next record. At the end the position stays, so that a later call sees what came since.
     *
     * @return {@link #RECORD}, {@link #END}, {@link #END_OF_SEGMENT}, {@link #INCOMPLETE} or {@link #MALFORMED}.
     */
    public int next() {
        for (long at = nextPosition; ; ) {
            position = at;
            nextPosition = at;
            if (!cover(at, DOCUMENT_HEADER_LENGTH)) {
                return END;
            }
            int header = buffer.getIntVolatile((int) (at - windowPosition));
            if (header == 0) {
                return END;
            }
            if (header == END_OF_DATA) {
                return END_OF_SEGMENT;
            }
            int length = header & LENGTH_MASK;
            if ((header & NOT_COMPLETE) != 0) {
                return INCOMPLETE;
            }
            long behind = align(at + DOCUMENT_HEADER_LENGTH + length);
            if ((header & META_DATA) != 0) {
                at = behind;
                continue;
            }
            return record(at, length, behind);
        }
    }

    private int record(long at, int length, long behind) {
        if (length < RecordFormat.HEADER_LENGTH
                || length > RecordFormat.HEADER_LENGTH + RecordFormat.MAX_MESSAGE_LENGTH
                || !cover(at, DOCUMENT_HEADER_LENGTH + length)) {
            return MALFORMED;
        }
        recordOffset = (int) (at - windowPosition) + DOCUMENT_HEADER_LENGTH;
        if (RecordFormat.length(buffer, recordOffset) != length - RecordFormat.HEADER_LENGTH) {
            return MALFORMED;
        }
        nextPosition = behind;
        return RECORD;
    }

    /** Returns the checksum of the current record's bytes as they stand; {@link #RECORD} must have been returned. */
    public int computeCrc() {
        return RecordFormat.computeCrc(crc, crcView, recordOffset, RecordFormat.length(buffer, recordOffset));
    }

    /** Returns whether the current record's bytes have the checksum that it carries. */
    public boolean isIntact() {
        return computeCrc() == RecordFormat.crc(buffer, recordOffset);
    }

    /**
     * Looks for an intact record at or behind a position, whatever stands between: the answer to whether damage is the end
     * of what was written or a hole in it. Stays where it was.
     *
     * @param from where to begin in the file.
     * @return position of its header, or -1 if there is none.
     */
    public long findIntactRecord(long from) {
        long back = position;
        long backNext = nextPosition;
        try {
            for (long at = align(from); ; at += 4) {
                if (!cover(at, DOCUMENT_HEADER_LENGTH + RecordFormat.HEADER_LENGTH)) {
                    return -1;
                }
                int header = buffer.getInt((int) (at - windowPosition));
                if (header > 0 && (header & (META_DATA | NOT_COMPLETE)) == 0) {
                    if (record(at, header, at) == RECORD && isIntact()) {
                        return at;
                    }
                    cover(at, DOCUMENT_HEADER_LENGTH);
                }
            }
        } finally {
            position = back;
            nextPosition = backNext;
        }
    }

    /**
     * Finds where the last byte that is not zero stands.
     *
     * @param from where to begin in the file.
     * @return position behind the last such byte at or behind {@code from}, or {@code from} if all are zero.
     */
    public long endOfData(long from) {
        long end = from;
        long at = from;
        while (cover(at, 1)) {
            int limit = (int) (windowLimit - windowPosition);
            int i = (int) (at - windowPosition);
            for (; i < limit && (i & 7) != 0; i++) {
                if (buffer.getByte(i) != 0) {
                    end = windowPosition + i + 1;
                }
            }
            for (; i + 8 <= limit; i += 8) {
                long word = buffer.getLong(i, java.nio.ByteOrder.LITTLE_ENDIAN);
                if (word != 0) {
                    end = windowPosition + i + 8 - Long.numberOfLeadingZeros(word) / 8;
                }
            }
            for (; i < limit; i++) {
                if (buffer.getByte(i) != 0) {
                    end = windowPosition + i + 1;
                }
            }
            at = windowLimit;
        }
        return end;
    }

    /** Makes the window hold {@code length} bytes at {@code at}; false if the file ends before. */
    private boolean cover(long at, int length) {
        if (at >= windowPosition && at + length <= windowLimit) {
            return true;
        }
        try {
            long size = channel.size();
            if (at < 0 || at + length > size) {
                return false;
            }
            long begin = at & -PAGE;
            long bytes = Math.min(size - begin, Math.max(windowBytes, at - begin + length));
            unmap();
            window = channel.map(FileChannel.MapMode.READ_ONLY, begin, bytes);
            crcView = window.duplicate();
            buffer.wrap(window);
            windowPosition = begin;
            windowLimit = begin + bytes;
            return true;
        } catch (IOException e) {
            throw new JournalException("cannot read segment file=" + file + " position=" + at + ": check the disk", e);
        }
    }

    private void unmap() {
        if (window != null) {
            buffer.wrap(0, 0);
            IoUtil.unmap(window);
            window = null;
            windowPosition = 0;
            windowLimit = 0;
        }
    }

    private static long align(long position) {
        return position + 3 & -4L;
    }

    @Override
    public void close() {
        unmap();
        try {
            channel.close();
        } catch (IOException e) {
            throw new JournalException("cannot close segment file=" + file, e);
        }
    }
}
