package io.millrace.app.cli;

import io.millrace.app.replay.Quarantine;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code quarantine}: an operator's decision about an event that a stage threw at. */
@Command(
        name = "quarantine",
        description = {
            "Adds an operator's decision to a journal that nobody writes: the event at --sequence, at which a stage threw, "
                    + "is not shown to that stage again. Later runs and replays skip it, and the halt that it caused ends. "
                    + "The decision is an event itself, in a short run of its own; nothing is removed."
        },
        footer = {
            "",
            "Examples:",
            "  millrace quarantine data/journal --sequence 123456 --reason \"division by zero, fixed in 0.2\"",
            "  millrace quarantine data/journal --sequence 123456 --stage book --reason \"...\" --json"
        })
final class QuarantineCommand implements Callable<Integer> {
    @ParentCommand
    MillraceCommand parent;

    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    Path directory;

    @Option(names = "--sequence", paramLabel = "SEQ", required = true, description = "The event.")
    long sequence;

    @Option(
            names = "--stage",
            paramLabel = "S",
            description = "book, strategy or risk; without it every stage that threw at the event.")
    String stage;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; goes into the journal.")
    String reason;

    @Override
    public Integer call() {
        PrintWriter out = parent.spec.commandLine().getOut();
        Quarantine.Result result = new Quarantine(
                        parent.options.load(), "millrace " + Version.text(), parent.progress())
                .apply(directory, sequence, stage, reason);
        if (parent.options.json) {
            out.println(Json.line(Map.of("sequence", sequence, "stages", result.stages(), "halted", result.halted())));
        } else {
            out.println("sequence " + sequence + " is quarantined for " + String.join(", ", result.stages())
                    + "; halt reasons now: " + result.halted());
        }
        return ExitCodes.OK;
    }
}
