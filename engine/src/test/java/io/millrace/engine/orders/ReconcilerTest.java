package io.millrace.engine.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.AuditDecoder;
import io.millrace.codecs.event.CancelAlgoDecoder;
import io.millrace.codecs.event.CancelOrderDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.ConfigureInstrumentDecoder;
import io.millrace.codecs.event.DifferenceAction;
import io.millrace.codecs.event.DifferenceDecoder;
import io.millrace.codecs.event.DifferenceKind;
import io.millrace.codecs.event.LinkState;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.QueryOrderDecoder;
import io.millrace.codecs.event.RefusalReason;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.orders.OrderSettings.Choice;
import io.millrace.engine.risk.HaltReasons;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The order of a start, what is stale, and what becomes of differences. */
class ReconcilerTest {
    private static OrderSettings with(Choice unexpected, Choice foreign, Choice positions) {
        return Scene.settings().with(new OrderSettings.Policy(unexpected, foreign, positions, false, 0));
    }

    private static List<String> differences(Harness harness) {
        List<String> all = new ArrayList<>();
        for (byte[] record : harness.records) {
            UnsafeBuffer buffer = new UnsafeBuffer(record);
            if (EventHeader.templateId(buffer, 0) == DifferenceDecoder.TEMPLATE_ID) {
                DifferenceDecoder d = new DifferenceDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
                all.add(d.kind() + " " + d.action() + " " + d.ours() + " " + d.theirs());
            }
        }
        return all;
    }

    private static String text(DifferenceKind kind, DifferenceAction action, long ours, long theirs) {
        return kind + " " + action + " " + ours + " " + theirs;
    }

    @Test
    void shouldEnableTradingOnlyAfterJournalReconciliationAndStream() {
        Scene scene = new Scene(Scene.settings());
        Harness harness = scene.harness;
        assertEquals(HaltReasons.NOT_RECONCILED | HaltReasons.ACCOUNT_STALE, harness.stage.reasons());
        scene.enter();
        assertEquals(RefusalReason.HALTED, scene.lastRefusal());
        scene.pass(100);
        assertEquals(HaltReasons.ACCOUNT_STALE, harness.stage.reasons(), "reconciled, but no stream");
        harness.privateStatus(PrivateState.UP);
        assertEquals(HaltReasons.NOT_RECONCILED, harness.stage.reasons(), "what came before the stream may be missed");
        scene.pass(50);
        assertEquals(0, harness.stage.reasons());
        scene.enter();
        scene.command(PlaceOrderDecoder.TEMPLATE_ID);
    }

    @Test
    void shouldSoonRepeatARoundWhoseAnswersAreOlderThanTheStream() {
        Scene scene = new Scene(Scene.settings());
        Harness harness = scene.harness;
        long beforeNs = harness.nowNs;
        harness.pass(10);
        harness.commands.clear();
        harness.privateStatus(PrivateState.UP);
        harness.pass(10);
        // Settings may come from an answer that was shared: the round counts from when that was asked for.
        byte[] audit = scene.command(AuditDecoder.TEMPLATE_ID);
        harness.account(Scene.id(audit), Scene.WALLET_E8, 0, scene.lots);
        harness.auditDone(audit, beforeNs);
        scene.pass(1_200);
        assertEquals(0, harness.stage.reasons());
    }

    @Test
    void shouldHoldEntriesWhileStreamOrLinkAreDownOrAuditsFail() {
        Scene scene = Scene.ready();
        Harness harness = scene.harness;
        harness.link(LinkState.DOWN);
        assertEquals(HaltReasons.LINK_DOWN, harness.stage.reasons());
        harness.link(LinkState.SLOW);
        assertEquals(0, harness.stage.reasons());
        harness.privateStatus(PrivateState.KEY_EXPIRED);
        assertEquals(HaltReasons.ACCOUNT_STALE, harness.stage.reasons());
        harness.privateStatus(PrivateState.UP);
        scene.pass(50);
        assertEquals(0, harness.stage.reasons());
        for (int i = 0; i < 15_200; i++) {
            harness.pass(10);
            while (!harness.commands.isEmpty()) {
                scene.fail(harness.commands.remove(), -1001);
            }
        }
        assertEquals(HaltReasons.ACCOUNT_STALE, harness.stage.reasons());
    }

