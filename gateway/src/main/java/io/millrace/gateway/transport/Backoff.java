package io.millrace.gateway.transport;

import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter: the n-th wait lies between half and all of min(max, first x 2^n), drawn evenly, so that
 * connections that were lost together do not come back together.
 */
public final class Backoff {
    private static final int MAX_DOUBLINGS = 30;

    private final long firstNs;
    private final long maxNs;
    private final RandomGenerator random;
    private int failures;

    /**
     * Makes a backoff that has seen no failure.
     *
     * @param firstNs longest first wait, above 0.
     * @param maxNs longest wait of all, at least {@code firstNs}.
     * @param random source of the jitter.
     */
    public Backoff(long firstNs, long maxNs, RandomGenerator random) {
        this.firstNs = firstNs;
        this.maxNs = maxNs;
        this.random = random;
    }

    /** Counts a failure and returns how long to wait after it, in nanoseconds. */
    public long nextNs() {
        int doublings = Math.min(failures, MAX_DOUBLINGS);
        failures++;
        long ceilingNs = firstNs > maxNs >> doublings ? maxNs : firstNs << doublings;
        return ceilingNs / 2 + random.nextLong(ceilingNs / 2 + 1);
    }

    /** Forgets the failures: the connection has proven itself. */
    public void reset() {
        failures = 0;
    }

    /** Returns the failures in a row. */
    public int failures() {
        return failures;
    }
}
