package io.millrace.exchange.userdata;

/** The kinds of private events. */
public enum PrivateEventType {
    /** A fill in short, ahead of the order update that tells the same. */
    TRADE_LITE("TRADE_LITE"),
    /** An order was taken, filled, amended, cancelled or has expired. */
    ORDER_TRADE_UPDATE("ORDER_TRADE_UPDATE"),
    /** Balances or positions changed. */
    ACCOUNT_UPDATE("ACCOUNT_UPDATE"),
    /** A conditional order changed its state. */
    ALGO_UPDATE("ALGO_UPDATE"),
    /** Leverage or the multi-assets mode changed. */
    ACCOUNT_CONFIG_UPDATE("ACCOUNT_CONFIG_UPDATE"),
    /** Positions come near their liquidation. */
    MARGIN_CALL("MARGIN_CALL"),
    /** The stream's key has run out; nothing follows. */
    LISTEN_KEY_EXPIRED("listenKeyExpired");

    private final String venueName;

    PrivateEventType(String venueName) {
        this.venueName = venueName;
    }

    /** Returns the name in {@code e} and in the filter {@code events=}. */
    public String venueName() {
        return venueName;
    }
}
