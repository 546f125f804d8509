package io.millrace.exchange.matching;

import io.millrace.exchange.trade.Order;

/**
 * One change of an order: a row of orderAmendment.
 *
 * @param amendmentId the venue's id of the change, rising.
 * @param order that was changed.
 * @param timeMs when, epoch milliseconds.
 * @param oldPriceTicks limit before.
 * @param newPriceTicks limit after.
 * @param oldQtyLots total quantity before.
 * @param newQtyLots total quantity after.
 * @param count how many changes the order had with this one.
 * @param modifyId the client's id of the change, 0 without one.
 */
public record Amendment(
        long amendmentId,
        Order order,
        long timeMs,
        long oldPriceTicks,
        long newPriceTicks,
        long oldQtyLots,
        long newQtyLots,
        int count,
        long modifyId) {}
