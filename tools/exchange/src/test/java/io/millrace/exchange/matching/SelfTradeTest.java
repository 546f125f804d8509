package io.millrace.exchange.matching;

import static io.millrace.exchange.matching.Desk.buy;
import static io.millrace.exchange.matching.Desk.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.StpMode;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelfTradeTest {
    private final Desk desk = new Desk();
    private Order own;

    @BeforeEach
    void setUp() throws VenueException {
        desk.ask(10_001, 20);
        own = desk.place(sell(1, 60, 10_002));
        desk.place(sell(2, 60, 10_003));
        desk.told();
    }

    private Order take(StpMode mode, TimeInForce tif) throws VenueException {
        return desk.place(buy(1, 100, 10_003).stpMode(mode).timeInForce(tif));
    }

    @Test
    void shouldExpireTheMakerAndGoOn() throws VenueException {
        take(StpMode.EXPIRE_MAKER, TimeInForce.GTC);
        assertEquals(
                List.of("NEW 3", "TRADE 3<market 20@10001", "EXPIRED_IN_MATCH 1 er 1", "TRADE 3<2 60@10003"),
                desk.told());
        assertEquals(10_003, desk.market.bestTicks(Desk.BTC, true), "what was left rests");
    }

    @Test
    void shouldExpireTheTakerAndLeaveTheMaker() throws VenueException {
        Order taker = take(StpMode.EXPIRE_TAKER, TimeInForce.GTC);
        assertEquals(List.of("NEW 3", "TRADE 3<market 20@10001", "EXPIRED_IN_MATCH 3 er 1"), desk.told());
        assertEquals(20, taker.executedLots());
        assertEquals(60, own.remainingLots());
        assertEquals(OrderStatus.NEW, own.status());
    }

    @Test
    void shouldExpireBoth() throws VenueException {
        take(StpMode.EXPIRE_BOTH, TimeInForce.GTC);
        assertEquals(
                List.of("NEW 3", "TRADE 3<market 20@10001", "EXPIRED_IN_MATCH 1 er 1", "EXPIRED_IN_MATCH 3 er 1"),
                desk.told());
    }

    @Test
    void shouldTellAnImmediateOrderItsOwnReason() throws VenueException {
        take(StpMode.EXPIRE_TAKER, TimeInForce.IOC);
        assertEquals(List.of("NEW 3", "TRADE 3<market 20@10001", "EXPIRED_IN_MATCH 3 er 3"), desk.told());
    }

    @Test
    void shouldTradeWithItselfWithoutPrevention() throws VenueException {
        take(StpMode.NONE, TimeInForce.GTC);
        assertEquals(
                List.of("NEW 3", "TRADE 3<market 20@10001", "TRADE 3<1 60@10002", "TRADE 3<2 20@10003"), desk.told());
        List<UserTrade> trades = desk.engine.orders().userTrades(1, Desk.BTC);
        assertEquals(4, trades.size(), "a trade with oneself has two sides");
    }

    @Test
    void shouldNotApplyToFillOrKill() throws VenueException {
        Order taker = take(StpMode.EXPIRE_BOTH, TimeInForce.FOK);
        assertEquals(OrderStatus.FILLED, taker.status());
        assertEquals(OrderStatus.FILLED, own.status());
    }

    @Test
    void shouldApplyToMarketOrders() throws VenueException {
        desk.place(OrderRequest.of(1, Desk.BTC, Side.BUY).market(100).stpMode(StpMode.EXPIRE_TAKER));
        assertEquals(List.of("NEW 3", "TRADE 3<market 20@10001", "EXPIRED_IN_MATCH 3 er 1"), desk.told());
    }
}
