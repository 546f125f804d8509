package io.millrace.exchange.trade;

/**
 * What becomes of orders, told in the order in which it happens. An order carries its new state already.
 *
 * <p><b>Thread:</b> the venue's.
 */
public interface OrderEvents {
    /** An order was accepted; called before any of its fills. */
    void onNew(Order order);

    /** Two orders traded. */
    void onTrade(Trade trade);

    /** An order's price or quantity was changed by a request. */
    void onAmended(Order order);

    /** An order was ended by a request. */
    void onCanceled(Order order);

    /** An order was ended by the venue; {@link Order#status()} and {@link Order#expiryReason()} say how. */
    void onExpired(Order order);
}
