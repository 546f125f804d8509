package io.millrace.gateway.limits;

/**
 * Keeps requests from a server that does not answer: after some failures in a row it opens, for a time nothing passes, then one
 * request does to see, and its end decides. An answer that refuses a request is no failure; none at all, or a fault of the
 * server's, is.
 *
 * <p><b>Thread:</b> confined to its agent's thread.
 */
public final class CircuitBreaker {
    /** Failures in a row that open it, by default. */
    public static final int FAILURES = 5;
    /** For how long it is open, by default. */
    public static final long OPEN_NS = 60_000_000_000L;

    private enum State {
        CLOSED,
        OPEN,
        /** A request is out to see whether the server answers again. */
        PROBING
    }

    private final int maxFailures;
    private final long openNs;
    private State state = State.CLOSED;
    private int failures;
    private long openUntilNs;
    private long timesOpened;

    /**
     * Makes a closed breaker.
     *
     * @param maxFailures in a row that open it, 1 or more.
     * @param openNs for how long.
     */
    public CircuitBreaker(int maxFailures, long openNs) {
        this.maxFailures = maxFailures;
        this.openNs = openNs;
    }

    /**
     * Asks for a request; whoever gets leave has to say how it ended.
     *
     * @param nowNs monotonic time.
     * @return 0 if it may be sent; else for how many nanoseconds trying again is of no use, 1 or more.
     */
    public long tryPass(long nowNs) {
        if (state == State.CLOSED) {
            return 0;
        }
        if (state == State.OPEN && nowNs - openUntilNs >= 0) {
            state = State.PROBING;
            return 0;
        }
        return Math.max(1, openUntilNs - nowNs);
    }

    /** A request that passed was answered. */
    public void onSuccess() {
        failures = 0;
        state = State.CLOSED;
    }

    /** A request that passed was never sent: nothing is known of the server. */
    public void onUnsent() {
        if (state == State.PROBING) {
            state = State.OPEN;
        }
    }

    /**
     * A request that passed was not answered, or by a fault.
     *
     * @param nowNs monotonic time.
     */
    public void onFailure(long nowNs) {
        failures++;
        if (state == State.PROBING || (state == State.CLOSED && failures >= maxFailures)) {
            state = State.OPEN;
            openUntilNs = nowNs + openNs;
            timesOpened++;
        }
    }

    /** Returns whether nothing passes now but for a look. */
    public boolean isOpen() {
        return state != State.CLOSED;
    }

    /** Returns how often it opened. */
    public long timesOpened() {
        return timesOpened;
    }
}