    @Test
    void shouldQueryAnOrderThatTheVenueDoesNotListAndEndItWhenItIsNotFound() {
        Scene scene = Scene.ready();
        long key = scene.enter();
        Harness.Order order = scene.order(key, 900, VenueStatus.NEW);
        scene.answer(scene.command(PlaceOrderDecoder.TEMPLATE_ID), order, ReportSource.ANSWER);
        scene.pass(1_000);
        scene.harness.operator(OperatorAction.RECONCILE);
        scene.pass(50);
        assertEquals(
                List.of(text(DifferenceKind.ORDER_MISSING, DifferenceAction.QUERY, 10, 0)), differences(scene.harness));
        scene.fail(scene.command(QueryOrderDecoder.TEMPLATE_ID), -2013);
        assertEquals(OrderState.ACKNOWLEDGED, scene.harness.state(key));
        scene.pass(600);
        scene.fail(scene.command(QueryOrderDecoder.TEMPLATE_ID), -2013);
        assertEquals(OrderState.EXPIRED, scene.harness.state(key));
    }

    private static void list(Scene scene, Harness.Order order) {
        scene.rows = () -> {
            order.commandId = Scene.id(scene.lastAudit);
            order.source = ReportSource.AUDIT;
            scene.harness.report(0, order);
        };
        scene.harness.operator(OperatorAction.RECONCILE);
        scene.pass(50);
    }

    @Test
    void shouldCancelAnUnexpectedOrderOfOurs() {
        Scene scene = Scene.ready();
        long key = ClientOrderId.key(1, 9, ClientOrderId.ENTRY, 99);
        list(scene, scene.order(key, 940, VenueStatus.NEW));
        assertEquals(OrderState.WORKING, scene.harness.state(key));
        scene.command(CancelOrderDecoder.TEMPLATE_ID);
    }

    @Test
    void shouldTakeInAgainAnOrderThatItHadForUnsent() {
        Scene scene = Scene.ready();
        long key = scene.enter();
        scene.outcome(scene.command(PlaceOrderDecoder.TEMPLATE_ID), CommandOutcomeCode.EXPIRED_UNSENT);
        scene.pass(1_000);
        list(scene, scene.order(key, 940, VenueStatus.NEW));
        assertEquals(OrderState.WORKING, scene.harness.state(key));
        scene.command(CancelOrderDecoder.TEMPLATE_ID);
    }

    @Test
    void shouldDoWithForeignOrdersWhatThePolicySays() {
        for (Choice choice : List.of(Choice.NOTE, Choice.CANCEL, Choice.HALT)) {
            Scene scene = Scene.ready(with(Choice.CANCEL, choice, Choice.ADOPT));
            Harness.Order order = scene.order(0, 940, VenueStatus.NEW);
            order.tag = 0;
            list(scene, order);
            assertEquals(choice == Choice.CANCEL, scene.hasCommand(CancelOrderDecoder.TEMPLATE_ID), choice.name());
            int expected = choice == Choice.HALT ? HaltReasons.DIFFERENCE : 0;
            assertEquals(expected, scene.harness.stage.reasons(), choice.name());
            assertTrue(scene.harness.stage.report().orders().isEmpty(), "never ours");
        }
    }

    @Test
    void shouldCancelAStopWithoutAPosition() {
        Scene scene = Scene.ready();
        Harness.Algo stop = new Harness.Algo();
        stop.algoId = 770;
        stop.key = ClientOrderId.key(1, Desk.ENGINE_STRATEGY, ClientOrderId.STOP, 50);
        stop.tag = scene.harness.stage.report().clientTag();
        stop.qty = 5;
        stop.status = AlgoStatus.NEW;
        scene.rows = () -> {
            stop.commandId = Scene.id(scene.lastAudit);
            stop.source = ReportSource.AUDIT;
            scene.harness.report(0, stop);
        };
        scene.harness.operator(OperatorAction.RECONCILE);
        scene.pass(50);
        scene.command(CancelAlgoDecoder.TEMPLATE_ID);
    }

    @Test
    void shouldAdoptAPositionThatNoFillExplainsAfterASecondLook() {
        Scene scene = Scene.ready();
        scene.lots[0] = 7;
        scene.harness.operator(OperatorAction.RECONCILE);
        scene.pass(50);
        assertNotEquals(7, scene.harness.stage.report().positions().get(0).lots());
        scene.pass(2_000);
        OrdersReport.Position position =
                scene.harness.stage.report().positions().get(0);
        assertEquals(7, position.lots());
        assertEquals(10_000, position.entryTicks());
        assertEquals(
                List.of(
                        text(DifferenceKind.POSITION_FOREIGN, DifferenceAction.RECHECK, 0, 7),
                        text(DifferenceKind.POSITION_FOREIGN, DifferenceAction.ADOPT, 0, 7)),
                differences(scene.harness));
        assertEquals(1, scene.harness.stage.report().counts().adjustments());
        assertEquals(0, position.fills(), "no fill was invented");
    }

