package io.millrace.app.cli;

import io.millrace.app.config.Config;
import io.millrace.app.replay.Recording;
import io.millrace.app.replay.RecordingReport;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code record}: journals what the venue sends. */
@Command(
        name = "record",
        description = {
            "Journals what the configured venue sends, until --seconds are over or Ctrl-C. Public market data only: needs "
                    + "no key. An existing journal is continued."
        },
        footer = {
            "",
            "Examples:",
            "  millrace record --symbols BTCUSDT,ETHUSDT --seconds 60",
            "  millrace record --config venue.yaml --journal /data/journal",
            "  millrace replay data/journal --print --to 20"
        })
final class RecordCommand implements Callable<Integer> {
    @ParentCommand
    MillraceCommand parent;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long; without it until Ctrl-C.",
            defaultValue = "0")
    int seconds;

    @Option(names = "--journal", paramLabel = "DIR", description = "Directory of the journal (journal.directory).")
    Path journal;

    @Option(
            names = "--symbols",
            paramLabel = "A,B",
            split = ",",
            description = "Symbols in order of need (venue.symbols).")
    List<String> symbols;

    @Option(names = "--topology", paramLabel = "T", description = "auto, single, fused or pipelined (engine.topology).")
    String topology;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = parent.spec.commandLine().getOut();
        Config config = Overrides.on(parent.options.load())
                .set("engine.topology", topology)
                .set("journal.directory", journal == null ? null : journal.toString())
                .set("venue.symbols", symbols)
                .config();
        Recording recording = new Recording(config, seconds, parent.progress(), "millrace " + Version.text());
        RecordingReport report = Interrupts.during(recording::interrupt, recording::run);
        if (parent.options.json) {
            out.println(Json.line(report));
        } else {
            out.printf(
                    Locale.ROOT,
                    "recorded %,d events in %.1f s into %s, %d of %d books live at the end, %,d gaps, %,d decode errors%n",
                    report.events(),
                    report.seconds(),
                    report.journal(),
                    report.booksLive(),
                    report.instruments(),
                    report.gaps(),
                    report.errors());
        }
        return report.halted().equals("none") ? ExitCodes.OK : ExitCodes.FAULT;
    }
}
