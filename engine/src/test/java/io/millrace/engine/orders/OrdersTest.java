package io.millrace.engine.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AmendOrderDecoder;
import io.millrace.codecs.event.CancelOrderDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.IntentAction;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.QueryOrderDecoder;
import io.millrace.codecs.event.RefusalReason;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.risk.HaltReasons;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Single orders: their life, what is unknown of them, and what is refused. */
class OrdersTest {
    private final Scene scene = Scene.ready();
    private final Harness harness = scene.harness;

    private byte[] place() {
        return scene.command(PlaceOrderDecoder.TEMPLATE_ID);
    }

    private Harness.Order working(long key) {
        byte[] place = place();
        scene.outcome(place, CommandOutcomeCode.SENT);
        assertEquals(OrderState.SENT, harness.state(key));
        Harness.Order order = scene.order(key, 900, VenueStatus.NEW);
        scene.answer(place, order, ReportSource.ANSWER);
        assertEquals(OrderState.ACKNOWLEDGED, harness.state(key));
        harness.report(0, order);
        assertEquals(OrderState.WORKING, harness.state(key));
        return order;
    }

    @Test
    void shouldGoFromIntentToFilledAndCountEachFillOnce() {
        long key = scene.enter();
        assertEquals(OrderState.INTENT, harness.state(key));
        Harness.Order order = working(key);
        order.feeE8 = 40;
        scene.fill(order, 501, 4);
        harness.notice(0, order, ReportSource.STREAM);
        harness.report(0, order);
        assertEquals(OrderState.PARTIALLY_FILLED, harness.state(key));
        order.lastTicks = 10_000;
        scene.fill(order, 502, 6);
        OrdersReport.Order known = harness.order(key);
        assertEquals(OrderState.FILLED, known.state());
        assertEquals(10, known.filledLots());
        assertEquals(BigInteger.valueOf(100_000), known.cost());
        assertEquals(80, known.feeE8());
        assertEquals("USDT", known.feeAsset());
        assertEquals(10, harness.stage.report().positions().get(0).lots());
        assertEquals(2, harness.stage.report().counts().duplicateFills());
        assertEquals(
                Scene.WALLET_E8 - 80, harness.stage.report().wallets().get(0).oursE8());
    }

    @Test
    void shouldTakeTheFeeOfAFillThatTheLiteEventToldFirst() {
        long key = scene.enter();
        Harness.Order order = working(key);
        Harness.Order lite = scene.order(key, 900, VenueStatus.NEW);
        lite.lastLots = 10;
        lite.lastTicks = 10_001;
        lite.tradeId = 77;
        harness.notice(0, lite, ReportSource.STREAM);
        assertEquals(OrderState.FILLED, harness.state(key));
        assertEquals(0, harness.order(key).feeE8());
        order.price = 10_001;
        order.feeE8 = 25;
        scene.fill(order, 77, 10);
        assertEquals(25, harness.order(key).feeE8());
        assertEquals(BigInteger.valueOf(100_010), harness.order(key).cost());
    }

    @Test
    void shouldKeepACostThatNoLongHolds() {
        long key = scene.enter();
        Harness.Order order = working(key);
        order.qty = 1L << 40;
        order.price = 1L << 30;
        scene.fill(order, 1, 1L << 39);
        scene.fill(order, 2, 1L << 39);
        assertEquals(BigInteger.ONE.shiftLeft(70), harness.order(key).cost());
    }

    @Test
    void shouldQueryAnUnknownOrderUntilItIsFound() {
        long key = scene.enter();
        byte[] place = place();
        scene.outcome(place, CommandOutcomeCode.SENT);
        scene.outcome(place, CommandOutcomeCode.UNKNOWN);
        assertEquals(OrderState.UNKNOWN, harness.state(key));
        assertTrue((harness.stage.reasons() & HaltReasons.ORDER_UNKNOWN) != 0);
        scene.pass(300);
        scene.fail(scene.command(QueryOrderDecoder.TEMPLATE_ID), -2013);
        scene.pass(600);
        byte[] query = scene.command(QueryOrderDecoder.TEMPLATE_ID);
        assertFalse(scene.hasCommand(PlaceOrderDecoder.TEMPLATE_ID));
        scene.answer(query, scene.order(key, 900, VenueStatus.NEW), ReportSource.QUERY);
        assertEquals(OrderState.WORKING, harness.state(key));
        assertEquals(0, harness.stage.reasons());
    }

