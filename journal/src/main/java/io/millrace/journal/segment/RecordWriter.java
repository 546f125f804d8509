package io.millrace.journal.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;

/**
 * Appends records to one queue. A record is put together and its checksum taken where it stays, in the mapped document, whose
 * header is written last.
 *
 * <p><b>Thread:</b> one at a time; {@link #close()} on the same or after it. <b>Allocation:</b> none per record; Chronicle
 * allocates when a segment or a mapped block begins.
 */
public final class RecordWriter implements AutoCloseable {
    /** Behind a record Chronicle may write up to two index blocks, the mark of the segment's end and padding. */
    private static final int MARGIN_BYTES = 4096;

    private static final int METADATA_BYTES = 128 * 1024;

    private final Path directory;
    private final SegmentNames names;
    private final SpaceGuard guard;
    private final LongSupplier wallClockMs;
    private final QueueClock clock = new QueueClock();
    private final RecordWindow record = new RecordWindow();
    private final long marginBytes;
    private SingleChronicleQueue queue;
    private ExcerptAppender appender;
    private FileChannel syncChannel;
    private Path file;
    private int cycle;
    private long position;
    private long preparedLimit;
    private long nextIndex;
    private boolean isDirty;
    private boolean isSegmentNew;

    /**
     * Opens the queue for appending. The caller holds the journal's lock and has repaired the tail.
     *
     * @param directory of the queue.
     * @param settings roll cycle and block size.
     * @param tail where the queue ends.
     * @param guard says how far to write.
     * @param wallClockMs epoch milliseconds, to name segments by.
     */
    public RecordWriter(
            Path directory, QueueSettings settings, QueueTail tail, SpaceGuard guard, LongSupplier wallClockMs) {
        this.directory = directory;
        this.names = new SegmentNames(directory, settings.rollCycle());
        this.guard = guard;
        this.wallClockMs = wallClockMs;
        this.marginBytes = MARGIN_BYTES + 2L * Long.BYTES * settings.rollCycle().defaultIndexCount();
        this.nextIndex = tail.lastIndex() + 1;
        open(settings, tail);
    }

