package io.millrace.app.replay;

import io.millrace.journal.JournalReader;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Prints a journal as JSON lines: each event, and behind it the outputs that it caused. */
public final class JournalPrinter {
    private final PrintWriter out;
    private final EventPrinter printer = new EventPrinter();

    /**
     * Makes a printer.
     *
     * @param out receives the lines.
     */
    public JournalPrinter(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints a range.
     *
     * @param directory of the journal.
     * @param from first sequence.
     * @param to last sequence.
     */
    public void print(Path directory, long from, long to) {
        try (JournalReader inputs = JournalReader.inputs(directory).range(from, to);
                JournalReader outputs = JournalReader.outputs(directory).range(from, to)) {
            Pending pending = new Pending(outputs);
            while (inputs.poll(
                            (sequence, buffer, offset, length) -> {
                                pending.printBefore(sequence);
                                out.println(printer.line(sequence, buffer, offset));
                            },
                            1)
                    > 0) {
                if (out.checkError()) {
                    return; // The reader (head, less) has gone.
                }
            }
            pending.printBefore(Long.MAX_VALUE);
        }
        out.flush();
    }

    /** Outputs, one ahead: each is printed behind the event that caused it. */
    private final class Pending {
        private final JournalReader outputs;
        private long sequence = -1;
        private String line;

        private Pending(JournalReader outputs) {
            this.outputs = outputs;
        }

        private void printBefore(long limit) {
            while (fetch() && sequence < limit) {
                out.println(line);
                line = null;
            }
        }

        private boolean fetch() {
            return line != null
                    || outputs.poll(
                                    (causeSequence, buffer, offset, length) -> {
                                        sequence = causeSequence;
                                        line = printer.line(causeSequence, buffer, offset);
                                    },
                                    1)
                            > 0;
        }
    }
}
