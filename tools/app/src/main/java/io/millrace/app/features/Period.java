package io.millrace.app.features;

/**
 * A period of time, the end excluded.
 *
 * @param fromMs epoch milliseconds.
 * @param toMs epoch milliseconds.
 */
public record Period(long fromMs, long toMs) {
    /** Returns whether a time lies in it. */
    public boolean holds(long timeMs) {
        return timeMs >= fromMs && timeMs < toMs;
    }
}
