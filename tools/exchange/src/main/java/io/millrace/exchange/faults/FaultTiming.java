package io.millrace.exchange.faults;

/**
 * When a fault strikes.
 *
 * @param afterMs milliseconds of the venue's time between setting it and its beginning, 0 or more.
 * @param forMs milliseconds of the venue's time from its beginning to its end, 0 for no end.
 * @param skip matching things that pass first, 0 or more.
 * @param count matching things that are hit after those; 0 stands for what is usual: all of them within {@code forMs}, or all
 *     for a lasting kind, otherwise one.
 * @param chance that something that matches is hit, above 0, at most 1; by the seed of the exchange's faults.
 */
public record FaultTiming(long afterMs, long forMs, long skip, long count, double chance) {
    /** At once and without end, as often as is usual for the kind. */
    public static final FaultTiming USUAL = new FaultTiming(0, 0, 0, 0, 1);

    /** Checks the ranges. */
    public FaultTiming {
        if (afterMs < 0 || forMs < 0 || skip < 0 || count < 0 || !(chance > 0 && chance <= 1)) {
            throw new IllegalArgumentException(
                    "fault with after=" + afterMs + " for=" + forMs + " skip=" + skip + " count="
                            + count + " chance=" + chance
                            + ": chance has to be above 0 and at most 1, the others at least 0");
        }
    }

    FaultTiming withAfterMs(long value) {
        return new FaultTiming(value, forMs, skip, count, chance);
    }

    FaultTiming withForMs(long value) {
        return new FaultTiming(afterMs, value, skip, count, chance);
    }

    FaultTiming withSkip(long value) {
        return new FaultTiming(afterMs, forMs, value, count, chance);
    }

    FaultTiming withCount(long value) {
        return new FaultTiming(afterMs, forMs, skip, value, chance);
    }

    FaultTiming withChance(double value) {
        return new FaultTiming(afterMs, forMs, skip, count, value);
    }
}
