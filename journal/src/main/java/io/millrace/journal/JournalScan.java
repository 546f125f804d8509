package io.millrace.journal;

import io.millrace.codecs.event.StopReason;
import io.millrace.journal.segment.JournalException;
import io.millrace.journal.segment.TornTail;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What recovery and replay have to know of a journal before they feed it to an engine; made by {@link JournalScanner}.
 *
 * @param directory of the journal.
 * @param lastInputSequence sequence of the last event, -1 for none.
 * @param lastOutputIndex index of the last output, -1 for none.
 * @param lastOutputSequence sequence that caused the last output, -1 for none.
 * @param runs every run in order.
 * @param quarantines every decision to leave an event out, in order.
 * @param definitions every instrument definition in order.
 * @param tornTails what a crash left behind the last records of the queues; empty after an orderly end.
 */
public record JournalScan(
        Path directory,
        long lastInputSequence,
        long lastOutputIndex,
        long lastOutputSequence,
        List<Run> runs,
        List<Quarantine> quarantines,
        List<Definition> definitions,
        List<TornTail> tornTails) {
    /**
     * One run of an engine on the journal.
     *
     * @param sequence of its {@code RunStarted}.
     * @param runEpoch number of the run, 1 for the first.
     * @param lastInputSequence last event of the run before, -1 for none.
     * @param lastOutputIndex last output of the run before, -1 for none.
     * @param build that ran.
     * @param stoppedSequence sequence of its {@code RunStopped}, -1 if it crashed or is running.
     * @param stopReason why it stopped, null if it did not.
     */
    public record Run(
            long sequence,
            long runEpoch,
            long lastInputSequence,
            long lastOutputIndex,
            String build,
            long stoppedSequence,
            StopReason stopReason) {
        /** Returns whether the run came to its {@code RunStopped} as it should, so that all its outputs are there. */
        public boolean isComplete() {
            return stopReason == StopReason.ORDERLY || stopReason == StopReason.OPERATOR;
        }
    }

    /**
     * An operator's decision to leave an event out.
     *
     * @param sequence of the decision.
     * @param targetSequence the event.
     * @param stage that faulted at it.
     */
    public record Quarantine(long sequence, long targetSequence, int stage) {}

    /**
     * An instrument definition.
     *
     * @param sequence of the event.
     * @param message the whole message, for {@code InstrumentCodec}.
     */
    @SuppressWarnings("ArrayRecordComponent") // Bytes on their way to a decoder; nobody compares definitions.
    public record Definition(long sequence, byte[] message) {}

    /** Returns the epoch of the next run: one above the last. */
    public long nextRunEpoch() {
        return runs.isEmpty() ? 1 : runs.get(runs.size() - 1).runEpoch() + 1;
    }

    /** Returns the sequences that were quarantined for a stage. */
    public Set<Long> quarantinedSequences(int stage) {
        Set<Long> sequences = new TreeSet<>();
        for (Quarantine quarantine : quarantines) {
            if (quarantine.stage() == stage) {
                sequences.add(quarantine.targetSequence());
            }
        }
        return sequences;
    }

    /**
     * Refuses a journal whose outputs are ahead of its inputs: by the write-ahead rule that cannot be, so inputs are lost.
     *
     * @throws JournalException if they are.
     */
    public void requireOutputsNotAhead() {
        OutputOrder.require(directory, lastInputSequence, lastOutputSequence);
    }
}
