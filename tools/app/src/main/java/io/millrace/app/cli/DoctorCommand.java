package io.millrace.app.cli;

import io.millrace.app.doctor.Doctor;
import io.millrace.app.doctor.Finding;
import io.millrace.app.doctor.Finding.Status;
import io.millrace.app.doctor.Machine;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code doctor}: checks the machine. */
@Command(
        name = "doctor",
        description = "Checks the machine for a low-latency deployment and says what to change.",
        footer = {
            "",
            "Examples:",
            "  millrace doctor",
            "  millrace doctor --strict          exit code 1 if anything is to be changed",
            "  millrace doctor --json | jq '.findings[] | select(.status==\"WARN\")'"
        })
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    MillraceCommand parent;

    @Option(names = "--strict", description = "End with exit code 1 if there is a warning.")
    boolean strict;

    @Override
    public Integer call() {
        PrintWriter out = parent.spec.commandLine().getOut();
        Path journal = Path.of(parent.options.load().journal().directory());
        List<Finding> findings = new Doctor(Machine.local(), journal).examine();
        long warnings = findings.stream().filter(f -> f.status() == Status.WARN).count();
        if (parent.options.json) {
            out.println(Json.line(Map.of("warnings", warnings, "findings", findings)));
        } else {
            findings.forEach(finding -> print(out, finding));
            out.println();
            out.println(warnings == 0 ? "nothing to change" : warnings + " things to change");
        }
        return strict && warnings > 0 ? ExitCodes.NEGATIVE : ExitCodes.OK;
    }

    private static void print(PrintWriter out, Finding finding) {
        out.printf("%-7s  %-22s  %s%n", finding.status(), finding.name(), finding.read());
        if (finding.status() == Status.WARN) {
            out.printf("%-7s  %-22s  why: %s%n", "", "", finding.why());
            out.printf("%-7s  %-22s  do:  %s%n", "", "", finding.change());
        }
    }
}
