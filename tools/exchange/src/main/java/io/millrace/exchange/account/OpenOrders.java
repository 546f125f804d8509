package io.millrace.exchange.account;

import io.millrace.exchange.trade.Order;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the sums of open orders in the positions: their number, and the values of bids and asks that need margin.
 *
 * <p>Whatever happened to an order, what it counted for is taken off and what it counts for now is added, so no event needs a
 * rule of its own. Reduce-only orders and orders without a price count for nothing but their number.
 *
 * <p><b>Thread:</b> confined to the venue's thread.
 */
final class OpenOrders {
    private final Books books;
    private final Map<Long, Long> valueOf = new HashMap<>();

    OpenOrders(Books books) {
        this.books = books;
    }

    void sync(Order order) {
        Position position = books.account(order.accountId()).position(order.symbol());
        boolean isBuy = order.side().isBuy();
        Long known = valueOf.remove(order.orderId());
        if (known != null) {
            add(position, isBuy, -known, -1);
        }
        if (order.isWorking()) {
            long value = order.isReduceOnly() || order.isClosePosition()
                    ? 0
                    : position.contract().notional(order.priceTicks(), order.remainingLots());
            valueOf.put(order.orderId(), value);
            add(position, isBuy, value, 1);
        }
    }

    /** Returns what an order counts for now, 0 if it does not. */
    long valueOf(long orderId) {
        return valueOf.getOrDefault(orderId, 0L);
    }

    private static void add(Position position, boolean isBuy, long value, int orders) {
        position.openOrders += orders;
        if (isBuy) {
            position.bidNotional = Math.addExact(position.bidNotional, value);
        } else {
            position.askNotional = Math.addExact(position.askNotional, value);
        }
    }
}
