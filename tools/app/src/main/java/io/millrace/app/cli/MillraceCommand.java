package io.millrace.app.cli;

import io.millrace.app.terminal.Progress;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
        name = "millrace",
        description = "A low-latency trading engine.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and what was asked is so",
            "1:done, and the verdict is negative: a difference, a mismatch",
            "2:the command line or the configuration is wrong",
            "3:the machine lacks something: a JDK, disk, a file, a connection",
            "4:the engine halted on a fault, or the program failed"
        },
        subcommands = {
            DemoCommand.class,
            InspectCommand.class,
            RunCommand.class,
            FeaturesCommand.class,
            RecordCommand.class,
            ReplayCommand.class,
            OrdersCommand.class,
            PositionsCommand.class,
            ReconcileCommand.class,
            QuarantineCommand.class,
            ExchangeCommand.class,
            DoctorCommand.class,
            ConfigCommand.class
        })
final class MillraceCommand implements Runnable {
    @Mixin
    final GlobalOptions options = new GlobalOptions();

    @Spec
    CommandSpec spec;

    /** Returns the root of the line that a command belongs to. */
    static MillraceCommand of(CommandLine line) {
        CommandLine root = line;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getCommand();
    }

    /** Returns a progress on standard error; in place if that is a terminal. */
    Progress progress() {
        return new Progress(spec.commandLine().getErr(), Terminal.isError());
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command? " + spec.subcommands().keySet());
    }
}
