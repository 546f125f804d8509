package io.millrace.exchange.trade;

/** Which way an order trades. */
public enum Side {
    /** Buys; rests among the bids. */
    BUY,
    /** Sells; rests among the asks. */
    SELL;

    /** Returns the other side. */
    public Side opposite() {
        return this == BUY ? SELL : BUY;
    }

    /** Says whether orders of this side rest among the bids. */
    public boolean isBuy() {
        return this == BUY;
    }

    /** Returns 1 for a purchase and -1 for a sale: what a quantity is multiplied by to become a signed amount. */
    public int sign() {
        return this == BUY ? 1 : -1;
    }

    /**
     * Returns the side that opens or grows a position of that sign.
     *
     * @param signedLots amount; above 0 is long.
     */
    public static Side of(long signedLots) {
        return signedLots >= 0 ? BUY : SELL;
    }
}
