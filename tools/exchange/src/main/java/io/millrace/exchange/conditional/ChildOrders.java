package io.millrace.exchange.conditional;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.VenueException;

/**
 * The way from the service into the matching engine.
 *
 * <p><b>Thread:</b> the venue's.
 */
@FunctionalInterface
public interface ChildOrders {
    /**
     * Places the ordinary order that a conditional one has become, with all checks of an ordinary order.
     *
     * @param request the order; names the conditional one's type and trigger.
     * @return the order as the engine has it, possibly filled or ended already.
     * @throws VenueException with the engine's reason to refuse it.
     */
    Order place(OrderRequest request) throws VenueException;
}
