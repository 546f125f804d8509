package io.millrace.exchange.api;

import io.millrace.exchange.trade.VenueException;
import java.util.List;

/**
 * What a query's {@code startTime} and {@code endTime} ask for; without them the latest of what there is.
 *
 * @param startMs first time, epoch milliseconds.
 * @param endMs last time, epoch milliseconds.
 * @param isFromStart whether the oldest come first when there are too many; otherwise the latest are kept.
 */
record TimeRange(long startMs, long endMs, boolean isFromStart) {
    /** Reads the range; one end given, the other lies the longest span away. */
    static TimeRange of(Parameters parameters, long nowMs, long longestMs) throws VenueException {
        boolean hasStart = parameters.has("startTime");
        boolean hasEnd = parameters.has("endTime");
        long startMs = parameters.integer("startTime", 0);
        long endMs = parameters.integer("endTime", Long.MAX_VALUE);
        if (startMs > endMs) {
            throw ApiErrors.startAfterEnd();
        }
        if (hasStart && hasEnd && endMs - startMs > longestMs) {
            throw ApiErrors.intervalTooBig(longestMs / OrderQueries.HOUR_MS);
        }
        if (!hasStart) {
            startMs = Math.max(0, (hasEnd ? endMs : nowMs) - longestMs);
        }
        if (!hasEnd) {
            endMs = hasStart ? startMs + longestMs : Long.MAX_VALUE;
        }
        return new TimeRange(startMs, endMs, hasStart);
    }

    boolean holds(long timeMs) {
        return timeMs >= startMs && timeMs <= endMs;
    }

    /** Returns as many as are allowed, in the order they are in. */
    <T> List<T> limited(List<T> found, int limit, boolean isFromId) {
        if (found.size() <= limit) {
            return found;
        }
        return isFromStart || isFromId ? found.subList(0, limit) : found.subList(found.size() - limit, found.size());
    }
}
