package io.millrace.app.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.app.config.Config;
import io.millrace.app.replay.JournalPrinter;
import io.millrace.app.runtime.Replay;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import io.millrace.journal.Comparison;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code replay}: a recorded run once more. */
@Command(
        name = "replay",
        description = {
            "Replays a journal through the same ring and stages and compares every output with the recorded one. "
                    + "Nothing is sent anywhere. --from and --to limit what --print prints; the comparison begins at the "
                    + "first event always, because the state does, and ends at --to."
        },
        footer = {
            "",
            "Exit code 1 if an output differs; the first difference is named with its sequence.",
            "",
            "Examples:",
            "  millrace replay data/journal",
            "  millrace replay data/journal --topology pipelined --json",
            "  millrace replay data/journal --print --from 1000 --to 1010",
            "  millrace replay data/journal --print --verify --to 5000"
        })
final class ReplayCommand implements Callable<Integer> {
    @ParentCommand
    MillraceCommand parent;

    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    Path directory;

    @Option(
            names = "--verify",
            description = "Compare with the recorded outputs: what happens without --print anyway, and with it only "
                    + "when asked for.")
    boolean verify;

    @Option(names = "--from", paramLabel = "SEQ", description = "First sequence to print.", defaultValue = "0")
    long from;

    @Option(names = "--to", paramLabel = "SEQ", description = "Last sequence to print and to replay.")
    Long to;

    @Option(names = "--print", description = "Print events and outputs as JSON, one a line.")
    boolean print;

    @Option(names = "--topology", paramLabel = "T", description = "auto, single, fused or pipelined (engine.topology).")
    String topology;

    /**
     * What {@code --json} prints.
     *
     * @param identical whether every output was.
     * @param events replayed.
     * @param stateHash over all outputs.
     * @param firstDifference null if identical.
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Verdict(boolean identical, long events, String stateHash, Comparison.Difference firstDifference) {}

    @Override
    public Integer call() {
        PrintWriter out = parent.spec.commandLine().getOut();
        long last = to == null ? Long.MAX_VALUE : to;
        if (last < from) {
            throw new CommandFailure(ExitCodes.USAGE, "--to=" + last + " is below --from=" + from);
        }
        if (print) {
            new JournalPrinter(out).print(directory, from, last);
            if (!verify) {
                return ExitCodes.OK;
            }
        }
        Config config = Overrides.on(parent.options.load())
                .set("engine.topology", topology)
                .config();
        Comparison result = new Replay(directory, config, UnaryOperator.identity()).run(last, parent.progress());
        if (parent.options.json) {
            out.println(Json.line(
                    new Verdict(result.identical(), result.events(), result.stateHash(), result.firstDifference())));
        } else {
            out.printf(
                    Locale.ROOT,
                    "replay: %s (%,d events, %,d outputs, %s)%n",
                    result.identical() ? "identical" : "DIFFERENT",
                    result.events(),
                    result.outputs(),
                    result.stateHash());
            if (!result.identical()) {
                out.println("first difference at " + result.firstDifference());
            }
            if (result.missingAtCrash() > 0) {
                out.printf(
                        Locale.ROOT,
                        "%,d outputs at the end of a crashed run were never recorded, %,d of them commands: never sent%n",
                        result.missingAtCrash(),
                        result.regeneratedUnsent().size());
            }
        }
        return result.identical() ? ExitCodes.OK : ExitCodes.NEGATIVE;
    }
}
