package io.millrace.journal;

import io.millrace.journal.segment.JournalException;

/**
 * When appended bytes are forced to the disk.
 *
 * @param kind none, batch or interval.
 * @param intervalMs milliseconds between two syncs with {@link Kind#INTERVAL}, else 0.
 */
public record SyncPolicy(Kind kind, long intervalMs) {
    /** What triggers a sync. */
    public enum Kind {
        /** Nothing: the page cache survives the process, not the machine. */
        NONE,
        /** Every batch is synced before it is acknowledged. */
        BATCH,
        /** A batch is acknowledged unsynced; a sync follows when the interval is over. */
        INTERVAL
    }

    /** Nothing is synced. */
    public static final SyncPolicy NONE = new SyncPolicy(Kind.NONE, 0);
    /** Every batch is synced before it is acknowledged. */
    public static final SyncPolicy BATCH = new SyncPolicy(Kind.BATCH, 0);

    /** Checks the interval. */
    public SyncPolicy {
        boolean isInterval = kind == Kind.INTERVAL;
        if (isInterval ? intervalMs < 1 || intervalMs > 3_600_000 : intervalMs != 0) {
            throw new JournalException("sync=" + kind + " with intervalMs=" + intervalMs
                    + ": the interval must be 1 to 3600000 ms for interval and 0 for others");
        }
    }

    /**
     * Reads the text form.
     *
     * @param text {@code none}, {@code batch} or {@code interval:<ms>}.
     * @return the policy.
     * @throws JournalException if it is none of these.
     */
    public static SyncPolicy parse(String text) {
        if (text.equals("none")) {
            return NONE;
        }
        if (text.equals("batch")) {
            return BATCH;
        }
        if (text.matches("interval:[0-9]{1,9}")) {
            return new SyncPolicy(Kind.INTERVAL, Long.parseLong(text.substring("interval:".length())));
        }
        throw new JournalException("sync='" + text + "' is not known, use none, batch or interval:<ms>");
    }

    /** Returns the text form that {@link #parse} reads. */
    @Override
    public String toString() {
        return switch (kind) {
            case NONE -> "none";
            case BATCH -> "batch";
            case INTERVAL -> "interval:" + intervalMs;
        };
    }
}
