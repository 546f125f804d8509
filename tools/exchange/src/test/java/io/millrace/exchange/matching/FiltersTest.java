package io.millrace.exchange.matching;

import static io.millrace.exchange.matching.Desk.buy;
import static io.millrace.exchange.matching.Desk.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
    private final Desk desk = new Desk();

    private static OrderRequest.Builder marketBuy(long lots) {
        return OrderRequest.of(1, Desk.BTC, Side.BUY).market(lots);
    }

    @Test
    void shouldRefuseAnUnlistedContract() {
        desk.refuses(-1121, OrderRequest.of(1, 7, Side.BUY).limit(100, 10_000));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING_TRADING,false,-1122",
        "PRE_DELIVERING,false,-4140",
        "PRE_DELIVERING,true,-1122",
        "DELIVERING,false,-1122",
        "PRE_SETTLE,false,-4140",
        "SETTLING,false,-1122",
        "DELIVERED,false,-4141",
        "CLOSE,true,-4141"
    })
    void shouldRefuseOrdersWhileAContractDoesNotTrade(ContractStatus status, boolean isReducing, int code) {
        desk.rules[0] = desk.rules[0].withStatus(status);
        desk.position(1, 1_000);
        desk.refuses(code, sell(1, 100, 10_000).reduceOnly(isReducing));
    }

    @ParameterizedTest
    @CsvSource({"0,-4001", "-5,-4001", "99,-4013", "1000001,-4002"})
    void shouldApplyThePriceFilter(long tick, int code) {
        desk.refuses(code, buy(1, 100_000, tick));
    }

    @ParameterizedTest
    @CsvSource({"0,-4003", "-1,-4003", "9,-4004", "1000001,-4005"})
    void shouldApplyTheLotSizeToLimits(long lots, int code) {
        desk.refuses(code, buy(1, lots, 10_000));
    }

    @ParameterizedTest
    @CsvSource({"0,-4003", "19,-4004", "100010,-4005", "125,-4023"})
    void shouldApplyTheMarketLotSizeToMarketOrders(long lots, int code) {
        desk.refuses(code, marketBuy(lots));
    }

    @Test
    void shouldApplyTheMinimumNotionalWithTheLimitOrTheMarkPrice() throws VenueException {
        desk.ask(10_001, 1_000);
        desk.refuses(-4164, buy(1, 49, 10_000)); // 4.90
        desk.place(buy(1, 50, 10_000)); // 5.00
        desk.refuses(-4164, marketBuy(40)); // 4.00 at the mark price
        desk.place(marketBuy(50));
        VenueException refusal = assertThrows(VenueException.class, () -> desk.place(buy(1, 49, 10_000)));
        assertEquals(
                "Order's notional must be no smaller than 5 (unless you choose reduce only).", refusal.getMessage());
    }

    @Test
    void shouldExemptReduceOnlyFromTheMinimumNotional() throws VenueException {
        desk.position(1, 30);
        Order order = desk.place(sell(1, 30, 10_100).reduceOnly(true));
        assertEquals(30, order.qtyLots());
    }

    @Test
    void shouldApplyPercentPriceToEachSideOnly() throws VenueException {
        desk.refuses(-4016, buy(1, 100, 10_501));
        desk.refuses(-4024, sell(1, 100, 9_499));
        desk.place(buy(1, 100, 9_000));
        desk.place(sell(1, 100, 11_000));
        desk.place(buy(2, 100, 10_500));
        VenueException refusal = assertThrows(VenueException.class, () -> desk.place(buy(1, 100, 10_501)));
        assertEquals("Limit price can't be higher than 105.00.", refusal.getMessage());
    }

    @Test
    void shouldRefuseAMarketOrderWhenTheBookIsTooFarFromTheMarkPrice() {
        desk.ask(10_501, 100);
        desk.bid(9_499, 100);
        desk.refuses(-4131, marketBuy(100));
        desk.refuses(-4131, OrderRequest.of(1, Desk.BTC, Side.SELL).market(100));
    }

    @Test
    void shouldLimitTheOpenOrdersOfAContract() throws VenueException {
        desk.ask(10_001, 10_000);
        for (int i = 0; i < 200; i++) {
            desk.place(buy(1, 100, 9_000 + i));
        }
        desk.refuses(-2025, buy(1, 100, 8_000));
        desk.place(buy(2, 100, 8_000));
        desk.place(OrderRequest.of(1, Desk.ETH, Side.BUY).limit(100, 8_000));
        desk.place(marketBuy(100)); // never rests
    }

    @Test
    void shouldRefuseAClientIdThatIsOpenOnly() throws VenueException {
        Order order = desk.place(buy(1, 100, 9_000).clientOrderId("a-1"));
        desk.refuses(-4116, buy(1, 100, 9_000).clientOrderId("a-1"));
        desk.refuses(
                -4116, OrderRequest.of(1, Desk.ETH, Side.BUY).limit(100, 9_000).clientOrderId("a-1"));
        desk.place(buy(2, 100, 9_000).clientOrderId("a-1"));
        desk.cancel(order);
        desk.place(buy(1, 100, 9_000).clientOrderId("a-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "ümlaut", "a,b", "quote\""})
    void shouldRefuseOtherCharactersInAClientId(String id) {
        desk.refuses(-1100, buy(1, 100, 9_000).clientOrderId(id));
    }

    @Test
    void shouldRefuseAClientIdThatIsTooLong() throws VenueException {
        desk.refuses(-4015, buy(1, 100, 9_000).clientOrderId("x".repeat(37)));
        desk.place(buy(1, 100, 9_000).clientOrderId("A.z:/_-9".repeat(4) + "abcd"));
    }

    @Test
    void shouldMakeUpAClientIdWhereNoneIsGiven() throws VenueException {
        Order first = desk.place(buy(1, 100, 9_000));
        Order second = desk.place(buy(1, 100, 9_000));
        assertEquals(22, first.clientOrderId().length());
        assertEquals(false, first.clientOrderId().equals(second.clientOrderId()));
    }

    @Test
    void shouldSendConditionalTypesElsewhere() {
        desk.refuses(-4120, buy(1, 100, 9_000).type(OrderType.STOP));
        desk.refuses(-4120, marketBuy(100).type(OrderType.TRAILING_STOP_MARKET));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 600_000, 253_402_300_799_000L - Desk.T0})
    void shouldRefuseAnEndThatIsTooSoonOrTooLate(long inMs) {
        desk.refuses(-5040, buy(1, 100, 9_000).goodTillDateMs(inMs == 0 ? 0 : Desk.T0 + inMs));
    }

    @Test
    void shouldRefuseATimeInForceOnAMarketOrder() {
        desk.refuses(-1115, marketBuy(100).timeInForce(TimeInForce.IOC));
    }

    @Test
    void shouldTakeThePriceFromTheBook() throws VenueException {
        for (int i = 0; i < 5; i++) {
            desk.bid(9_999 - 2 * i, 100);
            desk.ask(10_001 + 2 * i, 100);
        }
        desk.place(sell(2, 100, 10_004)); // between two of the market's levels
        desk.place(buy(2, 100, 9_996));
        assertEquals(9_999, desk.place(match(PriceMatch.QUEUE)).priceTicks());
        assertEquals(9_993, desk.place(match(PriceMatch.QUEUE_5)).priceTicks());
        assertEquals(10_007, desk.place(match(PriceMatch.OPPONENT_5)).priceTicks());
        desk.refuses(-5041, match(PriceMatch.QUEUE_10));
        desk.refuses(-5041, match(PriceMatch.QUEUE_20));
        desk.refuses(-5037, match(PriceMatch.OPPONENT_10));
        desk.refuses(-5037, match(PriceMatch.OPPONENT_20));
        desk.refuses(-5037, match(PriceMatch.QUEUE).priceTicks(9_000));
        desk.refuses(-5038, marketBuy(100).priceMatch(PriceMatch.OPPONENT));
    }

    private static OrderRequest.Builder match(PriceMatch match) {
        return buy(1, 100, 0).priceMatch(match);
    }

    @Test
    void shouldAskForMarginLastAndPassItsRefusalOn() throws VenueException {
        desk.ask(10_001, 100);
        desk.marginRefusal = Errors.marginInsufficient();
        desk.refuses(-2019, buy(1, 100, 10_000));
        assertEquals(10_000, desk.checkedTicks);
        desk.refuses(-2019, marketBuy(100));
        assertEquals(10_007, desk.checkedTicks); // the best ask and 0.05 %, up
        desk.refuses(-4164, buy(1, 10, 10_000));
    }

    @Test
    void shouldTestAnOrderWithoutPlacingIt() throws VenueException {
        desk.engine.test(buy(1, 100, 10_000).build(), desk.nowMs);
        assertEquals(0, desk.told().size());
        desk.refuses(-4003, () -> desk.engine.test(buy(1, 0, 10_000).build(), desk.nowMs));
    }
}
