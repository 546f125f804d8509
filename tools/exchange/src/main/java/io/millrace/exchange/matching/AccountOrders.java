package io.millrace.exchange.matching;

import io.millrace.exchange.trade.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one account has placed. */
final class AccountOrders {
    /** Open orders, oldest first. */
    final Map<Long, Order> open = new LinkedHashMap<>();

    final Map<String, Order> openByClientId = new HashMap<>();
    /** Open reduce-only orders of each contract, oldest first. */
    final Map<Integer, List<Order>> openReduceOnly = new HashMap<>();
    /** Open orders of each contract that end with the position. */
    final Map<Integer, List<Order>> openGte = new HashMap<>();

    final Map<Integer, Integer> openCount = new HashMap<>();
    /** Everything that was accepted, by id, which is by time too. */
    final TreeMap<Long, Order> all = new TreeMap<>();
    /** The last order of each client id. */
    final Map<String, Order> lastByClientId = new HashMap<>();

    final List<UserTrade> userTrades = new ArrayList<>();
    final List<Amendment> amendments = new ArrayList<>();

    static void add(Map<Integer, List<Order>> index, Order order) {
        index.computeIfAbsent(order.symbol(), symbol -> new ArrayList<>()).add(order);
    }

    static void remove(Map<Integer, List<Order>> index, Order order) {
        List<Order> orders = index.get(order.symbol());
        if (orders != null && orders.remove(order) && orders.isEmpty()) {
            index.remove(order.symbol());
        }
    }
}
