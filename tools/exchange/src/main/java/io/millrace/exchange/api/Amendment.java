package io.millrace.exchange.api;

import io.millrace.exchange.trade.Order;

/**
 * One amendment of an order.
 *
 * @param amendmentId of the venue.
 * @param order amended.
 * @param oldPriceTicks limit before, in ticks.
 * @param newPriceTicks limit after, in ticks.
 * @param oldQtyLots quantity before, in lots.
 * @param newQtyLots quantity after, in lots.
 * @param count how many amendments of the order this one makes.
 * @param timeMs epoch milliseconds.
 */
public record Amendment(
        long amendmentId,
        Order order,
        long oldPriceTicks,
        long newPriceTicks,
        long oldQtyLots,
        long newQtyLots,
        int count,
        long timeMs) {}
