package io.millrace.gateway.clock;

import java.time.Duration;

/**
 * The clock's events.
 *
 * @param tickInterval between ClockTick events, 1 ms to 10 s.
 * @param checkInterval between comparisons with the machine's wall clock, 10 ms to 1 h.
 * @param tolerance by which ingress time may differ from it, besides the millisecond in which it is read, before it is
 *     anchored anew, 10 µs to 10 s.
 */
public record ClockSettings(Duration tickInterval, Duration checkInterval, Duration tolerance) {
    /** Ten ticks a second, a look at the wall clock every second, one millisecond of tolerance. */
    public static final ClockSettings DEFAULT =
            new ClockSettings(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(1));

    /** Checks the ranges. */
    public ClockSettings {
        check("clock.tickInterval", tickInterval, Duration.ofMillis(1), Duration.ofSeconds(10));
        check("clock.checkInterval", checkInterval, Duration.ofMillis(10), Duration.ofHours(1));
        check("clock.tolerance", tolerance, Duration.ofNanos(10_000), Duration.ofSeconds(10));
    }

    private static void check(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is outside " + min + " to " + max + ": set it within these limits");
        }
    }
}
