package io.millrace.exchange.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.conditional.AlgoOrder;
import io.millrace.exchange.conditional.AlgoRequest;
import io.millrace.exchange.conditional.AlgoService;
import io.millrace.exchange.conditional.AlgoStatus;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.trade.WorkingType;
import io.millrace.exchange.userdata.AlgoUpdate;
import io.millrace.exchange.userdata.ExecutionType;
import io.millrace.exchange.userdata.OrderUpdate;
import io.millrace.exchange.userdata.PrivateEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conditional orders in the whole venue: real prices trigger them, the real engine fills or refuses what they become. */
class ConditionalOrdersTest {
    private static final int BTC = 0;
    private static final int CLIENT = 0;
    private static final int PATIENCE = 600;

    private final Rig rig = new Rig(SyntheticSettings.of(2, 7).withEventsPerSecond(2000), 1, 100_000);

    private static AlgoRequest.Builder order(Side side, OrderType type) {
        return AlgoRequest.of(CLIENT, BTC, side, type);
    }

    private void passUntil(AlgoOrder order, AlgoStatus status) {
        for (int i = 0; i < PATIENCE && order.status() != status; i++) {
            rig.pass(100);
        }
        assertEquals(status, order.status(), order.toString());
        rig.pass(10);
        rig.venue.accounts().verify();
    }

    private List<AlgoStatus> statesOf(AlgoOrder order) {
        return rig.told(CLIENT, AlgoUpdate.class).stream()
                .filter(update -> update.algoId() == order.algoId())
                .map(AlgoUpdate::status)
                .toList();
    }

    private List<OrderUpdate> updatesOf(long orderId) {
        return rig.told(CLIENT, OrderUpdate.class).stream()
                .filter(update -> update.orderId() == orderId)
                .toList();
    }

    @Test
    void shouldCloseThePositionAndLetTheOtherClosingOrderExpireWhenAStopIsHit() throws VenueException {
        rig.pass(1000);
        rig.venue.place(OrderRequest.of(CLIENT, BTC, Side.BUY).market(50).build());
        long last = rig.venue.prices().lastTicks(BTC);
        AlgoOrder profit = rig.venue.placeAlgo(order(Side.SELL, OrderType.TAKE_PROFIT_MARKET)
                .triggerPriceTicks(last * 2)
                .closePosition(true)
                .build());
        AlgoOrder stop = rig.venue.placeAlgo(order(Side.SELL, OrderType.STOP_MARKET)
                .triggerPriceTicks(last - 1)
                .closePosition(true)
                .clientAlgoId("stop-1")
                .build());
        passUntil(stop, AlgoStatus.FINISHED);
        assertEquals(0, rig.venue.accounts().positionLots(CLIENT, BTC));
        assertEquals(50, stop.executedLots());
        assertEquals(
                List.of(AlgoStatus.NEW, AlgoStatus.TRIGGERING, AlgoStatus.TRIGGERED, AlgoStatus.FINISHED),
                statesOf(stop));
        assertEquals(List.of(AlgoStatus.NEW, AlgoStatus.EXPIRED), statesOf(profit));
        List<OrderUpdate> child = updatesOf(stop.childOrderId());
        assertEquals(ExecutionType.NEW, child.get(0).execution());
        assertEquals(OrderStatus.FILLED, child.get(child.size() - 1).status());
        for (OrderUpdate update : child) {
            assertEquals(OrderType.MARKET, update.orderType());
            assertEquals(OrderType.STOP_MARKET, update.request().origType());
            assertEquals("stop-1", update.request().clientOrderId());
            assertTrue(update.request().closePosition() && update.request().reduceOnly());
            assertNull(update.trailing());
        }
        assertToldInOrder(stop, child.get(0), child.get(child.size() - 1));
    }

