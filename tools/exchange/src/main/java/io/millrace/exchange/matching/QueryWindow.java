package io.millrace.exchange.matching;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;

/**
 * Which rows of a history are wanted. Times are inclusive; without an id and without times it is the last seven days, with one
 * time it is the seven days that begin or end there.
 *
 * @param fromId first id that is wanted, 0 for none; no time limits apply with it unless given.
 * @param startMs first time, epoch milliseconds, 0 for none.
 * @param endMs last time, epoch milliseconds, 0 for none.
 * @param limit most rows, at least 1.
 */
public record QueryWindow(long fromId, long startMs, long endMs, int limit) {
    /** Longest time between start and end, in milliseconds. */
    public static final long MAX_SPAN_MS = 7L * 24 * 3600 * 1000;

    /** Rows of a query that gives no limit. */
    public static final int DEFAULT_LIMIT = 500;

    /** Most rows of one answer. */
    public static final int MAX_LIMIT = 1000;

    private static final int BAD_REQUEST = 400;

    /** Returns the last rows of the last seven days. */
    public static QueryWindow recent() {
        return new QueryWindow(0, 0, 0, DEFAULT_LIMIT);
    }

    /**
     * Returns the window with both times, checked.
     *
     * @param nowMs epoch milliseconds.
     * @throws VenueException if the times are too far apart or in the wrong order, or the limit is out of range.
     */
    QueryWindow resolve(long nowMs) throws VenueException {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Errors.of(-1130, "Data sent for parameter 'limit' is not valid.", BAD_REQUEST);
        }
        long from = startMs;
        long to = endMs;
        if (from == 0 && to == 0) {
            from = fromId > 0 ? 0 : nowMs - MAX_SPAN_MS;
            return new QueryWindow(fromId, from, Long.MAX_VALUE, limit);
        }
        if (from == 0) {
            from = Math.max(0, to - MAX_SPAN_MS);
        } else if (to == 0) {
            to = from + MAX_SPAN_MS;
        }
        if (to < from) {
            throw Errors.of(-1023, "Start time is greater than end time.", BAD_REQUEST);
        }
        if (to - from > MAX_SPAN_MS) {
            throw Errors.of(-1127, "More than 168 hours between startTime and endTime.", BAD_REQUEST);
        }
        return new QueryWindow(fromId, from, to, limit);
    }

    /** Refuses an id together with times, as the histories of trades and amendments do. */
    void refuseIdWithTimes() throws VenueException {
        if (fromId > 0 && (startMs > 0 || endMs > 0)) {
            throw Errors.of(-1128, "Combination of optional parameters invalid.", BAD_REQUEST);
        }
    }

    /** Says whether rows are wanted from the first on; otherwise the last ones are. */
    boolean isFromFirst() {
        return fromId > 0 || startMs > 0;
    }

    boolean holds(long id, long timeMs) {
        return id >= fromId && timeMs >= startMs && timeMs <= endMs;
    }
}
