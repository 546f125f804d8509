package io.millrace.exchange.venue;

/** Whether a contract trades, as exchangeInfo says it. */
public enum ContractStatus {
    /** Listed, not yet open. */
    PENDING_TRADING,
    /** Open; the only status in which orders are taken. */
    TRADING,
    /** About to be delivered or delisted. */
    PRE_DELIVERING,
    /** Being delivered. */
    DELIVERING,
    /** Delivered. */
    DELIVERED,
    /** Halted before a settlement. */
    PRE_SETTLE,
    /** Halted for a settlement. */
    SETTLING,
    /** No longer traded. */
    CLOSE
}
