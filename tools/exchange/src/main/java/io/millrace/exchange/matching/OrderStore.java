package io.millrace.exchange.matching;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.trade.VenueException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

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
                boolean isGone = !order.isWorking() && !isKnown(order, nowMs);
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
     * Returns an order, open or not.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @param orderId the venue's id; 0 finds it by the client's, then it is the last one of that id.
     * @param clientOrderId the client's id, or null.
     * @param nowMs epoch milliseconds.
     * @throws VenueException -2013 if there is none, or it is beyond the horizon.
     */
    public Order find(int accountId, int symbol, long orderId, String clientOrderId, long nowMs) throws VenueException {
        AccountOrders account = accounts.get(accountId);
        Order order = account == null
                ? null
                : orderId > 0 ? account.all.get(orderId) : account.lastByClientId.get(clientOrderId);
        if (order == null || order.symbol() != symbol || !isKnown(order, nowMs)) {
            throw Errors.noSuchOrder();
        }
        return order;
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
     * Returns an account's orders, open and finished, oldest first.
     *
     * @param accountId of the client.
     * @param symbol index of the contract, or {@link #ANY_SYMBOL}.
     * @param window by order id and time of placing; with an id and times, both hold.
     * @param nowMs epoch milliseconds.
     * @throws VenueException if the window is too long.
     */
    public List<Order> allOrders(int accountId, int symbol, QueryWindow window, long nowMs) throws VenueException {
        QueryWindow wanted = window.resolve(nowMs);
        AccountOrders account = accounts.get(accountId);
        if (account == null) {
            return List.of();
        }
        return select(
                account.all.tailMap(wanted.fromId(), true).values(),
                wanted,
                window.isFromFirst(),
                Order::orderId,
                Order::createTimeMs,
                order -> (symbol == ANY_SYMBOL || order.symbol() == symbol) && isKnown(order, nowMs));
    }

    /**
     * Returns an account's fills, oldest first.
     *
     * @param accountId of the client.
     * @param symbol index of the contract, or {@link #ANY_SYMBOL}.
     * @param orderId only of this order, 0 for all.
     * @param window by trade id or by time.
     * @param nowMs epoch milliseconds.
     * @throws VenueException if the window is too long, or has an id and times.
     */
    public List<UserTrade> userTrades(int accountId, int symbol, long orderId, QueryWindow window, long nowMs)
            throws VenueException {
        window.refuseIdWithTimes();
        QueryWindow wanted = window.resolve(nowMs);
        AccountOrders account = accounts.get(accountId);
        if (account == null) {
            return List.of();
        }
        return select(
                account.userTrades,
                wanted,
                window.isFromFirst(),
                fill -> fill.trade().tradeId(),
                fill -> fill.trade().timeMs(),
                fill -> (symbol == ANY_SYMBOL || fill.trade().symbol() == symbol)
                        && (orderId == 0 || fill.order().orderId() == orderId)
                        && fill.trade().timeMs() + HORIZON_MS >= nowMs);
    }

    /**
     * Returns the amendments of one order or of a contract, oldest first.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @param orderId the venue's id, 0 for all unless the client's id is given.
     * @param clientOrderId the client's id, or null.
     * @param window by amendment id or by time.
     * @param nowMs epoch milliseconds.
     * @throws VenueException if the window is too long, or has an id and times.
     */
    public List<Amendment> amendments(
            int accountId, int symbol, long orderId, String clientOrderId, QueryWindow window, long nowMs)
            throws VenueException {
        window.refuseIdWithTimes();
        QueryWindow wanted = window.resolve(nowMs);
        AccountOrders account = accounts.get(accountId);
        if (account == null) {
            return List.of();
        }
        return select(
                account.amendments,
                wanted,
                window.isFromFirst(),
                Amendment::amendmentId,
                Amendment::timeMs,
                amendment -> {
                    Order order = amendment.order();
                    boolean isWanted = orderId > 0
                            ? order.orderId() == orderId
                            : clientOrderId == null || order.clientOrderId().equals(clientOrderId);
                    return isWanted && order.symbol() == symbol && amendment.timeMs() + HORIZON_MS >= nowMs;
                });
    }

    /**
     * Returns all orders of an account that are kept, open and finished, oldest first, however long ago.
     *
     * @param accountId of the client.
     * @param symbol index of the contract, or {@link #ANY_SYMBOL}.
     */
    public List<Order> everyOrder(int accountId, int symbol) {
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
    public List<UserTrade> everyTrade(int accountId, int symbol) {
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
    public List<Amendment> everyAmendment(int accountId, int symbol) {
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
    public Order findKept(int accountId, int symbol, long orderId, String clientOrderId) {
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

    private static <T> List<T> select(
            Collection<T> rows,
            QueryWindow window,
            boolean isFromFirst,
            ToLongFunction<T> id,
            ToLongFunction<T> timeMs,
            Predicate<T> isWanted) {
        Deque<T> found = new ArrayDeque<>();
        for (T row : rows) {
            if (window.holds(id.applyAsLong(row), timeMs.applyAsLong(row)) && isWanted.test(row)) {
                found.add(row);
                if (found.size() > window.limit()) {
                    if (isFromFirst) {
                        found.removeLast();
                        break;
                    }
                    found.removeFirst();
                }
            }
        }
        return List.copyOf(found);
    }

    private static boolean isKnown(Order order, long nowMs) {
        boolean isUnfilled = !order.isWorking() && order.status() != OrderStatus.FILLED && order.executedLots() == 0;
        return order.createTimeMs() + (isUnfilled ? UNFILLED_HORIZON_MS : HORIZON_MS) >= nowMs;
    }
}
