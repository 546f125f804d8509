package io.millrace.exchange.matching;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.TimeInForce;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What ends orders by time: the date of GTD orders, a year for GTC ones, and the clients' countdowns. */
final class OrderTimers {
    /** How long a GTC order without a fill works. */
    static final long GTC_LIFE_MS = 365L * 24 * 3600 * 1000;

    static final long NEVER_MS = Long.MAX_VALUE;

    /** Countdowns are looked at this often. */
    private static final long COUNTDOWN_STEP_MS = 10;

    private static final long SECOND_MS = 1000;

    private record Due(long dueMs, long orderId) {}

    /** A countdown of an account for a contract. */
    record Countdown(int accountId, int symbol) {}

    private final TreeMap<Due, Order> orders =
            new TreeMap<>(Comparator.comparingLong(Due::dueMs).thenComparingLong(Due::orderId));
    private final TreeMap<Countdown, Long> countdowns =
            new TreeMap<>(Comparator.comparingInt(Countdown::accountId).thenComparingInt(Countdown::symbol));

    void add(Order order) {
        if (isTimed(order)) {
            orders.put(due(order), order);
        }
    }

    void remove(Order order) {
        if (isTimed(order)) {
            orders.remove(due(order));
        }
    }

    /** A GTC order that has traded works for ever. */
    void onFill(Order order) {
        if (order.timeInForce() == TimeInForce.GTC) {
            orders.remove(due(order));
        }
    }

    /** Sets a countdown to end at a time, or takes it away with 0. */
    void countdown(int accountId, int symbol, long endMs) {
        Countdown key = new Countdown(accountId, symbol);
        if (endMs == 0) {
            countdowns.remove(key);
        } else {
            countdowns.put(key, (endMs + COUNTDOWN_STEP_MS - 1) / COUNTDOWN_STEP_MS * COUNTDOWN_STEP_MS);
        }
    }

    long nextDueMs() {
        long next = orders.isEmpty() ? NEVER_MS : orders.firstKey().dueMs();
        for (long endMs : countdowns.values()) {
            next = Math.min(next, endMs);
        }
        return next;
    }

    /** Returns an order whose time has come, the earliest, or null. */
    Order nextDueOrder(long nowMs) {
        return orders.isEmpty() || orders.firstKey().dueMs() > nowMs
                ? null
                : orders.firstEntry().getValue();
    }

    /** Returns the countdowns that have ended, and takes them away. */
    List<Countdown> endedCountdowns(long nowMs) {
        List<Countdown> ended = new ArrayList<>();
        for (Map.Entry<Countdown, Long> countdown : countdowns.entrySet()) {
            if (countdown.getValue() <= nowMs) {
                ended.add(countdown.getKey());
            }
        }
        ended.forEach(countdowns::remove);
        return ended;
    }

    private static boolean isTimed(Order order) {
        return order.timeInForce() == TimeInForce.GTD || order.timeInForce() == TimeInForce.GTC;
    }

    private static Due due(Order order) {
        long dueMs = order.timeInForce() == TimeInForce.GTD
                ? order.goodTillDateMs() / SECOND_MS * SECOND_MS
                : order.createTimeMs() + GTC_LIFE_MS;
        return new Due(dueMs, order.orderId());
    }
}
