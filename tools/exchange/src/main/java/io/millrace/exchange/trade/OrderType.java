package io.millrace.exchange.trade;

/** Types of orders as the venue names them. */
public enum OrderType {
    /** At a price or better. */
    LIMIT,
    /** At whatever the book gives. */
    MARKET,
    /** A limit order when the price has gone through the trigger against the position. */
    STOP,
    /** A market order when the price has gone through the trigger against the position. */
    STOP_MARKET,
    /** A limit order when the price has reached the trigger in favour of the position. */
    TAKE_PROFIT,
    /** A market order when the price has reached the trigger in favour of the position. */
    TAKE_PROFIT_MARKET,
    /** A market order when the price has come back by a rate from its extreme. */
    TRAILING_STOP_MARKET,
    /** The venue itself closes a position. */
    LIQUIDATION;

    /** Says whether the type waits for a trigger, so that it belongs to the conditional service. */
    public boolean isConditional() {
        return this != LIMIT && this != MARKET && this != LIQUIDATION;
    }
}
