package io.millrace.engine.orders;

import io.millrace.codecs.event.AlgoReportDecoder;
import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.ErrorClass;
import io.millrace.codecs.event.FillNoticeDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.ClientOrderId;
import org.agrona.DirectBuffer;

/** Takes what the venue tells of orders, whoever brings it: the stream, an answer, a query, an audit. */
final class Reports {
    private final Desk desk;
    private final OrderStore store;
    private final FillBook fill;
    private final Reconciler reconciler;
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final OrderReportDecoder order = new OrderReportDecoder();
    private final AlgoReportDecoder algo = new AlgoReportDecoder();
    private final FillNoticeDecoder notice = new FillNoticeDecoder();

    Reports(Desk desk, FillBook fill, Reconciler reconciler) {
        this.desk = desk;
        this.store = desk.store;
        this.fill = fill;
        this.reconciler = reconciler;
    }

    void onOrderReport(DirectBuffer buffer, int offset) {
        order.wrapAndApplyHeader(buffer, offset, frame);
        int instrumentId = EventHeader.instrumentId(buffer, offset);
        boolean isOurs = order.clientTag() != 0 && order.clientTag() == desk.tag();
        int slot = find(order.commandId(), order.venueOrderId(), isOurs ? order.clientKey() : 0);
        boolean isAudit = order.sourceRaw() == ReportSource.AUDIT.value();
        OrderCause cause = causeOf(order.status(), order.sourceRaw() == ReportSource.ANSWER.value());
        boolean isOpenNow = cause == OrderCause.ANSWERED || cause == OrderCause.OPEN || cause == OrderCause.PART;
        if (isOpenNow && (slot == OrderStore.NONE || isAudit)) {
            slot = reconciler.open(slot, order, isOurs, instrumentId);
        }
        takeFill(instrumentId, slot);
        if (slot == OrderStore.NONE) {
            desk.count(Desk.FOREIGN_REPORTS);
            return;
        }
        boolean isChild = store.is(slot, OrderFields.ALGO);
        store.learnOrderId(slot, order.venueOrderId());
        boolean isNewer = news(slot, EventHeader.transactTimeMs(buffer, offset));
        if (isChild) {
            store.flag(slot, OrderFields.CHILD_LINKED);
        } else if (isNewer && order.qtyLots() > 0) {
            store.set(slot, OrderFields.QTY_LOTS, order.qtyLots());
            store.set(slot, OrderFields.PRICE_TICKS, order.priceTicks());
        }
        answered(slot, order.commandId());
        fill.tell(slot, order.filledLots());
        OrderCause moved = isChild && isOpenNow && cause != OrderCause.PART ? OrderCause.TRIGGERED : cause;
        conclude(slot, moved);
    }

    private void takeFill(int instrumentId, int slot) {
        if (order.lastLots() <= 0 || order.tradeId() <= 0) {
            return;
        }
        fill.instrumentId = instrumentId;
        fill.side = order.sideRaw();
        fill.ticks = order.lastTicks();
        fill.lots = order.lastLots();
        fill.tradeId = order.tradeId();
        fill.feeE8 = order.feeE8();
        fill.feeAsset = order.feeAsset();
        fill.realizedE8 = order.realizedE8();
        fill.isDetailed = true;
        fill.apply(slot);
    }

    void onFillNotice(DirectBuffer buffer, int offset) {
        notice.wrapAndApplyHeader(buffer, offset, frame);
        boolean isOurs = notice.clientTag() != 0 && notice.clientTag() == desk.tag();
        int slot = find(0, notice.venueOrderId(), isOurs ? notice.clientKey() : 0);
        fill.instrumentId = EventHeader.instrumentId(buffer, offset);
        fill.side = notice.sideRaw();
        fill.ticks = notice.lastTicks();
        fill.lots = notice.lastLots();
        fill.tradeId = notice.tradeId();
        fill.feeE8 = notice.feeE8();
        fill.feeAsset = notice.feeAsset();
        fill.realizedE8 = notice.realizedE8();
        fill.isDetailed = notice.sourceRaw() != ReportSource.STREAM.value();
        if (slot != OrderStore.NONE) {
            store.learnOrderId(slot, notice.venueOrderId());
            store.set(slot, OrderFields.NEWS_NS, desk.nowNs);
        }
        fill.apply(slot);
        if (slot == OrderStore.NONE) {
            desk.count(Desk.FOREIGN_REPORTS);
        } else {
            settle(slot);
        }
    }

    void onAlgoReport(DirectBuffer buffer, int offset) {
        algo.wrapAndApplyHeader(buffer, offset, frame);
        int instrumentId = EventHeader.instrumentId(buffer, offset);
        boolean isOurs = algo.clientTag() != 0 && algo.clientTag() == desk.tag();
        int slot = store.ofCommand(algo.commandId());
        if (slot == OrderStore.NONE) {
            slot = store.ofVenueAlgoId(algo.venueAlgoId());
        }
        if (slot == OrderStore.NONE && isOurs) {
            slot = store.ofKey(algo.clientKey());
        }
        AlgoStatus status = algo.status();
        boolean isOpenNow =
                status == AlgoStatus.NEW || status == AlgoStatus.TRIGGERING || status == AlgoStatus.TRIGGERED;
        boolean isAudit = algo.sourceRaw() == ReportSource.AUDIT.value();
        if (isOpenNow && (slot == OrderStore.NONE || isAudit)) {
            slot = reconciler.open(slot, algo, isOurs, instrumentId);
        }
        if (slot == OrderStore.NONE) {
            desk.count(Desk.FOREIGN_REPORTS);
            return;
        }
        store.learnAlgoId(slot, algo.venueAlgoId());
        if (algo.childOrderId() != 0) {
            store.learnOrderId(slot, algo.childOrderId());
            store.flag(slot, OrderFields.CHILD_LINKED);
        }
        news(slot, EventHeader.transactTimeMs(buffer, offset));
        answered(slot, algo.commandId());
        fill.tell(slot, algo.filledLots());
        conclude(slot, causeOf(status, algo.sourceRaw() == ReportSource.ANSWER.value(), slot));
    }

