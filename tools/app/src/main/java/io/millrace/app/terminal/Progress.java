package io.millrace.app.terminal;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * Says on standard error how far a command is, from the first second on and then each second: in place on a terminal, as
 * lines otherwise.
 *
 * <p><b>Thread:</b> the command's.
 */
public final class Progress {
    private static final long INTERVAL_NS = 1_000_000_000L;

    private final PrintWriter err;
    private final boolean inPlace;
    private final LongSupplier nanoTime;
    private long nextNs;
    private int shownLength;

    /**
     * Makes a silent progress; it speaks up after a second.
     *
     * @param err standard error.
     * @param inPlace whether it is a terminal, so that a line can be written over.
     */
    public Progress(PrintWriter err, boolean inPlace) {
        this(err, inPlace, System::nanoTime);
    }

    Progress(PrintWriter err, boolean inPlace, LongSupplier nanoTime) {
        this.err = err;
        this.inPlace = inPlace;
        this.nanoTime = nanoTime;
        this.nextNs = nanoTime.getAsLong() + INTERVAL_NS;
    }

    /** Returns whether a second has passed since something was shown; asks the clock. */
    public boolean isDue() {
        return nanoTime.getAsLong() - nextNs >= 0;
    }

    /** Shows a line if it is due. */
    public void show(String what) {
        if (isDue()) {
            nextNs = nanoTime.getAsLong() + INTERVAL_NS;
            if (inPlace) {
                err.print("\r" + what + " ".repeat(Math.max(0, shownLength - what.length())));
                shownLength = what.length();
            } else {
                err.println(what);
            }
            err.flush();
        }
    }

    /** Removes what is shown in place. */
    public void end() {
        if (shownLength > 0) {
            err.print("\r" + " ".repeat(shownLength) + "\r");
            err.flush();
            shownLength = 0;
        }
    }
}
