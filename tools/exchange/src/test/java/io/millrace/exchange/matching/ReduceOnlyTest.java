package io.millrace.exchange.matching;

import static io.millrace.exchange.matching.Desk.buy;
import static io.millrace.exchange.matching.Desk.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.trade.WorkingType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReduceOnlyTest {
    private final Desk desk = new Desk();

    private Order reduce(long lots, long tick) throws VenueException {
        return desk.place(sell(1, lots, tick).reduceOnly(true));
    }

    @Test
    void shouldRefuseWithoutAPositionToReduce() {
        desk.refuses(-2022, sell(1, 100, 10_100).reduceOnly(true));
        desk.position(1, -100);
        desk.refuses(-2022, sell(1, 100, 10_100).reduceOnly(true));
    }

    @Test
    void shouldGiveAnOrderWhatOrdersBeforeItLeave() throws VenueException {
        desk.position(1, 100);
        reduce(70, 10_100);
        Order second = reduce(70, 10_200);
        assertEquals(30, second.qtyLots());
        desk.refuses(-2022, sell(1, 10, 10_300).reduceOnly(true));
        Order nearer = reduce(100, 10_050);
        assertEquals(100, nearer.qtyLots(), "it would be executed first");
    }

    @Test
    void shouldKnockOutOrdersBehindWhenThePositionShrinks() throws VenueException {
        desk.position(1, 100);
        Order near = reduce(60, 10_100);
        Order far = reduce(40, 10_200);
        desk.bid(10_000, 100);
        desk.told();
        desk.place(sell(1, 70, 10_000));
        assertEquals(List.of("NEW 3", "TRADE 3<market 70@10000", "EXPIRED 2 er 4"), desk.told());
        assertEquals(30, near.remainingLots(), "made smaller, in its place");
        assertEquals(OrderStatus.EXPIRED, far.status());
        assertEquals(30, desk.market.bestTicks(Desk.BTC, false) == 10_100 ? near.remainingLots() : -1);
    }

    @Test
    void shouldNeverTurnThePositionAroundInOneSweep() throws VenueException {
        desk.position(1, 100);
        desk.place(sell(1, 60, 10_100));
        Order reducing = reduce(100, 10_101);
        desk.told();
        desk.place(buy(2, 300, 10_200));
        assertEquals(List.of("NEW 3", "TRADE 3<1 60@10100", "TRADE 3<2 40@10101"), desk.told());
        assertEquals(0, desk.positionLots(1, Desk.BTC));
        assertEquals(40, reducing.executedLots());
        assertEquals(OrderStatus.FILLED, reducing.status());
    }

    @Test
    void shouldLetATakerReduceNoMoreThanThereIs() throws VenueException {
        desk.position(1, 50);
        desk.bid(10_000, 500);
        Order order =
                desk.place(OrderRequest.of(1, Desk.BTC, Side.SELL).market(200).reduceOnly(true));
        assertEquals(50, order.qtyLots());
        assertEquals(OrderStatus.FILLED, order.status());
        assertEquals(0, desk.positionLots(1, Desk.BTC));
    }

    @Test
    void shouldCloseThePositionWhateverItIs() throws VenueException {
        desk.position(1, -77);
        desk.ask(10_000, 500);
        Order order = desk.place(OrderRequest.of(1, Desk.BTC, Side.BUY)
                .market(0)
                .closePosition(true)
                .trigger(OrderType.STOP_MARKET, 9_990, WorkingType.MARK_PRICE, false));
        assertEquals(77, order.executedLots());
        assertEquals(OrderType.STOP_MARKET, order.origType());
        desk.refuses(-2022, OrderRequest.of(1, Desk.BTC, Side.BUY).market(0).closePosition(true));
    }

    @Test
    void shouldEndOrdersThatDependOnThePosition() throws VenueException {
        desk.position(1, 100);
        desk.place(sell(1, 100, 10_200).timeInForce(TimeInForce.GTE_GTC));
        desk.bid(10_000, 100);
        desk.told();
        desk.place(sell(1, 100, 10_000));
        assertEquals(List.of("NEW 2", "TRADE 2<market 100@10000", "EXPIRED 1 er 6"), desk.told());
    }

    @Test
    void shouldEndOrdersWhosePositionHasTurnedAround() throws VenueException {
        desk.position(1, 100);
        desk.place(sell(1, 100, 10_200).timeInForce(TimeInForce.GTE_GTC).reduceOnly(true));
        desk.bid(10_000, 200);
        desk.told();
        desk.place(sell(1, 150, 10_000));
        assertEquals(List.of("NEW 2", "TRADE 2<market 150@10000", "EXPIRED 1 er 6"), desk.told());
    }

    @Test
    void shouldDealAPositionOutAgainThatChangedElsewhere() throws VenueException {
        desk.position(1, 100);
        Order order = reduce(100, 10_100);
        desk.told();
        desk.position(1, 40);
        desk.engine.onPositionChanged(1, Desk.BTC, desk.nowMs);
        assertEquals(40, order.remainingLots());
        desk.position(1, -40);
        desk.engine.onPositionChanged(1, Desk.BTC, desk.nowMs);
        assertEquals(List.of("EXPIRED 1 er 4"), desk.told());
    }
}
