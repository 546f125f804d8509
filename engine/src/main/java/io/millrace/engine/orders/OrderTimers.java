package io.millrace.engine.orders;

import io.millrace.codecs.event.DifferenceAction;
import io.millrace.codecs.event.DifferenceKind;
import java.util.concurrent.TimeUnit;

/** Does what orders have to do when their times come: retries, queries, cancels, exits, and forgetting. */
final class OrderTimers {
    private static final long FILL_RECHECK_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int MAX_FILL_CHECKS = 30;

    private final Desk desk;
    private final OrderStore store;
    private final Outcomes outcomes;
    private final Reconciler reconciler;
    private final Protection protection;
    private final Sender sender;

    OrderTimers(Desk desk, Outcomes outcomes, Reconciler reconciler, Protection protection, Sender sender) {
        this.sender = sender;
        this.desk = desk;
        this.store = desk.store;
        this.outcomes = outcomes;
        this.reconciler = reconciler;
        this.protection = protection;
    }

    /** Goes through all orders that are due; those that find no room for a command wait for the next event. */
    void sweep() {
        if (!store.isDue(desk.nowNs)) {
            return;
        }
        for (int i = store.size() - 1; i >= 0; i--) {
            int slot = store.at(i);
            long due = store.get(slot, OrderFields.DUE_NS);
            if (due != 0 && due <= desk.nowNs) {
                if (!desk.wire.hasRoom()) {
                    return;
                }
                work(slot);
            }
        }
        store.sweepDone();
    }

    private boolean isDue(int slot, int timer) {
        long at = store.get(slot, timer);
        return at != 0 && at <= desk.nowNs;
    }

    private void work(int slot) {
        if (isDue(slot, OrderFields.ANSWER_AT)) {
            overdue(slot);
        } else if (isDue(slot, OrderFields.RETRY_AT)) {
            placeAgain(slot);
        } else if (isDue(slot, OrderFields.CANCEL_AT)) {
            cancel(slot);
        } else if (isDue(slot, OrderFields.QUERY_AT)) {
            query(slot);
        } else if (isDue(slot, OrderFields.FILLS_AT)) {
            missFills(slot);
        } else if (isDue(slot, OrderFields.EXIT_AT)) {
            store.timer(slot, OrderFields.EXIT_AT, 0);
            protection.exit(slot);
        } else if (isDue(slot, OrderFields.RECYCLE_AT)) {
            recycle(slot);
        }
    }

    private void overdue(int slot) {
        store.timer(slot, OrderFields.ANSWER_AT, 0);
        OrderState state = store.state(slot);
        if (state == OrderState.INTENT || state == OrderState.SENT) {
            outcomes.lost(slot, 0);
        } else if (store.get(slot, OrderFields.AMEND_COMMAND) != 0) {
            store.command(slot, OrderFields.AMEND_COMMAND, 0);
            desk.query(slot, 0);
        }
    }

    private void placeAgain(int slot) {
        store.timer(slot, OrderFields.RETRY_AT, 0);
        if (!protection.isStillReducing(slot)) {
            desk.move(slot, OrderCause.UNSENT);
            return;
        }
        desk.count(Desk.REPEATED);
        sender.send(slot);
    }

    private void cancel(int slot) {
        if (!store.state(slot).isOpen()) {
            // It goes out when the order is known to be there.
            store.timer(slot, OrderFields.CANCEL_AT, 0);
            return;
        }
        if (store.get(slot, OrderFields.CANCEL_COMMAND) != 0) {
            store.command(slot, OrderFields.CANCEL_COMMAND, 0);
            store.timer(slot, OrderFields.CANCEL_AT, 0);
            desk.query(slot, 0);
            return;
        }
        store.add(slot, OrderFields.CANCEL_ATTEMPTS, 1);
        store.command(slot, OrderFields.CANCEL_COMMAND, desk.wire.cancel(slot));
        OrderSettings.Times times = desk.settings.times();
        store.timer(slot, OrderFields.CANCEL_AT, desk.nowNs + times.reduceMaxAgeNs() + times.answerNs());
    }

