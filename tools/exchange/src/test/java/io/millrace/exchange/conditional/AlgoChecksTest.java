package io.millrace.exchange.conditional;

import static io.millrace.exchange.conditional.AlgoRig.ACCOUNT;
import static io.millrace.exchange.conditional.AlgoRig.BTC;
import static io.millrace.exchange.conditional.AlgoRig.ETH;
import static io.millrace.exchange.conditional.AlgoRig.MS;
import static io.millrace.exchange.conditional.AlgoRig.START_NS;
import static io.millrace.exchange.conditional.AlgoRig.stopMarket;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.WorkingType;
import io.millrace.exchange.venue.ContractStatus;
import io.millrace.exchange.venue.QtyFilter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlgoChecksTest {
    private final AlgoRig rig = new AlgoRig();

    private static AlgoRequest.Builder order(Side side, OrderType type) {
        return AlgoRequest.of(ACCOUNT, BTC, side, type).qtyLots(50);
    }

    private static AlgoRequest.Builder trailing(long activateTicks, int callbackTenths) {
        return order(Side.SELL, OrderType.TRAILING_STOP_MARKET).trailing(activateTicks, callbackTenths);
    }

    @ParameterizedTest
    @CsvSource({
        "STOP_MARKET, BUY, 912501, 912500",
        "STOP_MARKET, SELL, 912499, 912500",
        "TAKE_PROFIT_MARKET, BUY, 912499, 912500",
        "TAKE_PROFIT_MARKET, SELL, 912501, 912500",
    })
    void shouldRefuseATriggerThatIsMetAlready(OrderType type, Side side, long goodTicks, long badTicks) {
        rig.refuse(-2021, order(side, type).triggerPriceTicks(badTicks));
        rig.place(order(side, type).triggerPriceTicks(goodTicks));
        rig.markE8[BTC] = badTicks * AlgoRig.TICK_E8;
        rig.lastTicks[BTC] = 1;
        rig.refuse(-2021, order(side, type).triggerPriceTicks(badTicks).workingType(WorkingType.MARK_PRICE));
        rig.place(order(side, type).triggerPriceTicks(goodTicks).workingType(WorkingType.MARK_PRICE));
    }

    @Test
    void shouldRefuseAnActivationThatIsMetAlready() {
        rig.refuse(-2021, trailing(912_500, 10));
        rig.place(trailing(912_501, 10));
        rig.refuse(-2021, order(Side.BUY, OrderType.TRAILING_STOP_MARKET).trailing(912_500, 10));
        rig.place(order(Side.BUY, OrderType.TRAILING_STOP_MARKET).trailing(912_499, 10));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 201, 1000})
    void shouldRefuseACallbackRateOutside(int tenths) {
        rig.refuse(-2007, trailing(0, tenths));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 100, 200})
    void shouldTakeACallbackRateWithin(int tenths) {
        assertEquals(tenths, rig.place(trailing(0, tenths)).request().callbackTenths());
    }

    @Test
    void shouldNameTheParameterThatIsMissingOrTooMuch() {
        rig.refuse(-1102, trailing(0, 0));
        rig.refuse(-1102, order(Side.SELL, OrderType.STOP_MARKET));
        rig.refuse(-1102, stopMarket(Side.SELL, 904_000).qtyLots(0));
        rig.refuse(-1102, order(Side.SELL, OrderType.STOP).triggerPriceTicks(904_000));
        rig.refuse(-1106, stopMarket(Side.SELL, 904_000).priceTicks(904_000));
        rig.refuse(-1106, stopMarket(Side.SELL, 904_000).trailing(0, 10));
        rig.refuse(-1106, stopMarket(Side.SELL, 904_000).trailing(900_000, 0));
        rig.refuse(-1106, trailing(0, 10).triggerPriceTicks(904_000));
        rig.refuse(-1106, stopMarket(Side.SELL, 904_000).goodTillDateMs(START_NS / MS + 700_000));
    }

    @Test
    void shouldRefuseTypesThatWaitForNothing() {
        rig.refuse(-1116, order(Side.BUY, OrderType.LIMIT).priceTicks(900_000));
        rig.refuse(-1116, order(Side.BUY, OrderType.MARKET));
    }

    @Test
    void shouldRefuseWhatDoesNotGoWithClosePosition() {
        rig.positionLots[BTC] = 10;
        AlgoRequest.Builder plain = stopMarket(Side.SELL, 904_000).closePosition(true);
        rig.refuse(-4137, plain);
        rig.refuse(-1106, plain.qtyLots(0).reduceOnly(true));
        rig.place(plain.reduceOnly(false));
        rig.refuse(-4136, trailing(0, 10).qtyLots(0).closePosition(true));
        rig.refuse(
                -4136,
                order(Side.SELL, OrderType.STOP)
                        .qtyLots(0)
                        .triggerPriceTicks(904_000)
                        .closePosition(true));
    }

    @Test
    void shouldApplyTheFiltersOfTheTypeToTheQuantity() {
        rig.rules[BTC] = rig.rules[BTC]
                .copy()
                .limitQty(new QtyFilter(10, 1000, 1))
                .marketQty(new QtyFilter(20, 500, 10))
                .build();
        AlgoRequest.Builder market = stopMarket(Side.SELL, 904_000);
        rig.refuse(-4003, market.qtyLots(-1));
        rig.refuse(-4004, market.qtyLots(19));
        rig.refuse(-4005, market.qtyLots(501));
        rig.refuse(-4023, market.qtyLots(25));
        rig.place(market.qtyLots(500));
        AlgoRequest.Builder limit =
                order(Side.SELL, OrderType.STOP).triggerPriceTicks(904_000).priceTicks(904_000);
        rig.refuse(-4004, limit.qtyLots(9));
        rig.refuse(-4005, limit.qtyLots(1001));
        rig.place(limit.qtyLots(25));
    }

    @Test
    void shouldApplyThePriceFilters() {
        rig.rules[BTC] = rig.rules[BTC].copy().priceTicks(100_000, 1_000_000).build();
        rig.refuse(-4007, stopMarket(Side.BUY, 1_000_001));
        rig.refuse(-4006, stopMarket(Side.BUY, -1));
        rig.place(stopMarket(Side.BUY, 1_000_000));
        rig.refuse(-4135, trailing(1_000_001, 10));
        AlgoRequest.Builder stop = order(Side.BUY, OrderType.STOP).triggerPriceTicks(960_000);
        rig.refuse(-4001, stop.priceTicks(-1));
        rig.refuse(-4002, stop.priceTicks(1_000_001));
        rig.refuse(-4013, stop.priceTicks(99_999));
    }

    @Test
    void shouldKeepTheLimitNearTheTrigger() {
        AlgoRequest.Builder buy = order(Side.BUY, OrderType.STOP).triggerPriceTicks(920_000);
        rig.refuse(-4183, buy.priceTicks(966_001));
        rig.place(buy.priceTicks(966_000));
        AlgoRequest.Builder sell = order(Side.SELL, OrderType.STOP).triggerPriceTicks(900_000);
        rig.refuse(-4184, sell.priceTicks(854_999));
        rig.place(sell.priceTicks(855_000));
    }

    @Test
    void shouldTakeAPriceMatchOnlyWithLimitTypesAndWithoutAPrice() {
        rig.refuse(-5038, stopMarket(Side.SELL, 904_000).priceMatch(PriceMatch.QUEUE));
        AlgoRequest.Builder stop =
                order(Side.SELL, OrderType.STOP).triggerPriceTicks(904_000).priceMatch(PriceMatch.OPPONENT);
        rig.refuse(-5037, stop.priceTicks(904_000));
        rig.refuse(-5037, stop.priceTicks(0).priceMatch(PriceMatch.OPPONENT_10));
        rig.place(stop.priceMatch(PriceMatch.OPPONENT_5));
    }

    @Test
    void shouldAskForTheLeastNotionalUnlessItReduces() {
        // 100 USDT at 90,400.0 are 1.106 lots of 0.001
        rig.refuse(-4164, stopMarket(Side.SELL, 904_000).qtyLots(1));
        rig.place(stopMarket(Side.SELL, 904_000).qtyLots(2));
        rig.place(stopMarket(Side.SELL, 904_000).qtyLots(1).reduceOnly(true));
        rig.refuse(-4164, trailing(0, 10).qtyLots(1));
        rig.place(trailing(0, 10).qtyLots(2));
    }

    @Test
    void shouldAskForADateInRangeWhenGoodTillDate() {
        long nowMs = START_NS / MS;
        AlgoRequest.Builder gtd = stopMarket(Side.SELL, 904_000).timeInForce(TimeInForce.GTD);
        rig.refuse(-5040, gtd);
        rig.refuse(-5040, gtd.goodTillDateMs(nowMs + 600_000));
        rig.refuse(-5040, gtd.goodTillDateMs(253_402_300_799_000L));
        rig.place(gtd.goodTillDateMs(nowMs + 600_001));
    }

    @Test
    void shouldRefuseWhenTheContractDoesNotTrade() {
        rig.rules[BTC] = rig.rules[BTC].withStatus(ContractStatus.SETTLING);
        rig.refuse(-4140, stopMarket(Side.SELL, 904_000));
    }

    @Test
    void shouldHoldClientIdsToTheVenuesPattern() {
        for (String id : List.of("", "a b", "ä", "x".repeat(37), "a,b", "a;b", "a@b")) {
            rig.refuse(-4015, stopMarket(Side.SELL, 904_000).clientAlgoId(id));
        }
        for (String id : List.of("x".repeat(36), ".A-Z:/az_09", "-")) {
            rig.place(stopMarket(Side.SELL, 904_000).clientAlgoId(id));
        }
    }

    @Test
    void shouldRefuseADuplicateIdOnlyWhileTheFirstIsOpenAndOnlyOfTheAccount() {
        rig.place(stopMarket(Side.SELL, 904_000).clientAlgoId("a"));
        rig.refuse(-4116, stopMarket(Side.SELL, 903_000).clientAlgoId("a"));
        rig.place(AlgoRequest.of(ACCOUNT + 1, BTC, Side.SELL, OrderType.STOP_MARKET)
                .qtyLots(50)
                .triggerPriceTicks(903_000)
                .clientAlgoId("a"));
        rig.last(BTC, 904_000);
        rig.refuse(-4116, stopMarket(Side.SELL, 903_000).clientAlgoId("a"));
        rig.pass(5);
        rig.place(stopMarket(Side.SELL, 903_000).clientAlgoId("a"));
    }

    @Test
    void shouldHoldAnAccountToTwoHundredOverAllSymbols() {
        for (int i = 0; i < 200; i++) {
            rig.place(AlgoRequest.of(ACCOUNT, i % 2 == 0 ? BTC : ETH, Side.SELL, OrderType.STOP_MARKET)
                    .qtyLots(100)
                    .triggerPriceTicks(i % 2 == 0 ? 904_000 : 29_000));
        }
        rig.refuse(-4045, stopMarket(Side.SELL, 903_000));
        assertEquals(200, rig.service.open(ACCOUNT, AlgoService.ALL_SYMBOLS).size());
        rig.place(AlgoRequest.of(ACCOUNT + 1, BTC, Side.SELL, OrderType.STOP_MARKET)
                .qtyLots(50)
                .triggerPriceTicks(903_000));
        rig.service.cancelAll(ACCOUNT, ETH, rig.nowNs);
        rig.place(stopMarket(Side.SELL, 903_000));
    }
}
