package io.millrace.journal;

import io.millrace.journal.segment.JournalException;
import io.millrace.journal.segment.RollCycleNames;

/**
 * How a journal is written. Immutable; start from {@link #defaults()}.
 *
 * @param rollCycle name of Chronicle's roll cycle: how much time goes into one file of a queue.
 * @param sync when appended bytes are forced to the disk.
 * @param blockSizeBytes bytes mapped at a time, a power of two from 1 MiB to 1 GiB.
 * @param prepareAheadBytes bytes of a segment that are allocated ahead of the writer, at least {@link
 *     #MIN_PREPARE_AHEAD_BYTES}.
 * @param lowWatermarkBytes free bytes of the file system below which the level is LOW: no new entries.
 * @param criticalWatermarkBytes free bytes below which the level is CRITICAL: an orderly halt, at most the low watermark.
 * @param reserveBytes bytes kept allocated in a file of their own and given back at CRITICAL, so that cancels and the halt
 *     can still be journaled; 0 for none.
 * @param build name and version of the build that writes, for the descriptor.
 */
public record JournalSettings(
        String rollCycle,
        SyncPolicy sync,
        int blockSizeBytes,
        long prepareAheadBytes,
        long lowWatermarkBytes,
        long criticalWatermarkBytes,
        long reserveBytes,
        String build) {
    /** Least {@link #prepareAheadBytes()}: a record, index blocks and one step of the preparation fit. */
    public static final long MIN_PREPARE_AHEAD_BYTES = 1L << 20;

    private static final int MIN_BLOCK_SIZE_BYTES = 1 << 20;
    private static final int MAX_BLOCK_SIZE_BYTES = 1 << 30;
    private static final long MIB = 1L << 20;

    /** Checks every value. */
    public JournalSettings {
        RollCycleNames.of(rollCycle);
        require(
                Integer.bitCount(blockSizeBytes) == 1
                        && blockSizeBytes >= MIN_BLOCK_SIZE_BYTES
                        && blockSizeBytes <= MAX_BLOCK_SIZE_BYTES,
                "blockSizeBytes",
                blockSizeBytes,
                "a power of two from " + MIN_BLOCK_SIZE_BYTES + " to " + MAX_BLOCK_SIZE_BYTES);
        require(
                prepareAheadBytes >= MIN_PREPARE_AHEAD_BYTES,
                "prepareAheadBytes",
                prepareAheadBytes,
                "at least " + MIN_PREPARE_AHEAD_BYTES);
        require(lowWatermarkBytes >= 0, "lowWatermarkBytes", lowWatermarkBytes, "at least 0");
        require(
                criticalWatermarkBytes >= 0 && criticalWatermarkBytes <= lowWatermarkBytes,
                "criticalWatermarkBytes",
                criticalWatermarkBytes,
                "from 0 to lowWatermarkBytes=" + lowWatermarkBytes);
        require(reserveBytes >= 0, "reserveBytes", reserveBytes, "at least 0");
        if (build == null || build.isBlank()) {
            throw new JournalException("build='" + build + "' must name the build that writes the journal");
        }
    }

    /** Returns settings for a server: hourly files, page cache only, 16 MiB prepared, warnings at 4 GiB and 1 GiB. */
    public static JournalSettings defaults() {
        return new JournalSettings(
                "FAST_HOURLY",
                SyncPolicy.NONE,
                (int) (64 * MIB),
                16 * MIB,
                4096 * MIB,
                1024 * MIB,
                64 * MIB,
                "unknown");
    }

    /** Returns the settings with another roll cycle. */
    public JournalSettings withRollCycle(String name) {
        return new JournalSettings(
                name,
                sync,
                blockSizeBytes,
                prepareAheadBytes,
                lowWatermarkBytes,
                criticalWatermarkBytes,
                reserveBytes,
                build);
    }

    /** Returns the settings with another sync policy. */
    public JournalSettings withSync(SyncPolicy policy) {
        return new JournalSettings(
                rollCycle,
                policy,
                blockSizeBytes,
                prepareAheadBytes,
                lowWatermarkBytes,
                criticalWatermarkBytes,
                reserveBytes,
                build);
    }

    /** Returns the settings with another block size and bytes prepared ahead. */
    public JournalSettings withSegments(int blockSize, long prepareAhead) {
        return new JournalSettings(
                rollCycle,
                sync,
                blockSize,
                prepareAhead,
                lowWatermarkBytes,
                criticalWatermarkBytes,
                reserveBytes,
                build);
    }

    /** Returns the settings with other watermarks and reserve. */
    public JournalSettings withDisk(long low, long critical, long reserve) {
        return new JournalSettings(rollCycle, sync, blockSizeBytes, prepareAheadBytes, low, critical, reserve, build);
    }

    /** Returns the settings with another name of the build. */
    public JournalSettings withBuild(String name) {
        return new JournalSettings(
                rollCycle,
                sync,
                blockSizeBytes,
                prepareAheadBytes,
                lowWatermarkBytes,
                criticalWatermarkBytes,
                reserveBytes,
                name);
    }

    private static void require(boolean isValid, String name, long value, String limit) {
        if (!isValid) {
            throw new JournalException("journal " + name + "=" + value + " is out of range: it must be " + limit);
        }
    }
}
