package io.millrace.app.terminal;

/** Ends a command with an exit code and one line for the user. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * Makes the failure.
     *
     * @param exitCode one of {@link ExitCodes}.
     * @param message one line: what is wrong, with values, and what to do.
     */
    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Makes the failure with what led to it, shown with {@code --stacktrace}. */
    public CommandFailure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Returns the exit code. */
    public int exitCode() {
        return exitCode;
    }
}
