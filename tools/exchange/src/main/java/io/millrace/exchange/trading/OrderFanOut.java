package io.millrace.exchange.trading;

import io.millrace.exchange.account.Accounts;
import io.millrace.exchange.conditional.AlgoService;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderEvents;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.userdata.ExecutionType;

/**
 * Tells everybody what becomes of orders: first the accounts, so that what is told shows their new state, then clients, then
 * the conditional service. Only of a new order the conditional service hears first, since the order's event names its origin.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class OrderFanOut implements OrderEvents {
    private final Accounts accounts;
    private PrivateEvents events;
    private AlgoService algo;

    OrderFanOut(Accounts accounts) {
        this.accounts = accounts;
    }

    void connect(PrivateEvents newEvents, AlgoService newAlgo) {
        events = newEvents;
        algo = newAlgo;
    }

    @Override
    public void onNew(Order order) {
        accounts.onNew(order);
        algo.onNew(order);
        events.onOrder(order, ExecutionType.NEW);
    }

    @Override
    public void onTrade(Trade trade) {
        // Clients hear of fills from the accounts, once they are booked.
        accounts.onTrade(trade);
        algo.onTrade(trade);
    }

    @Override
    public void onAmended(Order order) {
        accounts.onAmended(order);
        events.onOrder(order, ExecutionType.AMENDMENT);
        algo.onAmended(order);
    }

    @Override
    public void onCanceled(Order order) {
        accounts.onCanceled(order);
        events.onOrder(order, ExecutionType.CANCELED);
        algo.onCanceled(order);
    }

    @Override
    public void onExpired(Order order) {
        accounts.onExpired(order);
        events.onOrder(order, ExecutionType.EXPIRED);
        algo.onExpired(order);
    }
}
