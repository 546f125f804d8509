package io.millrace.exchange.trading;

import io.millrace.exchange.venue.VenueClock;

/** The time of the event that the venue is in; it never goes back. */
final class VenueTime implements VenueClock {
    private static final long NS_PER_MS = 1_000_000L;

    private long nowNs;

    VenueTime(long startNs) {
        this.nowNs = startNs;
    }

    @Override
    public long epochNs() {
        return nowNs;
    }

    long nowMs() {
        return nowNs / NS_PER_MS;
    }

    void reach(long timeNs) {
        nowNs = Math.max(nowNs, timeNs);
    }
}
