package io.millrace.exchange.market;

/**
 * What traded in the last 24 h.
 *
 * @param openTimeMs beginning of the window, epoch milliseconds.
 * @param openTicks first price in it.
 * @param highTicks highest price.
 * @param lowTicks lowest price.
 * @param lastTicks last price.
 * @param lastLots quantity of the last trade.
 * @param volumeLots volume.
 * @param turnover in ticks x lots.
 * @param firstTradeId id of the first trade, -1 if there was none.
 * @param lastTradeId id of the last trade, -1 if there was none.
 * @param trades number of trades.
 */
public record DaySummary(
        long openTimeMs,
        long openTicks,
        long highTicks,
        long lowTicks,
        long lastTicks,
        long lastLots,
        long volumeLots,
        long turnover,
        long firstTradeId,
        long lastTradeId,
        long trades) {

    /** Returns the change of the price since the beginning in ticks. */
    public long changeTicks() {
        return trades == 0 ? 0 : lastTicks - openTicks;
    }

    /** Returns the change in percent at 1e-3, rounded half up as the ticker stream prints it. */
    public long changePercentE3() {
        return trades == 0 ? 0 : Math.round(changeTicks() * 100_000.0 / openTicks);
    }

    /** Returns the average price in ticks, weighted by quantity, as the ticker stream prints it. */
    public long averageTicks() {
        return trades == 0 ? lastTicks : Math.round((double) turnover / volumeLots);
    }
}
