package io.millrace.journal;

import io.millrace.codecs.event.DigestBlockDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.journal.Comparison.Difference;
import io.millrace.journal.Comparison.UnsentCommand;
import io.millrace.journal.JournalScan.Run;
import io.millrace.journal.OutputText.Output;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Takes the outputs of a replay in the place of egress and compares each with the one in the output journal. What a run
 * that crashed could no longer append is permitted to be missing there, and told.
 *
 * <p>A command can show a difference before the digest block that holds the digests of the events up to it is out; so after
 * the first difference the comparator waits for that block and names the lowest sequence.
 *
 * <p><b>Thread:</b> the agent's that polls the outlet of outputs. <b>Allocation:</b> none as long as outputs are equal.
 */
public final class OutputComparator implements OutletHandler, AutoCloseable {
    private static final int DIGEST_BLOCK_EVENTS = 32;
    private static final int MAX_UNSENT = 100_000;
    private static final long HASH_FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final JournalReader journal;
    private final List<Run> runs;
    private final List<UnsentCommand> unsent = new ArrayList<>();
    private final ExpectedOutput expected = new ExpectedOutput();
    private Difference difference;
    private boolean isSettled;
    private int replayRun;
    private int journalRun;
    private long missingAtCrash;
    private long outputs;
    private long hash;

    /**
     * Opens the output journal.
     *
     * @param directory of the journal.
     * @param scan what {@link JournalScanner#scan} found in it.
     */
    public OutputComparator(Path directory, JournalScan scan) {
        this.journal = JournalReader.outputs(directory);
        this.runs = scan.runs();
    }

