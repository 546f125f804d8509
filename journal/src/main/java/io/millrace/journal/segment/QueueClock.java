package io.millrace.journal.segment;

import net.openhft.chronicle.core.time.TimeProvider;

/**
 * The time that Chronicle sees: stands still until the writer moves it. So a segment is left only when the writer says so,
 * and an append reads no clock.
 *
 * <p><b>Thread:</b> the writer's.
 */
final class QueueClock implements TimeProvider {
    private long timeMs;

    void set(long newTimeMs) {
        timeMs = newTimeMs;
    }

    @Override
    public long currentTimeMillis() {
        return timeMs;
    }
}
