package io.millrace.exchange.trade;

/** Which price a trigger watches. */
public enum WorkingType {
    /** The last traded price. */
    CONTRACT_PRICE,
    /** The mark price. */
    MARK_PRICE
}
