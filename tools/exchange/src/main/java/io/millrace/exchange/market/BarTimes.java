package io.millrace.exchange.market;

import java.util.Arrays;

/**
 * Which bars a request means: from a time on the oldest, otherwise the newest.
 *
 * @param startMs first beginning of a bar, epoch milliseconds, or -1 if it is left open.
 * @param endMs last beginning of a bar, epoch milliseconds, or -1 if it is left open.
 * @param limit most bars, above 0.
 */
public record BarTimes(long startMs, long endMs, int limit) {
    /** Nothing given but how many. */
    static BarTimes latest(int limit) {
        return new BarTimes(-1, -1, limit);
    }

    /**
     * Returns the beginnings of the bars, oldest first.
     *
     * @param interval length of the bars.
     * @param earliestMs oldest moment that there are bars of.
     * @param lastOpenMs beginning of the newest bar.
     */
    long[] opens(Interval interval, long earliestMs, long lastOpenMs) {
        long last = endMs < 0 ? lastOpenMs : Math.min(lastOpenMs, interval.openMs(endMs));
        long earliest = interval.openMs(earliestMs);
        long first;
        if (startMs < 0) {
            first = Math.max(earliest, interval.backMs(last, limit - 1L));
        } else {
            long open = interval.openMs(startMs);
            first = Math.max(earliest, open < startMs ? interval.endMs(open) : open);
        }
        long[] opens = new long[limit];
        int count = 0;
        for (long open = first; open <= last && count < limit; open = interval.endMs(open)) {
            opens[count++] = open;
        }
        return Arrays.copyOf(opens, count);
    }
}
