package io.millrace.gateway.marketdata;

/** What becomes of market data while the engine's inlet takes nothing. */
public enum Overload {
    /** It stays in the sockets, which are not read; the venue's own queues fill. */
    BLOCK,
    /** It is read on; diffs of an instrument become one, of its tickers the newest stays, see {@link Conflator}. */
    CONFLATE
}
