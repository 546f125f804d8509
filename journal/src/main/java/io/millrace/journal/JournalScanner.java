package io.millrace.journal;

import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandDecoder;
import io.millrace.codecs.event.RunStartedDecoder;
import io.millrace.codecs.event.RunStoppedDecoder;
import io.millrace.codecs.event.StopReason;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.journal.segment.JournalException;
import io.millrace.journal.segment.TornTail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Reads a journal once from end to end, checking every record, and collects what has to be known before it is fed to an
 * engine: runs, quarantine decisions, instruments, and how it ends.
 */
public final class JournalScanner implements OutletHandler {
    private static final int BATCH = 1024;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RunStartedDecoder runStarted = new RunStartedDecoder();
    private final RunStoppedDecoder runStopped = new RunStoppedDecoder();
    private final OperatorCommandDecoder operatorCommand = new OperatorCommandDecoder();
    private final List<JournalScan.Run> runs = new ArrayList<>();
    private final List<JournalScan.Quarantine> quarantines = new ArrayList<>();
    private final List<JournalScan.Definition> definitions = new ArrayList<>();
    private final List<TornTail> tornTails = new ArrayList<>();

    private JournalScanner() {}

    /**
     * Scans a journal.
     *
     * @param directory of the journal.
     * @return what was found.
     * @throws JournalException if records are damaged or missing in front of intact ones.
     */
    public static JournalScan scan(Path directory) {
        JournalScanner scanner = new JournalScanner();
        long lastInputSequence;
        try (JournalReader inputs = JournalReader.inputs(directory)) {
            scanner.drain(inputs, scanner);
            lastInputSequence = inputs.sequence();
        }
        try (JournalReader outputs = JournalReader.outputs(directory)) {
            scanner.drain(outputs, (sequence, buffer, offset, length) -> {});
            return new JournalScan(
                    directory,
                    lastInputSequence,
                    outputs.index(),
                    outputs.sequence(),
                    List.copyOf(scanner.runs),
                    List.copyOf(scanner.quarantines),
                    List.copyOf(scanner.definitions),
                    List.copyOf(scanner.tornTails));
        }
    }

    private void drain(JournalReader reader, OutletHandler handler) {
        while (reader.poll(handler, BATCH) > 0) {
            // Until the end.
        }
        reader.tornTail().ifPresent(tornTails::add);
    }

    @Override
    public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
        switch (EventHeader.templateId(buffer, offset)) {
            case RunStartedDecoder.TEMPLATE_ID -> onRunStarted(sequence, buffer, offset);
            case RunStoppedDecoder.TEMPLATE_ID -> onRunStopped(sequence, buffer, offset);
            case OperatorCommandDecoder.TEMPLATE_ID -> onOperatorCommand(sequence, buffer, offset);
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> {
                byte[] copy = new byte[length];
                buffer.getBytes(offset, copy);
                definitions.add(new JournalScan.Definition(sequence, copy));
            }
            default -> {
                // Nothing to prepare for.
            }
        }
    }

    private void onRunStarted(long sequence, DirectBuffer buffer, int offset) {
        runStarted.wrapAndApplyHeader(buffer, offset, header);
        runs.add(new JournalScan.Run(
                sequence,
                runStarted.runEpoch(),
                runStarted.lastInputSequence(),
                runStarted.lastOutputIndex(),
                runStarted.build(),
                -1,
                null));
    }

    private void onRunStopped(long sequence, DirectBuffer buffer, int offset) {
        if (runs.isEmpty()) {
            return;
        }
        runStopped.wrapAndApplyHeader(buffer, offset, header);
        JournalScan.Run run = runs.get(runs.size() - 1);
        StopReason reason = runStopped.reason();
        runs.set(
                runs.size() - 1,
                new JournalScan.Run(
                        run.sequence(),
                        run.runEpoch(),
                        run.lastInputSequence(),
                        run.lastOutputIndex(),
                        run.build(),
                        sequence,
                        reason));
    }

    private void onOperatorCommand(long sequence, DirectBuffer buffer, int offset) {
        operatorCommand.wrapAndApplyHeader(buffer, offset, header);
        if (operatorCommand.action() == OperatorAction.QUARANTINE) {
            quarantines.add(
                    new JournalScan.Quarantine(sequence, operatorCommand.targetSequence(), operatorCommand.stage()));
        }
    }
}
