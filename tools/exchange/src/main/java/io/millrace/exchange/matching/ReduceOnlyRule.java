package io.millrace.exchange.matching;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.ExpiryReason;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.RiskPort;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps reduce-only orders within the position that they reduce. When one is placed, those that would be executed before it count
 * first, and it gets what they leave. When the position shrinks, the position is dealt out again in the order of price and time;
 * who gets less is made smaller, who gets nothing expires.
 */
final class ReduceOnlyRule {
    private final RiskPort risk;
    private final OrderStore store;
    private final Matcher matcher;

    ReduceOnlyRule(RiskPort risk, OrderStore store, Matcher matcher) {
        this.risk = risk;
        this.store = store;
        this.matcher = matcher;
    }

    /** Returns how many lots an order of that side could take off the position. */
    long closable(int accountId, int symbol, Side side) {
        long position = risk.positionLots(accountId, symbol);
        return Math.max(0, -side.sign() * position);
    }

    /**
     * Returns how many lots a reduce-only order may have.
     *
     * @param priceTicks its limit, 0 for a market order, which comes before all others.
     * @param self order that is being amended and does not count, or null.
     * @throws VenueException -2022 if nothing is left for it.
     */
    long room(int accountId, int symbol, Side side, long priceTicks, Order self) throws VenueException {
        long room = closable(accountId, symbol, side);
        if (priceTicks > 0) {
            for (Order other : store.openReduceOnly(accountId, symbol)) {
                boolean isBefore = side.isBuy() ? other.priceTicks() >= priceTicks : other.priceTicks() <= priceTicks;
                if (other != self && other.side() == side && isBefore) {
                    room -= other.remainingLots();
                }
            }
        }
        if (room <= 0) {
            throw Errors.reduceOnlyRejected();
        }
        return room;
    }

    /** The position may have changed: deals it out again among the orders that reduce it. */
    void onPosition(int accountId, int symbol, long timeMs) {
        for (Order order : store.openGte(accountId, symbol)) {
            if (order.isWorking() && closable(accountId, symbol, order.side()) == 0) {
                matcher.expire(order, OrderStatus.EXPIRED, ExpiryReason.GTE, timeMs);
            }
        }
        List<Order> orders = store.openReduceOnly(accountId, symbol);
        if (!orders.isEmpty()) {
            prune(orders, Side.BUY, closable(accountId, symbol, Side.BUY), timeMs);
            prune(orders, Side.SELL, closable(accountId, symbol, Side.SELL), timeMs);
        }
    }

    private void prune(List<Order> orders, Side side, long closable, long timeMs) {
        List<Order> ranked = new ArrayList<>();
        long wanted = 0;
        for (Order order : orders) {
            if (order.side() == side) {
                ranked.add(order);
                wanted += order.remainingLots();
            }
        }
        if (wanted <= closable) {
            return;
        }
        // Stable: among equal prices the oldest stays first. A market order has no price and is working right now.
        Comparator<Order> byPrice = Comparator.comparingLong(Order::priceTicks);
        ranked.sort(side.isBuy() ? ReduceOnlyRule::compareBids : byPrice);
        long room = closable;
        for (Order order : ranked) {
            long excess = order.remainingLots() - room;
            room -= Math.min(room, order.remainingLots());
            if (excess <= 0 || !order.isWorking()) {
                continue;
            }
            if (excess == order.remainingLots()) {
                matcher.expire(order, OrderStatus.EXPIRED, ExpiryReason.REDUCE_ONLY, timeMs);
            } else {
                matcher.shrink(order, excess, timeMs);
            }
        }
    }

    private static int compareBids(Order left, Order right) {
        long leftTicks = left.priceTicks() == 0 ? Long.MAX_VALUE : left.priceTicks();
        long rightTicks = right.priceTicks() == 0 ? Long.MAX_VALUE : right.priceTicks();
        return Long.compare(rightTicks, leftTicks);
    }
}
