package io.millrace.exchange.api;

import io.millrace.exchange.trade.Order;

/**
 * One fill of a client's order, with what it did to the account.
 *
 * @param tradeId of the contract's public trades.
 * @param order filled.
 * @param isMaker whether the order rested.
 * @param priceTicks price in ticks.
 * @param qtyLots quantity in lots.
 * @param realizedE8 realized profit before the commission, 1e-8 of the quote asset.
 * @param commissionE8 commission, 1e-8 of the quote asset, below 0 for a rebate.
 * @param timeMs epoch milliseconds.
 */
public record UserTrade(
        long tradeId,
        Order order,
        boolean isMaker,
        long priceTicks,
        long qtyLots,
        long realizedE8,
        long commissionE8,
        long timeMs) {}
