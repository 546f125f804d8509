package io.millrace.app.config;

/**
 * Order books.
 *
 * @param snapshotLevels levels a side of a snapshot.
 * @param snapshotsInFlight most snapshots asked for at a time.
 * @param snapshotTimeoutMs how long an answer is waited for.
 * @param bufferedDiffs most updates kept per instrument until its snapshot is there.
 * @param streamStaleMs silence after which a stream is taken for dead.
 */
public record BooksConfig(
        @Key(
                value = "Levels a side of a snapshot: 5, 10, 20, 50, 100, 500 or 1000.",
                byDefault = "1000",
                unit = "levels",
                min = 5,
                max = 1000)
        int snapshotLevels,

        @Key(
                value = "Most snapshots asked for at a time; the others wait in order of need.",
                byDefault = "4",
                min = 1,
                max = 64)
        int snapshotsInFlight,

        @Key(value = "How long an answer is waited for.", byDefault = "10000", unit = "ms", min = 100, max = 120_000)
        int snapshotTimeoutMs,

        @Key(
                value = "Most updates kept per instrument until its snapshot is there.",
                byDefault = "1024",
                unit = "updates",
                min = 16,
                max = 65_536)
        int bufferedDiffs,

        @Key(
                value = "Silence after which a depth or ticker stream is taken for dead although its connection lives.",
                byDefault = "60000",
                unit = "ms",
                min = 100,
                max = 3_600_000)
        int streamStaleMs) {}
