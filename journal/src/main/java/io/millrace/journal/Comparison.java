package io.millrace.journal;

import java.util.List;

/**
 * The verdict of a replay.
 *
 * @param identical whether every output that the journal has came out again, byte for byte, and no other.
 * @param events number of events replayed.
 * @param outputs number of outputs that came out.
 * @param stateHash hash over the bytes of all outputs that came out, checkpoints included: 16 hexadecimal digits, equal on
 *     every machine and topology.
 * @param firstDifference the difference with the lowest sequence found, null if identical.
 * @param regeneratedUnsent commands that came out but are missing at the end of a crashed run: they were never sent.
 * @param missingAtCrash number of outputs of any kind that are missing at the ends of crashed runs.
 */
public record Comparison(
        boolean identical,
        long events,
        long outputs,
        String stateHash,
        Difference firstDifference,
        List<UnsentCommand> regeneratedUnsent,
        long missingAtCrash) {
    /**
     * A difference between journal and replay.
     *
     * @param sequence journal sequence at which they differ.
     * @param outputIndex index of the output in the journal, -1 if the journal has none.
     * @param kind message type of the output, and what of it differs.
     * @param expected what the journal has.
     * @param actual what the replay gave.
     */
    public record Difference(long sequence, long outputIndex, String kind, String expected, String actual) {
        /** Returns one line for people. */
        @Override
        public String toString() {
            return "sequence " + sequence + ": " + kind + " expected " + expected + " but was " + actual
                    + (outputIndex < 0 ? "" : " (output " + outputIndex + ")");
        }
    }

    /**
     * A command that was decided on but never left.
     *
     * @param sequence the event that caused it.
     * @param commandId its id.
     * @param templateId its message type.
     */
    public record UnsentCommand(long sequence, long commandId, int templateId) {}
}
