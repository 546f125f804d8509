package io.millrace.exchange.server;

import io.millrace.exchange.market.Route;
import io.millrace.exchange.market.StreamKind;

/** The path by which a client came in; decides which streams it gets, without ever telling it. */
public enum Door {
    /** {@code /public}. */
    PUBLIC,
    /** {@code /market}. */
    MARKET,
    /** {@code /private}: what a listen key gives, and nothing of the market. */
    PRIVATE,
    /** The paths without a route, from before the venue had routes: they deliver what {@code /public} delivers. */
    UNROUTED;

    /**
     * Says whether this door delivers a stream. Single trades come through every door of the
     * market, as has been seen on the venue.
     *
     * @param kind stream.
     */
    boolean delivers(StreamKind kind) {
        if (this == PRIVATE) {
            return false;
        }
        if (kind == StreamKind.TRADE) {
            return true;
        }
        return (kind.route() == Route.MARKET) == (this == MARKET);
    }
}
