package io.millrace.engine.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.ArmCountdownDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.CancelAlgoDecoder;
import io.millrace.codecs.event.CancelOrderDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.risk.HaltReasons;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Stops, exits, shutdown and the dead man's switch. */
class ProtectionTest {
    private Scene scene = Scene.ready();
    private Harness harness = scene.harness;
    private Harness.Order entry;

    /** An entry with a stop 50 ticks away and an exit after 10 s is filled. */
    private long fillEntry(long lots) {
        Harness.Intent intent = new Harness.Intent();
        intent.stop = 50;
        intent.exitAfterNs = 10_000 * Harness.MS;
        long key = scene.enter(intent);
        byte[] place = scene.command(PlaceOrderDecoder.TEMPLATE_ID);
        entry = scene.order(key, 900, VenueStatus.NEW);
        scene.answer(place, entry, ReportSource.ANSWER);
        scene.fill(entry, 1, lots);
        return key;
    }

    private static PlaceAlgoDecoder stopOf(byte[] command) {
        return new PlaceAlgoDecoder().wrapAndApplyHeader(new UnsafeBuffer(command), 0, new MessageHeaderDecoder());
    }

    private static PlaceOrderDecoder orderOf(byte[] command) {
        return new PlaceOrderDecoder().wrapAndApplyHeader(new UnsafeBuffer(command), 0, new MessageHeaderDecoder());
    }

    private Harness.Algo accept(byte[] command, long algoId) {
        PlaceAlgoDecoder placed = stopOf(command);
        Harness.Algo algo = new Harness.Algo();
        algo.algoId = algoId;
        algo.key = placed.clientKey();
        algo.tag = placed.clientTag();
        algo.qty = placed.qtyLots();
        algo.trigger = placed.triggerTicks();
        algo.side = placed.side();
        algo.commandId = placed.commandId();
        algo.source = ReportSource.ANSWER;
        harness.report(0, algo);
        algo.commandId = 0;
        algo.source = ReportSource.STREAM;
        return algo;
    }

    private OrdersReport.Position position() {
        return harness.stage.report().positions().get(0);
    }

    @Test
    void shouldCoverEachFillWithAStop() {
        fillEntry(4);
        byte[] first = scene.command(PlaceAlgoDecoder.TEMPLATE_ID);
        PlaceAlgoDecoder stop = stopOf(first);
        assertEquals(9_950, stop.triggerTicks());
        assertEquals(4, stop.qtyLots());
        assertEquals(Side.SELL, stop.side());
        assertEquals(OrderType.STOP_MARKET, stop.orderType());
        assertEquals(BooleanType.YES, stop.reduceOnly());
        scene.fill(entry, 2, 6);
        assertFalse(scene.hasCommand(PlaceAlgoDecoder.TEMPLATE_ID), "one at a time");
        assertEquals(0, position().stopLots(), "an order that is under way protects nothing");
        accept(first, 700);
        byte[] second = scene.command(PlaceAlgoDecoder.TEMPLATE_ID);
        assertEquals(6, stopOf(second).qtyLots());
        accept(second, 701);
        assertEquals(10, position().stopLots());
    }

    @Test
    void shouldTryAStopAgainThatCameToNothing() {
        fillEntry(10);
        long key = stopOf(scene.command(PlaceAlgoDecoder.TEMPLATE_ID)).clientKey();
        byte[] again = harness.records.get(0);
        for (int attempt = 0; attempt < 3; attempt++) {
            byte[] last = attempt == 0 ? lastPlaced() : again;
            scene.fail(last, -1008);
            scene.pass(3_000);
            again = scene.command(PlaceAlgoDecoder.TEMPLATE_ID);
            assertEquals(key, stopOf(again).clientKey(), "under the same name");
        }
        accept(again, 700);
        assertEquals(10, position().stopLots());
    }

    private byte[] lastPlaced() {
        byte[] last = null;
        for (byte[] record : harness.records) {
            if (io.millrace.codecs.message.EventHeader.templateId(new UnsafeBuffer(record), 0)
                    == PlaceAlgoDecoder.TEMPLATE_ID) {
                last = record;
            }
        }
        return last;
    }

    @Test
    void shouldLeaveAPositionForWhichTheVenueTakesNoStop() {
        fillEntry(10);
        scene.fail(scene.command(PlaceAlgoDecoder.TEMPLATE_ID), -2021);
        scene.pass(20);
        PlaceOrderDecoder out = orderOf(scene.command(PlaceOrderDecoder.TEMPLATE_ID));
        assertEquals(OrderType.MARKET, out.orderType());
        assertEquals(Side.SELL, out.side());
        assertEquals(10, out.qtyLots());
        assertEquals(BooleanType.YES, out.reduceOnly());
        assertEquals(ClientOrderId.FLATTEN, ClientOrderId.role(out.clientKey()));
    }

    @Test
    void shouldLeaveAfterTheTimeAndRemoveTheStopThen() {
        fillEntry(10);
        accept(scene.command(PlaceAlgoDecoder.TEMPLATE_ID), 700);
        scene.rows = () -> {};
        harness.commands.clear();
        scene.pass(9_900);
        assertFalse(scene.hasCommand(PlaceOrderDecoder.TEMPLATE_ID));
        scene.pass(200);
        byte[] out = scene.command(PlaceOrderDecoder.TEMPLATE_ID);
        assertEquals(ClientOrderId.EXIT, ClientOrderId.role(orderOf(out).clientKey()));
        Harness.Order exit = scene.order(orderOf(out).clientKey(), 901, VenueStatus.NEW);
        exit.side = Side.SELL;
        scene.answer(out, exit, ReportSource.ANSWER);
        scene.fill(exit, 9, 10);
        assertEquals(0, position().lots());
        scene.pass(20);
        scene.command(CancelAlgoDecoder.TEMPLATE_ID);
    }

