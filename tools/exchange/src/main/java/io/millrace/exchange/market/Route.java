package io.millrace.exchange.market;

/** Which of the venue's sockets carries a stream. */
public enum Route {
    /** {@code /public}: book data. */
    PUBLIC,
    /** {@code /market}: everything else. */
    MARKET
}
