package io.millrace.journal.tool;

import io.millrace.journal.Journal;
import io.millrace.journal.segment.JournalException;
import io.millrace.journal.segment.QueueCutter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Cuts a journal off in front of a damaged record: everything behind is lost, so this is an operator's decision, taken on a
 * copy or with a copy at hand. Refuses while a process holds the journal.
 */
public final class JournalRepair {
    private JournalRepair() {}

    /**
     * Removes the inputs from a sequence on, and the outputs that they caused.
     *
     * @param directory of the journal.
     * @param sequence first event to lose; everything before it stays.
     * @return number of documents' bytes that were cleared.
     * @throws JournalException if the journal is in use or has no such sequence.
     */
    public static long cutAt(Path directory, long sequence) {
        if (Files.exists(directory.resolve("journal.owner")) && isOwnerAlive(directory)) {
            throw new JournalException("journal directory=" + directory + " is in use: stop the process that holds it");
        }
        return QueueCutter.cutAt(directory.resolve(Journal.INPUTS), sequence)
                + QueueCutter.cutAt(directory.resolve(Journal.OUTPUTS), sequence);
    }

    private static boolean isOwnerAlive(Path directory) {
        try {
            long pid = Long.parseLong(
                    Files.readString(directory.resolve("journal.owner")).strip());
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        } catch (java.io.IOException | NumberFormatException e) {
            return false;
        }
    }
}
