package io.millrace.app.cli;

import io.millrace.app.config.Config;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import io.millrace.app.trading.RunReport;
import io.millrace.app.trading.TradingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code run}: the engine on an account. */
@Command(
        name = "run",
        description = {
            "Runs the engine on an account, until --seconds are over or Ctrl-C: paper, testnet or live, as trading.mode says. "
                    + "An existing journal is continued: what it has and what the venue has are compared before anything is "
                    + "traded."
        },
        footer = {
            "",
            "Examples:",
            "  millrace run --mode paper --probe 500 --seconds 60",
            "  millrace run --mode paper --probe 50 --capture capture.jsonl.gz",
            "  millrace run --config testnet.yaml",
            "  millrace orders data/journal"
        })
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    MillraceCommand parent;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long; without it until Ctrl-C.",
            defaultValue = "0")
    int seconds;

    @Option(names = "--mode", paramLabel = "M", description = "paper, testnet or live (trading.mode).")
    String mode;

    @Option(
            names = "--probe",
            paramLabel = "N",
            description = "The probe strategy answers each N-th ticker (trading.probe.everyTickers).")
    Integer probe;

    @Option(names = "--journal", paramLabel = "DIR", description = "Directory of the journal (journal.directory).")
    Path journal;

    @Option(
            names = "--symbols",
            paramLabel = "A,B",
            split = ",",
            description = "Symbols in order of need (venue.symbols).")
    List<String> symbols;

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = "Paper trades on this recording instead of the synthetic market (exchange.capture).")
    Path capture;

    @Option(names = "--topology", paramLabel = "T", description = "auto, single, fused or pipelined (engine.topology).")
    String topology;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = parent.spec.commandLine().getOut();
        Config config = Overrides.on(parent.options.load())
                .set("trading.mode", mode)
                .set("trading.probe.everyTickers", probe)
                .set("engine.topology", topology)
                .set("journal.directory", journal == null ? null : journal.toString())
                .set("venue.symbols", symbols)
                .set("exchange.capture", capture == null ? null : capture.toString())
                .config();
        PrintWriter summary = parent.options.json ? parent.spec.commandLine().getErr() : out;
        TradingRun run = new TradingRun(config, seconds, parent.progress(), summary, "millrace " + Version.text());
        RunReport report = Interrupts.during(run::interrupt, () -> run.run(System.getenv()));
        if (parent.options.json) {
            out.println(Json.line(report));
        } else {
            out.printf(
                    Locale.ROOT,
                    "ran %.1f s, %,d events, %d books live at the end; %,d requests, %,d answered by an order, %,d failed, "
                            + "%,d unknown at first, %,d not sent, %,d weight/min; entries halted: %s%n",
                    report.seconds(),
                    report.events(),
                    report.booksLive(),
                    report.commandsSent(),
                    report.commandsAnswered(),
                    report.commandsFailed(),
                    report.commandsUnknown(),
                    report.commandsRefused(),
                    report.weightPerMinute(),
                    report.halted());
        }
        return report.halted().equals("none") ? ExitCodes.OK : ExitCodes.FAULT;
    }
}
