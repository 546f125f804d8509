package io.millrace.engine.orders;

import io.millrace.codecs.event.AlgoReportDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.DifferenceAction;
import io.millrace.codecs.event.DifferenceKind;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.engine.risk.HaltReasons;

/** Decides what becomes of orders that are open at the venue and that the journal does not have open. */
final class Found {
    private final Desk desk;
    private final OrderStore store;
    private final Reconciler reconciler;

    // The order at hand.
    private boolean isAlgo;
    private boolean isRow;
    private boolean isAudit;
    private int instrumentId;
    private long key;
    private long venueId;
    private long side;
    private long type;
    private long timeInForce;
    private long priceTicks;
    private long triggerTicks;
    private long qtyLots;
    private int flags;

    Found(Desk desk, Reconciler reconciler) {
        this.desk = desk;
        this.store = desk.store;
        this.reconciler = reconciler;
    }

    int take(int slot, OrderReportDecoder order, boolean isOurs, int ofInstrument) {
        isAlgo = false;
        isRow = reconciler.isRow(order.commandId());
        isAudit = order.sourceRaw() == ReportSource.AUDIT.value();
        instrumentId = ofInstrument;
        key = order.clientKey();
        venueId = order.venueOrderId();
        side = order.sideRaw();
        type = order.orderTypeRaw();
        timeInForce = order.timeInForceRaw();
        priceTicks = order.priceTicks();
        triggerTicks = 0;
        qtyLots = order.qtyLots();
        flags = flag(order.reduceOnly(), OrderFields.REDUCE_ONLY);
        return judge(slot, isOurs);
    }

    int take(int slot, AlgoReportDecoder algo, boolean isOurs, int ofInstrument) {
        isAlgo = true;
        isRow = reconciler.isRow(algo.commandId());
        isAudit = algo.sourceRaw() == ReportSource.AUDIT.value();
        instrumentId = ofInstrument;
        key = algo.clientKey();
        venueId = algo.venueAlgoId();
        side = algo.sideRaw();
        type = algo.orderTypeRaw();
        timeInForce = 0;
        priceTicks = algo.priceTicks();
        triggerTicks = algo.triggerTicks();
        qtyLots = algo.qtyLots();
        flags = OrderFields.ALGO
                | flag(algo.reduceOnly(), OrderFields.REDUCE_ONLY)
                | flag(algo.closePosition(), OrderFields.CLOSE_POSITION);
        return judge(slot, isOurs);
    }

    private static int flag(BooleanType value, int flag) {
        return value == BooleanType.YES ? flag : 0;
    }

    private int judge(int slot, boolean isOurs) {
        if (slot != OrderStore.NONE) {
            if (isRow) {
                store.set(slot, OrderFields.SEEN_ROUND, reconciler.get(Reconciler.ROUND));
                contradict(slot);
            }
            return slot;
        }
        if (!isOurs) {
            if (isAudit) {
                foreign();
            }
            return OrderStore.NONE;
        }
        return Instruments.isInRange(instrumentId) ? adopt() : OrderStore.NONE;
    }

    /** The journal has it as ended, since before the question left. An order that is known to be filled is old news. */
    private void contradict(int slot) {
        OrderState state = store.state(slot);
        long endedNs =
                store.get(slot, OrderFields.RECYCLE_AT) - desk.settings.times().retainNs();
        if (!state.isEnd() || state == OrderState.FILLED || endedNs >= reconciler.get(Reconciler.ASKED_NS)) {
            return;
        }
        store.timer(slot, OrderFields.RECYCLE_AT, 0);
        desk.move(slot, OrderCause.ADOPTED);
        unexpected(slot);
    }

    private int adopt() {
        int slot = store.take(key);
        if (slot == OrderStore.NONE) {
            return slot;
        }
        desk.instruments.use(instrumentId);
        store.set(slot, OrderFields.INSTRUMENT, instrumentId);
        store.set(slot, OrderFields.SIDE, side);
        store.set(slot, OrderFields.TYPE, type);
        store.set(slot, OrderFields.TIME_IN_FORCE, timeInForce);
        store.set(slot, OrderFields.PRICE_TICKS, priceTicks);
        store.set(slot, OrderFields.TRIGGER_TICKS, triggerTicks);
        store.set(slot, OrderFields.QTY_LOTS, qtyLots);
        store.set(slot, OrderFields.FLAGS, flags);
        store.set(slot, OrderFields.DECIDED_NS, desk.nowNs);
        store.set(slot, OrderFields.SEEN_ROUND, reconciler.get(Reconciler.ROUND));
        desk.move(slot, OrderCause.ADOPTED);
        unexpected(slot);
        return slot;
    }

    private void unexpected(int slot) {
        OrderSettings.Choice choice = desk.settings.policy().unexpectedOrders();
        DifferenceAction action = DifferenceAction.ADOPT;
        if (choice == OrderSettings.Choice.CANCEL) {
            action = DifferenceAction.CANCEL;
            desk.cancel(slot);
        } else if (choice == OrderSettings.Choice.HALT) {
            action = DifferenceAction.HALT;
            desk.reason(HaltReasons.DIFFERENCE, true);
        }
        record(DifferenceKind.ORDER_UNEXPECTED, action);
    }

    private void foreign() {
        OrderSettings.Choice choice = desk.settings.policy().foreignOrders();
        DifferenceAction action = DifferenceAction.NOTE;
        if (choice == OrderSettings.Choice.HALT) {
            action = DifferenceAction.HALT;
            desk.reason(HaltReasons.DIFFERENCE, true);
        } else if (choice == OrderSettings.Choice.CANCEL && desk.wire.hasRoom()) {
            action = DifferenceAction.CANCEL;
            if (isAlgo) {
                desk.wire.cancelAlgo(instrumentId, 0, venueId);
            } else {
                desk.wire.cancelOrdinary(instrumentId, 0, venueId);
            }
        }
        key = 0;
        record(DifferenceKind.ORDER_FOREIGN, action);
    }

    private void record(DifferenceKind kind, DifferenceAction action) {
        reconciler.add(Reconciler.DIFFERENCES, 1);
        desk.wire
                .records()
                .values(0, qtyLots)
                .order(key, venueId)
                .difference(instrumentId, reconciler.get(Reconciler.AUDIT_COMMAND), kind, action);
    }
}
