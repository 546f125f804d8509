package io.millrace.gateway.transport;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counters of a connection slot: they go on when the socket is replaced. One thread writes, any may read; a reader may see
 * a value that is a moment old, never a torn one.
 */
public class ConnectionCounters {
    /** Bytes read from the socket (behind TLS). */
    public static final int BYTES = 0;
    /** Frames of any kind. */
    public static final int FRAMES = 1;
    /** Whole text messages. */
    public static final int TEXT_MESSAGES = 2;
    /** Parts of fragmented messages. */
    public static final int FRAGMENTS = 3;
    /** Pings received. */
    public static final int PINGS = 4;
    /** Pongs sent. */
    public static final int PONGS = 5;
    /** Pings answered while the messages before them were still waiting. */
    public static final int PINGS_AHEAD = 6;
    /** Violations of the WebSocket protocol. */
    public static final int VIOLATIONS = 7;
    /** Messages sent: subscriptions, pongs, close frames. */
    public static final int SENT = 8;
    /** Times that reading was switched off because the read-ahead was full. */
    public static final int READ_STOPS = 9;
    /** Sockets opened, the first included. */
    public static final int CONNECTS = 10;
    /** Attempts that failed, and connections that were lost. */
    public static final int FAILURES = 11;
    /** Number of counters here; subclasses go on from it. */
    protected static final int BASE_COUNT = 12;

    private final AtomicLongArray values;

    /** Makes counters at zero. */
    public ConnectionCounters() {
        this(BASE_COUNT);
    }

    /**
     * Makes counters at zero.
     *
     * @param count how many, {@link #BASE_COUNT} included.
     */
    protected ConnectionCounters(int count) {
        values = new AtomicLongArray(count);
    }

    /** Adds one; for the writing thread. */
    public final void increment(int counter) {
        add(counter, 1);
    }

    /** Adds; for the writing thread. */
    public final void add(int counter, long amount) {
        values.setRelease(counter, values.getPlain(counter) + amount);
    }

    /** Returns a counter's value; for any thread. */
    public final long get(int counter) {
        return values.getAcquire(counter);
    }
}
