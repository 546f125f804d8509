package io.millrace.journal.segment;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;

/**
 * The room of a journal: prepares the segments of its queues, watches the free bytes of the file system, and keeps a
 * reserve that is given to the queues piece by piece when there is nothing else.
 *
 * <p><b>Threads:</b> {@link #doWork()} on a thread of the journal's own; levels may be read from any.
 */
public final class DiskSpace implements Agent {
    private static final String RESERVE_FILE = "journal.reserve";
    private static final long WATCH_INTERVAL_NS = 20_000_000;

    private final File directory;
    private final Path reserve;
    private final Limits limits;
    private final FileAllocator allocator;
    private final List<SegmentSpace> queues = new ArrayList<>();
    private volatile long freeBytes;
    private volatile int level = AMPLE;
    private volatile long reserveLeft;
    private long watchedNs;

    /** Enough room. */
    public static final int AMPLE = 1;
    /** Below the low watermark. */
    public static final int LOW = 2;
    /** Below the critical watermark, or room could not be allocated. */
    public static final int CRITICAL = 3;

    /**
     * How much room there should be.
     *
     * @param prepareAheadBytes allocated ahead of each writer.
     * @param lowBytes free bytes below which the level is {@link #LOW}.
     * @param criticalBytes free bytes below which it is {@link #CRITICAL}.
     * @param reserveBytes kept for the end.
     */
    public record Limits(long prepareAheadBytes, long lowBytes, long criticalBytes, long reserveBytes) {}

    /**
     * Begins to watch a journal's directory.
     *
     * @param directory of the journal.
     * @param limits how much room there should be.
     */
    public DiskSpace(Path directory, Limits limits) {
        this.directory = directory.toFile();
        this.reserve = directory.resolve(RESERVE_FILE);
        this.limits = limits;
        deleteReserve();
        this.allocator = new FileAllocator(directory);
        watch();
    }

    /**
     * Takes a queue into care.
     *
     * @param queue its directory.
     * @return what its writer asks for room.
     */
    public SegmentSpace add(Path queue) {
        SegmentSpace space = new SegmentSpace(this, queue, limits.prepareAheadBytes());
        queues.add(space);
        return space;
    }

    FileAllocator allocator() {
        return allocator;
    }

    /** Allocates the reserve if it is not whole and the disk has room for it. */
    public synchronized void fillReserve() {
        if (reserveLeft < limits.reserveBytes()
                && directory.getUsableSpace() > limits.reserveBytes() + limits.criticalBytes()) {
            if (allocator.allocate(reserve, 0, limits.reserveBytes())) {
                reserveLeft = limits.reserveBytes();
            } else {
                deleteReserve();
            }
        }
    }

    /** Frees bytes of the reserve for a writer that allocates them at once. */
    synchronized boolean takeFromReserve(long bytes) {
        if (reserveLeft < bytes) {
            return false;
        }
        level = CRITICAL;
        reserveLeft -= bytes;
        FileAllocator.truncate(reserve, reserveLeft);
        return true;
    }

    private void deleteReserve() {
        try {
            Files.deleteIfExists(reserve);
            reserveLeft = 0;
        } catch (IOException e) {
            throw new JournalException("cannot delete file=" + reserve + ": check permissions", e);
        }
    }

    /** Returns the exception that says that a file could not get the room it needs. */
    JournalException fullAt(Path file, long position, long needed) {
        return new JournalException("no room on disk: file=" + file + " position=" + position + " needed=" + needed
                + " free=" + directory.getUsableSpace()
                + " bytes: free space on the file system or set a smaller prepareAheadBytes, then start again");
    }

    /** Returns the free bytes of the file system when last looked at. */
    public long freeBytes() {
        return freeBytes;
    }

    /** Returns {@link #AMPLE}, {@link #LOW} or {@link #CRITICAL}. */
    public int level() {
        return level;
    }

    /** Returns the bytes of the reserve that are left. */
    public long reserveLeftBytes() {
        return reserveLeft;
    }

    /** Returns whether the beginnings of the next segments of all queues are allocated. */
    public boolean isNextSegmentReady() {
        for (SegmentSpace queue : queues) {
            if (!queue.isNextSegmentReady()) {
                return false;
            }
        }
        return true;
    }

    boolean isCritical() {
        return level == CRITICAL;
    }

    /** Looks at the free bytes now. */
    public void watch() {
        long free = directory.getUsableSpace();
        freeBytes = free;
        boolean isFull = false;
        for (int i = 0; i < queues.size(); i++) {
            isFull |= queues.get(i).isFull();
        }
        if (isFull && free > limits.criticalBytes() + 3 * limits.prepareAheadBytes()) {
            for (int i = 0; i < queues.size(); i++) {
                queues.get(i).retry();
            }
            isFull = false;
        }
        if (isFull || free < limits.criticalBytes()) {
            level = CRITICAL;
        } else {
            level = free < limits.lowBytes() ? LOW : AMPLE;
            if (reserveLeft < limits.reserveBytes()) {
                fillReserve();
            }
        }
    }

    @Override
    public int doWork() {
        int work = 0;
        for (int i = 0; i < queues.size(); i++) {
            work += queues.get(i).prepare();
        }
        long nowNs = System.nanoTime();
        if (nowNs - watchedNs > WATCH_INTERVAL_NS) {
            watchedNs = nowNs;
            watch();
        }
        return work;
    }

    @Override
    public String roleName() {
        return "journal-prepare";
    }

    /** Lets go of the writers' mappings; before they close. */
    public void release() {
        for (SegmentSpace queue : queues) {
            queue.release();
        }
    }

    /** Gives back what was allocated and not used; after the writers have closed. */
    public void trim() {
        for (SegmentSpace queue : queues) {
            queue.trim();
        }
        deleteReserve();
    }
}
