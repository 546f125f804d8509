package io.millrace.exchange.api;

/** A counter that begins anew at each boundary of a clock interval. */
final class Window {
    private final long lengthMs;
    private long number = Long.MIN_VALUE;
    private int count;

    Window(long lengthMs) {
        this.lengthMs = lengthMs;
    }

    /** Returns what was counted in the window that a time lies in. */
    int count(long nowMs) {
        roll(nowMs);
        return count;
    }

    /** Counts, and returns the sum of the window. */
    int add(int more, long nowMs) {
        roll(nowMs);
        count += more;
        return count;
    }

    /** Returns when the next window begins. */
    long endMs(long nowMs) {
        return (Math.floorDiv(nowMs, lengthMs) + 1) * lengthMs;
    }

    private void roll(long nowMs) {
        long now = Math.floorDiv(nowMs, lengthMs);
        if (now != number) {
            number = now;
            count = 0;
        }
    }
}
