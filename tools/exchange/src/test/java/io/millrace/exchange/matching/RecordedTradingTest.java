package io.millrace.exchange.matching;

import static io.millrace.exchange.matching.Desk.buy;
import static io.millrace.exchange.matching.Desk.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.exchange.matching.QueueModels.BehindProbability;
import io.millrace.exchange.matching.QueueModels.Weight;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.VenueException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedTradingTest {
    private Desk desk = new Desk();

    @Test
    void shouldFillBehindWhatStoodThereFirst() throws VenueException {
        desk.bid(9_999, 100);
        Order order = desk.place(buy(1, 60, 9_999));
        desk.told();
        desk.print(true, 9_999, 70);
        assertEquals(30, desk.engine.marketLotsAhead(order));
        desk.print(true, 9_999, 50);
        assertEquals(List.of("TRADE market<1 20@9999"), desk.told(), "filled in part");
        desk.print(true, 9_999, 500);
        assertEquals(OrderStatus.FILLED, order.status());
    }

    @Test
    void shouldIgnoreTradesOfTheOtherSideAndOfWorsePrices() throws VenueException {
        Order order = desk.place(buy(1, 60, 9_999));
        desk.told();
        desk.print(false, 9_999, 500); // a purchase takes asks
        desk.print(true, 10_000, 500); // a sale at a better bid
        assertEquals(60, order.remainingLots());
    }

    @Test
    void shouldFillWhollyWhenATradeGoesThroughThePrice() throws VenueException {
        desk.bid(9_999, 1_000);
        desk.place(buy(1, 60, 9_999));
        desk.place(buy(2, 60, 9_998));
        desk.told();
        desk.print(true, 9_998, 10);
        assertEquals(List.of("TRADE market<1 60@9999", "TRADE market<2 10@9998"), desk.told());
    }

    @Test
    void shouldFillWhollyWhenTheOtherSideComesToThePrice() throws VenueException {
        desk.bid(9_999, 1_000);
        desk.place(buy(1, 60, 9_999));
        desk.told();
        desk.bid(9_999, 0);
        desk.ask(9_999, 5);
        assertEquals(List.of("TRADE market<1 60@9999"), desk.told());
    }

    @Test
    void shouldNotCountATradeAgainAsACancel() throws VenueException {
        desk = new Desk(QueueModels.probabilistic(BehindProbability.share(Weight.power(1))), true);
        desk.bid(9_999, 100);
        Order order = desk.place(buy(1, 60, 9_999));
        desk.bid(9_999, 200);
        desk.print(true, 9_999, 40);
        assertEquals(60, desk.engine.marketLotsAhead(order));
        desk.bid(9_999, 160); // tells the trade
        assertEquals(60, desk.engine.marketLotsAhead(order));
        desk.bid(9_999, 120); // 40 cancelled of 160, of which 60 stood before: 15
        assertEquals(45, desk.engine.marketLotsAhead(order));
    }

    @Test
    void shouldNotAdvanceByCancelsWhenConservativeButKnowWhatThereIs() throws VenueException {
        desk.bid(9_999, 100);
        Order order = desk.place(buy(1, 60, 9_999));
        desk.bid(9_999, 150);
        desk.bid(9_999, 110);
        assertEquals(100, desk.engine.marketLotsAhead(order));
        desk.bid(9_999, 30);
        assertEquals(30, desk.engine.marketLotsAhead(order), "no more can be before than there is");
    }

    @Test
    void shouldRememberWhatClientsTookUntilTheLevelIsTold() throws VenueException {
        desk.ask(10_001, 100);
        desk.place(buy(1, 100, 10_001));
        assertEquals(0, desk.market.bestTicks(Desk.BTC, false));
        desk.ask(10_001, 80);
        assertEquals(80, desk.market.marketLots(Desk.BTC, false, 10_001));
    }

    @Test
    void shouldGiveBackWhatClientsTookWithoutImpact() throws VenueException {
        desk = new Desk(QueueModels.conservative(), false);
        desk.ask(10_001, 100);
        desk.ask(10_002, 100);
        desk.place(buy(1, 150, 10_002));
        assertEquals(100, desk.market.marketLots(Desk.BTC, false, 10_001));
        assertEquals(100, desk.market.marketLots(Desk.BTC, false, 10_002));
    }

    @Test
    void shouldNotCrossARestWithWhatComesBack() throws VenueException {
        desk = new Desk(QueueModels.conservative(), false);
        desk.ask(10_001, 100);
        desk.ask(10_002, 100);
        Order order = desk.place(buy(1, 150, 10_001));
        assertEquals(10_001, desk.market.bestTicks(Desk.BTC, true));
        assertEquals(10_002, desk.market.bestTicks(Desk.BTC, false));
        desk.cancel(order);
        assertEquals(10_001, desk.market.bestTicks(Desk.BTC, false));
    }

    @Test
    void shouldKeepThePriorityOfClientsAtOneLevel() throws VenueException {
        desk.ask(10_001, 10);
        desk.place(sell(1, 60, 10_001));
        desk.place(sell(2, 60, 10_001));
        desk.told();
        desk.print(false, 10_001, 100);
        assertEquals(List.of("TRADE market<1 60@10001", "TRADE market<2 30@10001"), desk.told());
    }
}
