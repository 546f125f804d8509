package io.millrace.journal.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Finds where a queue ends and clears what a crash left behind its last intact record, so that appending goes on as if
 * nothing had been begun there. Damage in front of intact records is never touched.
 *
 * <p>Only for the holder of the journal's lock.
 */
public final class TailRepair {
    private static final int ZEROS = 64 * 1024;

    private TailRepair() {}

    /**
     * Examines and repairs a queue.
     *
     * @param queue its directory.
     * @return where it ends now.
     * @throws JournalException if records are damaged in front of intact ones.
     */
    public static QueueTail repair(Path queue) {
        removeUnbegun(queue);
        List<Path> segments = Segments.list(queue);
        if (segments.isEmpty()) {
            return new QueueTail(null, 0, false, -1, -1, null);
        }
        long lastIndex = -1;
        long lastSequence = -1;
        Path file = segments.get(segments.size() - 1);
        long end;
        TornTail torn;
        try (RecordCursor cursor = new RecordCursor(queue, false)) {
            cursor.moveToSegment(file);
            while (cursor.next()) {
                lastIndex = cursor.index();
                lastSequence = cursor.sequence();
            }
            end = cursor.position();
            torn = cursor.tornTail();
        }
        for (int i = segments.size() - 2; i >= 0 && lastIndex < 0; i--) {
            // A segment that was begun but got no record.
            try (SegmentCursor earlier = new SegmentCursor(segments.get(i))) {
                while (earlier.next() == SegmentCursor.RECORD) {
                    lastIndex = RecordFormat.index(earlier.buffer(), earlier.recordOffset());
                    lastSequence = RecordFormat.sequence(earlier.buffer(), earlier.recordOffset());
                }
            }
        }
        if (torn != null) {
            clear(torn.file(), torn.position(), torn.endPosition());
        }
        return new QueueTail(file, end, torn == null && isClosed(file, end), lastIndex, lastSequence, torn);
    }

    /** Removes segments in which not even Chronicle's first header was finished: nothing can be in them. */
    private static void removeUnbegun(Path queue) {
        List<Path> segments = Segments.list(queue);
        for (int i = segments.size() - 1; i >= 0; i--) {
            Path file = segments.get(i);
            boolean isBegun;
            try (SegmentCursor cursor = new SegmentCursor(file)) {
                int state = cursor.next();
                isBegun = cursor.position() > 0 || state == SegmentCursor.RECORD || cursor.findIntactRecord(0) >= 0;
            }
            if (isBegun) {
                return;
            }
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new JournalException("cannot remove the segment that was never begun, file=" + file, e);
            }
        }
    }

    private static boolean isClosed(Path file, long end) {
        try (SegmentCursor cursor = new SegmentCursor(file)) {
            cursor.moveTo(end);
            return cursor.next() == SegmentCursor.END_OF_SEGMENT;
        }
    }

    /**
     * Writes zeros over a range of a file.
     *
     * @param file the segment.
     * @param from first byte.
     * @param to behind the last byte.
     */
    static void clear(Path file, long from, long to) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(ZEROS);
            for (long at = from; at < to; ) {
                zeros.clear().limit((int) Math.min(ZEROS, to - at));
                at += channel.write(zeros, at);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new JournalException("cannot clear the torn tail, file=" + file + " position=" + from, e);
        }
    }

    /**
     * Marks a segment as ended, the way Chronicle does.
     *
     * @param file the segment.
     * @param end behind its last document.
     */
    static void closeSegment(Path file, long end) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer mark = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            mark.putInt(0, SegmentCursor.END_OF_DATA);
            channel.write(mark, end);
            channel.force(false);
        } catch (IOException e) {
            throw new JournalException("cannot close the segment, file=" + file + " position=" + end, e);
        }
    }
}
