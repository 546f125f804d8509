package io.millrace.journal.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import net.openhft.chronicle.bytes.MappedFile;
import net.openhft.chronicle.queue.impl.single.PrecreatedFiles;

/**
 * The room of one queue: allocates its current segment ahead of the writer, and the beginning of the next one in a file
 * that gets its name when the writer goes there.
 *
 * <p><b>Threads:</b> the writer reads one volatile limit; everything else is under the lock, taken for one step at a time.
 */
public final class SegmentSpace implements SpaceGuard {
    private static final String NEXT_FILE = "segment.prepared";
    private static final int PAGE = 4096;
    private static final int TOUCH_BYTES = 256 * 1024;
    private static final long MIN_STEP_BYTES = 64 * 1024;
    private static final long MAX_STEP_BYTES = 8L << 20;
    private static final long MIN_BEGIN_BYTES = 1L << 20;

    private final DiskSpace disk;
    private final Path directory;
    private final Path next;
    private final long aheadBytes;
    private final long stepBytes;
    private final PageToucher toucher = new PageToucher();
    private volatile long writerPosition;
    private volatile long limit;
    private volatile boolean isNextReady;
    private volatile boolean isFull;
    private Path file;
    private Path allocated;
    private boolean isBegun;
    private Path leftFile;
    private long leftPosition;

    SegmentSpace(DiskSpace disk, Path directory, long aheadBytes) {
        this.disk = disk;
        this.directory = directory;
        this.next = directory.resolve(NEXT_FILE);
        this.aheadBytes = aheadBytes;
        this.stepBytes = Math.max(MIN_STEP_BYTES, Math.min(MAX_STEP_BYTES, aheadBytes / 4 & -PAGE));
        delete(next);
    }

    @Override
    public synchronized void onSegment(Path newFile, long position) {
        if (file != null && !file.equals(newFile)) {
            if (isBegun) {
                leftFile = file;
                leftPosition = writerPosition;
            } else {
                delete(allocated);
            }
        }
        toucher.releaseAll();
        file = newFile;
        writerPosition = position;
        boolean isThere = Files.exists(newFile);
        // Chronicle gives this file its name when it begins the segment; a .cq4 without header would make it wait.
        allocated = isThere
                ? newFile
                : PrecreatedFiles.preCreatedFile(newFile.toFile()).toPath();
        isBegun = isThere;
        if (isNextReady && !isThere) {
            isNextReady = false;
            move(next, allocated);
        }
        // From the beginning: a segment that was there before may have holes.
        long from = disk.allocator().isNative() ? 0 : align(position);
        long to = align(position + aheadBytes);
        if (!disk.allocator().allocate(allocated, from, to - from)) {
            to = align(position + MIN_BEGIN_BYTES);
            if (!disk.allocator().allocate(allocated, from, to - from)) {
                delete(isThere ? next : allocated);
                throw disk.fullAt(newFile, position, to - position);
            }
        }
        limit = to;
    }

    @Override
    public synchronized void onMapped(MappedFile mapped) {
        allocated = file;
        isBegun = true;
        toucher.onMapped(mapped, writerPosition);
    }

    @Override
    public void allocateExtra(Path extra, long length) {
        if (!disk.allocator().allocate(extra, 0, length)) {
            throw disk.fullAt(extra, 0, length);
        }
    }

    @Override
    public long preparedLimit(long position) {
        writerPosition = position;
        return limit;
    }

    @Override
    public synchronized long require(long position, long length) {
        writerPosition = position;
        long needed = align(position + length);
        while (limit < needed) {
            long least = Math.max(MIN_STEP_BYTES, needed - limit);
            long step = isFull ? least : Math.max(least, stepBytes);
            if (!disk.allocator().allocate(allocated, limit, step)) {
                step = least;
                if (!disk.allocator().allocate(allocated, limit, step) && !fromReserve(step)) {
                    break;
                }
            }
            limit += step;
        }
        return limit;
    }

    private boolean fromReserve(long step) {
        isFull = true;
        return disk.takeFromReserve(step) && disk.allocator().allocate(allocated, limit, step);
    }

    @Override
    public boolean isNextSegmentReady() {
        return isNextReady;
    }

    /** Returns whether the last attempt to get room failed. */
    boolean isFull() {
        return isFull;
    }

    /**
     * One step of preparation: allocates, touches, prepares the next segment, cuts the last one to its length.
     *
     * @return 1 if there is more to do at once, else 0.
     */
    int prepare() {
        return cutLeft() ? 1 : prepareStep();
    }

    /**
     * Gives back what the segment that was left does not use. Not before the writer has begun the next one: until then
     * Chronicle has to close the old one, behind an index block that may stand behind the last record.
     */
    private boolean cutLeft() {
        Path left;
        long from;
        synchronized (this) {
            if (leftFile == null || !isBegun) {
                return false;
            }
            left = leftFile;
            from = leftPosition;
            leftFile = null;
        }
        cut(left, from);
        return true;
    }

    private static void cut(Path segment, long from) {
        long end;
        try (SegmentCursor cursor = new SegmentCursor(segment)) {
            end = cursor.endOfData(from);
        }
        if (end == 0) {
            delete(segment);
        } else {
            FileAllocator.truncate(segment, align(end + 8));
        }
    }

    private synchronized int prepareStep() {
        if (file == null) {
            return 0;
        }
        if (isBegun && limit - writerPosition < aheadBytes && !(isFull && disk.isCritical())) {
            if (disk.allocator().allocate(allocated, limit, stepBytes)) {
                limit += stepBytes;
                isFull = false;
                return 1;
            }
            isFull = true;
        }
        if (toucher.touch(writerPosition, Math.min(limit, writerPosition + aheadBytes), TOUCH_BYTES) > 0) {
            return 1;
        }
        if (!isNextReady && !isFull) {
            if (disk.allocator().allocate(next, 0, align(aheadBytes))) {
                isNextReady = true;
                return 1;
            }
            isFull = true;
            delete(next);
        }
        return 0;
    }

    /** Says that room may have become free. */
    void retry() {
        isFull = false;
    }

    /** Lets go of the writer's mapping, before the writer closes it. */
    synchronized void release() {
        toucher.releaseAll();
    }

    /** Gives back what was allocated and not used; the writer has closed. */
    synchronized void trim() {
        delete(next);
        if (leftFile != null) {
            cut(leftFile, leftPosition);
            leftFile = null;
        }
        if (file != null) {
            delete(PrecreatedFiles.preCreatedFile(file.toFile()).toPath());
            if (Files.exists(file)) {
                cut(file, writerPosition);
            }
        }
    }

    /** Returns the directory of the queue. */
    public Path directory() {
        return directory;
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new JournalException("cannot name the prepared segment file=" + from + " to " + to, e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new JournalException("cannot delete file=" + path + ": check permissions", e);
        }
    }

    private static long align(long position) {
        return position + PAGE - 1 & -PAGE;
    }
}