    @Override
    public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
        outputs++;
        hash = mix(hash, sequence, buffer, offset, length);
        if (difference != null) {
            settle(sequence, buffer, offset, length);
            return;
        }
        while (replayRun + 1 < runs.size()
                && sequence >= runs.get(replayRun + 1).sequence()) {
            replayRun++;
        }
        boolean isThere = fetch();
        // The digests that a crashed run had collected are appended by the next one, in front of its own.
        if (isThere && journalRun >= replayRun && expected.matches(sequence, buffer, offset, length)) {
            expected.isPresent = false;
            return;
        }
        if (!isThere || journalRun > replayRun) {
            onMissing(sequence, buffer, offset);
            return;
        }
        Output actual = new Output(-1, sequence, buffer, offset, length);
        differ(
                journalRun < replayRun
                        ? new Difference(
                                expected.sequence,
                                expected.index,
                                "output",
                                OutputText.describe(expected.sequence, expected.buffer, expected.offset),
                                "none")
                        : OutputText.difference(expected.asOutput(), actual));
        settle(sequence, buffer, offset, length);
    }

    /** Makes the next output of the journal current; false if there is none. */
    private boolean fetch() {
        if (expected.isPresent) {
            return true;
        }
        if (journal.poll(expected, 1) == 0) {
            return false;
        }
        expected.index = journal.index();
        expected.isPresent = true;
        while (journalRun + 1 < runs.size()
                && expected.index > runs.get(journalRun + 1).lastOutputIndex()) {
            journalRun++;
        }
        return true;
    }

    /** The journal has no more of this run: it crashed before it could append, or something is wrong. */
    private void onMissing(long sequence, DirectBuffer buffer, int offset) {
        if (!runs.isEmpty() && runs.get(replayRun).isComplete()) {
            differ(new Difference(sequence, -1, "output", "none", OutputText.describe(sequence, buffer, offset)));
            return;
        }
        missingAtCrash++;
        int templateId = EventHeader.templateId(buffer, offset);
        if (OutputText.isCommand(templateId) && unsent.size() < MAX_UNSENT) {
            unsent.add(new UnsentCommand(sequence, OutputText.commandId(buffer, offset), templateId));
        }
    }

    private void differ(Difference found) {
        difference = found;
    }

    /** Waits for the digest block that covers the first difference: its digests may name an earlier event. */
    private void settle(long sequence, DirectBuffer buffer, int offset, int length) {
        if (isSettled) {
            return;
        }
        if (sequence > difference.sequence() + DIGEST_BLOCK_EVENTS) {
            isSettled = true;
            return;
        }
        if (EventHeader.templateId(buffer, offset) != DigestBlockDecoder.TEMPLATE_ID) {
            return;
        }
        Output actual = new Output(-1, sequence, buffer, offset, length);
        long first = firstSequence(buffer, offset);
        while (fetch()) {
            if (EventHeader.templateId(expected.buffer, expected.offset) == DigestBlockDecoder.TEMPLATE_ID) {
                long expectedFirst = firstSequence(expected.buffer, expected.offset);
                if (expectedFirst > first) {
                    return;
                }
                if (expectedFirst == first) {
                    Difference found = OutputText.difference(expected.asOutput(), actual);
                    if (found.sequence() < difference.sequence()) {
                        difference = found;
                    }
                    expected.isPresent = false;
                    isSettled = sequence >= difference.sequence();
                    return;
                }
            }
            expected.isPresent = false;
        }
    }

    private static long firstSequence(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + EventHeader.BODY_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Ends the comparison, once everything that was replayed has been handed over.
     *
     * @param lastSequence last event that was replayed, -1 for none.
     * @param events number of events replayed.
     * @return the verdict.
     */
    public Comparison conclude(long lastSequence, long events) {
        if (difference == null && fetch() && expected.sequence <= lastSequence) {
            differ(new Difference(
                    expected.sequence,
                    expected.index,
                    "output",
                    OutputText.describe(expected.sequence, expected.buffer, expected.offset),
                    "none"));
        }
        return new Comparison(
                difference == null,
                events,
                outputs,
                OutputText.hex(hash),
                difference,
                List.copyOf(unsent),
                missingAtCrash);
    }

    /** Returns the first difference so far, null if there is none; it may still move to an earlier sequence. */
    public Difference firstDifference() {
        return difference;
    }

    private static long mix(long hash, long sequence, DirectBuffer buffer, int offset, int length) {
        long mixed = (hash ^ sequence) * HASH_FACTOR;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            mixed = (mixed ^ buffer.getLong(offset + i, ByteOrder.LITTLE_ENDIAN)) * HASH_FACTOR;
            mixed ^= mixed >>> 29;
        }
        for (; i < length; i++) {
            mixed = (mixed ^ (buffer.getByte(offset + i) & 0xFF)) * HASH_FACTOR;
        }
        return mixed ^ mixed >>> 32;
    }

    @Override
    public void close() {
        journal.close();
    }

    /** The journal's next output, lying in the reader's buffer until the next one is fetched. */
    private static final class ExpectedOutput implements OutletHandler {
        private boolean isPresent;
        private long index;
        private long sequence;
        private DirectBuffer buffer;
        private int offset;
        private int length;

        @Override
        public void onMessage(long newSequence, DirectBuffer newBuffer, int newOffset, int newLength) {
            // Kept behind the call: the reader leaves it in place until it is polled again.
            sequence = newSequence;
            buffer = newBuffer;
            offset = newOffset;
            length = newLength;
        }

        private boolean matches(long otherSequence, DirectBuffer other, int otherOffset, int otherLength) {
            if (sequence != otherSequence || length != otherLength) {
                return false;
            }
            int i = 0;
            for (; i + 8 <= length; i += 8) {
                if (buffer.getLong(offset + i) != other.getLong(otherOffset + i)) {
                    return false;
                }
            }
            for (; i < length; i++) {
                if (buffer.getByte(offset + i) != other.getByte(otherOffset + i)) {
                    return false;
                }
            }
            return true;
        }

        private Output asOutput() {
            return new Output(index, sequence, buffer, offset, length);
        }
    }
}