    /** TRIGGERED names the order before that is told, FINISHED comes after its last fill. */
    private void assertToldInOrder(AlgoOrder order, OrderUpdate first, OrderUpdate last) {
        List<PrivateEvent> events = rig.told(CLIENT, PrivateEvent.class);
        int triggered = -1;
        int finished = -1;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof AlgoUpdate update && update.algoId() == order.algoId()) {
                triggered = update.status() == AlgoStatus.TRIGGERED ? i : triggered;
                finished = update.status() == AlgoStatus.FINISHED ? i : finished;
            }
        }
        assertTrue(triggered < events.indexOf(first), "triggered at " + triggered);
        assertTrue(finished > events.indexOf(last), "finished at " + finished);
    }

    @Test
    void shouldNameTheTermsInTheOrdersEventsWhenATrailingStopTurns() throws VenueException {
        rig.pass(1000);
        rig.venue.place(OrderRequest.of(CLIENT, BTC, Side.BUY).market(50).build());
        AlgoOrder trailing = rig.venue.placeAlgo(order(Side.SELL, OrderType.TRAILING_STOP_MARKET)
                .qtyLots(50)
                .reduceOnly(true)
                .trailing(0, 1)
                .build());
        assertEquals(List.of(), statesOf(trailing), "nothing is told inside the request");
        // Half a percent up and down again is more than the tenth that it may come back.
        long last = rig.venue.prices().lastTicks(BTC);
        rig.market.shocks().movePrice(BTC, last + last / 200, 2000, false);
        rig.pass(4000);
        rig.market.shocks().movePrice(BTC, last, 2000, true);
        passUntil(trailing, AlgoStatus.FINISHED);
        assertEquals(
                List.of(
                        AlgoStatus.NEW,
                        AlgoStatus.NEW,
                        AlgoStatus.TRIGGERING,
                        AlgoStatus.TRIGGERED,
                        AlgoStatus.FINISHED),
                statesOf(trailing));
        List<OrderUpdate> child = updatesOf(trailing.childOrderId());
        assertTrue(child.size() >= 2);
        for (OrderUpdate update : child) {
            assertNotNull(update.trailing(), update.toString());
            assertEquals(1, update.trailing().callbackTenths());
        }
    }

    @Test
    void shouldAcceptWithoutMarginAndBeRejectedAtTheTrigger() throws VenueException {
        rig.pass(1000);
        long last = rig.venue.prices().lastTicks(BTC);
        AlgoOrder stop = rig.venue.placeAlgo(order(Side.BUY, OrderType.STOP)
                .qtyLots(900_000)
                .triggerPriceTicks(last + 1)
                .priceTicks(last + 1)
                .build());
        assertEquals(AlgoStatus.NEW, stop.status());
        passUntil(stop, AlgoStatus.REJECTED);
        assertTrue(!stop.rejectReason().isEmpty(), "a reason is given");
        assertEquals(0, stop.childOrderId());
        assertEquals(List.of(AlgoStatus.NEW, AlgoStatus.TRIGGERING, AlgoStatus.REJECTED), statesOf(stop));
        assertEquals(0, rig.told(CLIENT, OrderUpdate.class).size());
    }

    @Test
    void shouldWatchTheMarkPriceAndLeaveAlgoOrdersAloneWhenOpenOrdersAreCancelled() throws VenueException {
        rig.pass(3000);
        long markTicks = rig.venue.prices().markPrice(BTC) / 10_000_000L;
        AlgoOrder stop = rig.venue.placeAlgo(order(Side.BUY, OrderType.STOP_MARKET)
                .qtyLots(50)
                .workingType(WorkingType.MARK_PRICE)
                .triggerPriceTicks(markTicks + 2)
                .build());
        rig.venue.cancelAll(CLIENT, BTC);
        assertEquals(List.of(stop), rig.venue.algo().open(CLIENT, AlgoService.ALL_SYMBOLS));
        passUntil(stop, AlgoStatus.FINISHED);
        assertEquals(50, rig.venue.accounts().positionLots(CLIENT, BTC));
    }
}
