package io.millrace.exchange.conditional;

import static io.millrace.exchange.conditional.AlgoRig.ACCOUNT;
import static io.millrace.exchange.conditional.AlgoRig.BTC;
import static io.millrace.exchange.conditional.AlgoRig.ETH;
import static io.millrace.exchange.conditional.AlgoRig.MS;
import static io.millrace.exchange.conditional.AlgoRig.START_NS;
import static io.millrace.exchange.conditional.AlgoRig.stopMarket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.StpMode;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.trade.WorkingType;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlgoServiceTest {
    private static final long DAY_MS = 86_400_000L;

    private final AlgoRig rig = new AlgoRig();

    private static AlgoRequest.Builder closing(Side side, OrderType type, long triggerTicks) {
        return AlgoRequest.of(ACCOUNT, BTC, side, type)
                .triggerPriceTicks(triggerTicks)
                .closePosition(true);
    }

    // --- the way from acceptance to the end

    @Test
    void shouldGoThroughAllStatesWhenAStopIsTriggeredAndFilled() {
        AlgoOrder stop = rig.place(stopMarket(Side.SELL, 904_000).clientAlgoId("e1-sl-0091"));
        assertEquals(3_000_000_001L, stop.algoId());
        assertEquals(START_NS / MS, stop.createTimeMs());
        rig.pass(1000);
        rig.last(BTC, 904_001);
        assertEquals(List.of("1 NEW"), rig.events);
        rig.last(BTC, 904_000);
        assertEquals(List.of("1 NEW", "1 TRIGGERING"), rig.events);
        assertEquals(START_NS / MS + 1000, stop.triggerTimeMs());
        assertEquals(0, rig.children.size(), "the engine is not entered inside the event that met the condition");
        assertEquals(rig.nowNs + 5 * MS, rig.service.nextDueNs());
        rig.pass(4);
        assertEquals(0, rig.children.size());
        rig.pass(1);
        Order child = rig.children.get(0);
        assertEquals(OrderType.MARKET, child.type());
        assertEquals(OrderType.STOP_MARKET, child.origType());
        assertEquals(50, child.qtyLots());
        assertEquals(904_000, child.stopPriceTicks());
        assertEquals("e1-sl-0091", child.clientOrderId());
        assertEquals(child.orderId(), stop.childOrderId());
        assertSame(stop, rig.service.ofChild(child.orderId()));
        rig.pass(1);
        rig.fill(child, 903_990, 20);
        assertEquals(AlgoStatus.TRIGGERED, stop.status());
        assertEquals(20, stop.executedLots());
        rig.fill(child, 903_980, 30);
        assertEquals(List.of("1 NEW", "1 TRIGGERING", "1 TRIGGERED", "1 FINISHED"), rig.events);
        assertEquals(50, stop.executedLots());
        assertEquals(903_990L * 20 + 903_980L * 30, stop.turnover());
    }

    @Test
    void shouldTellTriggeredBeforeFinishedWhenTheOrderIsFilledWhileItIsPlaced() {
        for (boolean isTold : new boolean[] {true, false}) {
            AlgoRig one = new AlgoRig();
            one.isTold = isTold;
            one.isFilledAtOnce = true;
            AlgoOrder stop = one.place(stopMarket(Side.BUY, 920_000));
            one.last(BTC, 920_000);
            one.pass(5);
            assertEquals(List.of("1 NEW", "1 TRIGGERING", "1 TRIGGERED", "1 FINISHED"), one.events);
            assertEquals(50, stop.executedLots());
        }
    }

    @Test
    void shouldBecomeALimitOrderWithAllItsTermsWhenAStopLimitIsTriggered() {
        long goodTillMs = START_NS / MS + 700_999;
        AlgoRequest.Builder asked = AlgoRequest.of(ACCOUNT, BTC, Side.BUY, OrderType.STOP)
                .qtyLots(10)
                .triggerPriceTicks(913_000)
                .priceTicks(913_500)
                .reduceOnly(true)
                .priceProtect(true)
                .timeInForce(TimeInForce.GTD)
                .goodTillDateMs(goodTillMs)
                .stpMode(StpMode.EXPIRE_BOTH)
                .workingType(WorkingType.MARK_PRICE);
        AlgoOrder stop = rig.place(asked);
        assertEquals(goodTillMs - 999, stop.request().goodTillDateMs(), "whole seconds");
        rig.last(BTC, 914_000);
        assertEquals(AlgoStatus.NEW, stop.status(), "it watches the mark price");
        rig.mark(BTC, 913_000);
        rig.pass(5);
        Order child = rig.children.get(0);
        assertEquals(OrderType.LIMIT, child.type());
        assertEquals(OrderType.STOP, child.origType());
        assertEquals(913_500, child.priceTicks());
        assertEquals(TimeInForce.GTD, child.timeInForce());
        assertEquals(goodTillMs - 999, child.goodTillDateMs());
        assertEquals(StpMode.EXPIRE_BOTH, child.stpMode());
        assertEquals(WorkingType.MARK_PRICE, child.workingType());
        assertTrue(child.isReduceOnly() && child.isPriceProtect());
        rig.cancel(child);
        assertEquals(AlgoStatus.FINISHED, stop.status());
        assertEquals(0, stop.executedLots());
    }

    @Test
    void shouldLeaveThePriceToTheBookWhenAPriceMatchIsAskedFor() {
        rig.place(AlgoRequest.of(ACCOUNT, BTC, Side.SELL, OrderType.TAKE_PROFIT)
                .qtyLots(10)
                .triggerPriceTicks(913_000)
                .priceMatch(PriceMatch.QUEUE_5));
        rig.last(BTC, 913_000);
        rig.pass(5);
        assertEquals(PriceMatch.QUEUE_5, rig.children.get(0).priceMatch());
        assertEquals(0, rig.children.get(0).request().priceTicks());
    }

    @Test
    void shouldRejectWithTheEnginesReasonWhenTheEngineRefuses() {
        AlgoOrder stop = rig.place(stopMarket(Side.SELL, 904_000));
        rig.refuseChildren(true);
        rig.last(BTC, 900_000);
        rig.pass(5);
        assertEquals(List.of("1 NEW", "1 TRIGGERING", "1 REJECTED"), rig.events);
        assertEquals("Margin is insufficient.", stop.rejectReason());
        assertEquals(0, stop.childOrderId());
        assertTrue(rig.service.open(ACCOUNT, AlgoService.ALL_SYMBOLS).isEmpty());
    }

    @Test
    void shouldMakeUpIdsWhenNoneAreGivenAndNotNameTheChildAlikeWhenSetSo() {
        AlgoRig one =
                new AlgoRig().with(AlgoSettings.of(5).withChildNamedAlike(false).withTriggerLatencyNs(0));
        AlgoOrder stop = one.place(stopMarket(Side.SELL, 904_000));
        assertTrue(stop.clientAlgoId().matches("[A-Za-z0-9]{22}"), stop.clientAlgoId());
        one.last(BTC, 904_000);
        one.service.advance(one.nowNs);
        String childId = one.children.get(0).clientOrderId();
        assertTrue(childId.matches("[A-Za-z0-9]{22}") && !childId.equals(stop.clientAlgoId()), childId);
    }

    @Test
    void shouldKnowItsOrderWhenTheEngineHasCutItDown() {
        rig.mostLots = 7;
        rig.isFilledAtOnce = true;
        AlgoOrder stop = rig.place(stopMarket(Side.SELL, 904_000).reduceOnly(true));
        rig.last(BTC, 904_000);
        rig.pass(5);
        assertEquals(List.of("1 NEW", "1 TRIGGERING", "1 TRIGGERED", "1 FINISHED"), rig.events);
        assertEquals(7, stop.executedLots());
    }

    // --- faults

    @Test
    void shouldRejectLateOnlyWhatStillWaitsWhenTheFaultSaysSo() {
        rig.service.setFaults(new AlgoFaults() {
            @Override
            public long lateRejectionNs(AlgoOrder order) {
                return 1000 * MS;
            }
        });
        AlgoOrder waiting = rig.place(stopMarket(Side.SELL, 900_000));
        AlgoOrder triggered = rig.place(stopMarket(Side.SELL, 904_000));
        rig.last(BTC, 904_000);
        rig.pass(999);
        assertEquals(AlgoStatus.NEW, waiting.status());
        rig.pass(1);
        assertEquals(AlgoStatus.REJECTED, waiting.status());
        assertEquals("Margin is insufficient.", waiting.rejectReason());
        assertEquals(AlgoStatus.TRIGGERED, triggered.status());
        rig.last(BTC, 800_000);
        rig.pass(10);
        assertEquals(1, rig.children.size(), "what was rejected no longer triggers");
    }

    @Test
    void shouldStayTriggeringForGoodWhenStuck() {
        rig.service.setFaults(new AlgoFaults() {
            @Override
            public boolean isStuck(AlgoOrder order) {
                return true;
            }
        });
        AlgoOrder stop = rig.place(stopMarket(Side.SELL, 904_000).clientAlgoId("x"));
        rig.last(BTC, 904_000);
        rig.pass(DAY_MS);
        rig.last(BTC, 904_000);
        assertEquals(List.of("1 NEW", "1 TRIGGERING"), rig.events);
        assertEquals(List.of(stop), rig.service.open(ACCOUNT, BTC));
        assertEquals(0, rig.children.size());
        AlgoRig.refuse(-4117, () -> rig.service.cancel(ACCOUNT, 0, "x", rig.nowNs));
        assertEquals(0, rig.service.cancelAll(ACCOUNT, BTC, rig.nowNs));
        rig.refuse(-4116, stopMarket(Side.SELL, 900_000).clientAlgoId("x"));
    }

    // --- trailing stops

    @Test
    void shouldFollowTheLowestPriceWhenAPurchaseTrails() {
        AlgoOrder trailing = rig.place(AlgoRequest.of(ACCOUNT, BTC, Side.BUY, OrderType.TRAILING_STOP_MARKET)
                .qtyLots(10)
                .trailing(900_000, 10));
        assertEquals(List.of("1 NEW"), rig.events);
        rig.last(BTC, 921_625); // one percent up, but not active yet
        rig.last(BTC, 900_001);
        rig.last(BTC, 912_500);
        assertFalse(trailing.isActivated());
        rig.last(BTC, 900_000);
        assertTrue(trailing.isActivated());
        assertEquals(List.of("1 NEW", "1 NEW *"), rig.events);
        rig.last(BTC, 890_001);
        rig.last(BTC, 898_901); // 890,001 x 1.01 = 898,901.01
        assertEquals(AlgoStatus.NEW, trailing.status());
        rig.last(BTC, 898_902);
        assertEquals(AlgoStatus.TRIGGERING, trailing.status());
        rig.pass(5);
        assertEquals(OrderType.MARKET, rig.children.get(0).type());
        assertEquals(OrderType.TRAILING_STOP_MARKET, rig.children.get(0).origType());
        assertEquals(List.of("1 NEW", "1 NEW *", "1 TRIGGERING *", "1 TRIGGERED *"), rig.events);
    }

    @Test
    void shouldFollowTheHighestPriceFromAtOnceWhenASaleTrailsWithoutActivation() {
        AlgoOrder trailing = rig.place(AlgoRequest.of(ACCOUNT, BTC, Side.SELL, OrderType.TRAILING_STOP_MARKET)
                .qtyLots(10)
                .workingType(WorkingType.MARK_PRICE)
                .trailing(0, 200));
        assertEquals(List.of("1 NEW", "1 NEW *"), rig.events, "told twice even when it is active at once");
        rig.last(BTC, 100_000);
        rig.mark(BTC, 1_000_000);
        rig.mark(BTC, 800_001);
        assertEquals(AlgoStatus.NEW, trailing.status());
        rig.mark(BTC, 800_000);
        assertEquals(AlgoStatus.TRIGGERING, trailing.status());
    }

    // --- protection by price

    @Test
    void shouldWaitWhileMarkAndLastPriceAreFarApartWhenProtected() {
        AlgoOrder guarded = rig.place(stopMarket(Side.SELL, 880_000).priceProtect(true));
        AlgoOrder bare = rig.place(stopMarket(Side.SELL, 880_000));
        rig.last(BTC, 866_874); // 5 % of 912,500 is 45,625: one tick too far
        assertEquals(AlgoStatus.NEW, guarded.status());
        assertEquals(AlgoStatus.TRIGGERING, bare.status());
        rig.last(BTC, 866_875);
        assertEquals(AlgoStatus.TRIGGERING, guarded.status());
    }

    @Test
    void shouldTriggerByTheOtherPriceWhenThatComesNearAgain() {
        AlgoOrder guarded = rig.place(stopMarket(Side.SELL, 880_000).priceProtect(true));
        rig.last(BTC, 800_000);
        assertEquals(AlgoStatus.NEW, guarded.status());
        rig.mark(BTC, 810_000);
        assertEquals(AlgoStatus.TRIGGERING, guarded.status());
    }

    // --- orders that depend on a position

    @Test
    void shouldCloseWhateverThereIsWhenAClosePositionOrderTriggers() {
        rig.position(BTC, 300);
        AlgoOrder stop = rig.place(closing(Side.SELL, OrderType.STOP_MARKET, 904_000));
        assertEquals(TimeInForce.GTE_GTC, stop.request().timeInForce());
        assertTrue(stop.request().reduceOnly());
        rig.position(BTC, 120);
        rig.last(BTC, 904_000);
        rig.pass(5);
        Order child = rig.children.get(0);
        assertEquals(120, child.qtyLots());
        assertTrue(child.isClosePosition() && child.isReduceOnly());
        assertEquals(TimeInForce.GTC, child.timeInForce());
    }

    @Test
    void shouldExpireWithThePositionWhenBoundToIt() {
        rig.position(BTC, 300);
        rig.position(ETH, -10);
        rig.place(closing(Side.SELL, OrderType.STOP_MARKET, 904_000));
        rig.place(closing(Side.SELL, OrderType.TAKE_PROFIT_MARKET, 920_000));
        rig.place(stopMarket(Side.SELL, 900_000).timeInForce(TimeInForce.GTE_GTC));
        rig.place(stopMarket(Side.SELL, 900_000).reduceOnly(true));
        rig.place(AlgoRequest.of(ACCOUNT, ETH, Side.BUY, OrderType.STOP_MARKET)
                .triggerPriceTicks(31_000)
                .closePosition(true));
        rig.events.clear();
        rig.position(BTC, 100);
        assertEquals(List.of(), rig.events);
        rig.position(BTC, 0);
        assertEquals(List.of("1 EXPIRED", "2 EXPIRED", "3 EXPIRED"), rig.events);
        rig.position(ETH, 5);
        assertEquals("5 EXPIRED", rig.events.get(3), "a position turned around is gone as well");
        assertEquals(1, rig.service.open(ACCOUNT, AlgoService.ALL_SYMBOLS).size());
    }

    @Test
    void shouldExpireWhenThePositionGoesBetweenTriggerAndEngine() {
        rig.position(BTC, 300);
        rig.place(closing(Side.SELL, OrderType.STOP_MARKET, 904_000));
        rig.last(BTC, 904_000);
        rig.position(BTC, 0);
        rig.pass(5);
        assertEquals(List.of("1 NEW", "1 TRIGGERING", "1 EXPIRED"), rig.events);
        assertEquals(0, rig.children.size());
    }

    @Test
    void shouldRefuseToDependOnAPositionThatIsNotThere() {
        rig.refuse(-4509, closing(Side.SELL, OrderType.STOP_MARKET, 904_000));
        rig.refuse(-4509, stopMarket(Side.SELL, 904_000).timeInForce(TimeInForce.GTE_GTC));
        rig.position(BTC, -5);
        rig.refuse(-4509, closing(Side.SELL, OrderType.STOP_MARKET, 904_000));
        rig.place(closing(Side.BUY, OrderType.STOP_MARKET, 920_000));
    }

    @Test
    void shouldTakeOneClosingOrderOfATypeForADirection() {
        rig.position(BTC, 300);
        AlgoOrder stop = rig.place(closing(Side.SELL, OrderType.STOP_MARKET, 904_000));
        rig.refuse(-4130, closing(Side.SELL, OrderType.STOP_MARKET, 903_000));
        rig.place(closing(Side.SELL, OrderType.TAKE_PROFIT_MARKET, 920_000));
        rig.place(stopMarket(Side.SELL, 903_000));
        cancel(stop);
        rig.place(closing(Side.SELL, OrderType.STOP_MARKET, 903_000));
    }

    // --- ends

    @Test
    void shouldExpireAtItsDateWhenGoodTillDate() {
        long tillMs = START_NS / MS + 601_000;
        AlgoOrder stop = rig.place(
                stopMarket(Side.SELL, 904_000).timeInForce(TimeInForce.GTD).goodTillDateMs(tillMs));
        rig.pass(600_999);
        assertEquals(AlgoStatus.NEW, stop.status());
        rig.pass(1);
        assertEquals(AlgoStatus.EXPIRED, stop.status());
    }

    private void cancel(AlgoOrder order) {
        try {
            assertSame(order, rig.service.cancel(ACCOUNT, order.algoId(), null, rig.nowNs));
        } catch (VenueException e) {
            throw new AssertionError(e);
        }
        assertEquals(AlgoStatus.CANCELED, order.status());
    }

    @Test
    void shouldCancelOnlyWhatWaits() throws VenueException {
        AlgoOrder stop = rig.place(stopMarket(Side.SELL, 904_000).clientAlgoId("a"));
        AlgoRig.refuse(-2011, () -> rig.service.cancel(ACCOUNT + 1, stop.algoId(), null, rig.nowNs));
        AlgoRig.refuse(-2011, () -> rig.service.cancel(ACCOUNT, 99, null, rig.nowNs));
        AlgoRig.refuse(-2011, () -> rig.service.cancel(ACCOUNT, 0, "b", rig.nowNs));
        assertSame(stop, rig.service.cancel(ACCOUNT, 0, "a", rig.nowNs));
        AlgoRig.refuse(-2011, () -> rig.service.cancel(ACCOUNT, 0, "a", rig.nowNs));
        AlgoOrder second = rig.place(stopMarket(Side.SELL, 904_000).clientAlgoId("a"));
        rig.last(BTC, 904_000);
        AlgoRig.refuse(-4117, () -> rig.service.cancel(ACCOUNT, second.algoId(), null, rig.nowNs));
        rig.pass(5);
        AlgoRig.refuse(-2011, () -> rig.service.cancel(ACCOUNT, second.algoId(), null, rig.nowNs));
    }

    @Test
    void shouldEndAllOfASymbolWhenAskedTo() {
        rig.place(stopMarket(Side.SELL, 904_000));
        rig.place(stopMarket(Side.BUY, 920_000));
        rig.place(AlgoRequest.of(ACCOUNT, ETH, Side.BUY, OrderType.STOP_MARKET)
                .qtyLots(10)
                .triggerPriceTicks(31_000));
        assertEquals(2, rig.service.cancelAll(ACCOUNT, BTC, rig.nowNs));
        assertEquals(0, rig.service.cancelAll(ACCOUNT, BTC, rig.nowNs));
        assertEquals(1, rig.service.expireAll(AlgoService.ALL_ACCOUNTS, AlgoService.ALL_SYMBOLS, rig.nowNs));
        assertEquals(List.of("1 NEW", "2 NEW", "3 NEW", "1 CANCELED", "2 CANCELED", "3 EXPIRED"), rig.events);
    }

    // --- questions

    @Test
    void shouldForgetWhatNeverTradedAfterThreeDaysAndTheRestAfterNinety() throws VenueException {
        AlgoOrder canceled = rig.place(stopMarket(Side.SELL, 800_000).clientAlgoId("c"));
        AlgoOrder filled = rig.place(stopMarket(Side.SELL, 904_000).clientAlgoId("f"));
        cancel(canceled);
        rig.last(BTC, 904_000);
        rig.pass(5);
        rig.fill(rig.children.get(0), 904_000, 50);
        long endNs = rig.nowNs;
        assertSame(canceled, rig.service.query(ACCOUNT, canceled.algoId(), null, endNs));
        assertSame(filled, rig.service.query(ACCOUNT, 0, "f", endNs));
        assertEquals(List.of(canceled, filled), rig.service.all(ACCOUNT, BTC, 0, endNs));
        assertEquals(List.of(filled), rig.service.all(ACCOUNT, BTC, filled.algoId(), endNs));
        assertEquals(List.of(), rig.service.all(ACCOUNT, ETH, 0, endNs));
        AlgoRig.refuse(-2013, () -> rig.service.query(ACCOUNT + 1, canceled.algoId(), null, endNs));
        AlgoRig.refuse(-2013, () -> rig.service.query(ACCOUNT, 0, "c", endNs + 3 * DAY_MS * MS));
        assertSame(filled, rig.service.query(ACCOUNT, 0, "f", endNs + 89 * DAY_MS * MS));
        AlgoRig.refuse(-2013, () -> rig.service.query(ACCOUNT, 0, "f", endNs + 90 * DAY_MS * MS));
        rig.nowNs = endNs + 90 * DAY_MS * MS;
        rig.place(stopMarket(Side.SELL, 800_000));
        assertNull(rig.service.ofChild(rig.children.get(0).orderId()), "what is forgotten costs nothing");
    }
}
