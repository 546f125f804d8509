package io.millrace.engine.orders;

import io.millrace.codecs.event.AccountReportDecoder;
import io.millrace.codecs.event.AccountSettingsDecoder;
import io.millrace.codecs.event.AlgoReportDecoder;
import io.millrace.codecs.event.AuditDoneDecoder;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.FillNoticeDecoder;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.LinkStatusDecoder;
import io.millrace.codecs.event.MarginCallDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandDecoder;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.PrivateStatusDecoder;
import io.millrace.codecs.event.RunStartedDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.memory.Hashing;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.engine.risk.TradingStateStage;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * The risk stage: the trading state, and with an account orders, positions and balances beside it. Without an account it is
 * the trading state alone.
 *
 * <p>View: as {@link TradingStateStage}, its reasons together with those that orders and account give.
 *
 * <p><b>Thread:</b> the risk agent; {@link #report} after it has ended. <b>Allocation:</b> none in steady state, orders
 * included.
 */
public final class RiskStage implements Stage {
    /** Room for the commands and records of one event; what does not fit waits for the next. */
    private static final int COMMANDS_LENGTH = 2_624;

    private static final long NO_SEQUENCE = -1;
    private static final int RUN_REASONS =
            HaltReasons.NOT_RECONCILED | HaltReasons.ACCOUNT_STALE | HaltReasons.ORDER_UNKNOWN | HaltReasons.LINK_DOWN;

    private final TradingStateStage trading = new TradingStateStage();
    private final boolean isEnabled;
    private final Desk desk;
    private final Reconciler reconciler;
    private final Setups setups;
    private final Account account;
    private final Reports reports;
    private final Outcomes outcomes;
    private final Sender sender;
    private final Intents intents;
    private final Rehearsal rehearsal;
    private final Protection protection;
    private final Countdowns countdowns;
    private final OrderTimers timers;
    private final GridChange grids;
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final RunStartedDecoder runStarted = new RunStartedDecoder();
    /** Event whose writes the memory can still take back. */
    private long openSequence = NO_SEQUENCE;

    private final OperatorCommandDecoder operator = new OperatorCommandDecoder();
    private final AuditDoneDecoder auditDone = new AuditDoneDecoder();
    private volatile int shownReasons = HaltReasons.NOT_STARTED;
    private volatile boolean isWoundUp;

    /**
     * Makes the stage.
     *
     * @param settings of orders; see {@link OrderSettings#isEnabled}.
     */
    public RiskStage(OrderSettings settings) {
        isEnabled = settings.isEnabled();
        desk = new Desk(isEnabled ? settings : settings.withCapacity(16), Reconciler.WORDS);
        reconciler = new Reconciler(desk);
        setups = new Setups(desk);
        account = new Account(desk, reconciler, setups);
        FillBook fill = new FillBook(desk);
        reports = new Reports(desk, fill, reconciler);
        countdowns = new Countdowns(desk);
        outcomes = new Outcomes(desk, reconciler, countdowns, setups);
        sender = new Sender(desk);
        intents = new Intents(desk, sender, setups);
        rehearsal = new Rehearsal(desk, intents, COMMANDS_LENGTH);
        protection = new Protection(desk, sender);
        timers = new OrderTimers(desk, outcomes, reconciler, protection, sender);
        grids = new GridChange(desk, reconciler);
    }

    @Override
    public int id() {
        return StageIds.RISK;
    }

    @Override
    public int viewLength() {
        return TradingStateStage.VIEW_LENGTH;
    }

    @Override
    public int commandsLength() {
        return isEnabled ? COMMANDS_LENGTH : 0;
    }

    @Override
    public void onEvent(SlotContext slot) {
        if (!isEnabled) {
            trading.onEvent(slot);
            return;
        }
        desk.memory.commit();
        openSequence = slot.sequence();
        // Orders first: should they throw, the trading state must not have seen the event.
        desk.moveTo(slot);
        int standing = trading.reasons() | trading.upstreamFaults(slot) | ordersReasons();
        apply(slot);
        intents.read(standing);
        if (slot.commandCount() > 0) {
            rehearsal.remember(slot);
        }
        timers.sweep();
        protection.sweep();
        reconciler.work();
        countdowns.work();
        trading.onEvent(slot);
        judge();
        conclude(slot);
    }

    @Override
    public void onSkip(SlotContext slot) {
        if (!isEnabled) {
            trading.onSkip(slot);
            return;
        }
        if (openSequence == slot.sequence()) {
            desk.memory.rollback();
        }
        desk.memory.commit();
        openSequence = NO_SEQUENCE;
        desk.moveTo(slot);
        trading.onSkip(slot);
        // Whatever the event told is not known now.
        reconciler.restart(false);
        judge();
        conclude(slot);
    }

    @Override
    public boolean rehearse() {
        if (!isEnabled) {
            return false;
        }
        // What the last event wrote is final now.
        openSequence = NO_SEQUENCE;
        return rehearsal.run(reasons());
    }

    private void conclude(SlotContext slot) {
        slot.regionBuffer().putInt(slot.viewOffset() + TradingStateStage.REASONS_OFFSET, reasons());
        slot.digest(Hashing.mix(trading.digest(), desk.memory.hash()));
    }

    @Override
    public long stateHash() {
        return isEnabled ? Hashing.mix(trading.stateHash(), desk.memory.hash()) : trading.stateHash();
    }

    /** Returns why entries are not allowed, bits of {@link HaltReasons}; for the agent's thread or after it has ended. */
    public int reasons() {
        return trading.reasons() | (isEnabled ? ordersReasons() : 0);
    }

    /** Returns why entries are not allowed, a moment ago; for display, any thread may ask. Needs an account. */
    public int shownReasons() {
        return shownReasons;
    }

    /**
     * Returns whether everything that an operator's STOP ends has ended: entries and exits, and where the policy says so stops
     * and positions too; any thread may ask.
     */
    public boolean isWoundUp() {
        return isWoundUp;
    }

    /** Returns what orders, positions and wallets are; for the agent's thread or after it has ended. */
    public OrdersReport report() {
        return OrdersReport.of(desk, reasons(), countdowns.coverage());
    }

    private int ordersReasons() {
        return (int) desk.get(Desk.REASONS);
    }

    private void apply(SlotContext slot) {
        DirectBuffer buffer = slot.buffer();
        int offset = slot.offset();
        switch (slot.templateId()) {
            case OrderReportDecoder.TEMPLATE_ID, FillNoticeDecoder.TEMPLATE_ID, AlgoReportDecoder.TEMPLATE_ID ->
                onOrder(slot.templateId(), buffer, offset);
            case CommandOutcomeDecoder.TEMPLATE_ID -> outcomes.onOutcome(buffer, offset);
            case AccountReportDecoder.TEMPLATE_ID -> account.onReport(buffer, offset);
            case AccountSettingsDecoder.TEMPLATE_ID -> account.onSettings(buffer, offset);
            case MarginCallDecoder.TEMPLATE_ID -> account.onMarginCall();
            case PrivateStatusDecoder.TEMPLATE_ID -> account.onPrivateStatus(buffer, offset);
            case LinkStatusDecoder.TEMPLATE_ID -> account.onLinkStatus(buffer, offset);
            case AuditDoneDecoder.TEMPLATE_ID -> onAuditDone(buffer, offset);
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> grids.define(buffer, offset);
            case RunStartedDecoder.TEMPLATE_ID -> onRunStarted(buffer, offset);
            case OperatorCommandDecoder.TEMPLATE_ID -> onOperator(buffer, offset);
            default -> {
                // Market data and ticks move the time only.
            }
        }
    }

    private void onOrder(int templateId, DirectBuffer buffer, int offset) {
        if (grids.isOfOtherGrid(buffer, offset)) {
            return;
        }
        if (templateId == OrderReportDecoder.TEMPLATE_ID) {
            reports.onOrderReport(buffer, offset);
        } else if (templateId == FillNoticeDecoder.TEMPLATE_ID) {
            reports.onFillNotice(buffer, offset);
        } else {
            reports.onAlgoReport(buffer, offset);
        }
    }

    private void onAuditDone(DirectBuffer buffer, int offset) {
        auditDone.wrapAndApplyHeader(buffer, offset, frame);
        reconciler.onDone(auditDone.commandId(), auditDone.sentNs());
    }

    private void onRunStarted(DirectBuffer buffer, int offset) {
        runStarted.wrapAndApplyHeader(buffer, offset, frame);
        if (desk.get(Desk.TAG) == 0) {
            long firstRunNs = EventHeader.ingressNs(buffer, offset);
            desk.set(Desk.TAG, ClientOrderId.tagOf(firstRunNs));
            desk.set(Desk.FIRST_RUN_MS, TimeUnit.NANOSECONDS.toMillis(firstRunNs));
        }
        desk.set(Desk.EPOCH, Math.min(runStarted.runEpoch(), ClientOrderId.MAX_EPOCH));
        desk.set(Desk.LAST_NUMBER, 0);
        desk.set(Desk.PRIVATE_UP, 0);
        desk.set(Desk.LINK, 0);
        desk.set(Desk.CLOSING, 0);
        isWoundUp = false;
        desk.reason(HaltReasons.CLOSING, false);
        timers.restart();
        countdowns.restart();
        setups.restart();
        reconciler.restart(true);
    }

    private void onOperator(DirectBuffer buffer, int offset) {
        operator.wrapAndApplyHeader(buffer, offset, frame);
        OperatorAction action = operator.action();
        switch (action) {
            case RESUME_ENTRIES -> {
                desk.reason(HaltReasons.PERMISSION | HaltReasons.REDUCE_ONLY | HaltReasons.DIFFERENCE, false);
                reconciler.soon(0);
            }
            case CANCEL_ENTRIES -> protection.cancelEntries();
            case FLATTEN -> {
                protection.cancelEntries();
                protection.flattenAll();
            }
            case STOP -> {
                desk.set(Desk.CLOSING, 1);
                desk.reason(HaltReasons.CLOSING, true);
                protection.cancelEntries();
                if (desk.settings.policy().isFlattenedOnStop()) {
                    protection.flattenAll();
                }
            }
            case RECONCILE -> reconciler.soon(0);
            default -> {
                // Others concern other stages, or the trading state alone.
            }
        }
    }

    /** The picture is right, and since it is every position was seen covered by stops that the venue has. */
    private boolean isReady() {
        if (!reconciler.isReconciled()) {
            return false;
        }
        if (reconciler.get(Reconciler.SEEN_COVERED) == 0 && protection.isCovered()) {
            reconciler.set(Reconciler.SEEN_COVERED, 1);
        }
        return reconciler.get(Reconciler.SEEN_COVERED) != 0;
    }

    /** Finds out what stands against entries now, and says so if that changed. */
    private void judge() {
        int now = ordersReasons() & ~RUN_REASONS;
        now |= isReady() ? 0 : HaltReasons.NOT_RECONCILED;
        now |= desk.get(Desk.PRIVATE_UP) == 0 || reconciler.isStale() ? HaltReasons.ACCOUNT_STALE : 0;
        now |= desk.store.unknown() > 0 ? HaltReasons.ORDER_UNKNOWN : 0;
        now |= account.isLinkUp() ? 0 : HaltReasons.LINK_DOWN;
        desk.set(Desk.REASONS, now);
        int all = reasons();
        if (all != shownReasons) {
            shownReasons = all;
        }
        if (desk.get(Desk.CLOSING) != 0 && !isWoundUp) {
            isWoundUp = protection.isWoundUp();
        }
        int told = (int) desk.get(Desk.TOLD_REASONS);
        if (all != told) {
            desk.wire.records().trading(told, all);
            desk.set(Desk.TOLD_REASONS, all);
        }
    }
}
