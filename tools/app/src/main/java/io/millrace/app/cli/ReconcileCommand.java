package io.millrace.app.cli;

import io.millrace.app.config.Config;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import io.millrace.app.terminal.TextTable;
import io.millrace.app.trading.DryReconciliation;
import io.millrace.app.trading.ReconcileReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code reconcile}: what a run would find at its start. */
@Command(
        name = "reconcile",
        description = {
            "Holds the journal's picture of orders, positions and wallets against the venue's, as a run does at its start, and "
                    + "shows each difference and what would be done about it. Sends nothing that changes anything; a key that "
                    + "may only read will do."
        },
        footer = {
            "",
            "Exit code 0 if there is no difference, 1 if there is one. No engine has to run; beside a running one, what "
                    + "happened since the reading of the journal began shows as differences.",
            "",
            "Examples:",
            "  millrace reconcile --dry-run --config testnet.yaml",
            "  millrace reconcile --dry-run --config testnet.yaml --json"
        })
final class ReconcileCommand implements Callable<Integer> {
    @ParentCommand
    MillraceCommand parent;

    @Option(names = "--dry-run", description = "Only look. Without it nothing is done.")
    boolean isDry;

    @Option(names = "--journal", paramLabel = "DIR", description = "Directory of the journal (journal.directory).")
    Path journal;

    @Override
    public Integer call() {
        PrintWriter out = parent.spec.commandLine().getOut();
        if (!isDry) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "differences are settled by 'millrace run', at its start and from then on; add --dry-run to see what it "
                            + "would do");
        }
        Config config = Overrides.on(parent.options.load())
                .set("journal.directory", journal == null ? null : journal.toString())
                .config();
        ReconcileReport report =
                DryReconciliation.of(config, System.getenv(), parent.progress()).run();
        if (parent.options.json) {
            out.println(Json.line(report));
        } else {
            print(out, report);
        }
        return report.equal() ? ExitCodes.OK : ExitCodes.NEGATIVE;
    }

    private static void print(PrintWriter out, ReconcileReport report) {
        if (!report.differences().isEmpty()) {
            TextTable differences = new TextTable("difference", "symbol", "subject", "journal", "venue", "action");
            for (ReconcileReport.Difference difference : report.differences()) {
                differences.row(
                        difference.what(),
                        difference.symbol(),
                        difference.subject(),
                        difference.journal(),
                        difference.venue(),
                        difference.action());
            }
            out.println(differences);
            report.differences().stream()
                    .map(difference -> difference.what() + ": " + difference.because())
                    .distinct()
                    .forEach(out::println);
            out.println();
        }
        if (!report.commands().isEmpty()) {
            TextTable commands = new TextTable("would be sent", "symbol", "subject", "text");
            report.commands()
                    .forEach(command ->
                            commands.row(command.what(), command.symbol(), command.subject(), command.text()));
            out.println(commands);
        }
        out.printf(
                Locale.ROOT,
                "%s: %s and %s after %,d events, run %d%s; entries behind it: %s%n",
                report.equal() ? "no difference" : report.differences().size() + " differences",
                report.journal(),
                report.venue(),
                report.events(),
                report.run(),
                report.lastRunEnded() ? "" : " (not ended in order: it crashed, or is still running)",
                report.halted().equals("none") ? "allowed" : "halted, " + report.halted());
    }
}
