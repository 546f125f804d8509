package io.millrace.exchange.userdata;

/** What happened to an order, {@code x} of its update. */
public enum ExecutionType {
    /** Taken. */
    NEW,
    /** Filled, in part or in full. */
    TRADE,
    /** Price or quantity changed at the client's wish. */
    AMENDMENT,
    /** Cancelled at the client's wish. */
    CANCELED,
    /** Ended by the venue. */
    EXPIRED,
    /** Filled as a liquidation or by auto-deleveraging. */
    CALCULATED
}