    private void open(QueueSettings settings, QueueTail tail) {
        // Chronicle's own lock and listing: both may be a dead process's; the journal's lock makes them ours to renew.
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(metadata());
        } catch (IOException e) {
            throw new JournalException("cannot renew " + metadata() + ": check permissions", e);
        }
        int lastCycle = tail.file() == null ? -1 : names.cycleOf(tail.file());
        cycle = Math.max(names.cycleAt(wallClockMs.getAsLong()), tail.isClosed() ? lastCycle + 1 : lastCycle);
        clock.set(names.beginMs(cycle));
        beginAt(lastCycle == cycle ? tail.endPosition() : 0);
        guard.allocateExtra(metadata(), METADATA_BYTES);
        queue = build(settings);
        appender = queue.createAppender();
        if (tail.file() != null && !tail.isClosed() && isAhead(tail)) {
            // Chronicle's own write position survived, the record that it points at did not.
            queue.close();
            TailRepair.closeSegment(tail.file(), tail.endPosition());
            cycle = Math.max(cycle, lastCycle + 1);
            clock.set(names.beginMs(cycle));
            beginAt(0);
            queue = build(settings);
            appender = queue.createAppender();
        }
    }

    private void beginAt(long newPosition) {
        file = names.file(cycle);
        position = newPosition;
        isSegmentNew = true;
        guard.onSegment(file, position);
        preparedLimit = guard.preparedLimit(position);
    }

    private Path metadata() {
        return directory.resolve("metadata.cq4t");
    }

    private boolean isAhead(QueueTail tail) {
        return appender.wire() != null && appender.wire().bytes().writePosition() >= tail.endPosition();
    }

    private SingleChronicleQueue build(QueueSettings settings) {
        SingleChronicleQueue built = SingleChronicleQueueBuilder.single(directory.toFile())
                .rollCycle(settings.rollCycle())
                .blockSize(settings.blockSizeBytes())
                .timeProvider(clock)
                .timeoutMS(1_000)
                .build();
        if (built.rollCycle() != settings.rollCycle()) {
            String found = built.rollCycle().toString();
            built.close();
            throw new JournalException("queue directory=" + directory + " has segments of roll cycle " + found
                    + ", not of rollCycle=" + settings.rollCycle() + ": set rollCycle=" + found
                    + " or use another directory");
        }
        return built;
    }

    /** Returns the index that the next record gets. */
    public long nextIndex() {
        return nextIndex;
    }

    /** Returns the segment that is written. */
    public Path file() {
        return file;
    }

    /** Returns the position behind the last byte written in {@link #file()}. */
    public long position() {
        return position;
    }

    /**
     * Appends one record with the next index.
     *
     * @param sequence journal sequence.
     * @param message holds the message.
     * @param offset of the message.
     * @param length bytes of the message, at most {@link RecordFormat#MAX_MESSAGE_LENGTH}.
     * @throws JournalException if the message is too long or the disk has no room; nothing was written then.
     */
    public void append(long sequence, DirectBuffer message, int offset, int length) {
        appendAs(nextIndex, sequence, message, offset, length);
        nextIndex++;
    }

    /**
     * Appends one record with an index of the caller's, for tools that copy queues.
     *
     * @param index of the record.
     * @param sequence journal sequence.
     * @param message holds the message.
     * @param offset of the message.
     * @param length bytes of the message.
     */
    public void appendAs(long index, long sequence, DirectBuffer message, int offset, int length) {
        if (length < 0 || length > RecordFormat.MAX_MESSAGE_LENGTH) {
            throw new JournalException("message length=" + length + " of sequence=" + sequence
                    + " exceeds the limit of a record of " + RecordFormat.MAX_MESSAGE_LENGTH
                    + " bytes: cut it into chunks, file=" + file);
        }
        int recordLength = RecordFormat.HEADER_LENGTH + length;
        if (position + recordLength + marginBytes > preparedLimit) {
            awaitRoom(recordLength);
        }
        message.boundsCheck(offset, length);
        write(index, sequence, message, offset, length);
        isDirty = true;
    }

    private void write(long index, long sequence, DirectBuffer message, int offset, int length) {
        boolean isComplete = false;
        DocumentContext document = appender.writingDocument();
        try {
            Bytes<?> bytes = document.wire().bytes();
            long address = bytes.addressForWrite(bytes.writePosition());
            record.put(address, index, sequence, message, offset, length);
            bytes.writeSkip(RecordFormat.HEADER_LENGTH + length);
            isComplete = true;
        } finally {
            if (!isComplete) {
                document.rollbackOnClose();
            }
            document.close();
        }
        // Where the next document begins, or behind it if an index block was written.
        position = appender.wire().bytes().writePosition();
        if (isSegmentNew) {
            isSegmentNew = false;
            guard.preparedLimit(position);
            if (appender.wire().bytes() instanceof MappedBytes mapped) {
                guard.onMapped(mapped.mappedFile());
            }
        }
    }

    private void awaitRoom(int recordLength) {
        preparedLimit = guard.require(position, recordLength + marginBytes);
        if (position + recordLength + marginBytes > preparedLimit) {
            throw new JournalException("no room on disk: file=" + file + " position=" + position + " preparedLimit="
                    + preparedLimit + " needed=" + (recordLength + marginBytes) + " free="
                    + directory.toFile().getUsableSpace()
                    + " bytes: free space on the file system, then start again; the journal is complete up to index="
                    + (nextIndex - 1));
        }
    }

    /**
     * Says where the writer is and begins a new segment if its time has come and it is prepared; between two batches.
     *
     * @return true if the next record begins a new segment.
     */
    public boolean rollIfDue() {
        preparedLimit = guard.preparedLimit(position);
        int due = names.cycleAt(wallClockMs.getAsLong());
        if (due <= cycle) {
            return false;
        }
        if (!guard.isNextSegmentReady()) {
            return false;
        }
        if (isDirty) {
            sync();
        }
        closeSyncChannel();
        cycle = due;
        clock.set(names.beginMs(due));
        beginAt(0);
        return true;
    }

    /** Forces everything appended so far to the disk; does nothing if nothing was appended since the last call. */
    public void sync() {
        if (!isDirty) {
            return;
        }
        try {
            if (syncChannel == null) {
                syncChannel = FileChannel.open(file, StandardOpenOption.WRITE);
            }
            syncChannel.force(false);
            isDirty = false;
        } catch (IOException e) {
            throw new JournalException(
                    "sync failed: file=" + file + " position=" + position
                            + ": what was appended since the last sync may be lost; check the disk",
                    e);
        }
    }

    private void closeSyncChannel() {
        if (syncChannel != null) {
            try {
                syncChannel.close();
            } catch (IOException e) {
                throw new JournalException("cannot close file=" + file, e);
            }
            syncChannel = null;
        }
    }

    @Override
    public void close() {
        if (!queue.isClosed()) {
            queue.close();
        }
        closeSyncChannel();
    }
}
