package io.millrace.exchange.trade;

/** What happens when an order would trade with another one of the same account. */
public enum StpMode {
    /** They trade. */
    NONE,
    /** The incoming order expires. */
    EXPIRE_TAKER,
    /** The resting order expires. */
    EXPIRE_MAKER,
    /** Both expire. */
    EXPIRE_BOTH
}
