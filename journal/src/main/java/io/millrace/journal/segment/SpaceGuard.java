package io.millrace.journal.segment;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.MappedFile;

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
        public void onMapped(MappedFile mapped) {}

        @Override
        public void allocateExtra(Path file, long length) {}

        @Override
        public long preparedLimit(long position) {
            return Long.MAX_VALUE;
        }

        @Override
        public long require(long position, long length) {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean isNextSegmentReady() {
            return true;
        }
    };

    /**
     * The writer goes to this segment; on return its first bytes are allocated.
     *
     * @param file the segment, which may not exist yet.
     * @param position behind the last byte written in it.
     * @throws JournalException if the disk has no room.
     */
    void onSegment(Path file, long position);

    /**
     * The writer has mapped its segment.
     *
     * @param mapped the mapping, in which pages may be touched ahead of the writer.
     */
    void onMapped(MappedFile mapped);

    /**
     * Allocates a file that Chronicle keeps beside the segments.
     *
     * @param file the file.
     * @param length bytes.
     * @throws JournalException if the disk has no room.
     */
    void allocateExtra(Path file, long length);

    /**
     * Tells how far the writer got and asks how far it may go.
     *
     * @param position behind the last byte written.
     * @return position up to which the segment is allocated.
     */
    long preparedLimit(long position);

    /**
     * Asks for room at once, because what was prepared is used up.
     *
     * @param position behind the last byte written.
     * @param length bytes needed behind it.
     * @return position up to which the segment is allocated, below {@code position + length} if the disk is full.
     */
    long require(long position, long length);

    /** Returns whether a new segment may be begun: its first bytes are allocated. */
    boolean isNextSegmentReady();
}
