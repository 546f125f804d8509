package io.millrace.exchange.matching;

import static io.millrace.exchange.matching.Desk.buy;
import static io.millrace.exchange.matching.Desk.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.trade.ExpiryReason;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchingTest {
    private final Desk desk = new Desk();

    @Test
    void shouldTakeTheMarketsLevelsFromTheBestOn() throws VenueException {
        desk.ask(10_001, 100);
        desk.ask(10_003, 200);
        Order order = desk.place(buy(1, 250, 10_003));
        assertEquals(List.of("NEW 1", "TRADE 1<market 100@10001", "TRADE 1<market 150@10003"), desk.told());
        assertEquals(OrderStatus.FILLED, order.status());
        assertEquals(100 * 10_001 + 150 * 10_003, order.turnover());
        assertEquals(50, desk.market.marketLots(Desk.BTC, false, 10_003));
    }

    @Test
    void shouldRestWhatTheLimitDoesNotReach() throws VenueException {
        desk.ask(10_001, 100);
        desk.ask(10_003, 200);
        Order order = desk.place(buy(1, 250, 10_002));
        assertEquals(OrderStatus.PARTIALLY_FILLED, order.status());
        assertEquals(10_002, desk.market.bestTicks(Desk.BTC, true));
        assertEquals(0, desk.engine.marketLotsAhead(order));
    }

    @Test
    void shouldFillClientsInTheOrderOfTheirTimeWithTheMarketBetween() throws VenueException {
        desk.bid(9_999, 30);
        Order first = desk.place(buy(1, 60, 9_999));
        desk.level(true, 9_999, 70); // forty more of the market's, behind the first client
        Order second = desk.place(buy(2, 60, 9_999));
        assertEquals(30, desk.engine.marketLotsAhead(first));
        assertEquals(70, desk.engine.marketLotsAhead(second));
        desk.told();
        Order taker = desk.place(sell(3, 150, 9_999));
        assertEquals(
                List.of(
                        "NEW 3",
                        "TRADE 3<market 30@9999",
                        "TRADE 3<1 60@9999",
                        "TRADE 3<market 40@9999",
                        "TRADE 3<2 20@9999"),
                desk.told());
        assertEquals(OrderStatus.FILLED, taker.status());
        assertEquals(40, second.remainingLots());
    }

    @Test
    void shouldPreferTheBetterPriceOfAClient() throws VenueException {
        desk.bid(9_990, 100);
        desk.place(buy(1, 60, 9_991));
        desk.place(buy(2, 60, 9_992));
        desk.told();
        desk.place(sell(3, 140, 9_980));
        assertEquals(List.of("NEW 3", "TRADE 3<2 60@9992", "TRADE 3<1 60@9991", "TRADE 3<market 20@9990"), desk.told());
    }

    @Test
    void shouldExpireTheRestOfAnImmediateOrder() throws VenueException {
        desk.ask(10_001, 100);
        Order order = desk.place(buy(1, 250, 10_001).timeInForce(TimeInForce.IOC));
        assertEquals(List.of("NEW 1", "TRADE 1<market 100@10001", "EXPIRED 1 er 2"), desk.told());
        assertEquals(100, order.executedLots());
        assertEquals(0, desk.market.bestTicks(Desk.BTC, true));
    }

    @Test
    void shouldFillOrRefuseFillOrKill() throws VenueException {
        desk.ask(10_001, 100);
        desk.place(sell(2, 60, 10_002));
        desk.ask(10_002, 40);
        desk.told();
        desk.refuses(-5021, buy(1, 201, 10_002).timeInForce(TimeInForce.FOK));
        desk.refuses(-5021, buy(1, 101, 10_001).timeInForce(TimeInForce.FOK));
        Order order = desk.place(buy(1, 200, 10_002).timeInForce(TimeInForce.FOK));
        assertEquals(OrderStatus.FILLED, order.status());
    }

    @Test
    void shouldRefusePostOnlyThatWouldTakeAndKeepNoTrace() throws VenueException {
        desk.ask(10_001, 100);
        desk.refuses(-5022, buy(1, 100, 10_001).timeInForce(TimeInForce.GTX).clientOrderId("post"));
        Order order =
                desk.place(buy(1, 100, 10_000).timeInForce(TimeInForce.GTX).clientOrderId("post"));
        assertEquals(OrderStatus.NEW, order.status());
        assertEquals(List.of(order), desk.engine.orders().openOrders(1, OrderStore.ANY_SYMBOL));
    }

    @Test
    void shouldRefusePostOnlyAgainstAClient() throws VenueException {
        desk.place(sell(2, 100, 10_001));
        desk.refuses(-5022, buy(1, 100, 10_005).timeInForce(TimeInForce.GTX));
    }

    @Test
    void shouldStopAMarketOrderAtItsBoundAndExpireTheRest() throws VenueException {
        desk.ask(10_400, 100);
        desk.ask(10_500, 100);
        desk.ask(10_501, 100); // beyond five per cent of the mark price
        Order order = desk.place(OrderRequest.of(1, Desk.BTC, Side.BUY).market(300));
        assertEquals(
                List.of("NEW 1", "TRADE 1<market 100@10400", "TRADE 1<market 100@10500", "EXPIRED 1 er 9"),
                desk.told());
        assertEquals(ExpiryReason.MARKET_REMAINDER, order.expiryReason());
    }

    @Test
    void shouldExpireAMarketOrderInAnEmptyBook() throws VenueException {
        Order order = desk.place(OrderRequest.of(1, Desk.BTC, Side.SELL).market(100));
        assertEquals(List.of("NEW 1", "EXPIRED 1 er 9"), desk.told());
        assertEquals(0, order.executedLots());
    }

    @Test
    void shouldKeepAMarketSaleAboveItsBound() throws VenueException {
        desk.bid(9_500, 100);
        desk.bid(9_499, 100);
        desk.place(OrderRequest.of(1, Desk.BTC, Side.SELL).market(200));
        assertEquals(List.of("NEW 1", "TRADE 1<market 100@9500", "EXPIRED 1 er 9"), desk.told());
    }

    @Test
    void shouldLetALiquidationPassFiltersAndSelfTradePrevention() throws VenueException {
        desk.place(buy(1, 60, 9_000));
        desk.told();
        desk.position(1, 5);
        Order order = desk.engine.placeLiquidation(
                OrderRequest.of(1, Desk.BTC, Side.SELL)
                        .limit(5, 8_000)
                        .type(OrderType.LIQUIDATION)
                        .timeInForce(TimeInForce.IOC)
                        .reduceOnly(true)
                        .clientOrderId("autoclose-1")
                        .build(),
                desk.nowMs);
        assertEquals(List.of("NEW 2", "TRADE 2<1 5@9000"), desk.told());
        assertTrue(order.isLiquidation());
        assertEquals(OrderStatus.FILLED, order.status());
    }

    @Test
    void shouldKeepAFillOutsideTheBookForQueries() throws VenueException {
        OrderRequest request = OrderRequest.of(1, Desk.BTC, Side.SELL)
                .limit(50, 9_000)
                .clientOrderId("adl_autoclose-1")
                .build();
        Order order =
                desk.engine.recordOffBook(request, 9_000, true, desk.nowMs).taker();
        assertEquals(List.of(), desk.told());
        assertEquals(OrderStatus.FILLED, order.status());
        assertTrue(order.isAdl());
        assertEquals(order, desk.engine.orders().find(1, Desk.BTC, order.orderId(), null));
        assertEquals(1, desk.engine.orders().userTrades(1, Desk.BTC).size());
    }

    @Test
    void shouldExpireEverythingOfAnAccountForAReason() throws VenueException {
        desk.place(buy(1, 60, 9_000));
        desk.place(buy(2, 60, 9_000));
        desk.place(buy(1, 60, 9_001));
        desk.told();
        desk.engine.expireAll(1, OrderStore.ANY_SYMBOL, ExpiryReason.LIQUIDATION, desk.nowMs);
        assertEquals(List.of("EXPIRED 1 er 5", "EXPIRED 3 er 5"), desk.told());
        assertEquals(9_000, desk.market.bestTicks(Desk.BTC, true));
    }

    @Test
    void shouldCancelOnlyWhatIsOpen() throws VenueException {
        Order order = desk.place(buy(1, 60, 9_000).clientOrderId("mine"));
        desk.refuses(-2011, () -> desk.engine.cancel(2, Desk.BTC, order.orderId(), null, desk.nowMs));
        desk.refuses(-2011, () -> desk.engine.cancel(1, Desk.ETH, order.orderId(), null, desk.nowMs));
        desk.engine.cancel(1, Desk.BTC, 0, "mine", desk.nowMs);
        assertEquals(OrderStatus.CANCELED, order.status());
        assertEquals(0, desk.market.bestTicks(Desk.BTC, true));
        desk.refuses(-2011, () -> desk.cancel(order));
    }
}
