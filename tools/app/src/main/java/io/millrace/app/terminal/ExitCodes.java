package io.millrace.app.terminal;

/** Exit codes of the command line. They are part of its interface and do not change. */
public final class ExitCodes {
    /** Done, and what was asked is so. */
    public static final int OK = 0;
    /** Done, and the verdict is negative: a difference, a mismatch, a count that does not agree. */
    public static final int NEGATIVE = 1;
    /** The command line or the configuration is wrong; nothing was done. */
    public static final int USAGE = 2;
    /** The machine or the network lacks something: a JDK, disk, a file, a connection. */
    public static final int ENVIRONMENT = 3;
    /** The engine halted on a fault, or the program failed. */
    public static final int FAULT = 4;

    private ExitCodes() {}
}