    private void query(int slot) {
        store.add(slot, OrderFields.QUERY_ATTEMPTS, 1);
        store.command(slot, OrderFields.QUERY_COMMAND, desk.wire.query(slot));
        OrderSettings.Times times = desk.settings.times();
        store.timer(slot, OrderFields.QUERY_AT, desk.nowNs + times.reduceMaxAgeNs() + times.answerNs());
    }

    private void missFills(int slot) {
        int instrumentId = (int) store.get(slot, OrderFields.INSTRUMENT);
        store.add(slot, OrderFields.FILL_CHECKS, 1);
        if (store.get(slot, OrderFields.FILL_CHECKS) == 1) {
            desk.count(Desk.MISSED_FILLS);
        }
        if (store.get(slot, OrderFields.FILL_CHECKS) > MAX_FILL_CHECKS) {
            desk.wire
                    .records()
                    .values(store.get(slot, OrderFields.FILLED_LOTS), store.get(slot, OrderFields.TOLD_LOTS))
                    .order(store.get(slot, OrderFields.KEY), store.get(slot, OrderFields.VENUE_ORDER_ID))
                    .difference(instrumentId, 0, DifferenceKind.ORDER_FILLS, DifferenceAction.NOTE);
            store.set(slot, OrderFields.TOLD_LOTS, store.get(slot, OrderFields.FILLED_LOTS));
            store.timer(slot, OrderFields.FILLS_AT, 0);
            return;
        }
        reconciler.missTrades(instrumentId);
        store.timer(slot, OrderFields.FILLS_AT, desk.nowNs + FILL_RECHECK_NS);
    }

    private void recycle(int slot) {
        long exitAt = store.get(slot, OrderFields.EXIT_AT);
        boolean isComplete = store.get(slot, OrderFields.FILLED_LOTS) >= store.get(slot, OrderFields.TOLD_LOTS);
        if (exitAt != 0 || !isComplete) {
            long laterNs = Math.max(exitAt, desk.nowNs) + desk.settings.times().retainNs() + FILL_RECHECK_NS;
            store.timer(slot, OrderFields.RECYCLE_AT, laterNs);
        } else {
            store.release(slot);
        }
    }

    /** A new run: no answer to a command of the last one will come, and what was not given out never will be. */
    void restart() {
        // Backwards: where one ends on the way, an order that was looked at takes its place.
        for (int i = store.size() - 1; i >= 0; i--) {
            int slot = store.at(i);
            store.command(slot, OrderFields.CANCEL_COMMAND, 0);
            store.command(slot, OrderFields.AMEND_COMMAND, 0);
            store.command(slot, OrderFields.QUERY_COMMAND, 0);
            OrderState state = store.state(slot);
            if (state == OrderState.INTENT && store.get(slot, OrderFields.PLACE_COMMAND) == 0) {
                desk.move(slot, OrderCause.UNSENT);
            } else if (state == OrderState.INTENT || state == OrderState.SENT) {
                long command = store.get(slot, OrderFields.PLACE_COMMAND);
                outcomes.lost(slot, 0);
                // That the command never left may still be told.
                store.command(slot, OrderFields.PLACE_COMMAND, command);
            } else if (state == OrderState.UNKNOWN) {
                store.timer(slot, OrderFields.QUERY_AT, Math.max(1, desk.nowNs));
            } else if (state.isOpen()) {
                store.timer(slot, OrderFields.ANSWER_AT, 0);
                store.timer(slot, OrderFields.QUERY_AT, 0);
                store.timer(slot, OrderFields.CANCEL_AT, 0);
                if (store.is(slot, OrderFields.CANCEL_WANTED)) {
                    desk.cancel(slot);
                }
            }
        }
    }
}