    @Test
    void shouldBelieveThatAnOrderIsNotThereOnlyBeyondTheWindowAndMoreThanOnce() {
        long key = scene.enter();
        scene.outcome(place(), CommandOutcomeCode.UNKNOWN);
        long unknownNs = harness.nowNs;
        int queries = 0;
        while (harness.state(key) == OrderState.UNKNOWN && queries < 50) {
            scene.pass(50);
            if (scene.hasCommand(QueryOrderDecoder.TEMPLATE_ID)) {
                scene.fail(scene.command(QueryOrderDecoder.TEMPLATE_ID), -2013);
                queries++;
            }
        }
        assertEquals(OrderState.REJECTED, harness.state(key));
        OrderSettings.Times times = OrderSettings.Times.defaults();
        assertTrue(harness.nowNs - unknownNs > times.receiveWindowNs() + times.graceNs());
        assertTrue(queries >= 5, queries + " queries");
        assertFalse(scene.hasCommand(PlaceOrderDecoder.TEMPLATE_ID), "never sent again");
    }

    @Test
    void shouldTakeADuplicateNameAsProofThatTheOrderIsThere() {
        long key = scene.enter();
        scene.fail(place(), -4116);
        assertEquals(OrderState.UNKNOWN, harness.state(key));
        scene.pass(20);
        byte[] query = scene.command(QueryOrderDecoder.TEMPLATE_ID);
        scene.answer(query, scene.order(key, 900, VenueStatus.NEW), ReportSource.QUERY);
        assertEquals(OrderState.WORKING, harness.state(key));
    }

    @Test
    void shouldCountAnOverdueAnswerAsUnknown() {
        long key = scene.enter();
        place();
        scene.pass(12_100);
        assertEquals(OrderState.UNKNOWN, harness.state(key));
        scene.command(QueryOrderDecoder.TEMPLATE_ID);
    }

    @Test
    void shouldNotTryAnEntryAgain() {
        long refused = scene.enter();
        scene.outcome(place(), CommandOutcomeCode.REFUSED);
        assertEquals(OrderState.UNSENT, harness.state(refused));
        long throttled = scene.enter();
        scene.fail(place(), -1008);
        assertEquals(OrderState.REJECTED, harness.state(throttled));
        scene.pass(1_000);
        assertFalse(scene.hasCommand(PlaceOrderDecoder.TEMPLATE_ID));
        assertEquals(0, harness.stage.reasons());
    }

    @Test
    void shouldHaltForPermissionAndReduceOnlyForTheAccountUntilResumed() {
        scene.enter();
        scene.fail(place(), -2015);
        assertEquals(HaltReasons.PERMISSION, harness.stage.reasons());
        scene.enter();
        assertEquals(RefusalReason.HALTED, scene.lastRefusal());
        harness.operator(OperatorAction.RESUME_ENTRIES);
        scene.enter();
        scene.fail(place(), -2019);
        assertEquals(HaltReasons.REDUCE_ONLY, harness.stage.reasons());
        assertEquals(2, harness.stage.report().counts().alarms());
    }

    @Test
    void shouldNotTakeAPostOnlyRejectForAFault() {
        long key = scene.enter();
        scene.fail(place(), -5022);
        assertEquals(OrderState.REJECTED, harness.state(key));
        assertEquals(0, harness.stage.reasons());
        assertEquals(0, harness.stage.report().counts().alarms());
    }

    @Test
    void shouldJournalAndCountContradictionsAndChangeNothing() {
        long key = scene.enter();
        scene.outcome(place(), CommandOutcomeCode.EXPIRED_UNSENT);
        harness.report(0, scene.order(key, 900, VenueStatus.CANCELED));
        assertEquals(OrderState.UNSENT, harness.state(key));
        assertEquals(1, harness.stage.report().counts().illegal());
    }

    @Test
    void shouldCancelWhenTheOrderIsKnownToBeThere() {
        Harness.Intent intent = new Harness.Intent();
        long key = scene.enter(intent);
        byte[] place = place();
        intent.action = IntentAction.CANCEL;
        harness.want(intent);
        harness.tick();
        scene.pass(100);
        assertFalse(scene.hasCommand(CancelOrderDecoder.TEMPLATE_ID), "the place may be behind it");
        Harness.Order order = scene.order(key, 900, VenueStatus.NEW);
        scene.answer(place, order, ReportSource.ANSWER);
        byte[] first = scene.command(CancelOrderDecoder.TEMPLATE_ID);
        scene.fail(first, -1008);
        scene.pass(500);
        byte[] second = scene.command(CancelOrderDecoder.TEMPLATE_ID);
        scene.outcome(second, CommandOutcomeCode.UNKNOWN);
        scene.pass(300);
        byte[] query = scene.command(QueryOrderDecoder.TEMPLATE_ID);
        scene.answer(query, order, ReportSource.QUERY);
        scene.pass(20);
        byte[] third = scene.command(CancelOrderDecoder.TEMPLATE_ID);
        order.status = VenueStatus.CANCELED;
        scene.answer(third, order, ReportSource.ANSWER);
        assertEquals(OrderState.CANCELLED, harness.state(key));
    }

