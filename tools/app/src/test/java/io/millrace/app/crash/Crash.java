package io.millrace.app.crash;

import java.util.Locale;

/**
 * How a run is to end.
 *
 * @param point where, null for {@code kill -9} from outside.
 * @param occurrence the n-th time that it comes by; for a kill milliseconds, from the start of the process or from when entries
 *     go.
 * @param isFromStart whether to count from the start of the run; otherwise from when entries go.
 */
record Crash(CrashPoint point, int occurrence, boolean isFromStart) {
    /** An end at a point, counted from when entries go. */
    static Crash at(CrashPoint point, int occurrence) {
        return new Crash(point, occurrence, false);
    }

    /** A kill so many milliseconds after entries go. */
    static Crash kill(int afterMs) {
        return new Crash(null, afterMs, false);
    }

    /** A kill so many milliseconds after the process began: in the recovery, perhaps. */
    static Crash killEarly(int afterMs) {
        return new Crash(null, afterMs, true);
    }

    /** Returns whether it is a kill that does not wait for trading to be enabled. */
    boolean isEarlyKill() {
        return point == null && isFromStart;
    }

    /** Returns whether it happens when the minute ends. */
    boolean isRoll() {
        return point != null && point.isRoll();
    }

    /** Returns the name of its row in the table. */
    String kind() {
        if (point == null) {
            return isFromStart ? "KILL_EARLY" : "KILL";
        }
        return point.name();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %s%d%s%s",
                kind(),
                point == null ? "" : "#",
                occurrence,
                point == null ? " ms" : "",
                isFromStart ? " from the start" : "");
    }
}
