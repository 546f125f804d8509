package io.millrace.app.config;

/**
 * Order books. A journal carries these settings: it can only be replayed, and continued, with the same ones.
 *
 * @param maxLevelsPerSide levels that one side takes.
 * @param snapshotLevels levels a side of a snapshot.
 * @param snapshotWeight request weight of one snapshot.
 * @param snapshotWeightPerMinute request weight for snapshots.
 * @param snapshotBurstWeight request weight that may be used at once.
 * @param snapshotsInFlight most snapshots asked for at a time.
 * @param snapshotTimeoutMs how long an answer is waited for.
 * @param snapshotRetryMs pause after a first failure.
 * @param snapshotRetryMaxMs longest such pause.
 * @param stableMs how long a book has to be live for its failures to be forgotten.
 * @param bufferKib memory for updates that wait for a snapshot.
 * @param bufferKibPerBook of it for one book.
 * @param depthSilenceMs silence of a depth stream.
 * @param tickerSilenceMs silence of a ticker stream.
 * @param markPriceSilenceMs silence of a mark price stream.
 * @param resyncOnTickerMismatch whether a mismatch starts the book again.
 * @param costNotional value whose cost of taking it out of a book is measured.
 */
public record BooksConfig(
        @Key(
                value = "Levels that one side of a book takes before it is given up as hostile.",
                byDefault = "65536",
                unit = "levels",
                min = 5_000,
                max = 4_000_000)
        int maxLevelsPerSide,

        @Key(
                value = "Levels a side of a snapshot: 5, 10, 20, 50, 100, 500 or 1000.",
                byDefault = "1000",
                unit = "levels",
                min = 5,
                max = 1000)
        int snapshotLevels,

        @Key(
                value = "Request weight of one snapshot; the venue takes 20 for 1000 levels, 10 for 500, 5 for 100, "
                        + "2 for less.",
                byDefault = "20",
                unit = "weight",
                min = 1,
                max = 1000)
        int snapshotWeight,

        @Key(
                value = "Share of the venue's request weight for snapshots.",
                byDefault = "1200",
                unit = "weight/min",
                min = 1,
                max = 1_000_000)
        int snapshotWeightPerMinute,

        @Key(
                value = "Request weight that may be used at once after a pause.",
                byDefault = "80",
                unit = "weight",
                min = 1,
                max = 1_000_000)
        int snapshotBurstWeight,

        @Key(
                value = "Most snapshots asked for at a time; the others wait in order of need.",
                byDefault = "4",
                min = 1,
                max = 16)
        int snapshotsInFlight,

        @Key(value = "How long an answer is waited for.", byDefault = "5000", unit = "ms", min = 1, max = 3_600_000)
        int snapshotTimeoutMs,

        @Key(
                value = "Pause after a first failure; doubled with each further one.",
                byDefault = "250",
                unit = "ms",
                min = 1,
                max = 30_000)
        int snapshotRetryMs,

        @Key(
                value = "Longest such pause. At least snapshotRetryMs.",
                byDefault = "30000",
                unit = "ms",
                min = 1,
                max = 3_600_000)
        int snapshotRetryMaxMs,

        @Key(
                value = "A book that was live for so long starts its next sync without a pause.",
                byDefault = "60000",
                unit = "ms",
                min = 0,
                max = 86_400_000)
        int stableMs,

        @Key(
                value = "Memory for updates that wait for their book's snapshot, all books together.",
                byDefault = "8192",
                unit = "KiB",
                min = 64,
                max = 1_048_576,
                multipleOf = 16)
        int bufferKib,

        @Key(
                value = "Of it the most for one book; beyond that its buffer starts again.",
                byDefault = "1024",
                unit = "KiB",
                min = 16,
                max = 1_048_576,
                multipleOf = 16)
        int bufferKibPerBook,

        @Key(
                value = "Silence after which a depth stream is taken for dead although its connection lives; 0 never.",
                byDefault = "15000",
                unit = "ms",
                min = 0,
                max = 86_400_000)
        int depthSilenceMs,

        @Key(value = "The same for ticker streams.", byDefault = "30000", unit = "ms", min = 0, max = 86_400_000)
        int tickerSilenceMs,

        @Key(value = "The same for mark price streams.", byDefault = "10000", unit = "ms", min = 0, max = 86_400_000)
        int markPriceSilenceMs,

        @Key(
                value = "Whether a book that differs from the ticker of the same update id starts again.",
                byDefault = "true")
        boolean resyncOnTickerMismatch,

        @Key(
                value = "Value of which the cost of buying and of selling it is measured in each book.",
                byDefault = "10000",
                unit = "quote",
                min = 1,
                max = 1_000_000_000)
        int costNotional) {}
