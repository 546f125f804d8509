package io.millrace.app.cli;

import io.millrace.app.config.ConfigLoader;
import io.millrace.app.config.ConfigReference;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code config}: shows what is in force. */
@Command(
        name = "config",
        description = "Checks the configuration and prints every key with the value in force.",
        footer = {
            "",
            "Examples:",
            "  millrace config > millrace.yaml               a file to start from",
            "  millrace config --config millrace.yaml        checks it",
            "  millrace config --reference                   the reference of all keys"
        })
final class ConfigCommand implements Callable<Integer> {
    @ParentCommand
    MillraceCommand parent;

    @Option(names = "--reference", description = "Print the reference of all keys as Markdown.")
    boolean reference;

    @Override
    public Integer call() {
        PrintWriter out = parent.spec.commandLine().getOut();
        if (reference) {
            out.print(ConfigReference.markdown());
        } else if (parent.options.json) {
            out.println(Json.line(parent.options.load()));
        } else {
            out.print(ConfigLoader.toYaml(parent.options.load()));
        }
        return ExitCodes.OK;
    }
}
