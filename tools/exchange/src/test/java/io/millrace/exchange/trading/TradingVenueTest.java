package io.millrace.exchange.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.userdata.AccountUpdate;
import io.millrace.exchange.userdata.ExecutionType;
import io.millrace.exchange.userdata.OrderUpdate;
import io.millrace.exchange.userdata.TradeLite;
import io.millrace.exchange.venue.BookImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class TradingVenueTest {
    private static final int BTC = 0;
    private static final SyntheticSettings LIVELY = SyntheticSettings.of(2, 7).withEventsPerSecond(2000);

    @Test
    void shouldFillAMarketOrderFromTheBookWhenTheAccountHasMargin() throws VenueException {
        Rig rig = new Rig(LIVELY, 1, 100_000);
        rig.pass(1000);
        BookImage before = rig.venue.book(BTC, 1);
        Order order =
                rig.venue.place(OrderRequest.of(0, BTC, Side.BUY).market(50).build());
        assertEquals(OrderStatus.FILLED, order.status());
        assertTrue(order.turnover() >= before.askTicks()[0] * 50, "not better than the best ask was");
        assertEquals(50, rig.venue.accounts().positionLots(0, BTC));
        assertTrue(rig.venue.book(BTC, 1).askTicks()[0] >= before.askTicks()[0]);
        rig.pass(10);
        List<OrderUpdate> updates = rig.told(0, OrderUpdate.class);
        assertEquals(ExecutionType.NEW, updates.get(0).execution());
        OrderUpdate last = updates.get(updates.size() - 1);
        assertEquals(OrderStatus.FILLED, last.status());
        assertTrue(last.fill().commission() > 0);
        assertEquals(updates.size() - 1, rig.told(0, TradeLite.class).size());
        assertFalse(rig.told(0, AccountUpdate.class).isEmpty());
        rig.venue.accounts().verify();
    }

    @Test
    void shouldStandInThePublishedBookWhenALimitOrderRests() throws VenueException {
        Rig rig = new Rig(LIVELY, 1, 100_000);
        rig.pass(1000);
        BookImage before = rig.venue.book(BTC, 1000);
        long tick = before.bidTicks()[3];
        Order order = rig.venue.place(
                OrderRequest.of(0, BTC, Side.BUY).limit(77, tick).build());
        assertEquals(OrderStatus.NEW, order.status());
        assertEquals(before.bidLots()[3] + 77, rig.venue.book(BTC, 1000).bidLots()[3]);
        rig.venue.cancel(0, BTC, order.orderId(), null);
        assertTrue(before.hasLevelsOf(rig.venue.book(BTC, 1000)));
    }

    @Test
    void shouldTradeWithTheMarketsFlowWhenALimitOrderStandsAtTheTouch() throws VenueException {
        Rig rig = new Rig(LIVELY, 1, 100_000);
        rig.pass(1000);
        long bid = rig.venue.book(BTC, 1).bidTicks()[0];
        long ahead = rig.venue.book(BTC, 1).bidLots()[0];
        Order order =
                rig.venue.place(OrderRequest.of(0, BTC, Side.BUY).limit(40, bid).build());
        assertEquals(ahead, rig.venue.engine().marketLotsAhead(order));
        for (int i = 0; i < 600 && order.isWorking(); i++) {
            rig.pass(100);
            rig.venue.accounts().verify();
        }
        assertEquals(OrderStatus.FILLED, order.status(), order.toString());
        assertEquals(40, rig.venue.accounts().positionLots(0, BTC));
        List<OrderUpdate> fills = rig.told(0, OrderUpdate.class).stream()
                .filter(u -> u.execution() == ExecutionType.TRADE)
                .toList();
        assertTrue(fills.stream().allMatch(u -> u.fill().isMaker() && u.fill().priceTicks() == bid));
    }
}
