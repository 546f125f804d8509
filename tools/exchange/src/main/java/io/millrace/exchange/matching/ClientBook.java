package io.millrace.exchange.matching;

import io.millrace.exchange.trade.Order;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The clients' resting orders of one instrument. */
final class ClientBook {
    private final TreeMap<Long, ClientLevel> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, ClientLevel> asks = new TreeMap<>();
    private final Map<Long, Resting> byOrderId = new HashMap<>();

    /**
     * Puts an order at the end of its level.
     *
     * @param order with something left to fill.
     * @param marketLots the market's quantity at the level, all of it before the order.
     */
    void add(Order order, long marketLots) {
        boolean isBid = order.side().isBuy();
        ClientLevel level = side(isBid).computeIfAbsent(order.priceTicks(), tick -> new ClientLevel(isBid, tick));
        Resting resting = new Resting(order, level, order.remainingLots(), marketLots * QueueModel.SCALE);
        level.append(resting);
        byOrderId.put(order.orderId(), resting);
    }

    void remove(Resting resting) {
        ClientLevel level = resting.level;
        level.remove(resting);
        byOrderId.remove(resting.order.orderId());
        if (level.first == null) {
            side(level.isBid).remove(level.tick);
        }
    }

    /** Takes a quantity off an order, and the order out of the queue when that was all. */
    void reduce(Resting resting, long lots) {
        if (lots == resting.lots) {
            remove(resting);
        } else {
            resting.lots -= lots;
            resting.level.lots -= lots;
        }
    }

    /** Returns a resting order, or null. */
    Resting find(long orderId) {
        return byOrderId.get(orderId);
    }

    /** Returns the clients' level at a price, or null. */
    ClientLevel level(boolean isBid, long tick) {
        return side(isBid).get(tick);
    }

    /** Returns the clients' best level of a side, or null. */
    ClientLevel best(boolean isBid) {
        Map.Entry<Long, ClientLevel> first = side(isBid).firstEntry();
        return first == null ? null : first.getValue();
    }

    /** Returns the clients' nearest level strictly behind a price, or null. */
    ClientLevel behind(boolean isBid, long tick) {
        Map.Entry<Long, ClientLevel> next = side(isBid).higherEntry(tick);
        return next == null ? null : next.getValue();
    }

    boolean isEmpty() {
        return byOrderId.isEmpty();
    }

    private NavigableMap<Long, ClientLevel> side(boolean isBid) {
        return isBid ? bids : asks;
    }
}
