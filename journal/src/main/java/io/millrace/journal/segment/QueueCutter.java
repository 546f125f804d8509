package io.millrace.journal.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Cuts a queue off. Only for a journal that nobody holds. */
public final class QueueCutter {
    private QueueCutter() {}

    /**
     * Removes every record whose sequence is at least the given one, and what cannot be read behind it.
     *
     * @param queue directory of the queue.
     * @param sequence first sequence to remove.
     * @return bytes cleared or deleted.
     */
    public static long cutAt(Path queue, long sequence) {
        List<Path> segments = Segments.list(queue);
        long cleared = 0;
        for (int i = 0; i < segments.size(); i++) {
            Path file = segments.get(i);
            long at = firstAtLeast(file, sequence);
            if (at < 0) {
                continue;
            }
            for (int later = segments.size() - 1; later > i; later--) {
                cleared += delete(segments.get(later));
            }
            long end;
            try (SegmentCursor cursor = new SegmentCursor(file)) {
                end = cursor.endOfData(at);
            }
            TailRepair.clear(file, at, end);
            return cleared + end - at;
        }
        return cleared;
    }

    /** Position of the first record to go, of what cannot be read, or -1 if the whole segment stays. */
    private static long firstAtLeast(Path file, long sequence) {
        try (SegmentCursor cursor = new SegmentCursor(file)) {
            for (; ; ) {
                int state = cursor.next();
                if (state == SegmentCursor.END_OF_SEGMENT) {
                    return -1;
                }
                if (state == SegmentCursor.END && cursor.endOfData(cursor.position()) == cursor.position()) {
                    return -1;
                }
                if (state != SegmentCursor.RECORD
                        || RecordFormat.sequence(cursor.buffer(), cursor.recordOffset()) >= sequence
                        || !cursor.isIntact()) {
                    return cursor.position();
                }
            }
        }
    }

    private static long delete(Path file) {
        try {
            long size = Files.size(file);
            Files.delete(file);
            return size;
        } catch (IOException e) {
            throw new JournalException("cannot delete file=" + file + ": check permissions", e);
        }
    }
}
