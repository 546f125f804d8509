package io.millrace.exchange.marketdata;

import io.millrace.exchange.api.Parameters;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;

/**
 * Parameters {@code startTime} and {@code endTime}.
 *
 * @param startMs epoch milliseconds, -1 if not sent.
 * @param endMs epoch milliseconds, inclusive, -1 if not sent.
 */
record Times(long startMs, long endMs) {
    static final int BAD_REQUEST = 400;

    static Times of(Parameters parameters) throws VenueException {
        Times times = new Times(parameters.integer("startTime", -1), parameters.integer("endTime", -1));
        if (times.startMs >= 0 && times.endMs >= 0 && times.startMs > times.endMs) {
            throw Errors.of(-1023, "Start time is greater than end time.", BAD_REQUEST);
        }
        return times;
    }
}
