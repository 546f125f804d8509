package io.millrace.bench.hop;

/** A way from one thread to another. Each event carries the time at which its producer began to publish it. */
interface Hop {
    /** Receives events, on the consumer's thread. */
    @FunctionalInterface
    interface Receiver {
        /** Takes the time that the event carries. */
        void onEvent(long sentNs);
    }

    /** Publishes an event; on the producer's thread, never with more than one event under way. */
    void publish(long nowNs);

    /** Hands over what is there and returns how much work that was; on the consumer's thread. */
    int poll(Receiver receiver);
}
