package io.millrace.exchange.trade;

/** How long an order works. */
public enum TimeInForce {
    /** Until it is cancelled, at most a year. */
    GTC,
    /** At once, what is left expires. */
    IOC,
    /** At once and completely, or not at all. */
    FOK,
    /** Only as a maker. */
    GTX,
    /** Until a given time. */
    GTD,
    /** As long as there is a position. */
    GTE_GTC
}
