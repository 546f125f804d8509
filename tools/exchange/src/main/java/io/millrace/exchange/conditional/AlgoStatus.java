package io.millrace.exchange.conditional;

/** Where a conditional order is in its life. */
public enum AlgoStatus {
    /** Waits for its condition. */
    NEW,
    /** The condition is met, the order is on its way to the matching engine. */
    TRIGGERING,
    /** The matching engine has the order. */
    TRIGGERED,
    /** The order in the matching engine was filled or has ended otherwise. */
    FINISHED,
    /** The client cancelled it. */
    CANCELED,
    /** The matching engine, or the service afterwards, refused it. */
    REJECTED,
    /** The venue ended it: its position is gone or its time is over. */
    EXPIRED;

    /** Says whether the service still has to do something with it. */
    public boolean isOpen() {
        return this == NEW || this == TRIGGERING;
    }
}
