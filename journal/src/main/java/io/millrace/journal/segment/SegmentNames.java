package io.millrace.journal.segment;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.openhft.chronicle.queue.RollCycle;

/** Names and numbers of the segments of a queue: cycle n holds the time from n to n + 1 lengths of the roll cycle, UTC. */
public final class SegmentNames {
    private final Path directory;
    private final long lengthMs;
    private final DateTimeFormatter format;

    /**
     * Makes the names of a queue.
     *
     * @param directory of the queue.
     * @param rollCycle how much time goes into a segment.
     */
    public SegmentNames(Path directory, RollCycle rollCycle) {
        this.directory = directory;
        this.lengthMs = rollCycle.lengthInMillis();
        this.format =
                DateTimeFormatter.ofPattern(rollCycle.format(), Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** Returns the number of the cycle that a time in epoch milliseconds belongs to. */
    public int cycleAt(long epochMs) {
        return Math.toIntExact(Math.floorDiv(epochMs, lengthMs));
    }

    /** Returns when a cycle begins, in epoch milliseconds. */
    public long beginMs(int cycle) {
        return cycle * lengthMs;
    }

    /** Returns the file of a cycle. */
    public Path file(int cycle) {
        return directory.resolve(format.format(Instant.ofEpochMilli(beginMs(cycle))) + Segments.SUFFIX);
    }

    /**
     * Returns the cycle of a file.
     *
     * @throws JournalException if its name is none of this roll cycle's.
     */
    public int cycleOf(Path file) {
        String name = file.getFileName().toString();
        String text = name.substring(0, name.length() - Segments.SUFFIX.length());
        try {
            return cycleAt(parse(text));
        } catch (java.time.DateTimeException e) {
            throw new JournalException(
                    "segment file=" + file + " has no name of the journal's roll cycle: move it away", e);
        }
    }

    private long parse(String text) {
        java.time.temporal.TemporalAccessor parsed = format.parse(text);
        if (parsed.isSupported(java.time.temporal.ChronoField.INSTANT_SECONDS)) {
            return Instant.from(parsed).toEpochMilli();
        }
        return java.time.LocalDate.from(parsed).toEpochDay() * 86_400_000L;
    }
}
