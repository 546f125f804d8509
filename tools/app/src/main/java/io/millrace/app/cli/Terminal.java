package io.millrace.app.cli;

/** Whether somebody looks on. The launcher asks the shell, because the JDK cannot tell one stream from the other. */
final class Terminal {
    private Terminal() {}

    /** Returns whether standard output is a terminal. */
    static boolean isOutput() {
        return "1".equals(System.getenv("MILLRACE_OUT_IS_TERMINAL"));
    }

    /** Returns whether standard error is a terminal. */
    static boolean isError() {
        return "1".equals(System.getenv("MILLRACE_ERR_IS_TERMINAL"));
    }
}
