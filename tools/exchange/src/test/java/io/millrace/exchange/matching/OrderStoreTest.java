package io.millrace.exchange.matching;

import static io.millrace.exchange.matching.Desk.buy;
import static io.millrace.exchange.matching.Desk.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderStoreTest {
    private static final long DAY_MS = 24L * 3600 * 1000;

    private final Desk desk = new Desk();
    private final OrderStore store = desk.engine.orders();

    private Order find(Order order) throws VenueException {
        return store.find(1, Desk.BTC, order.orderId(), null, desk.nowMs);
    }

    @Test
    void shouldFindOrdersByEitherId() throws VenueException {
        Order order = desk.place(buy(1, 100, 9_998).clientOrderId("a"));
        assertEquals(order, find(order));
        assertEquals(order, store.find(1, Desk.BTC, 0, "a", desk.nowMs));
        assertEquals(order, store.findOpen(1, Desk.BTC, 0, "a"));
        desk.cancel(order);
        assertEquals(order, store.find(1, Desk.BTC, 0, "a", desk.nowMs));
        assertNull(store.findOpen(1, Desk.BTC, 0, "a"));
        Order again = desk.place(buy(1, 100, 9_997).clientOrderId("a"));
        assertEquals(again, store.find(1, Desk.BTC, 0, "a", desk.nowMs), "the last of that id");
    }

    @Test
    void shouldNotFindWhatIsAnothers() throws VenueException {
        Order order = desk.place(buy(1, 100, 9_998));
        desk.refuses(-2013, () -> store.find(2, Desk.BTC, order.orderId(), null, desk.nowMs));
        desk.refuses(-2013, () -> store.find(1, Desk.ETH, order.orderId(), null, desk.nowMs));
        desk.refuses(-2013, () -> store.find(1, Desk.BTC, order.orderId() + 1, null, desk.nowMs));
        desk.refuses(-2013, () -> store.find(1, Desk.BTC, 0, "nobody", desk.nowMs));
    }

    @Test
    void shouldForgetUnfilledOrdersAfterThreeDaysAndAllAfterNinety() throws VenueException {
        desk.ask(10_000, 60);
        Order filled = desk.place(buy(1, 60, 10_000));
        Order touched = desk.place(buy(1, 100, 9_998));
        desk.place(sell(2, 60, 9_998));
        Order unfilled = desk.place(buy(1, 100, 9_990));
        desk.cancel(touched);
        desk.cancel(unfilled);
        desk.told();
        desk.nowMs = Desk.T0 + 3 * DAY_MS;
        assertEquals(unfilled, find(unfilled));
        desk.nowMs++;
        desk.refuses(-2013, () -> find(unfilled));
        desk.engine.advance(desk.nowMs);
        assertEquals(touched, find(touched));
        desk.nowMs = Desk.T0 + 90 * DAY_MS;
        assertEquals(filled, find(filled));
        desk.nowMs++;
        desk.refuses(-2013, () -> find(filled));
        desk.engine.advance(desk.nowMs);
        assertEquals(List.of(), store.userTrades(1, Desk.BTC, 0, window(1, 0, 0, 1_000), desk.nowMs));
    }

    private static QueryWindow window(long fromId, long startMs, long endMs, int limit) {
        return new QueryWindow(fromId, startMs, endMs, limit);
    }

    @Test
    void shouldSelectOrdersByIdTimeAndLimit() throws VenueException {
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            orders.add(desk.place(buy(1, 100, 9_000 + i)));
            desk.nowMs += DAY_MS;
        }
        Order other = desk.place(OrderRequest.of(1, Desk.ETH, Side.BUY).limit(100, 9_000));
        desk.nowMs++;
        assertEquals(orders.subList(4, 10), store.allOrders(1, Desk.BTC, QueryWindow.recent(), desk.nowMs));
        assertEquals(orders.subList(8, 10), store.allOrders(1, Desk.BTC, window(0, 0, 0, 2), desk.nowMs));
        assertEquals(orders.subList(0, 2), store.allOrders(1, Desk.BTC, window(1, 0, 0, 2), desk.nowMs));
        assertEquals(orders.subList(6, 10), store.allOrders(1, Desk.BTC, window(7, 0, 0, 500), desk.nowMs));
        assertEquals(
                orders.subList(2, 5),
                store.allOrders(1, Desk.BTC, window(0, Desk.T0 + 2 * DAY_MS, Desk.T0 + 4 * DAY_MS, 500), desk.nowMs));
        assertEquals(orders.subList(1, 3), store.allOrders(1, Desk.BTC, window(0, Desk.T0 + DAY_MS, 0, 2), desk.nowMs));
        assertEquals(
                List.of(orders.get(9), other),
                store.allOrders(1, OrderStore.ANY_SYMBOL, window(0, 0, 0, 2), desk.nowMs));
        assertEquals(List.of(), store.allOrders(9, Desk.BTC, QueryWindow.recent(), desk.nowMs));
    }

    @Test
    void shouldRefuseBadWindows() {
        desk.refuses(-1127, () -> store.allOrders(1, 0, window(0, 1, 7 * DAY_MS + 2, 500), desk.nowMs));
        desk.refuses(-1023, () -> store.allOrders(1, 0, window(0, 20, 10, 500), desk.nowMs));
        desk.refuses(-1130, () -> store.allOrders(1, 0, window(0, 0, 0, 1_001), desk.nowMs));
        desk.refuses(-1130, () -> store.userTrades(1, 0, 0, window(0, 0, 0, 0), desk.nowMs));
        desk.refuses(-1128, () -> store.userTrades(1, 0, 0, window(5, 10, 0, 500), desk.nowMs));
        desk.refuses(-1128, () -> store.amendments(1, 0, 0, null, window(5, 0, 10, 50), desk.nowMs));
    }

    @Test
    void shouldKeepBothSidesOfATradeAndWhatItCost() throws VenueException {
        Order maker = desk.place(buy(1, 100, 9_998));
        Order taker = desk.place(sell(2, 60, 9_998));
        long tradeId = desk.trades.get(0).tradeId();
        store.userTrade(maker, tradeId).settle(120, 3_000);
        UserTrade row = store.userTrades(1, Desk.BTC, 0, QueryWindow.recent(), desk.nowMs)
                .get(0);
        assertEquals(120, row.commission());
        assertEquals(3_000, row.realizedPnl());
        assertEquals(true, row.isMaker());
        UserTrade other = store.userTrades(2, Desk.BTC, 0, QueryWindow.recent(), desk.nowMs)
                .get(0);
        assertEquals(taker, other.order());
        assertEquals(false, other.isMaker());
        assertEquals(List.of(), store.userTrades(2, Desk.BTC, maker.orderId(), QueryWindow.recent(), desk.nowMs));
        assertEquals(List.of(), store.userTrades(2, Desk.BTC, 0, window(tradeId + 1, 0, 0, 10), desk.nowMs));
    }
}
