package io.millrace.exchange.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.matching.OrderStore;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.ContractRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks a venue after every single event, from what it shows: money, queues, priority, filters, books. Keeps its own account of who
 * stands where.
 */
final class VenueAuditor {
    /** Where an order stood before the event. */
    private record Stand(Order order, long priceTicks, long place, long executedLots) {}

    private final Rig rig;
    private final int accounts;
    private Map<Long, Stand> before = new HashMap<>();
    private final Map<Long, Long> places = new HashMap<>();
    private final Map<Long, Integer> modifications = new HashMap<>();
    private long lastPlace;
    long makerFills;

    VenueAuditor(Rig rig) {
        this.rig = rig;
        this.accounts = rig.clients.size();
    }

    /** Checks everything; at most one event has happened since the last call. */
    void check() {
        rig.venue.accounts().verify();
        List<Order> open = open();
        checkPriority(open);
        Map<Integer, Map<Long, Long>> standing = new HashMap<>();
        for (Order order : open) {
            checkOrder(order);
            standing.computeIfAbsent(order.symbol() * 2 + (order.side().isBuy() ? 0 : 1), unused -> new TreeMap<>())
                    .merge(order.priceTicks(), order.remainingLots(), Long::sum);
        }
        remember(open);
        lastOpen = standing;
    }

    private Map<Integer, Map<Long, Long>> lastOpen = new HashMap<>();

    private List<Order> open() {
        List<Order> open = new ArrayList<>();
        for (int i = 0; i < accounts; i++) {
            open.addAll(rig.venue.engine().orders().openOrders(i, OrderStore.ANY_SYMBOL));
        }
        open.sort(Comparator.comparingLong(Order::orderId));
        return open;
    }

    private void checkOrder(Order order) {
        ContractRules rules = rig.venue.rules().get(order.symbol());
        assertTrue(order.isWorking() && order.remainingLots() > 0, () -> "open but not working: " + order);
        assertEquals(OrderType.LIMIT, order.type(), "only limit orders rest");
        assertTrue(
                order.priceTicks() >= rules.minPriceTicks() && order.priceTicks() <= rules.maxPriceTicks(),
                () -> "PRICE_FILTER " + order);
        assertTrue(order.qtyLots() <= rules.limitQty().maxLots(), () -> "LOT_SIZE " + order);
        assertTrue(
                rig.venue.engine().marketLotsAhead(order) >= 0, () -> "queue of " + order + " is negative or unknown");
    }

    /** Who was filled in the queue must have had nobody before him who is still waiting. */
    private void checkPriority(List<Order> open) {
        for (Stand filled : before.values()) {
            if (filled.order().executedLots() == filled.executedLots()) {
                continue;
            }
            makerFills++;
            for (Order other : open) {
                Stand stand = before.get(other.orderId());
                if (stand == null
                        || other == filled.order()
                        || other.symbol() != filled.order().symbol()
                        || other.side() != filled.order().side()
                        || other.modifications() != modifications.get(other.orderId())
                        || filled.order().modifications()
                                != modifications.get(filled.order().orderId())) {
                    continue;
                }
                boolean isBetter = other.side().isBuy()
                        ? stand.priceTicks() > filled.priceTicks()
                        : stand.priceTicks() < filled.priceTicks();
                boolean isEarlier = stand.priceTicks() == filled.priceTicks() && stand.place() < filled.place();
                assertTrue(!isBetter && !isEarlier, () -> filled + " was filled before " + stand);
            }
        }
    }

    private void remember(List<Order> open) {
        Map<Long, Stand> now = new HashMap<>();
        for (Order order : open) {
            long id = order.orderId();
            if (!places.containsKey(id) || modifications.get(id) != order.modifications()) {
                places.put(id, ++lastPlace);
                modifications.put(id, order.modifications());
            }
            now.put(id, new Stand(order, order.priceTicks(), places.get(id), order.executedLots()));
        }
        places.keySet().retainAll(now.keySet());
        modifications.keySet().retainAll(now.keySet());
        before = now;
    }

    /** Checks that the published books hold exactly what stands, and are not crossed. */
    void checkBooks() {
        for (int symbol = 0; symbol < rig.venue.symbols().size(); symbol++) {
            BookImage book = rig.venue.book(symbol, Integer.MAX_VALUE);
            assertTrue(book.bidTicks()[0] < book.askTicks()[0], () -> "crossed: " + book);
            checkSide(symbol, true, book.bidTicks(), book.bidLots());
            checkSide(symbol, false, book.askTicks(), book.askLots());
        }
    }

    private void checkSide(int symbol, boolean isBid, long[] ticks, long[] lots) {
        Map<Long, Long> standing = lastOpen.getOrDefault(symbol * 2 + (isBid ? 0 : 1), Map.of());
        Map<Long, Long> published = new TreeMap<>();
        for (int i = 0; i < ticks.length; i++) {
            assertTrue(lots[i] > 0, "an empty level");
            published.put(ticks[i], lots[i]);
        }
        long reach = isBid ? ticks[0] - rig.market.depthTicks(symbol) : ticks[0] + rig.market.depthTicks(symbol);
        for (Map.Entry<Long, Long> level : standing.entrySet()) {
            boolean isWithin = isBid ? level.getKey() > reach : level.getKey() < reach;
            if (isWithin) {
                assertTrue(
                        published.getOrDefault(level.getKey(), 0L) >= level.getValue(),
                        () -> "clients have " + level + ", published " + published.get(level.getKey()));
            }
        }
    }
}
