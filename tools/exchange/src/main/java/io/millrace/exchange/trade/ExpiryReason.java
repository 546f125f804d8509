package io.millrace.exchange.trade;

/** Why the venue ended an order: field {@code er} of its event. */
public enum ExpiryReason {
    /** It did not, or a request did. */
    NONE(0),
    /** Prevention of self-trades. */
    STP(1),
    /** What was left of an immediate order. */
    IOC(2),
    /** What was left of an immediate order after the prevention of self-trades. */
    IOC_STP(3),
    /** A reduce-only order of higher priority took its place, or it would turn the position around. */
    REDUCE_ONLY(4),
    /** The account is being liquidated. */
    LIQUIDATION(5),
    /** The position that it depended on is gone. */
    GTE(6),
    /** The contract is delisted. */
    DELISTED(7),
    /** The first order of a conditional one ended after the trigger. */
    AFTER_TRIGGER(8),
    /** What a market order could not fill within the venue's bound. */
    MARKET_REMAINDER(9);

    private final int code;

    ExpiryReason(int code) {
        this.code = code;
    }

    /** Returns the venue's number of the reason. */
    public int code() {
        return code;
    }
}
