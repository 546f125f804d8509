package io.millrace.exchange.account;

import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Trade;

/**
 * What liquidation asks of matching and the venue.
 *
 * <p><b>Thread:</b> the venue's.
 */
public interface LiquidationPort {
    /** All contracts, for {@link #expireOpenOrders}. */
    int ALL_SYMBOLS = -1;

    /**
     * Ends an account's open orders with {@link io.millrace.exchange.trade.ExpiryReason#LIQUIDATION}, telling the order events.
     *
     * @param accountId of the account.
     * @param symbol index of the contract, or {@link #ALL_SYMBOLS}.
     */
    void expireOpenOrders(int accountId, int symbol);

    /**
     * Matches an order by which the venue closes a position: type LIQUIDATION, IOC, reduce-only, marked as a liquidation, past
     * all filters and margin checks. Its fills and its end come through the order events before this returns.
     *
     * @param request the order.
     */
    void liquidate(OrderRequest request);

    /**
     * Records a fill outside the book: makes an order marked as liquidation or deleveraging, filled at the price, gives it and
     * the trade ids, and keeps them for queries. Tells nobody: {@link AccountListener#onFill} follows when it is booked.
     *
     * @param request the order.
     * @param priceTicks price of the fill.
     * @param isAdl whether it deleverages, else liquidates.
     * @return the trade, with the order as taker and no maker.
     */
    Trade recordOffBook(OrderRequest request, long priceTicks, boolean isAdl);
}
