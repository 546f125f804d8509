package io.millrace.journal;

import io.millrace.journal.segment.JournalException;
import java.nio.file.Path;

/** The consequence of the write-ahead rule: no output without its cause in the inputs. */
final class OutputOrder {
    private OutputOrder() {}

    static void require(Path directory, long lastInputSequence, long lastOutputSequence) {
        if (lastOutputSequence > lastInputSequence) {
            throw new JournalException("outputs ahead of inputs: journal directory=" + directory
                    + " has outputs of sequence=" + lastOutputSequence + " but inputs only up to sequence="
                    + lastInputSequence + ": commands may have left whose causes are lost. Halt: reconcile with the"
                    + " exchange by hand and start a new journal directory");
        }
    }
}
