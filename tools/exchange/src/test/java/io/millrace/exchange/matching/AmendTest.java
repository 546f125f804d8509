package io.millrace.exchange.matching;

import static io.millrace.exchange.matching.Desk.buy;
import static io.millrace.exchange.matching.Desk.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.trade.AmendRequest;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class AmendTest {
    private final Desk desk = new Desk();

    @Test
    void shouldGoToTheEndOfTheQueueEvenWithLessQuantity() throws VenueException {
        Order first = desk.place(buy(1, 100, 9_999));
        Order second = desk.place(buy(2, 100, 9_999));
        desk.bid(9_999, 50);
        desk.amend(first, 80, 9_999);
        assertEquals(50, desk.engine.marketLotsAhead(first));
        desk.told();
        desk.place(sell(3, 160, 9_999));
        assertEquals(
                List.of("NEW 3", "TRADE 3<2 100@9999", "TRADE 3<market 50@9999", "TRADE 3<1 10@9999"), desk.told());
        assertEquals(0, second.remainingLots());
    }

    @Test
    void shouldTakeAtTheNewPriceAndKeepWhatIsExecuted() throws VenueException {
        desk.ask(10_001, 60);
        Order order = desk.place(buy(1, 100, 10_001));
        desk.ask(10_002, 500);
        desk.told();
        desk.amend(order, 110, 10_002);
        assertEquals(List.of("AMENDED 1 110@10002", "TRADE 1<market 50@10002"), desk.told());
        assertEquals(OrderStatus.FILLED, order.status());
        assertEquals(1, order.modifications());
    }

    @Test
    void shouldCancelWhenTheNewQuantityIsFilledAlready() throws VenueException {
        desk.ask(10_001, 60);
        Order order = desk.place(buy(1, 100, 10_001));
        desk.told();
        desk.amend(order, 60, 10_001);
        assertEquals(List.of("CANCELED 1"), desk.told());
        assertEquals(60, order.executedLots());
    }

    @Test
    void shouldCancelPostOnlyWhoseNewPriceWouldTake() throws VenueException {
        desk.ask(10_001, 60);
        Order order = desk.place(buy(1, 100, 10_000).timeInForce(TimeInForce.GTX));
        desk.told();
        desk.amend(order, 100, 10_001);
        assertEquals(List.of("CANCELED 1"), desk.told());
    }

    @Test
    void shouldLeaveTheOrderAsItWasWhenAFilterRefuses() throws VenueException {
        Order order = desk.place(buy(1, 100, 9_999));
        desk.told();
        desk.refuses(-4016, () -> desk.amend(order, 100, 10_600));
        desk.refuses(-4013, () -> desk.amend(order, 100, 99));
        desk.refuses(-4001, () -> desk.amend(order, 100, 0));
        desk.refuses(-4004, () -> desk.amend(order, 5, 9_999));
        desk.refuses(-4005, () -> desk.amend(order, 2_000_000, 9_999));
        desk.refuses(-5029, () -> desk.amend(order, 40, 9_999));
        desk.refuses(-5027, () -> desk.amend(order, 100, 9_999));
        desk.marginRefusal = Errors.marginInsufficient();
        desk.refuses(-2019, () -> desk.amend(order, 200, 9_999));
        assertEquals(100, order.qtyLots());
        assertEquals(9_999, desk.market.bestTicks(Desk.BTC, true));
    }

    @Test
    @Covers({"ERROR -5043"})
    void shouldRefuseWhatCannotBeAmended() throws VenueException {
        Order order = desk.place(buy(1, 100, 9_999));
        desk.refuses(-1117, () -> desk.engine.amend(withSide(order, Side.SELL), desk.nowMs));
        desk.engine.beginAmending(order.orderId());
        desk.refuses(-5043, () -> desk.amend(order, 101, 9_999));
        desk.engine.endAmending(order.orderId());
        desk.rules[0] = desk.rules[0].withStatus(ContractStatus.SETTLING);
        desk.refuses(-5024, () -> desk.amend(order, 101, 9_999));
        desk.cancel(order);
        desk.refuses(-2013, () -> desk.amend(order, 101, 9_999));
    }

    private static AmendRequest withSide(Order order, Side side) {
        return new AmendRequest(1, Desk.BTC, order.orderId(), null, side, 101, 9_999, PriceMatch.NONE, 0);
    }

    @Test
    @Covers({"ERROR -5026"})
    void shouldRefuseTheTenThousandAndFirstAmendment() throws VenueException {
        Order order = desk.place(buy(1, 100, 9_999));
        for (int i = 0; i < 10_000; i++) {
            desk.amend(order, 101 - i % 2, 9_999);
            desk.log.clear();
            if (i == 0) {
                assertEquals(101, order.qtyLots());
            }
        }
        desk.refuses(-5026, () -> desk.amend(order, 150, 9_999));
    }

    @Test
    void shouldTakeTheNewPriceFromTheBook() throws VenueException {
        desk.bid(9_998, 10);
        Order order = desk.place(buy(1, 100, 9_990).clientOrderId("m"));
        AmendRequest request = new AmendRequest(1, Desk.BTC, 0, "m", Side.BUY, 100, 0, PriceMatch.QUEUE, 77);
        desk.engine.amend(request, desk.nowMs);
        assertEquals(9_998, order.priceTicks());
        assertEquals(77, order.modifyId());
        desk.refuses(
                -5037,
                () -> desk.engine.amend(
                        new AmendRequest(1, Desk.BTC, 0, "m", Side.BUY, 100, 1, PriceMatch.QUEUE, 0), desk.nowMs));
    }

    @Test
    void shouldKeepAReducingOrderWithinThePosition() throws VenueException {
        desk.position(1, 100);
        Order order = desk.place(sell(1, 60, 10_100).reduceOnly(true));
        desk.amend(order, 500, 10_200);
        assertEquals(100, order.qtyLots());
        desk.position(1, 0);
        desk.refuses(-2022, () -> desk.amend(order, 60, 10_300));
    }

    @Test
    void shouldKeepTheHistoryOfAmendments() throws VenueException {
        Order order = desk.place(buy(1, 100, 9_999));
        desk.nowMs += 5;
        desk.amend(order, 120, 9_999);
        desk.nowMs += 5;
        desk.amend(order, 120, 9_990);
        List<Amendment> rows = desk.engine.orders().amendments(1, Desk.BTC);
        assertEquals(
                List.of(
                        new Amendment(1, order, Desk.T0 + 5, 9_999, 9_999, 100, 120, 1, 0),
                        new Amendment(2, order, Desk.T0 + 10, 9_999, 9_990, 120, 120, 2, 0)),
                rows);
    }
}
