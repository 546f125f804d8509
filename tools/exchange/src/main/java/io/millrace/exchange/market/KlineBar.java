package io.millrace.exchange.market;

/**
 * The one-minute bar that is being built from trades.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Units:</b> prices in ticks, volumes in lots, turnover in ticks x lots.
 */
final class KlineBar {
    static final long LENGTH_MS = 60_000;

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

    void open(long timeMs, long priceTicks) {
        openTimeMs = timeMs - timeMs % LENGTH_MS;
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

    boolean isOver(long timeMs) {
        return timeMs >= openTimeMs + LENGTH_MS;
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
}
