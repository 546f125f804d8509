package io.millrace.exchange.market;

/**
 * The funding rates of one symbol that were charged: the last {@value #BOUND}, and before the market began the interest rate
 * every eight hours, at the price there was.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Units:</b> rates and prices at 1e-8.
 */
public final class FundingHistory {
    /** Most rates that are kept, and most that one request can ask for. */
    public static final int BOUND = 1000;

    /** Takes the rates that were asked for. */
    public interface Sink {
        /**
         * One charge.
         *
         * @param timeMs when, epoch milliseconds.
         * @param rateE8 rate at 1e-8.
         * @param markE8 mark price at 1e-8.
         */
        void onFunding(long timeMs, long rateE8, long markE8);
    }

    private static final long MINUTE_MS = 60_000;
    private static final long PERIOD_MS = 8 * 3_600_000L;
    private static final long PAST_RATE_E8 = 10_000;
    private static final int TIME = 0;
    private static final int RATE = 1;
    private static final int MARK = 2;

    private final BarPast past;
    private final PriceHistory prices;
    private final long firstLiveMs;
    private final LongRows rows = new LongRows(3, BOUND);

    FundingHistory(long startMs, BarPast past, PriceHistory prices) {
        this.past = past;
        this.prices = prices;
        this.firstLiveMs = (startMs / PERIOD_MS + 1) * PERIOD_MS;
    }

    void onCharge(long timeMs, long rateE8, long markE8) {
        long row = rows.add();
        rows.set(row, TIME, timeMs);
        rows.set(row, RATE, rateE8);
        rows.set(row, MARK, markE8);
    }

    /**
     * Finds charges: the oldest from a beginning on if one is given, otherwise the newest.
     *
     * @param startMs epoch milliseconds, or -1.
     * @param endMs epoch milliseconds, inclusive, or -1.
     * @param limit most charges.
     * @param sink takes them, oldest first.
     */
    public void query(long startMs, long endMs, int limit, Sink sink) {
        long last = endMs < 0 ? Long.MAX_VALUE : endMs;
        long rowEnd = last == Long.MAX_VALUE ? rows.end() : rows.lowerBound(TIME, last + 1);
        long pastEndMs = rows.first() > 0 ? 0 : Math.min(last, firstLiveMs - 1);
        long pastLastMs = pastEndMs - Math.floorMod(pastEndMs, PERIOD_MS);
        long pastFirstMs = earliestPastMs();
        long row = rows.first();
        if (startMs >= 0) {
            row = rows.lowerBound(TIME, startMs);
            pastFirstMs = Math.max(pastFirstMs, (startMs + PERIOD_MS - 1) / PERIOD_MS * PERIOD_MS);
        } else {
            row = Math.max(row, rowEnd - limit);
            pastFirstMs = Math.max(pastFirstMs, pastLastMs - (limit - (rowEnd - row) - 1) * PERIOD_MS);
        }
        int count = 0;
        Bar bar = new Bar();
        for (long time = pastFirstMs; time <= pastLastMs && count < limit; time += PERIOD_MS) {
            if (past.sum(time - MINUTE_MS, time, bar)) {
                sink.onFunding(time, PAST_RATE_E8, prices.priceE8(bar.closeTicks));
                count++;
            }
        }
        for (; row < rowEnd && count < limit; row++, count++) {
            sink.onFunding(rows.get(row, TIME), rows.get(row, RATE), rows.get(row, MARK));
        }
    }

    private long earliestPastMs() {
        long begin = past.beginMs();
        return begin == Long.MAX_VALUE ? Long.MAX_VALUE : (begin / PERIOD_MS + 1) * PERIOD_MS;
    }
}
