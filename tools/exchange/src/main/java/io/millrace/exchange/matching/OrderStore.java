package io.millrace.exchange.matching;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.Trade;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Orders, fills and amendments that clients can ask for, open ones and finished ones, with the venue's horizons. Filled by
 * matching; everybody else reads.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class OrderStore {
    /** How long an order that never traded is known after it was placed, in milliseconds. */
    public static final long UNFILLED_HORIZON_MS = 3L * 24 * 3600 * 1000;

    /** How long any order, fill or amendment is known, in milliseconds. */
    public static final long HORIZON_MS = 90L * 24 * 3600 * 1000;

    /** All contracts. */
    public static final int ANY_SYMBOL = -1;

    private static final long SWEEP_EVERY_MS = 3600L * 1000;

    private final Map<Integer, AccountOrders> accounts = new TreeMap<>();
    private final Map<Long, Order> open = new TreeMap<>();
    private long lastAmendmentId;
    private long nextSweepMs;

    // --- filled by matching

    void add(Order order) {
        AccountOrders account = accounts.computeIfAbsent(order.accountId(), id -> new AccountOrders());
        account.all.put(order.orderId(), order);
        account.lastByClientId.put(order.clientOrderId(), order);
        account.open.put(order.orderId(), order);
        account.openByClientId.put(order.clientOrderId(), order);
        account.openCount.merge(order.symbol(), 1, Integer::sum);
        if (order.isReduceOnly() || order.isClosePosition()) {
            AccountOrders.add(account.openReduceOnly, order);
        }
        if (order.timeInForce() == TimeInForce.GTE_GTC) {
            AccountOrders.add(account.openGte, order);
        }
        open.put(order.orderId(), order);
    }

    void close(Order order) {
        if (open.remove(order.orderId()) == null) {
            return;
        }
        AccountOrders account = accounts.get(order.accountId());
        account.open.remove(order.orderId());
        account.openByClientId.remove(order.clientOrderId(), order);
        account.openCount.merge(order.symbol(), -1, Integer::sum);
        AccountOrders.remove(account.openReduceOnly, order);
        AccountOrders.remove(account.openGte, order);
    }

    void addTrade(Trade trade) {
        if (trade.taker() != null) {
            accounts.get(trade.taker().accountId()).userTrades.add(new UserTrade(trade, trade.taker(), false));
        }
        if (trade.maker() != null) {
            accounts.get(trade.maker().accountId()).userTrades.add(new UserTrade(trade, trade.maker(), true));
        }
    }

    void addAmendment(Order order, long oldPriceTicks, long oldQtyLots) {
        accounts.get(order.accountId())
                .amendments
                .add(new Amendment(
                        ++lastAmendmentId,
                        order,
                        order.updateTimeMs(),
                        oldPriceTicks,
                        order.priceTicks(),
                        oldQtyLots,
                        order.qtyLots(),
                        order.modifications(),
                        order.modifyId()));
    }

    boolean isOpenClientId(int accountId, String clientOrderId) {
        AccountOrders account = accounts.get(accountId);
        return account != null && account.openByClientId.containsKey(clientOrderId);
    }

    int openCount(int accountId, int symbol) {
        AccountOrders account = accounts.get(accountId);
        return account == null ? 0 : account.openCount.getOrDefault(symbol, 0);
    }

    /** Returns the open reduce-only orders of an account in a contract, oldest first; a copy. */
    List<Order> openReduceOnly(int accountId, int symbol) {
        AccountOrders account = accounts.get(accountId);
        return account == null ? List.of() : List.copyOf(account.openReduceOnly.getOrDefault(symbol, List.of()));
    }

    /** Returns the open orders of an account in a contract that end with the position; a copy. */
    List<Order> openGte(int accountId, int symbol) {
        AccountOrders account = accounts.get(accountId);
        return account == null ? List.of() : List.copyOf(account.openGte.getOrDefault(symbol, List.of()));
    }

    /** Forgets what is beyond the horizons, once an hour. */
    void forgetOld(long nowMs) {
        if (nowMs < nextSweepMs) {
            return;
        }
        nextSweepMs = nowMs + SWEEP_EVERY_MS;
        for (AccountOrders account : accounts.values()) {
            account.all.values().removeIf(order -> {
                boolean isGone = !isKnown(order, nowMs);
                if (isGone) {
                    account.lastByClientId.remove(order.clientOrderId(), order);
                }
                return isGone;
            });
            account.userTrades.removeIf(fill -> fill.trade().timeMs() + HORIZON_MS < nowMs);
            account.amendments.removeIf(amendment -> amendment.timeMs() + HORIZON_MS < nowMs);
        }
    }

    // --- asked by everybody

    /** Returns the accounts that ever placed an order, rising. */
    public Collection<Integer> accountIds() {
        return List.copyOf(accounts.keySet());
    }

    /**
     * Returns an open order.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @param orderId the venue's id; 0 finds it by the client's.
     * @param clientOrderId the client's id, or null.
     * @return the order, or null.
     */
    public Order findOpen(int accountId, int symbol, long orderId, String clientOrderId) {
        AccountOrders account = accounts.get(accountId);
        if (account == null) {
            return null;
        }
        Order order = orderId > 0 ? account.open.get(orderId) : account.openByClientId.get(clientOrderId);
        return order == null || order.symbol() != symbol ? null : order;
    }

    /**
     * Returns the open orders of an account, oldest first.
     *
     * @param accountId of the client.
     * @param symbol index of the contract, or {@link #ANY_SYMBOL}.
     */
    public List<Order> openOrders(int accountId, int symbol) {
        AccountOrders account = accounts.get(accountId);
        if (account == null) {
            return List.of();
        }
        List<Order> orders = new ArrayList<>();
        for (Order order : account.open.values()) {
            if (symbol == ANY_SYMBOL || order.symbol() == symbol) {
                orders.add(order);
            }
        }
        return orders;
    }

    /**
     * Returns all orders of an account that are kept, open and finished, oldest first, however long ago.
     *
     * @param accountId of the client.
     * @param symbol index of the contract, or {@link #ANY_SYMBOL}.
     */
    public List<Order> orders(int accountId, int symbol) {
        AccountOrders account = accounts.get(accountId);
        return account == null
                ? List.of()
                : account.all.values().stream()
                        .filter(order -> symbol == ANY_SYMBOL || order.symbol() == symbol)
                        .toList();
    }

    /**
     * Returns all fills of an account that are kept, oldest first.
     *
     * @param accountId of the client.
     * @param symbol index of the contract, or {@link #ANY_SYMBOL}.
     */
    public List<UserTrade> userTrades(int accountId, int symbol) {
        AccountOrders account = accounts.get(accountId);
        return account == null
                ? List.of()
                : account.userTrades.stream()
                        .filter(fill -> symbol == ANY_SYMBOL || fill.trade().symbol() == symbol)
                        .toList();
    }

    /**
     * Returns all amendments of an account that are kept, oldest first.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     */
    public List<Amendment> amendments(int accountId, int symbol) {
        AccountOrders account = accounts.get(accountId);
        return account == null
                ? List.of()
                : account.amendments.stream()
                        .filter(change -> change.order().symbol() == symbol)
                        .toList();
    }

    /**
     * Returns an order that is kept, open or not; of several with one client's id the last.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @param orderId the venue's id; 0 finds it by the client's.
     * @param clientOrderId the client's id, or null.
     * @return null if there is none.
     */
    public Order find(int accountId, int symbol, long orderId, String clientOrderId) {
        AccountOrders account = accounts.get(accountId);
        Order order = account == null
                ? null
                : orderId > 0 ? account.all.get(orderId) : account.lastByClientId.get(clientOrderId);
        return order == null || order.symbol() != symbol ? null : order;
    }

    /**
     * Returns the account's side of a trade, for whoever settles it, or null.
     *
     * @param order of the account.
     * @param tradeId of the trade.
     */
    public UserTrade userTrade(Order order, long tradeId) {
        AccountOrders account = accounts.get(order.accountId());
        List<UserTrade> fills = account == null ? List.of() : account.userTrades;
        for (int i = fills.size() - 1; i >= 0; i--) {
            UserTrade fill = fills.get(i);
            if (fill.order() == order && fill.trade().tradeId() == tradeId) {
                return fill;
            }
        }
        return null;
    }

    /**
     * Says whether the venue still tells of an order: an open one always, one that ended without a fill for three days after it was
     * placed, any other for ninety.
     *
     * @param order asked for.
     * @param nowMs epoch milliseconds.
     */
    public static boolean isKnown(Order order, long nowMs) {
        long horizonMs = order.executedLots() == 0 ? UNFILLED_HORIZON_MS : HORIZON_MS;
        return order.isWorking() || order.createTimeMs() + horizonMs >= nowMs;
    }
}