    @Test
    void shouldAmendOneAtATimeAndTakeTheVenuesNumbers() {
        Harness.Intent intent = new Harness.Intent();
        long key = scene.enter(intent);
        Harness.Order order = working(key);
        intent.action = IntentAction.AMEND;
        intent.price = 9_990;
        intent.qty = 12;
        harness.want(intent);
        harness.tick();
        byte[] amend = scene.command(AmendOrderDecoder.TEMPLATE_ID);
        harness.want(intent);
        harness.tick();
        assertEquals(RefusalReason.WRONG_STATE, scene.lastRefusal());
        assertEquals(10_000, harness.order(key).priceTicks(), "not before the venue says so");
        order.price = 9_990;
        order.qty = 12;
        scene.answer(amend, order, ReportSource.ANSWER);
        assertEquals(9_990, harness.order(key).priceTicks());
        assertEquals(12, harness.order(key).qtyLots());
    }

    @Test
    void shouldHoldEntriesAtTheCapsAndLetReducingOrdersThrough() {
        Harness.Intent large = new Harness.Intent();
        large.qty = 1_001;
        scene.enter(large);
        assertEquals(RefusalReason.ORDER_CAP, scene.lastRefusal());
        large.qty = 1_000;
        scene.enter(large);
        scene.enter(large);
        assertEquals(2, harness.count(PlaceOrderDecoder.TEMPLATE_ID));
        large.qty = 1;
        scene.enter(large);
        assertEquals(RefusalReason.TOTAL_CAP, scene.lastRefusal());
        scene.fail(place(), -5022);
        scene.enter(large);
        large.qty = 2;
        scene.enter(large);
        large.qty = 3;
        scene.enter(large);
        assertEquals(RefusalReason.OPEN_CAP, scene.lastRefusal());
        Harness.Intent exit = new Harness.Intent();
        exit.key = ClientOrderId.key(1, 7, ClientOrderId.EXIT, 1);
        exit.side = Side.SELL;
        exit.type = OrderType.MARKET;
        exit.qty = 40_000;
        harness.want(exit);
        harness.tick();
        assertEquals(RefusalReason.NOT_REDUCING, scene.lastRefusal());
        exit.isReduceOnly = true;
        harness.want(exit);
        harness.tick();
        assertEquals(OrderState.INTENT, harness.state(exit.key));
    }

    @Test
    void shouldRefuseWhatNoVenueWouldTake() {
        Harness.Intent intent = new Harness.Intent();
        intent.qty = 0;
        scene.enter(intent);
        assertEquals(RefusalReason.BAD_QUANTITY, scene.lastRefusal());
        intent.qty = 1;
        intent.price = 0;
        scene.enter(intent);
        assertEquals(RefusalReason.BAD_PRICE, scene.lastRefusal());
        intent.price = 10;
        intent.instrumentId = 5;
        scene.enter(intent);
        assertEquals(RefusalReason.NO_INSTRUMENT, scene.lastRefusal());
        intent.instrumentId = 0;
        scene.enter(intent);
        harness.want(intent);
        harness.tick();
        assertEquals(RefusalReason.DUPLICATE_KEY, scene.lastRefusal());
        assertEquals(4, harness.stage.report().counts().refused());
    }

    @Test
    void shouldRefuseEntriesWhenTheStoreIsFullOfWhatIsNeeded() {
        Scene small = Scene.ready(Scene.settings()
                .withCapacity(16)
                .with(new OrderSettings.Limits(Long.MAX_VALUE / 8, Long.MAX_VALUE / 8, 100)));
        for (int i = 0; i < 17; i++) {
            small.enter();
        }
        assertEquals(RefusalReason.NO_ROOM, small.lastRefusal());
        small.fail(small.command(PlaceOrderDecoder.TEMPLATE_ID), -5022);
        long key = small.enter();
        assertEquals(OrderState.INTENT, small.harness.state(key), "a finished order makes room");
    }

    @Test
    void shouldProtectNothingWithoutBeingAsked() {
        long key = scene.enter();
        scene.fill(working(key), 1, 10);
        scene.pass(100);
        assertFalse(scene.hasCommand(PlaceAlgoDecoder.TEMPLATE_ID));
    }
}
