package io.millrace.journal.segment;

import java.nio.file.Path;

/**
 * What a crash left behind the last intact record of a queue: bytes of a record that was never finished. Nothing that was
 * acknowledged is in it as far as the sync policy promises.
 *
 * @param file the segment.
 * @param position where the bytes begin in it.
 * @param endPosition position behind the last byte that is not zero.
 * @param description what they look like.
 */
public record TornTail(Path file, long position, long endPosition, String description) {
    /** Returns one line for a log. */
    @Override
    public String toString() {
        return "torn tail: " + description + ", file=" + file + " position=" + position + " bytes="
                + (endPosition - position);
    }
}
