package io.millrace.exchange.market;

import io.millrace.exchange.pricing.MarkPrice;
import io.millrace.exchange.venue.SymbolSpec;

/**
 * What a client can ask about one symbol's past and present, kept by what publishes its streams, so that answers and streams
 * cannot differ. Bounded: with everything full a symbol takes 50 KB of trades, 80 KB of aggregated trades and 24 KB of funding
 * rates, and 184 bytes a bar, of which there are at most {@value BarHistory#BOUND} for each of 15 intervals; after a day of
 * market time 2,400 bars, so all in all 600 KB a symbol. All tables grow as they are filled.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
public final class SymbolHistory {
    private final SymbolSpec spec;
    private final TradeHistory trades = new TradeHistory();
    private final AggregateHistory aggregates = new AggregateHistory();
    private final BarHistory bars;
    private final PriceHistory prices;
    private final FundingHistory fundings;
    private final RollingDay day;
    private final MarkPrice mark;
    private final long openPriceTicks;
    private long markTimeMs;

    SymbolHistory(SymbolSpec spec, MarkPrice mark, long priceTicks, long lastTradeId, BarPast past) {
        this.spec = spec;
        this.mark = mark;
        this.openPriceTicks = priceTicks;
        long startMs = mark.startMs();
        this.bars = new BarHistory(startMs, priceTicks, lastTradeId, past);
        this.prices = new PriceHistory(spec, bars);
        this.fundings = new FundingHistory(startMs, past, prices);
        this.day = new RollingDay(startMs);
        this.markTimeMs = startMs;
    }

    void onTrade(long timeMs, long tradeId, long priceTicks, long qtyLots, boolean isBuyerMaker) {
        trades.add(tradeId, timeMs, priceTicks, qtyLots, isBuyerMaker);
        bars.onTrade(tradeId, priceTicks, qtyLots, isBuyerMaker);
        day.onTrade(timeMs, tradeId, priceTicks, qtyLots);
    }

    void onAggregate(Aggregate aggregate) {
        aggregates.add(aggregate);
    }

    void onMark(long timeMs) {
        markTimeMs = timeMs;
        prices.onSample(timeMs, mark.markE8(), mark.indexE8(), mark.premiumE8());
    }

    void onFunding() {
        fundings.onCharge(mark.settledMs(), mark.settledRateE8(), mark.markE8());
    }

    RollingDay day() {
        return day;
    }

    /** Returns the contract. */
    public SymbolSpec spec() {
        return spec;
    }

    /** Returns the last trades. */
    public TradeHistory trades() {
        return trades;
    }

    /** Returns the last aggregated trades. */
    public AggregateHistory aggregates() {
        return aggregates;
    }

    /** Returns the bars. */
    public BarHistory bars() {
        return bars;
    }

    /** Returns the bars of mark price, index price and premium. */
    public PriceHistory prices() {
        return prices;
    }

    /** Returns the funding rates that were charged. */
    public FundingHistory fundings() {
        return fundings;
    }

    /** Returns mark price, index and funding rate as last published. */
    public MarkPrice mark() {
        return mark;
    }

    /** Returns when {@link #mark()} was last sampled, epoch milliseconds. */
    public long markTimeMs() {
        return markTimeMs;
    }

    /** Returns the price of the last trade, or the opening price before the first. */
    public long lastTicks() {
        return trades.endId() == trades.firstId() ? openPriceTicks : trades.priceTicks(trades.endId() - 1);
    }

    /** Returns the price of the last trade at 1e-8. */
    public long lastE8() {
        return prices.priceE8(lastTicks());
    }

    /**
     * Returns a price at 1e-8, rounded half up.
     *
     * @param ticks price in ticks.
     */
    public long priceE8(long ticks) {
        return prices.priceE8(ticks);
    }

    /** Returns the price at which the market opened, in ticks. */
    public long openPriceTicks() {
        return openPriceTicks;
    }

    /** Returns when the last trade was, epoch milliseconds, or 0 before the first. */
    public long lastTradeMs() {
        return trades.endId() == trades.firstId() ? 0 : trades.timeMs(trades.endId() - 1);
    }

    /**
     * Adds up the last 24 h.
     *
     * @param nowMs epoch milliseconds, not before the last trade.
     */
    public DaySummary day(long nowMs) {
        day.sum(nowMs);
        if (day.tradeCount == 0) {
            long last = lastTicks();
            return new DaySummary(day.openTimeMs, last, last, last, last, day.lastLots, 0, 0, -1, -1, 0);
        }
        return new DaySummary(
                day.openTimeMs,
                day.openTicks,
                day.highTicks,
                day.lowTicks,
                day.lastTicks,
                day.lastLots,
                day.volumeLots,
                day.turnoverUnits,
                day.firstTradeId,
                day.lastTradeId,
                day.tradeCount);
    }
}
