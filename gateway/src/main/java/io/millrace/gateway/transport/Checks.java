package io.millrace.gateway.transport;

import java.time.Duration;

/** Checks of settings whose messages name the setting, its value, the limit and the cure. */
public final class Checks {
    private Checks() {}

    /**
     * Checks a number.
     *
     * @param name of the setting.
     * @param value to check.
     * @param min lowest allowed.
     * @param max highest allowed.
     * @throws IllegalArgumentException if it is outside.
     */
    public static void range(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is outside " + min + " to " + max + ": set it within these limits");
        }
    }

    /**
     * Checks a duration.
     *
     * @param name of the setting.
     * @param value to check.
     * @param min lowest allowed.
     * @param max highest allowed.
     * @throws IllegalArgumentException if it is outside.
     */
    public static void range(String name, Duration value, Duration min, Duration max) {
        if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is outside " + min + " to " + max + ": set it within these limits");
        }
    }
}
