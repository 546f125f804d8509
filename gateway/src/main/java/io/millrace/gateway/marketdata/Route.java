package io.millrace.gateway.marketdata;

import io.millrace.codecs.value.Streams;

/** The venue's two routes for market data; a socket delivers only the streams of its own, and says nothing about others. */
public enum Route {
    /** Books: diff depth and best bid and ask. */
    PUBLIC(Streams.bit(Streams.DEPTH) | Streams.bit(Streams.BOOK_TICKER)),
    /** Everything else. */
    MARKET(~(Streams.bit(Streams.DEPTH) | Streams.bit(Streams.BOOK_TICKER)) & ((1 << Streams.COUNT) - 1));

    private final int streams;

    Route(int streams) {
        this.streams = streams;
    }

    /** Returns the bits of the streams that this route carries. */
    public int streams() {
        return streams;
    }
}
