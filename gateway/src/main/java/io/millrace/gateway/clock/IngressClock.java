package io.millrace.gateway.clock;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Ingress time: nanoseconds of a monotonic clock plus an offset that puts it at epoch. Between two adjustments of the
 * offset it never goes back, whatever happens to the machine's wall clock; an adjustment is announced by a ClockAnchor
 * event before it takes effect.
 *
 * <p><b>Thread:</b> any thread may read; only the agent that publishes ClockAnchor may {@link #adjust}.
 */
public final class IngressClock {
    private static final int SAMPLES = 16;
    private static final long NANOS_PER_MILLISECOND = 1_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final LongSupplier monotonicNs;
    private final LongSupplier epochNs;
    private final LongSupplier epochMs;
    private volatile long offsetNs;

    /**
     * Makes a clock from two others and anchors it at once.
     *
     * @param monotonicNs never goes back; any origin.
     * @param epochNs wall clock, nanoseconds since 1970.
     */
    public IngressClock(LongSupplier monotonicNs, LongSupplier epochNs) {
        this(monotonicNs, epochNs, () -> Math.floorDiv(epochNs.getAsLong(), NANOS_PER_MILLISECOND));
    }

    private IngressClock(LongSupplier monotonicNs, LongSupplier epochNs, LongSupplier epochMs) {
        this.monotonicNs = monotonicNs;
        this.epochNs = epochNs;
        this.epochMs = epochMs;
        this.offsetNs = sampleOffsetNs();
    }

    /** Returns a clock on {@link System#nanoTime()} and the machine's wall clock. */
    public static IngressClock system() {
        return new IngressClock(System::nanoTime, IngressClock::wallNs, System::currentTimeMillis);
    }

    /** Returns ingress time now, nanoseconds since 1970. */
    public long nowNs() {
        return monotonicNs.getAsLong() + offsetNs;
    }

    /** Returns the monotonic clock's own reading, for measuring durations that no adjustment may disturb. */
    public long monotonicNs() {
        return monotonicNs.getAsLong();
    }

    /** Returns the offset between the monotonic clock and epoch in nanoseconds. */
    public long offsetNs() {
        return offsetNs;
    }

    /**
     * Compares ingress time with the wall clock's milliseconds. Reading nanoseconds makes an object each time, and a look at
     * the clock every second is never compiled; so they are read only when the milliseconds already disagree.
     *
     * @param toleranceNs by which they may differ, besides the millisecond that the wall clock may be into.
     * @return whether they certainly differ by more.
     */
    public boolean isOff(long toleranceNs) {
        long beforeNs = nowNs();
        long wallNs = epochMs.getAsLong() * NANOS_PER_MILLISECOND;
        long afterNs = nowNs();
        return beforeNs - (wallNs + NANOS_PER_MILLISECOND) > toleranceNs || wallNs - afterNs > toleranceNs;
    }

    /**
     * Measures what the offset should be now: of several readings the one during which the least time passed.
     *
     * @return nanoseconds from the monotonic clock to epoch.
     */
    public long sampleOffsetNs() {
        long bestWidthNs = Long.MAX_VALUE;
        long best = 0;
        for (int i = 0; i < SAMPLES; i++) {
            long before = monotonicNs.getAsLong();
            long wall = epochNs.getAsLong();
            long widthNs = monotonicNs.getAsLong() - before;
            if (widthNs < bestWidthNs) {
                bestWidthNs = widthNs;
                best = wall - (before + widthNs / 2);
            }
        }
        return best;
    }

    /**
     * Puts a new offset in force.
     *
     * @param newOffsetNs nanoseconds from the monotonic clock to epoch, as announced by ClockAnchor.
     */
    public void adjust(long newOffsetNs) {
        offsetNs = newOffsetNs;
    }

    private static long wallNs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}
