package io.millrace.journal.tool;

import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalDescriptor;
import io.millrace.journal.segment.JournalException;
import io.millrace.journal.segment.QueueSettings;
import io.millrace.journal.segment.QueueTail;
import io.millrace.journal.segment.RecordCursor;
import io.millrace.journal.segment.RecordFormat;
import io.millrace.journal.segment.RecordLocator;
import io.millrace.journal.segment.RecordWriter;
import io.millrace.journal.segment.RollCycleNames;
import io.millrace.journal.segment.SpaceGuard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Copies a journal while changing it: to prove that a replay notices. Holds a whole queue in memory; for small journals.
 *
 * <pre>
 *   new JournalEditor(journal).addLots(4711, 30, 1).writeTo(copy);
 * </pre>
 */
public final class JournalEditor {
    private static final int GROUP_HEADER_LENGTH = 8;
    private static final int LEVEL_LENGTH = 16;
    private static final int BLOCK_SIZE_BYTES = 1 << 20;

    private final Path source;
    private final List<Entry> inputs;
    private final List<Entry> outputs;

    private static final class Entry {
        private long index;
        private long sequence;
        private final byte[] message;

        private Entry(long index, long sequence, byte[] message) {
            this.index = index;
            this.sequence = sequence;
            this.message = message;
        }
    }

    /**
     * Reads a journal that nobody is writing.
     *
     * @param source its directory; it is not changed.
     */
    public JournalEditor(Path source) {
        this.source = source;
        JournalDescriptor.read(source);
        this.inputs = read(source.resolve(Journal.INPUTS));
        this.outputs = read(source.resolve(Journal.OUTPUTS));
    }

    private static List<Entry> read(Path queue) {
        List<Entry> records = new ArrayList<>();
        try (RecordCursor cursor = new RecordCursor(queue, false)) {
            while (cursor.next()) {
                byte[] message = new byte[RecordFormat.length(cursor.buffer(), cursor.recordOffset())];
                cursor.buffer().getBytes(cursor.recordOffset() + RecordFormat.HEADER_LENGTH, message);
                records.add(new Entry(cursor.index(), cursor.sequence(), message));
            }
        }
        return records;
    }

    /** Returns the number of events. */
    public int inputCount() {
        return inputs.size();
    }

    /** Returns the number of outputs. */
    public int outputCount() {
        return outputs.size();
    }

    /** Returns a copy of an event's message. */
    public byte[] input(long sequence) {
        return find(inputs, sequence, "input").message.clone();
    }

    /** Returns a copy of an output's message. */
    public byte[] output(long index) {
        return find(outputs, index, "output").message.clone();
    }

