package io.millrace.journal.segment;

import java.nio.file.Path;

/**
 * Where a queue ends.
 *
 * @param file last segment, null for an empty queue.
 * @param endPosition behind the last complete document in it.
 * @param isClosed whether the segment carries the mark of its end.
 * @param lastIndex index of the last record, -1 if there is none.
 * @param lastSequence journal sequence of the last record, -1 if there is none.
 * @param repaired what a crash had left and was cleared, null for nothing.
 */
public record QueueTail(
        Path file, long endPosition, boolean isClosed, long lastIndex, long lastSequence, TornTail repaired) {}
