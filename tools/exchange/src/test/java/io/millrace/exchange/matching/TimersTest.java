package io.millrace.exchange.matching;

import static io.millrace.exchange.matching.Desk.buy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final long YEAR_MS = 365L * 24 * 3600 * 1000;

    private final Desk desk = new Desk();

    private List<String> advance(long toMs) {
        desk.nowMs = toMs;
        desk.engine.advance(toMs);
        return desk.told();
    }

    @Test
    void shouldExpireADatedOrderAtItsSecond() throws VenueException {
        desk.place(buy(1, 100, 9_999).goodTillDateMs(Desk.T0 + 700_999));
        desk.told();
        assertEquals(Desk.T0 + 700_000, desk.engine.nextDueMs());
        assertEquals(List.of(), advance(Desk.T0 + 699_999));
        assertEquals(List.of("EXPIRED 1 er 0"), advance(Desk.T0 + 700_000));
        assertEquals(MatchingEngine.NEVER_MS, desk.engine.nextDueMs());
        assertEquals(0, desk.market.bestTicks(Desk.BTC, true));
    }

    @Test
    void shouldCancelAnOldOrderUnlessItHasTraded() throws VenueException {
        Order untouched = desk.place(buy(1, 100, 9_998));
        desk.ask(9_999, 40);
        Order touched = desk.place(buy(1, 100, 9_999));
        desk.told();
        assertEquals(List.of(), advance(Desk.T0 + YEAR_MS - 1));
        assertEquals(List.of("CANCELED 1"), advance(Desk.T0 + YEAR_MS));
        assertEquals(OrderStatus.CANCELED, untouched.status());
        assertEquals(OrderStatus.PARTIALLY_FILLED, touched.status());
    }

    @Test
    void shouldCancelAContractsOrdersWhenItsCountdownEnds() throws VenueException {
        desk.place(buy(1, 100, 9_998));
        desk.place(OrderRequest.of(1, Desk.ETH, Side.BUY).limit(100, 9_000));
        desk.place(buy(2, 100, 9_998));
        desk.told();
        desk.engine.countdownCancelAll(1, Desk.BTC, 1_000, desk.nowMs);
        desk.engine.countdownCancelAll(1, Desk.BTC, 5_003, desk.nowMs); // armed anew
        assertEquals(List.of(), advance(Desk.T0 + 5_003));
        assertEquals(Desk.T0 + 5_010, desk.engine.nextDueMs(), "looked at every ten milliseconds");
        assertEquals(List.of("CANCELED 1"), advance(Desk.T0 + 5_010));
        assertEquals(List.of(), advance(Desk.T0 + 50_000), "once");
    }

    @Test
    void shouldForgetACountdownThatIsDisarmed() throws VenueException {
        desk.place(buy(1, 100, 9_998));
        desk.told();
        desk.engine.countdownCancelAll(1, Desk.BTC, 1_000, desk.nowMs);
        desk.engine.countdownCancelAll(1, Desk.BTC, 0, desk.nowMs);
        assertEquals(List.of(), advance(Desk.T0 + 2_000));
    }

    @Test
    void shouldCancelAllOfAContractOrOfAnAccount() throws VenueException {
        desk.place(buy(1, 100, 9_998));
        desk.place(OrderRequest.of(1, Desk.ETH, Side.BUY).limit(100, 9_000));
        desk.place(buy(2, 100, 9_998));
        desk.place(buy(1, 100, 9_997));
        desk.told();
        desk.engine.cancelAll(1, Desk.BTC, desk.nowMs);
        assertEquals(List.of("CANCELED 1", "CANCELED 4"), desk.told());
        desk.engine.cancelAll(1, OrderStore.ANY_SYMBOL, desk.nowMs);
        assertEquals(List.of("CANCELED 2"), desk.told());
    }
}
