package io.millrace.exchange.trade;

/**
 * What a client asks to change of an open limit order.
 *
 * @param accountId of the client.
 * @param symbol index of the contract.
 * @param orderId of the order; 0 finds it by {@code clientOrderId}.
 * @param clientOrderId the client's id of the order, or null.
 * @param side the order's side; the venue wants it again.
 * @param qtyLots new total quantity in lots.
 * @param priceTicks new limit in ticks; 0 with {@code priceMatch}.
 * @param priceMatch whether the book gives the price.
 * @param modifyId the client's id of the change, 0 without one.
 */
public record AmendRequest(
        int accountId,
        int symbol,
        long orderId,
        String clientOrderId,
        Side side,
        long qtyLots,
        long priceTicks,
        PriceMatch priceMatch,
        long modifyId) {}
