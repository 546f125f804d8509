package io.millrace.exchange.matching;

import static io.millrace.exchange.matching.Desk.buy;
import static io.millrace.exchange.matching.Desk.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderStoreTest {
    private static final long DAY_MS = 24L * 3600 * 1000;

    private final Desk desk = new Desk();
    private final OrderStore store = desk.engine.orders();

    private Order find(Order order) {
        return store.find(1, Desk.BTC, order.orderId(), null);
    }

    @Test
    void shouldFindOrdersByEitherId() throws VenueException {
        Order order = desk.place(buy(1, 100, 9_998).clientOrderId("a"));
        assertEquals(order, find(order));
        assertEquals(order, store.find(1, Desk.BTC, 0, "a"));
        assertEquals(order, store.findOpen(1, Desk.BTC, 0, "a"));
        desk.cancel(order);
        assertEquals(order, store.find(1, Desk.BTC, 0, "a"));
        assertNull(store.findOpen(1, Desk.BTC, 0, "a"));
        Order again = desk.place(buy(1, 100, 9_997).clientOrderId("a"));
        assertEquals(again, store.find(1, Desk.BTC, 0, "a"), "the last of that id");
    }

    @Test
    void shouldNotFindWhatIsAnothers() throws VenueException {
        Order order = desk.place(buy(1, 100, 9_998));
        assertNull(store.find(2, Desk.BTC, order.orderId(), null));
        assertNull(store.find(1, Desk.ETH, order.orderId(), null));
        assertNull(store.find(1, Desk.BTC, order.orderId() + 1, null));
        assertNull(store.find(1, Desk.BTC, 0, "nobody"));
    }

    @Test
    void shouldForgetUnfilledOrdersAfterThreeDaysAndAllAfterNinety() throws VenueException {
        desk.ask(10_000, 60);
        Order filled = desk.place(buy(1, 60, 10_000));
        Order touched = desk.place(buy(1, 100, 9_998));
        desk.place(sell(2, 60, 9_998));
        Order unfilled = desk.place(buy(1, 100, 9_990));
        Order open = desk.place(buy(1, 100, 9_980));
        desk.cancel(touched);
        desk.cancel(unfilled);
        desk.told();
        desk.nowMs = Desk.T0 + 3 * DAY_MS;
        assertTrue(OrderStore.isKnown(unfilled, desk.nowMs));
        assertFalse(OrderStore.isKnown(unfilled, desk.nowMs + 1));
        assertTrue(OrderStore.isKnown(touched, desk.nowMs + 1));
        desk.nowMs++;
        desk.engine.advance(desk.nowMs);
        assertNull(find(unfilled));
        assertEquals(touched, find(touched));
        desk.nowMs = Desk.T0 + 90 * DAY_MS;
        assertTrue(OrderStore.isKnown(filled, desk.nowMs));
        assertFalse(OrderStore.isKnown(filled, desk.nowMs + 1));
        assertTrue(OrderStore.isKnown(open, desk.nowMs + 1), "an open order always");
        desk.nowMs++;
        desk.engine.advance(desk.nowMs);
        assertNull(find(filled));
        assertEquals(open, find(open));
        assertEquals(List.of(), store.userTrades(1, Desk.BTC));
    }

    @Test
    void shouldListByAccountAndContract() throws VenueException {
        Order first = desk.place(buy(1, 100, 9_000));
        Order second = desk.place(buy(1, 100, 9_001));
        Order other = desk.place(OrderRequest.of(1, Desk.ETH, Side.BUY).limit(100, 9_000));
        desk.cancel(first);
        assertEquals(List.of(first, second), store.orders(1, Desk.BTC));
        assertEquals(List.of(first, second, other), store.orders(1, OrderStore.ANY_SYMBOL));
        assertEquals(List.of(second), store.openOrders(1, Desk.BTC));
        assertEquals(List.of(), store.orders(9, Desk.BTC));
    }

    @Test
    void shouldKeepBothSidesOfATradeAndWhatItCost() throws VenueException {
        Order maker = desk.place(buy(1, 100, 9_998));
        Order taker = desk.place(sell(2, 60, 9_998));
        long tradeId = desk.trades.get(0).tradeId();
        store.userTrade(maker, tradeId).settle(120, 3_000);
        UserTrade row = store.userTrades(1, Desk.BTC).get(0);
        assertEquals(120, row.commission());
        assertEquals(3_000, row.realizedPnl());
        assertEquals(true, row.isMaker());
        UserTrade other = store.userTrades(2, Desk.BTC).get(0);
        assertEquals(taker, other.order());
        assertEquals(false, other.isMaker());
        assertEquals(List.of(), store.userTrades(2, Desk.ETH));
    }
}
