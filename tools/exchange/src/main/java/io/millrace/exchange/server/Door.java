package io.millrace.exchange.server;

import io.millrace.exchange.market.Route;
import io.millrace.exchange.market.StreamKind;

/** The path by which a client came in; decides which streams it gets, without ever telling it. */
public enum Door {
    /** {@code /public}. */
    PUBLIC,
    /** {@code /market}. */
    MARKET,
    /** The paths without a route, from before the venue had routes: they deliver what {@code /public} delivers. */
    UNROUTED;

    /**
     * Says whether this door delivers a stream. Single trades come through every door, as has been seen on the venue.
     *
     * @param kind stream.
     */
    boolean delivers(StreamKind kind) {
        if (kind == StreamKind.TRADE) {
            return true;
        }
        return (kind.route() == Route.MARKET) == (this == MARKET);
    }
}
