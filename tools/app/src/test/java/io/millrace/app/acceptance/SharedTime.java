package io.millrace.app.acceptance;

import io.millrace.exchange.venue.VenueClock;
import java.util.concurrent.atomic.AtomicLong;

/** The time of exchange, gateway and engine, moved by the test's thread, and only when the exchange has seen where it stands. */
final class SharedTime implements VenueClock {
    private static final long START_NS = 1_795_262_400_000_000_000L;

    private final Thread owner = Thread.currentThread();
    private final AtomicLong nowNs = new AtomicLong(START_NS);
    private final long stepNs;
    private volatile long seenNs = START_NS;

    /** Makes a time that passes in steps. */
    SharedTime(long stepNs) {
        this.stepNs = stepNs;
    }

    @Override
    public long epochNs() {
        long now = nowNs.get();
        if (Thread.currentThread() != owner) {
            seenNs = now;
        }
        return now;
    }

    /** Takes a step if the exchange has seen the last one; returns whether it did. */
    boolean pass() {
        boolean isSeen = seenNs == nowNs.get();
        if (isSeen) {
            nowNs.addAndGet(stepNs);
        }
        return isSeen;
    }
}
