package io.millrace.app.doctor;

/**
 * What one check found.
 *
 * @param name of the check.
 * @param status the verdict.
 * @param read what was read, and where.
 * @param why it matters.
 * @param change what to do; empty if all is well.
 */
public record Finding(String name, Status status, String read, String why, String change) {
    /** Verdict of a check. */
    public enum Status {
        /** As it should be. */
        OK,
        /** Works, but costs latency or safety. */
        WARN,
        /** Could not be read here. */
        UNKNOWN
    }

    static Finding ok(String name, String read, String why) {
        return new Finding(name, Status.OK, read, why, "");
    }

    static Finding warn(String name, String read, String why, String change) {
        return new Finding(name, Status.WARN, read, why, change);
    }

    static Finding unknown(String name, String read, String why, String change) {
        return new Finding(name, Status.UNKNOWN, read, why, change);
    }
}
