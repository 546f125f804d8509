package io.millrace.journal.segment;

import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks the records of a queue over all of its segments, and checks each one's checksum and index. Damage behind the last
 * intact record is a {@link TornTail}; damage in front of one is an exception.
 *
 * <p><b>Thread:</b> one. <b>Allocation:</b> none per record.
 */
public final class RecordCursor implements AutoCloseable {
    private static final long ANY = -1;
    private static final int LISTING_MASK = 1023;

    private final Path queue;
    private final boolean isFollowing;
    private Path file;
    private SegmentCursor segment;
    private TornTail tornTail;
    private long cleanEndPosition;
    private int idlePolls;
    private long expectedIndex;
    private long lastSequence = -1;
    private boolean isIndexChecked = true;

    /**
     * Opens a queue at its first record.
     *
     * @param queue directory of the queue; it may be empty or missing.
     * @param isFollowing true if another process is writing: the end is then not looked at for what a crash left.
     */
    public RecordCursor(Path queue, boolean isFollowing) {
        this.queue = queue;
        this.isFollowing = isFollowing;
    }

    /** Makes the cursor accept holes in the index, for tools that look at a damaged or edited queue. */
    public RecordCursor withoutIndexCheck() {
        isIndexChecked = false;
        return this;
    }

    /** Returns the directory of the queue. */
    public Path queue() {
        return queue;
    }

    /** Returns the segment of the current record, null before the first. */
    public Path file() {
        return file;
    }

    /** Returns where the current document's header stands in {@link #file()}. */
    public long position() {
        return segment == null ? 0 : segment.position();
    }

    /** Returns where the next document begins in {@link #file()}. */
    public long nextPosition() {
        return segment == null ? 0 : segment.nextPosition();
    }

    /** Returns the buffer that holds the current record until the next call. */
    public UnsafeBuffer buffer() {
        return segment.buffer();
    }

    /** Returns the offset of the current record in {@link #buffer()}. */
    public int recordOffset() {
        return segment.recordOffset();
    }

    /** Returns the index of the current record. */
    public long index() {
        return RecordFormat.index(segment.buffer(), segment.recordOffset());
    }

    /** Returns the journal sequence of the current record. */
    public long sequence() {
        return RecordFormat.sequence(segment.buffer(), segment.recordOffset());
    }

    /** Returns the index that the next record must have, or -1 if any will do. */
    public long expectedIndex() {
        return expectedIndex;
    }

    /** Returns what a crash left behind the last record, null if nothing or not at the end. */
    public TornTail tornTail() {
        return tornTail;
    }

    /** Goes to the beginning of one segment of the queue. */
    public void moveToSegment(Path newFile) {
        close();
        file = newFile;
        segment = new SegmentCursor(newFile);
        expectedIndex = ANY;
        tornTail = null;
        cleanEndPosition = 0;
    }

    /** Goes on at a document of the current segment that a cursor found before; any index may follow. */
    public void moveTo(long position) {
        segment.moveTo(position);
        expectedIndex = ANY;
        tornTail = null;
    }

    /**
     * Moves to the next record.
     *
     * @return true if there is one; false at the end, to be asked again when more may have come.
     * @throws JournalException if a record is damaged though intact ones follow, or the index has a hole.
     */
    public boolean next() {
        if (segment == null && !openNextSegment()) {
            return false;
        }
        for (; ; ) {
            int state = segment.next();
            if (state == SegmentCursor.RECORD) {
                if (segment.isIntact()) {
                    checkIndex();
                    tornTail = null;
                    return true;
                }
                return damaged("checksum " + hex(segment.computeCrc()) + " of the bytes is not the stored "
                        + hex(RecordFormat.crc(segment.buffer(), segment.recordOffset())));
            }
            if (state == SegmentCursor.END_OF_SEGMENT) {
                if (!openNextSegment()) {
                    return false;
                }
            } else if (!passEnd(state)) {
                return false;
            }
        }
    }

