package io.millrace.exchange.venue;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Virtual time that stands still until it is moved.
 *
 * <p><b>Thread:</b> any.
 */
public final class ManualClock implements VenueClock {
    private final AtomicLong epochNs;

    /**
     * Starts the clock.
     *
     * @param epochNs first time in epoch nanoseconds.
     */
    public ManualClock(long epochNs) {
        this.epochNs = new AtomicLong(epochNs);
    }

    @Override
    public long epochNs() {
        return epochNs.get();
    }

    /**
     * Moves time forward.
     *
     * @param deltaNs nanoseconds, 0 or more.
     * @return the new time in epoch nanoseconds.
     */
    public long advance(long deltaNs) {
        if (deltaNs < 0) {
            throw new IllegalArgumentException("deltaNs=" + deltaNs + " is below 0, venue time never goes back");
        }
        return epochNs.addAndGet(deltaNs);
    }
}
