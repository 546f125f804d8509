package io.millrace.exchange.matching;

/**
 * How long something is under way: market data to a client, an order to the matching engine, or its answer back. Each way has a model
 * of its own.
 *
 * <p><b>Thread:</b> confined to the venue's thread. <b>Units:</b> epoch nanoseconds and nanoseconds.
 */
@FunctionalInterface
public interface LatencyModel {
    /** No time at all. */
    LatencyModel NONE = sentNs -> 0;

    /**
     * Returns how long what is sent now is under way.
     *
     * @param sentNs when it is sent, epoch nanoseconds, not before the last call's.
     * @return nanoseconds, 0 or more.
     */
    long latencyNs(long sentNs);
}
