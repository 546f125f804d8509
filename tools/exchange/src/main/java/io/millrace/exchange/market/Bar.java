package io.millrace.exchange.market;

/**
 * Price, volume and count of the trades of some time. Mutable, used again.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Units:</b> prices in ticks, volumes in lots, turnover in ticks x lots.
 */
public final class Bar {
    long openTimeMs;
    long openTicks;
    long highTicks;
    long lowTicks;
    long closeTicks;
    long volumeLots;
    long takerBuyLots;
    long turnover;
    long takerBuyTurnover;
    long firstTradeId = -1;
    long lastTradeId = -1;
    long trades;
    boolean isDirty;

    /**
     * Begins a bar without a trade.
     *
     * @param timeMs when it begins, epoch milliseconds.
     * @param priceTicks last price before it.
     */
    public void open(long timeMs, long priceTicks) {
        openTimeMs = timeMs;
        openTicks = priceTicks;
        highTicks = priceTicks;
        lowTicks = priceTicks;
        closeTicks = priceTicks;
        volumeLots = 0;
        takerBuyLots = 0;
        turnover = 0;
        takerBuyTurnover = 0;
        firstTradeId = -1;
        lastTradeId = -1;
        trades = 0;
        isDirty = true;
    }

    void onTrade(long tradeId, long priceTicks, long qtyLots, boolean isBuyerMaker) {
        if (trades == 0) {
            firstTradeId = tradeId;
            openTicks = priceTicks;
            highTicks = priceTicks;
            lowTicks = priceTicks;
        }
        lastTradeId = tradeId;
        highTicks = Math.max(highTicks, priceTicks);
        lowTicks = Math.min(lowTicks, priceTicks);
        closeTicks = priceTicks;
        volumeLots += qtyLots;
        turnover += priceTicks * qtyLots;
        if (!isBuyerMaker) {
            takerBuyLots += qtyLots;
            takerBuyTurnover += priceTicks * qtyLots;
        }
        trades++;
        isDirty = true;
    }

    /**
     * Adds what happened later. A bar without a trade adds nothing, as its prices are only those from before it.
     *
     * @param later bar that begins where this one has got to.
     */
    public void append(Bar later) {
        if (later.trades == 0) {
            return;
        }
        if (trades == 0) {
            openTicks = later.openTicks;
            highTicks = later.highTicks;
            lowTicks = later.lowTicks;
            firstTradeId = later.firstTradeId;
        }
        highTicks = Math.max(highTicks, later.highTicks);
        lowTicks = Math.min(lowTicks, later.lowTicks);
        closeTicks = later.closeTicks;
        volumeLots += later.volumeLots;
        takerBuyLots += later.takerBuyLots;
        turnover += later.turnover;
        takerBuyTurnover += later.takerBuyTurnover;
        lastTradeId = later.lastTradeId;
        trades += later.trades;
    }

    /**
     * Makes this a copy.
     *
     * @param other bar to copy.
     */
    public void set(Bar other) {
        openTimeMs = other.openTimeMs;
        openTicks = other.openTicks;
        highTicks = other.highTicks;
        lowTicks = other.lowTicks;
        closeTicks = other.closeTicks;
        volumeLots = other.volumeLots;
        takerBuyLots = other.takerBuyLots;
        turnover = other.turnover;
        takerBuyTurnover = other.takerBuyTurnover;
        firstTradeId = other.firstTradeId;
        lastTradeId = other.lastTradeId;
        trades = other.trades;
    }

    /**
     * Sets prices, for a bar that was not built from single trades.
     *
     * @param open first price in ticks.
     * @param high highest price in ticks.
     * @param low lowest price in ticks.
     * @param close last price in ticks.
     */
    public void setPrices(long open, long high, long low, long close) {
        openTicks = open;
        highTicks = high;
        lowTicks = low;
        closeTicks = close;
    }

    /**
     * Sets volumes, for a bar that was not built from single trades; its trade ids are unknown.
     *
     * @param count of trades, above 0 if there is a volume.
     * @param lots volume.
     * @param units turnover in ticks x lots.
     * @param buyLots volume in which the buyer was the taker.
     * @param buyUnits turnover of that volume.
     */
    public void setVolumes(long count, long lots, long units, long buyLots, long buyUnits) {
        trades = count;
        volumeLots = lots;
        turnover = units;
        takerBuyLots = buyLots;
        takerBuyTurnover = buyUnits;
    }

    /** Returns when the bar begins, epoch milliseconds. */
    public long openTimeMs() {
        return openTimeMs;
    }

    /** Returns the first price in ticks. */
    public long openTicks() {
        return openTicks;
    }

    /** Returns the highest price in ticks. */
    public long highTicks() {
        return highTicks;
    }

    /** Returns the lowest price in ticks. */
    public long lowTicks() {
        return lowTicks;
    }

    /** Returns the last price in ticks. */
    public long closeTicks() {
        return closeTicks;
    }

    /** Returns the volume in lots. */
    public long volumeLots() {
        return volumeLots;
    }

    /** Returns the volume in which the buyer was the taker, in lots. */
    public long takerBuyLots() {
        return takerBuyLots;
    }

    /** Returns the turnover in ticks x lots. */
    public long turnover() {
        return turnover;
    }

    /** Returns the turnover of {@link #takerBuyLots()} in ticks x lots. */
    public long takerBuyTurnover() {
        return takerBuyTurnover;
    }

    /** Returns the number of trades. */
    public long trades() {
        return trades;
    }
}
