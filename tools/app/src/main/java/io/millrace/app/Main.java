package io.millrace.app;

import io.millrace.app.cli.Cli;

/** Entry of the launcher. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args command line.
     */
    public static void main(String[] args) {
        int exitCode = Cli.run(args);
        System.exit(exitCode);
    }
}
