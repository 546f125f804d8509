package io.millrace.exchange.trade;

/** Where an order is in its life. */
public enum OrderStatus {
    /** Accepted, nothing filled. */
    NEW,
    /** Working, partly filled. */
    PARTIALLY_FILLED,
    /** Completely filled. */
    FILLED,
    /** Ended by a request. */
    CANCELED,
    /** Ended by the venue. */
    EXPIRED,
    /** Ended by the prevention of self-trades. */
    EXPIRED_IN_MATCH,
    /** Never accepted. */
    REJECTED;

    /** Says whether the order can still trade. */
    public boolean isWorking() {
        return this == NEW || this == PARTIALLY_FILLED;
    }
}
