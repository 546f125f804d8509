package io.millrace.gateway;

import io.millrace.gateway.clock.IngressClock;
import java.time.Duration;

/**
 * The machine's monotonic clock, and on top of it the time that a test lets pass at once. Time limits under test can
 * therefore be longer than any machine stands still, and are over when the test says so. Its wall clock never differs.
 *
 * <p><b>Thread:</b> the test's.
 */
public final class TestClock {
    private static final long EPOCH_NS = 1_795_262_400_000_000_000L - System.nanoTime();

    private boolean isFrozen;
    private long frozenNs;
    private long skippedNs;

    /** Returns the ingress clock that shows this time. */
    public IngressClock ingress() {
        return new IngressClock(this::monotonicNs, () -> monotonicNs() + EPOCH_NS);
    }

    public long monotonicNs() {
        return isFrozen ? frozenNs : System.nanoTime() + skippedNs;
    }

    /** From now on no time passes but by {@link #pass}. */
    public void freeze() {
        frozenNs = monotonicNs();
        isFrozen = true;
    }

    public void pass(Duration time) {
        frozenNs += time.toNanos();
        skippedNs += time.toNanos();
    }
}
