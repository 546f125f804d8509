package io.millrace.exchange.matching;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What is under way with a latency each; comes out in the order of arrival, and in the order of sending where that is the same.
 *
 * <p><b>Thread:</b> confined to the venue's thread.
 *
 * @param <T> what is under way.
 */
public final class DelayLine<T> {
    /** Result of {@link #nextDueNs()} when nothing is under way. */
    public static final long NEVER_NS = Long.MAX_VALUE;

    private record Entry<T>(long dueNs, long sequence, T value) {}

    private final PriorityQueue<Entry<T>> entries =
            new PriorityQueue<>(Comparator.<Entry<T>>comparingLong(Entry::dueNs).thenComparingLong(Entry::sequence));
    private final LatencyModel latency;
    private long sequence;

    /**
     * Makes an empty line.
     *
     * @param latency of what is sent.
     */
    public DelayLine(LatencyModel latency) {
        this.latency = latency;
    }

    /**
     * Sends something.
     *
     * @param value what.
     * @param nowNs epoch nanoseconds.
     * @return when it arrives, epoch nanoseconds.
     */
    public long send(T value, long nowNs) {
        long dueNs = nowNs + latency.latencyNs(nowNs);
        entries.add(new Entry<>(dueNs, sequence++, value));
        return dueNs;
    }

    /** Returns when the next piece arrives, epoch nanoseconds, or {@link #NEVER_NS}. */
    public long nextDueNs() {
        return entries.isEmpty() ? NEVER_NS : entries.peek().dueNs();
    }

    /**
     * Takes the next piece that has arrived.
     *
     * @param nowNs epoch nanoseconds.
     * @return the piece, or null if none has arrived yet.
     */
    public T receive(long nowNs) {
        return entries.isEmpty() || entries.peek().dueNs() > nowNs
                ? null
                : entries.remove().value();
    }

    /** Returns how many pieces are under way. */
    public int size() {
        return entries.size();
    }
}