    /** Returns true if reading goes on, because more came meanwhile or in a later segment. */
    private boolean passEnd(int state) {
        long position = segment.position();
        if (state == SegmentCursor.MALFORMED) {
            return damaged("lengths of document and record disagree");
        }
        if (isFollowing || (state == SegmentCursor.END && position == cleanEndPosition)) {
            // A segment is marked when it is left; that the mark is missing is a crash's doing, and rare enough to
            // wait.
            if ((++idlePolls & LISTING_MASK) != 0 || laterSegment() == null) {
                return false;
            }
        }
        long end = segment.endOfData(position);
        if (end == position) {
            cleanEndPosition = position;
            return laterSegment() != null && (hasNewRecord(position) || openNextSegment());
        }
        if (hasNewRecord(position)) {
            return true;
        }
        return damaged(
                state == SegmentCursor.END ? "bytes behind a zero document header" : "incomplete document header");
    }

    private boolean hasNewRecord(long position) {
        int state = segment.next();
        segment.moveTo(position);
        return state == SegmentCursor.RECORD || state == SegmentCursor.END_OF_SEGMENT;
    }

    /** Decides between torn tail (false) and damage (exception); true if what looked damaged has meanwhile come good. */
    private boolean damaged(String description) {
        long position = segment.position();
        long intact = segment.findIntactRecord(position + 4);
        Path later = laterSegmentWithRecord();
        if (intact < 0 && later == null) {
            tornTail = new TornTail(file, position, segment.endOfData(position), description);
            segment.moveTo(position);
            return false;
        }
        segment.moveTo(position);
        if (segment.next() == SegmentCursor.RECORD && segment.isIntact()) {
            segment.moveTo(position);
            return next();
        }
        throw new JournalException("damaged record: file=" + file + " position=" + position + " " + where() + ": "
                + description
                + ", and intact records follow "
                + (intact >= 0 ? "at position=" + intact : "in file=" + later)
                + "; everything before it can be replayed: restore the file from a copy, or cut the journal in front of"
                + " it with JournalRepair and lose what follows");
    }

    /** Inputs are numbered by sequence, outputs by index. */
    private String where() {
        String number = expectedIndex == ANY ? "unknown" : Long.toString(expectedIndex);
        return queue.endsWith("inputs") ? "sequence=" + number : "index=" + number + " behind sequence=" + lastSequence;
    }

    private void checkIndex() {
        long index = index();
        if (isIndexChecked && expectedIndex != ANY && index != expectedIndex) {
            throw new JournalException("hole in the journal: file=" + file + " position=" + segment.position()
                    + " expected index=" + expectedIndex + " but found " + index
                    + "; restore the file from a copy, everything before this position can be replayed");
        }
        expectedIndex = index + 1;
        lastSequence = sequence();
    }

    private Path laterSegment() {
        List<Path> segments = Segments.list(queue);
        int at = file == null ? 0 : segments.indexOf(file) + 1;
        return at < segments.size() ? segments.get(at) : null;
    }

    private Path laterSegmentWithRecord() {
        List<Path> segments = Segments.list(queue);
        for (int i = segments.indexOf(file) + 1; i < segments.size(); i++) {
            try (SegmentCursor later = new SegmentCursor(segments.get(i))) {
                if (later.findIntactRecord(0) >= 0) {
                    return segments.get(i);
                }
            }
        }
        return null;
    }

    private boolean openNextSegment() {
        Path next = laterSegment();
        if (next == null) {
            return false;
        }
        SegmentCursor opened = new SegmentCursor(next);
        if (segment != null) {
            segment.close();
        }
        segment = opened;
        file = next;
        cleanEndPosition = 0;
        return true;
    }

    private static String hex(int crc) {
        return String.format("0x%08x", crc);
    }

    @Override
    public void close() {
        if (segment != null) {
            segment.close();
            segment = null;
        }
        file = null;
    }
}