    /** By the venue's id first: a triggered order's child may or may not bear the name of the conditional order. */
    private int find(long commandId, long venueOrderId, long key) {
        int slot = store.ofCommand(commandId);
        if (slot == OrderStore.NONE) {
            slot = store.ofVenueOrderId(venueOrderId);
        }
        return slot == OrderStore.NONE ? store.ofKey(key) : slot;
    }

    private boolean news(int slot, long timeMs) {
        store.set(slot, OrderFields.NEWS_NS, desk.nowNs);
        boolean isNewer = timeMs >= store.get(slot, OrderFields.NEWS_MS);
        if (isNewer) {
            store.set(slot, OrderFields.NEWS_MS, timeMs);
        }
        return isNewer;
    }

    /** The report answers a command, which is no more under way then. */
    private void answered(int slot, long commandId) {
        if (commandId == 0) {
            return;
        }
        if (commandId == store.get(slot, OrderFields.PLACE_COMMAND)) {
            store.command(slot, OrderFields.PLACE_COMMAND, 0);
        } else if (commandId == store.get(slot, OrderFields.CANCEL_COMMAND)) {
            store.command(slot, OrderFields.CANCEL_COMMAND, 0);
            store.timer(slot, OrderFields.CANCEL_AT, 0);
        } else if (commandId == store.get(slot, OrderFields.AMEND_COMMAND)) {
            store.command(slot, OrderFields.AMEND_COMMAND, 0);
        } else if (commandId == store.get(slot, OrderFields.QUERY_COMMAND)) {
            store.command(slot, OrderFields.QUERY_COMMAND, 0);
            store.timer(slot, OrderFields.QUERY_AT, 0);
            store.set(slot, OrderFields.QUERY_ATTEMPTS, 0);
            store.set(slot, OrderFields.NOT_FOUND_COUNT, 0);
        }
    }

    private void conclude(int slot, OrderCause cause) {
        if (cause == null) {
            desk.wire.records().alarm(0, store.get(slot, OrderFields.KEY), 0, 0, ErrorClass.UNKNOWN);
            return;
        }
        OrderState before = store.state(slot);
        boolean isEnd = cause == OrderCause.CANCELLED || cause == OrderCause.EXPIRED || cause == OrderCause.REJECTED;
        // The end of a conditional order is told twice, of itself and of its child, and not in the same words.
        if (!(isEnd && before.isEnd() && store.is(slot, OrderFields.ALGO) && before != OrderState.UNSENT)) {
            desk.move(slot, cause);
        }
        settle(slot);
    }

    /** Brings timers in line with a state that is known again. */
    private void settle(int slot) {
        OrderState state = store.state(slot);
        if (!state.isOpen()) {
            return;
        }
        if (store.get(slot, OrderFields.AMEND_COMMAND) == 0) {
            store.timer(slot, OrderFields.ANSWER_AT, 0);
        }
        store.timer(slot, OrderFields.RETRY_AT, 0);
        if (ClientOrderId.role(store.get(slot, OrderFields.KEY)) == ClientOrderId.STOP) {
            desk.protectSoon((int) store.get(slot, OrderFields.INSTRUMENT));
        }
        if (state == OrderState.TRIGGERING) {
            // One that stays there protects nothing: ask what became of it.
            desk.query(slot, desk.settings.times().graceNs());
        }
        if (store.is(slot, OrderFields.CANCEL_WANTED)) {
            desk.cancel(slot);
        }
    }

    private static OrderCause causeOf(VenueStatus status, boolean isAnswer) {
        return switch (status) {
            case NEW, NEW_INSURANCE, NEW_ADL -> isAnswer ? OrderCause.ANSWERED : OrderCause.OPEN;
            case PARTIALLY_FILLED -> OrderCause.PART;
            case FILLED -> OrderCause.WHOLE;
            case CANCELED -> OrderCause.CANCELLED;
            case EXPIRED, EXPIRED_IN_MATCH -> OrderCause.EXPIRED;
            case REJECTED -> OrderCause.REJECTED;
            default -> null;
        };
    }

    private OrderCause causeOf(AlgoStatus status, boolean isAnswer, int slot) {
        return switch (status) {
            case NEW -> isAnswer ? OrderCause.ANSWERED : OrderCause.OPEN;
            case CANCELED -> OrderCause.CANCELLED;
            case TRIGGERING -> OrderCause.TRIGGERING;
            case TRIGGERED -> OrderCause.TRIGGERED;
            case FINISHED -> isFilled(slot) ? OrderCause.WHOLE : OrderCause.CANCELLED;
            case REJECTED -> OrderCause.REJECTED;
            case EXPIRED -> OrderCause.EXPIRED;
            default -> null;
        };
    }

    private boolean isFilled(int slot) {
        long told = store.get(slot, OrderFields.TOLD_LOTS);
        long qty = store.get(slot, OrderFields.QTY_LOTS);
        return told > 0 && (algo.closePosition() == BooleanType.YES || told >= qty);
    }
}
