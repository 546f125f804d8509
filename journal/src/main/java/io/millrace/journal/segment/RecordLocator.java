package io.millrace.journal.segment;

import java.nio.file.Path;
import java.util.List;

/** Finds records by number: the segment by the first record of each, the record by walking the segment's headers. */
public final class RecordLocator {
    private RecordLocator() {}

    /**
     * Moves a cursor to the first record whose index is at least the given one.
     *
     * @param cursor to move.
     * @param index wanted.
     * @return true if the cursor stands on such a record; false if it stands at the end.
     */
    public static boolean moveToIndex(RecordCursor cursor, long index) {
        return move(cursor, index, false);
    }

    /**
     * Moves a cursor to the first record whose sequence is at least the given one.
     *
     * @param cursor to move.
     * @param sequence wanted.
     * @return true if the cursor stands on such a record; false if it stands at the end.
     */
    public static boolean moveToSequence(RecordCursor cursor, long sequence) {
        return move(cursor, sequence, true);
    }

    private static boolean move(RecordCursor cursor, long wanted, boolean bySequence) {
        Path file = segmentOf(cursor.queue(), wanted, bySequence);
        if (file == null) {
            return cursor.next();
        }
        cursor.moveToSegment(file);
        long at = skip(file, wanted, bySequence);
        cursor.moveTo(at);
        return cursor.next();
    }

    /** The last segment whose first record is before what is wanted: outputs of one cause may span segments. */
    private static Path segmentOf(Path queue, long wanted, boolean bySequence) {
        List<Path> segments = Segments.list(queue);
        Path found = segments.isEmpty() ? null : segments.get(0);
        int low = 0;
        int high = segments.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long first = firstNumber(segments.get(middle), bySequence);
            if (first != Long.MAX_VALUE && first < wanted) {
                found = segments.get(middle);
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return found;
    }

    private static long firstNumber(Path file, boolean bySequence) {
        try (SegmentCursor cursor = new SegmentCursor(file)) {
            return cursor.next() == SegmentCursor.RECORD ? number(cursor, bySequence) : Long.MAX_VALUE;
        }
    }

    private static long skip(Path file, long wanted, boolean bySequence) {
        try (SegmentCursor cursor = new SegmentCursor(file)) {
            while (cursor.next() == SegmentCursor.RECORD) {
                if (number(cursor, bySequence) >= wanted) {
                    break;
                }
            }
            return cursor.position();
        }
    }

    private static long number(SegmentCursor cursor, boolean bySequence) {
        return bySequence
                ? RecordFormat.sequence(cursor.buffer(), cursor.recordOffset())
                : RecordFormat.index(cursor.buffer(), cursor.recordOffset());
    }
}
