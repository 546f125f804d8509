package io.millrace.app.cli;

import io.millrace.app.config.ConfigException;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line: parses it, runs the command, turns failures into one line and an exit code. */
public final class Cli {
    private Cli() {}

    /** Runs with the process's own streams. */
    public static int run(String... args) {
        return run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args);
    }

    /**
     * Runs one command.
     *
     * @param out receives what the command prints.
     * @param err receives progress and errors.
     * @param args command line.
     * @return one of {@link ExitCodes}.
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new MillraceCommand());
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setParameterExceptionHandler(Cli::onWrongUse);
        line.setExecutionExceptionHandler(Cli::onFailure);
        int exitCode = line.execute(args);
        out.flush();
        err.flush();
        Interrupts.finish(exitCode);
        return exitCode;
    }

    private static int onWrongUse(ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("millrace: " + firstLine(e.getMessage()));
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("see 'millrace "
                + (e.getCommandLine().getParent() == null
                        ? ""
                        : e.getCommandLine().getCommandName() + " ")
                + "--help'");
        return ExitCodes.USAGE;
    }

    private static int onFailure(Exception e, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        boolean withTrace = MillraceCommand.of(line).options.stacktrace;
        int exitCode = exitCodeOf(e);
        boolean isExpected = e instanceof CommandFailure || e instanceof ConfigException;
        err.println("millrace: " + (isExpected ? e.getMessage() : describe(e))
                + (isExpected || withTrace ? "" : " (--stacktrace shows where)"));
        if (withTrace) {
            e.printStackTrace(err);
        }
        return exitCode;
    }

    private static int exitCodeOf(Exception e) {
        if (e instanceof CommandFailure failure) {
            return failure.exitCode();
        }
        if (e instanceof ConfigException) {
            return ExitCodes.USAGE;
        }
        return e instanceof IOException || e instanceof UncheckedIOException ? ExitCodes.ENVIRONMENT : ExitCodes.FAULT;
    }

    private static String describe(Exception e) {
        String message = firstLine(e.getMessage());
        return message.isEmpty() ? e.getClass().getSimpleName() : e.getClass().getSimpleName() + ": " + message;
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
