package io.millrace.journal.segment;

import java.nio.file.Path;

/**
 * Says how far a writer may write. What lies below the limit is allocated on disk; a store to a page above it could kill
 * the process when the disk is full.
 *
 * <p><b>Thread:</b> called by the writer's thread.
 */
public interface SpaceGuard {
    /** Lets a writer write anywhere: for tools and tests that copy journals. */
    SpaceGuard NONE = new SpaceGuard() {
        @Override
        public void onSegment(Path file, long position) {}

        @Override
        public long preparedLimit(long position) {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean isNextSegmentReady(Path file) {
            return true;
        }
    };

    /**
     * The writer is in this segment from now on.
     *
     * @param file the segment.
     * @param position behind its last byte.
     */
    void onSegment(Path file, long position);

    /**
     * Tells how far the writer got and asks how far it may go.
     *
     * @param position behind the last byte written.
     * @return position up to which the segment is allocated.
     */
    long preparedLimit(long position);

    /**
     * Asks whether a new segment may be begun.
     *
     * @param file the segment that would be begun.
     * @return true if its first bytes are allocated.
     */
    boolean isNextSegmentReady(Path file);
}
