package io.millrace.exchange.api;

import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.VenueException;

/** Serves the requests of one endpoint. */
@FunctionalInterface
public interface ApiHandler {
    /**
     * Serves a request that has passed authentication and limits.
     *
     * @param call the request.
     * @param out takes the JSON of the answer.
     * @throws VenueException as the venue refuses; what was written is discarded.
     */
    void serve(ApiCall call, JsonWriter out) throws VenueException;
}
