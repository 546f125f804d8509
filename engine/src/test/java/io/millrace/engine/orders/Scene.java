package io.millrace.engine.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.millrace.codecs.event.AccountSettingsEncoder;
import io.millrace.codecs.event.AuditDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.IntentRefusedDecoder;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.RefusalReason;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.ClientOrderId;
import org.agrona.concurrent.UnsafeBuffer;

/** A risk stage that is ready to trade, and a venue played by hand: audits answer themselves, all else the test says. */
final class Scene {
    static final long WALLET_E8 = 1_000_000_000_000L;

    final Harness harness;
    final long[] lots = new long[2];
    /** Rows that audits have besides: orders that are open at the venue. */
    Runnable rows = () -> {};

    byte[] lastAudit;
    private int number;

    Scene(OrderSettings settings) {
        harness = new Harness(settings);
        harness.runStarted(1);
        harness.define(0, "BTCUSDT");
        harness.define(1, "ETHUSDT");
    }

    static OrderSettings settings() {
        return OrderSettings.defaults()
                .enabled()
                .withCapacity(64)
                .with(new OrderSettings.Limits(1_000_00000000L, 2_000_00000000L, 3));
    }

    static Scene ready(OrderSettings settings) {
        Scene scene = new Scene(settings);
        scene.harness.privateStatus(PrivateState.UP);
        scene.pass(100);
        assertEquals(0, scene.harness.stage.reasons());
        return scene;
    }

    static Scene ready() {
        return ready(settings());
    }

    /** Lets time pass; audits are answered. */
    void pass(long ms) {
        for (long i = 0; i < ms; i += 10) {
            harness.pass(10);
            answerAudits();
        }
    }

    void answerAudits() {
        for (byte[] command : harness.commands.toArray(new byte[0][])) {
            UnsafeBuffer buffer = new UnsafeBuffer(command);
            if (EventHeader.templateId(buffer, 0) == AuditDecoder.TEMPLATE_ID) {
                harness.commands.remove(command);
                lastAudit = command;
                AuditDecoder audit = new AuditDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
                if (!audit.kinds().trades()) {
                    rows.run();
                    harness.account(audit.commandId(), WALLET_E8, 0, lots);
                }
                harness.auditDone(command, harness.nowNs);
            }
        }
    }

    /** Wants an entry and returns its key. */
    long enter(Harness.Intent intent) {
        intent.key = ClientOrderId.key(1, 7, ClientOrderId.ENTRY, ++number);
        harness.want(intent);
        harness.tick();
        return intent.key;
    }

    long enter() {
        return enter(new Harness.Intent());
    }

    /** Takes the next command, which has to be of a template. */
    byte[] command(int templateId) {
        for (byte[] command : harness.commands.toArray(new byte[0][])) {
            if (EventHeader.templateId(new UnsafeBuffer(command), 0) == templateId) {
                harness.commands.remove(command);
                return command;
            }
        }
        assertNotNull(null, "no command of template " + templateId);
        return new byte[0];
    }

    boolean hasCommand(int templateId) {
        return harness.commands.stream()
                .anyMatch(command -> EventHeader.templateId(new UnsafeBuffer(command), 0) == templateId);
    }

    static long id(byte[] command) {
        return new UnsafeBuffer(command).getLong(48);
    }

    void fail(byte[] command, int venueCode) {
        OutcomeReason reason = venueCode == -2013 ? OutcomeReason.NOT_FOUND : OutcomeReason.VENUE_ERROR;
        harness.outcome(command, CommandOutcomeCode.FAILED, reason, venueCode);
    }

    void outcome(byte[] command, CommandOutcomeCode code) {
        harness.outcome(command, code, OutcomeReason.NONE, 0);
    }

    Harness.Order order(long key, long venueId, VenueStatus status) {
        Harness.Order order = new Harness.Order();
        order.key = key;
        order.tag = harness.stage.report().clientTag();
        order.venueId = venueId;
        order.qty = 10;
        order.price = 10_000;
        order.status = status;
        return order;
    }

    /** The venue answers a command with the order. */
    void answer(byte[] command, Harness.Order order, ReportSource source) {
        order.commandId = id(command);
        order.source = source;
        harness.report(0, order);
        order.commandId = 0;
        order.source = ReportSource.STREAM;
    }

    /** A fill as the stream tells it. */
    void fill(Harness.Order order, long tradeId, long fillLots) {
        order.filled += fillLots;
        order.status = order.filled == order.qty ? VenueStatus.FILLED : VenueStatus.PARTIALLY_FILLED;
        order.lastLots = fillLots;
        order.lastTicks = order.price;
        order.tradeId = tradeId;
        lots[0] += order.side == Side.BUY ? fillLots : -fillLots;
        harness.report(0, order);
    }

    /** The venue tells what instrument 0 is set to. */
    void set(long commandId, int leverage, MarginType marginType) {
        AccountSettingsEncoder settings = new AccountSettingsEncoder();
        settings.wrapAndApplyHeader(harness.event, 0, harness.frame)
                .commandId(commandId)
                .maxNotionalE8(0)
                .leverage(leverage)
                .marginType(marginType)
                .hedgeMode(BooleanType.NO)
                .multiAssets(BooleanType.NO)
                .canTrade(BooleanType.YES)
                .canWithdraw(BooleanType.NO);
        harness.apply(settings.limit(), 0);
    }

    RefusalReason lastRefusal() {
        RefusalReason reason = null;
        for (byte[] record : harness.records) {
            UnsafeBuffer buffer = new UnsafeBuffer(record);
            if (EventHeader.templateId(buffer, 0) == IntentRefusedDecoder.TEMPLATE_ID) {
                reason = new IntentRefusedDecoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder())
                        .reason();
            }
        }
        return reason;
    }
}
