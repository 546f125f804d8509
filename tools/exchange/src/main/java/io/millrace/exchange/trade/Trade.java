package io.millrace.exchange.trade;

/**
 * One fill. An order that is null is the market's own.
 *
 * @param tradeId of the contract's public trades.
 * @param timeMs epoch milliseconds.
 * @param symbol index of the contract.
 * @param taker the incoming order, already carrying this fill; null if it was the market's.
 * @param maker the resting order, already carrying this fill; null if it was the market's.
 * @param priceTicks price in ticks.
 * @param qtyLots quantity in lots, above 0.
 */
public record Trade(long tradeId, long timeMs, int symbol, Order taker, Order maker, long priceTicks, long qtyLots) {}