    /**
     * Adds lots to one level of a depth diff or snapshot; the checksum is made right again.
     *
     * @param sequence the event.
     * @param level counted from 0 over the bids, then the asks.
     * @param lots to add, may be negative.
     * @return this editor.
     */
    public JournalEditor addLots(long sequence, int level, long lots) {
        UnsafeBuffer message = new UnsafeBuffer(find(inputs, sequence, "input").message);
        int bids = 8 + EventHeader.blockLength(message, 0);
        int bidCount = levels(message, bids);
        int at = bids + GROUP_HEADER_LENGTH + level * LEVEL_LENGTH;
        if (level >= bidCount) {
            int asks = bids + GROUP_HEADER_LENGTH + bidCount * LEVEL_LENGTH;
            if (level - bidCount >= levels(message, asks)) {
                throw new JournalException("sequence=" + sequence + " has no level=" + level + ", only "
                        + (bidCount + levels(message, asks)));
            }
            at += GROUP_HEADER_LENGTH;
        }
        message.putLong(at + 8, message.getLong(at + 8, ByteOrder.LITTLE_ENDIAN) + lots, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** Returns the number of levels, bids and asks, of a depth diff or snapshot; 0 for other events. */
    public int levels(long sequence) {
        UnsafeBuffer message = new UnsafeBuffer(find(inputs, sequence, "input").message);
        int templateId = EventHeader.templateId(message, 0);
        if (templateId != DepthDiffDecoder.TEMPLATE_ID && templateId != 2) {
            return 0;
        }
        int bids = 8 + EventHeader.blockLength(message, 0);
        int bidCount = levels(message, bids);
        return bidCount + levels(message, bids + GROUP_HEADER_LENGTH + bidCount * LEVEL_LENGTH);
    }

    private static int levels(UnsafeBuffer message, int group) {
        return message.getShort(group + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Leaves an event out.
     *
     * @param sequence the event.
     * @param isRenumbered true to number the later ones anew, so that no hole shows.
     * @return this editor.
     */
    public JournalEditor omitInput(long sequence, boolean isRenumbered) {
        inputs.remove(find(inputs, sequence, "input"));
        if (isRenumbered) {
            renumber();
        }
        return this;
    }

    /**
     * Swaps an event with the next one; both keep valid numbers.
     *
     * @param sequence the earlier event.
     * @return this editor.
     */
    public JournalEditor swapInputs(long sequence) {
        int at = inputs.indexOf(find(inputs, sequence, "input"));
        inputs.add(at + 1, inputs.remove(at));
        renumber();
        return this;
    }

    private void renumber() {
        long next = 0;
        for (Entry record : inputs) {
            record.index = next;
            record.sequence = next;
            next++;
        }
    }

    /**
     * Flips the lowest bit of one byte of an output; the checksum is made right again.
     *
     * @param index the output.
     * @param offset of the byte in the message.
     * @return this editor.
     */
    public JournalEditor flipOutputByte(long index, int offset) {
        find(outputs, index, "output").message[offset] ^= 1;
        return this;
    }

    /**
     * Leaves the last outputs out, as a crash before they were appended does.
     *
     * @param count how many.
     * @return this editor.
     */
    public JournalEditor dropLastOutputs(int count) {
        outputs.subList(outputs.size() - count, outputs.size()).clear();
        return this;
    }

    private static Entry find(List<Entry> records, long index, String what) {
        for (Entry record : records) {
            if (record.index == index) {
                return record;
            }
        }
        throw new JournalException("no " + what + " " + index + ": the queue has " + records.size() + " records");
    }

    /**
     * Writes the changed journal into a directory of its own.
     *
     * @param target the new journal's directory; must be empty or missing.
     * @return {@code target}.
     */
    public Path writeTo(Path target) {
        JournalDescriptor descriptor = JournalDescriptor.read(source);
        try {
            Files.createDirectories(target);
            if (!io.millrace.journal.segment.Segments.list(target.resolve(Journal.INPUTS))
                    .isEmpty()) {
                throw new JournalException("directory=" + target + " holds a journal already: name an empty one");
            }
            Files.copy(source.resolve("journal.properties"), target.resolve("journal.properties"));
        } catch (IOException e) {
            throw new JournalException("cannot write directory=" + target, e);
        }
        write(target.resolve(Journal.INPUTS), inputs, descriptor);
        write(target.resolve(Journal.OUTPUTS), outputs, descriptor);
        return target;
    }

    private static void write(Path queue, List<Entry> records, JournalDescriptor descriptor) {
        QueueSettings settings = new QueueSettings(RollCycleNames.of(descriptor.rollCycle()), BLOCK_SIZE_BYTES);
        QueueTail empty = new QueueTail(null, 0, false, -1, -1, null);
        try (RecordWriter writer =
                new RecordWriter(queue, settings, empty, SpaceGuard.NONE, System::currentTimeMillis)) {
            UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
            for (Entry record : records) {
                buffer.wrap(record.message);
                writer.appendAs(record.index, record.sequence, buffer, 0, record.message.length);
            }
        }
    }

    /**
     * Flips the lowest bit of one byte of a record's message in place, and leaves the checksum wrong.
     *
     * @param queue directory of the queue.
     * @param index the record.
     * @param offset of the byte in the message.
     * @return position of the document in its file.
     */
    public static long damage(Path queue, long index, int offset) {
        Path file;
        long position;
        try (RecordCursor cursor = new RecordCursor(queue, false)) {
            if (!RecordLocator.moveToIndex(cursor, index) || cursor.index() != index) {
                throw new JournalException("no record " + index + " in " + queue);
            }
            file = cursor.file();
            position = cursor.position();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            long at = position + 4 + RecordFormat.HEADER_LENGTH + offset;
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 1)).rewind();
            channel.write(one, at);
        } catch (IOException e) {
            throw new JournalException("cannot damage file=" + file, e);
        }
        return position;
    }
}
