package io.millrace.journal;

import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.journal.segment.JournalException;
import io.millrace.journal.segment.RecordCursor;
import io.millrace.journal.segment.RecordFormat;
import io.millrace.journal.segment.RecordLocator;
import io.millrace.journal.segment.TornTail;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads one queue of a journal, checking every record's checksum and that no index is missing. Needs no lock and writes
 * nothing, so it also reads a journal that another process is writing.
 *
 * <p>Damage behind the last intact record ends the reading and is told by {@link #tornTail()}; damage in front of intact
 * records is a {@link JournalException}.
 *
 * <p><b>Thread:</b> one. <b>Allocation:</b> none per record.
 */
public final class JournalReader implements Outlet, AutoCloseable {
    private final JournalDescriptor descriptor;
    private final RecordCursor cursor;
    private long fromSequence = Long.MIN_VALUE;
    private long toSequence = Long.MAX_VALUE;
    private boolean isPending;
    private boolean isDone;
    private long count;
    private long bytes;
    private long index = -1;
    private long sequence = -1;

    private JournalReader(Path directory, String queue, boolean isFollowing) {
        this.descriptor = JournalDescriptor.read(directory);
        this.cursor = new RecordCursor(directory.resolve(queue), isFollowing);
    }

    /**
     * Opens the inputs of a journal that nobody is writing; one that is being written may be read too.
     *
     * @param directory of the journal.
     * @return a reader at the first event.
     */
    public static JournalReader inputs(Path directory) {
        return new JournalReader(directory, Journal.INPUTS, false);
    }

    /** Opens the outputs, as {@link #inputs(Path)}. */
    public static JournalReader outputs(Path directory) {
        return new JournalReader(directory, Journal.OUTPUTS, false);
    }

    /** Opens the inputs of a journal that is being written: its end is never examined for what a crash left. */
    public static JournalReader followInputs(Path directory) {
        return new JournalReader(directory, Journal.INPUTS, true);
    }

    /** Opens the outputs, as {@link #followInputs(Path)}. */
    public static JournalReader followOutputs(Path directory) {
        return new JournalReader(directory, Journal.OUTPUTS, true);
    }

    /**
     * Restricts reading to a range of sequences, for outputs those of their causes. Goes to the first of them without
     * reading what is before; to be called before the first poll.
     *
     * @param from first sequence.
     * @param to last sequence.
     * @return this reader.
     */
    public JournalReader range(long from, long to) {
        fromSequence = from;
        toSequence = to;
        isPending = RecordLocator.moveToSequence(cursor, from);
        return this;
    }

    /**
     * Goes to the record with an index, or to the end if there is none yet. For inputs the index is the sequence.
     *
     * @param fromIndex index of the record that the next poll hands over first.
     * @return this reader.
     */
    public JournalReader fromIndex(long fromIndex) {
        isPending = RecordLocator.moveToIndex(cursor, fromIndex);
        return this;
    }

    /**
     * Hands over what has been written, in order.
     *
     * @param handler receives each message with its sequence.
     * @param limit the most messages to hand over.
     * @return their number; 0 at the end, to be asked again if the journal is being written.
     * @throws JournalException if a record is damaged though intact ones follow, or one is missing.
     */
    @Override
    public int poll(OutletHandler handler, int limit) {
        int handed = 0;
        while (handed < limit && !isDone && (isPending || cursor.next())) {
            isPending = false;
            long next = cursor.sequence();
            if (next > toSequence) {
                isDone = true;
            } else if (next >= fromSequence) {
                int at = cursor.recordOffset();
                int length = RecordFormat.length(cursor.buffer(), at);
                index = cursor.index();
                sequence = next;
                isPending = true;
                handler.onMessage(next, cursor.buffer(), at + RecordFormat.HEADER_LENGTH, length);
                isPending = false;
                handed++;
                bytes += length;
            }
        }
        if (handed > 0) {
            count += handed;
            handler.onBatchEnd(sequence);
        }
        return handed;
    }

    /** Returns what {@code journal.properties} says. */
    public JournalDescriptor descriptor() {
        return descriptor;
    }

    /** Returns the index of the message handed over last, or being handed over; -1 before the first. */
    public long index() {
        return index;
    }

    /** Returns the sequence of the message handed over last, or being handed over; -1 before the first. */
    public long sequence() {
        return sequence;
    }

    /** Returns the segment file of the message handed over last. */
    public Path file() {
        return cursor.file();
    }

    /** Returns the position in {@link #file()} of the message handed over last. */
    public long position() {
        return cursor.position();
    }

    /** Returns the number of messages handed over. */
    public long count() {
        return count;
    }

    /** Returns the bytes of the messages handed over. */
    public long bytes() {
        return bytes;
    }

    /**
     * Returns what a crash left behind the last intact record, once {@link #poll} has returned 0 there. In a journal that
     * is being written it can be the record that is just being appended.
     */
    public Optional<TornTail> tornTail() {
        return Optional.ofNullable(cursor.tornTail());
    }

    @Override
    public void close() {
        cursor.close();
    }
}
