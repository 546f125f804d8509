package io.millrace.exchange.api;

/** What a request must prove before it is served. */
public enum Security {
    /** Nothing. */
    NONE(false, false),
    /** That the API key exists. */
    MARKET_DATA(true, false),
    /** That the API key exists; of the private stream. */
    USER_STREAM(true, false),
    /** Signature of a key that may read. */
    USER_DATA(true, true),
    /** Signature of a key that may trade. */
    TRADE(true, true);

    private final boolean isKeyed;
    private final boolean isSigned;

    Security(boolean isKeyed, boolean isSigned) {
        this.isKeyed = isKeyed;
        this.isSigned = isSigned;
    }

    /** Says whether an API key has to be named. */
    public boolean isKeyed() {
        return isKeyed;
    }

    /** Says whether timestamp and signature are asked for. */
    public boolean isSigned() {
        return isSigned;
    }
}
