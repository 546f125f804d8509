package io.millrace.exchange.conditional;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The conditional orders of all accounts: what is open, and what the venue still remembers.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class AlgoStore {
    private static final long DAY_MS = 86_400_000L;
    private static final long REMEMBERED_MS = 90 * DAY_MS;
    private static final long REMEMBERED_UNTRIGGERED_MS = 3 * DAY_MS;

    private static final class Account {
        final NavigableMap<Long, AlgoOrder> open = new TreeMap<>();
        final NavigableMap<Long, AlgoOrder> all = new TreeMap<>();
        // Never iterated, so its order does not matter.
        final Map<String, AlgoOrder> byClientId = new HashMap<>();
    }

    private final Map<Long, AlgoOrder> byChild = new HashMap<>();
    private final Map<Integer, Account> accounts = new LinkedHashMap<>();

    void add(AlgoOrder order, long nowMs) {
        Account account = accounts.computeIfAbsent(order.request().accountId(), id -> new Account());
        account.open.put(order.algoId(), order);
        account.all.put(order.algoId(), order);
        account.byClientId.put(order.clientAlgoId(), order);
        forget(account, nowMs);
    }

    /** Refuses an order that the account's other open orders leave no room for. */
    void checkOthers(AlgoOrder order) throws VenueException {
        AlgoRequest request = order.request();
        for (AlgoOrder other : open(request.accountId())) {
            if (other.clientAlgoId().equals(order.clientAlgoId())) {
                throw Errors.duplicateClientOrderId();
            }
            AlgoRequest theirs = other.request();
            if (request.closePosition()
                    && theirs.closePosition()
                    && theirs.symbol() == request.symbol()
                    && theirs.side() == request.side()
                    && theirs.type() == request.type()) {
                throw Errors.closePositionExists();
            }
        }
        if (openCount(request.accountId()) >= ContractRules.MAX_ALGO_ORDERS) {
            throw Errors.tooManyAlgoOrders();
        }
    }

    private void forget(Account account, long nowMs) {
        while (!isRemembered(account.all.firstEntry().getValue(), nowMs)) {
            AlgoOrder oldest = account.all.pollFirstEntry().getValue();
            account.byClientId.remove(oldest.clientAlgoId(), oldest);
            byChild.remove(oldest.childOrderId());
        }
    }

    void close(AlgoOrder order) {
        accounts.get(order.request().accountId()).open.remove(order.algoId());
    }

    void link(AlgoOrder order, Order child) {
        order.link(child);
        byChild.put(child.orderId(), order);
    }

    /** Returns the order that became an ordinary one, or null. */
    AlgoOrder ofChild(long orderId) {
        return byChild.get(orderId);
    }

    /** Returns a copy of the open orders of an account, oldest first. */
    List<AlgoOrder> open(int accountId) {
        Account account = accounts.get(accountId);
        return account == null ? List.of() : List.copyOf(account.open.values());
    }

    int openCount(int accountId) {
        Account account = accounts.get(accountId);
        return account == null ? 0 : account.open.size();
    }

    /** Returns the accounts that ever had an order, in the order of their first one. */
    List<Integer> accountIds() {
        return List.copyOf(accounts.keySet());
    }

    /**
     * Returns an order that the venue still remembers, or null.
     *
     * @param accountId whose order.
     * @param algoId of the order, 0 to look by the client's id.
     * @param clientAlgoId of the order; the latest with it counts.
     */
    AlgoOrder find(int accountId, long algoId, String clientAlgoId, long nowMs) {
        Account account = accounts.get(accountId);
        if (account == null) {
            return null;
        }
        AlgoOrder order = algoId != 0 ? account.all.get(algoId) : account.byClientId.get(clientAlgoId);
        return order != null && isRemembered(order, nowMs) ? order : null;
    }

    /** Returns the orders from an id on, oldest first. */
    List<AlgoOrder> all(int accountId, int symbol, long fromAlgoId, long nowMs) {
        List<AlgoOrder> found = new ArrayList<>();
        Account account = accounts.get(accountId);
        if (account != null) {
            for (AlgoOrder order : account.all.tailMap(fromAlgoId, true).values()) {
                if (order.request().symbol() == symbol && isRemembered(order, nowMs)) {
                    found.add(order);
                }
            }
        }
        return found;
    }

    private static boolean isRemembered(AlgoOrder order, long nowMs) {
        if (order.status().isOpen() || order.status() == AlgoStatus.TRIGGERED) {
            return true;
        }
        long agoMs = nowMs - order.updateTimeMs();
        return agoMs < REMEMBERED_MS && (order.executedLots() > 0 || agoMs < REMEMBERED_UNTRIGGERED_MS);
    }
}