    @Test
    void shouldFlattenOrHaltAtAPositionWhereThePolicySaysSo() {
        Scene flat = Scene.ready(with(Choice.CANCEL, Choice.HALT, Choice.FLATTEN));
        flat.lots[0] = -7;
        flat.harness.operator(OperatorAction.RECONCILE);
        flat.pass(2_000);
        flat.command(PlaceOrderDecoder.TEMPLATE_ID);
        Scene halt = Scene.ready(with(Choice.CANCEL, Choice.HALT, Choice.HALT));
        halt.lots[0] = -7;
        halt.harness.operator(OperatorAction.RECONCILE);
        halt.pass(2_000);
        assertEquals(HaltReasons.DIFFERENCE, halt.harness.stage.reasons());
        assertFalse(halt.hasCommand(PlaceOrderDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldAskForTradesWhenAFillIsMissedAndCountThemOnce() {
        Scene scene = Scene.ready();
        long key = scene.enter();
        Harness.Order order = scene.order(key, 900, VenueStatus.NEW);
        scene.answer(scene.command(PlaceOrderDecoder.TEMPLATE_ID), order, ReportSource.ANSWER);
        order.filled = 10;
        order.status = VenueStatus.FILLED;
        scene.lots[0] = 10;
        scene.harness.report(0, order);
        assertEquals(OrderState.FILLED, scene.harness.state(key));
        assertEquals(0, scene.harness.order(key).filledLots());
        scene.harness.pass(1_100);
        Harness.Order row = scene.order(0, 900, VenueStatus.FILLED);
        row.lastLots = 10;
        row.lastTicks = 10_000;
        row.tradeId = 61;
        byte[] audit = scene.command(AuditDecoder.TEMPLATE_ID);
        assertEquals(0, EventHeader.instrumentId(new UnsafeBuffer(audit), 0));
        scene.harness.notice(0, row, ReportSource.AUDIT);
        scene.harness.notice(0, row, ReportSource.AUDIT);
        scene.harness.auditDone(audit, scene.harness.nowNs);
        assertEquals(10, scene.harness.order(key).filledLots());
        assertEquals(10, scene.harness.stage.report().positions().get(0).lots());
        scene.pass(100);
        assertEquals(0, scene.harness.stage.reasons());
    }

    @Test
    void shouldResolveWhatARunLeftOpenAndNameItsOwnOrdersAnew() {
        Scene scene = Scene.ready();
        Harness harness = scene.harness;
        long unsent = scene.enter();
        long sent = scene.enter();
        byte[] first = scene.command(PlaceOrderDecoder.TEMPLATE_ID);
        byte[] second = scene.command(PlaceOrderDecoder.TEMPLATE_ID);
        scene.outcome(second, CommandOutcomeCode.SENT);
        harness.commands.clear();
        int tag = harness.stage.report().clientTag();
        harness.nowNs += 5_000 * Harness.MS;
        harness.runStarted(2);
        assertEquals(tag, harness.stage.report().clientTag(), "one tag for the whole journal");
        assertEquals(OrderState.UNKNOWN, harness.state(unsent));
        assertEquals(OrderState.UNKNOWN, harness.state(sent));
        scene.outcome(first, CommandOutcomeCode.EXPIRED_UNSENT);
        assertEquals(OrderState.UNSENT, harness.state(unsent));
        harness.privateStatus(PrivateState.UP);
        scene.pass(50);
        assertEquals(HaltReasons.ORDER_UNKNOWN, harness.stage.reasons());
        byte[] query = scene.command(QueryOrderDecoder.TEMPLATE_ID);
        scene.answer(query, scene.order(sent, 900, VenueStatus.CANCELED), ReportSource.QUERY);
        assertEquals(OrderState.CANCELLED, harness.state(sent));
        assertEquals(0, harness.stage.reasons());
        scene.enter();
        assertEquals(RefusalReason.HALTED, scene.lastRefusal(), "a name of the last run");
    }

    @Test
    void shouldHoldTheFirstEntryUntilTheInstrumentIsSetAsWanted() {
        Scene scene = Scene.ready(Scene.settings().with(new OrderSettings.Setup(5, MarginType.ISOLATED)));
        scene.enter();
        assertEquals(RefusalReason.NOT_CONFIGURED, scene.lastRefusal());
        byte[] configure = scene.command(ConfigureInstrumentDecoder.TEMPLATE_ID);
        scene.enter();
        assertFalse(scene.hasCommand(ConfigureInstrumentDecoder.TEMPLATE_ID), "one is under way");
        scene.set(Scene.id(configure), 5, MarginType.UNKNOWN);
        scene.enter();
        assertFalse(scene.hasCommand(PlaceOrderDecoder.TEMPLATE_ID));
        scene.set(Scene.id(configure), 0, MarginType.ISOLATED);
        scene.enter();
        scene.command(PlaceOrderDecoder.TEMPLATE_ID);
    }
}
