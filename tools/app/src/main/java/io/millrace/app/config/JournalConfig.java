package io.millrace.app.config;

/**
 * Journals on disk.
 *
 * @param directory of the journals.
 * @param segment how much one file holds.
 * @param sync when bytes are forced to the disk.
 * @param syncIntervalMs time between two syncs.
 * @param lowWatermarkMib free space below which no new entries are made.
 * @param criticalWatermarkMib free space below which the run ends.
 * @param reserveMib space given back for the orderly halt.
 * @param blockMib bytes mapped at a time.
 * @param prepareAheadMib bytes of a file that are allocated ahead of the writer.
 */
public record JournalConfig(
        @Key(
                value = "Directory of the journals. One process at a time; a run on a journal that exists goes on "
                        + "with its sequence.",
                byDefault = "data/journal")
        String directory,

        @Key(
                value = "How much time one file holds.",
                byDefault = "hour",
                oneOf = {"minute", "hour", "day"})
        String segment,

        @Key(
                value = "When appended bytes are forced to the disk. `none`: when the system likes, they survive the "
                        + "process but not the machine. `interval`: every syncIntervalMs. `batch`: after every batch; "
                        + "commands then leave only after that.",
                byDefault = "none",
                oneOf = {"none", "interval", "batch"})
        String sync,

        @Key(
                value = "Time between two syncs with `sync: interval`.",
                byDefault = "100",
                unit = "ms",
                min = 1,
                max = 60_000)
        int syncIntervalMs,

        @Key(
                value = "Free space below which no new entries are made.",
                byDefault = "4096",
                unit = "MiB",
                min = 1,
                max = 1 << 20)
        int lowWatermarkMib,

        @Key(
                value = "Free space below which the run ends in order. Below lowWatermarkMib.",
                byDefault = "1024",
                unit = "MiB",
                min = 1,
                max = 1 << 20)
        int criticalWatermarkMib,

        @Key(
                value = "Space that is kept allocated and given back at the critical watermark, for the halt itself.",
                byDefault = "64",
                unit = "MiB",
                min = 0,
                max = 65_536)
        int reserveMib,

        @Key(
                value = "How much of a file is mapped at a time.",
                byDefault = "64",
                unit = "MiB",
                min = 1,
                max = 1024,
                powerOfTwo = true)
        int blockMib,

        @Key(
                value = "How much of a file is allocated and touched ahead of the writer.",
                byDefault = "64",
                unit = "MiB",
                min = 1,
                max = 65_536)
        int prepareAheadMib) {}