    @Test
    void shouldFollowAStopThatTriggersToItsChild() {
        fillEntry(10);
        Harness.Algo stop = accept(scene.command(PlaceAlgoDecoder.TEMPLATE_ID), 700);
        stop.status = AlgoStatus.TRIGGERED;
        stop.childId = 950;
        harness.report(0, stop);
        assertEquals(OrderState.TRIGGERED, harness.state(stop.key));
        Harness.Order child = scene.order(0, 950, VenueStatus.NEW);
        child.tag = 0;
        child.side = Side.SELL;
        child.price = 9_940;
        harness.report(0, child);
        assertEquals(OrderState.TRIGGERED, harness.state(stop.key));
        scene.fill(child, 5, 10);
        assertEquals(OrderState.FILLED, harness.state(stop.key), "by the child's id, whatever name it bears");
        stop.status = AlgoStatus.FINISHED;
        stop.filled = 10;
        harness.report(0, stop);
        assertEquals(0, position().lots());
        assertEquals(0, harness.stage.report().counts().illegal());
    }

    @Test
    void shouldAskForAStopThatStaysTriggering() {
        fillEntry(10);
        Harness.Algo stop = accept(scene.command(PlaceAlgoDecoder.TEMPLATE_ID), 700);
        stop.status = AlgoStatus.TRIGGERING;
        harness.report(0, stop);
        scene.pass(1_100);
        scene.command(io.millrace.codecs.event.QueryOrderDecoder.TEMPLATE_ID);
    }

    @Test
    void shouldCancelEntriesAndKeepStopsWhenItIsStopped() {
        fillEntry(4);
        accept(scene.command(PlaceAlgoDecoder.TEMPLATE_ID), 700);
        harness.operator(OperatorAction.STOP);
        scene.command(CancelOrderDecoder.TEMPLATE_ID);
        scene.pass(100);
        assertFalse(scene.hasCommand(CancelAlgoDecoder.TEMPLATE_ID));
        assertTrue((harness.stage.reasons() & HaltReasons.CLOSING) != 0);
    }

    @Test
    void shouldCloseEverythingWhenItIsStoppedAndThePolicySaysSo() {
        OrderSettings.Policy keep = OrderSettings.Policy.defaults();
        scene = Scene.ready(Scene.settings()
                .with(new OrderSettings.Policy(
                        keep.unexpectedOrders(), keep.foreignOrders(), keep.positions(), true, 0)));
        harness = scene.harness;
        fillEntry(4);
        harness.operator(OperatorAction.STOP);
        assertEquals(4, orderOf(scene.command(PlaceOrderDecoder.TEMPLATE_ID)).qtyLots());
        scene.command(CancelOrderDecoder.TEMPLATE_ID);
    }

    @Test
    void shouldArmTheCountdownWhileAnEntryRestsAndDisarmItThen() {
        long key = scene.enter();
        byte[] arm = scene.command(ArmCountdownDecoder.TEMPLATE_ID);
        assertEquals(60_000, countdownMs(arm));
        byte[] place = scene.command(PlaceOrderDecoder.TEMPLATE_ID);
        Harness.Order order = scene.order(key, 900, VenueStatus.NEW);
        scene.answer(place, order, ReportSource.ANSWER);
        assertEquals(0, harness.stage.report().counts().countdownsCovered());
        scene.outcome(arm, CommandOutcomeCode.ANSWERED);
        assertEquals(1, harness.stage.report().counts().countdownsCovered());
        assertEquals(1, harness.stage.report().counts().countdownsWanted());
        scene.rows = () -> {
            order.source = ReportSource.AUDIT;
            order.commandId = Scene.id(scene.lastAudit);
            harness.report(0, order);
        };
        scene.pass(20_100);
        byte[] refresh = scene.command(ArmCountdownDecoder.TEMPLATE_ID);
        scene.outcome(refresh, CommandOutcomeCode.REFUSED);
        scene.pass(1_100);
        scene.outcome(scene.command(ArmCountdownDecoder.TEMPLATE_ID), CommandOutcomeCode.ANSWERED);
        order.commandId = 0;
        order.source = ReportSource.STREAM;
        order.status = VenueStatus.CANCELED;
        harness.report(0, order);
        scene.pass(20_100);
        assertEquals(0, countdownMs(scene.command(ArmCountdownDecoder.TEMPLATE_ID)));
    }

    @Test
    void shouldEnableTradingAfterARestartOnlyWhenThePositionIsCovered() {
        fillEntry(10);
        byte[] stop = scene.command(PlaceAlgoDecoder.TEMPLATE_ID);
        harness.commands.clear();
        harness.runStarted(2);
        scene.outcome(stop, CommandOutcomeCode.EXPIRED_UNSENT);
        harness.privateStatus(PrivateState.UP);
        scene.pass(100);
        assertEquals(HaltReasons.NOT_RECONCILED, harness.stage.reasons());
        accept(scene.command(PlaceAlgoDecoder.TEMPLATE_ID), 700);
        assertEquals(0, harness.stage.reasons());
        assertEquals(10, position().stopLots());
    }

    private static long countdownMs(byte[] command) {
        return new ArmCountdownDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(command), 0, new MessageHeaderDecoder())
                .countdownMs();
    }
}
