package io.millrace.engine.orders;

import io.millrace.codecs.event.DifferenceAction;
import io.millrace.codecs.event.DifferenceKind;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.risk.HaltReasons;

/** The last part of a round: what the audit showed against what the journal has. Goes on with the next event if room ends. */
final class Comparing {
    private final Desk desk;
    private final OrderStore store;
    private final Reconciler round;

    Comparing(Desk desk, Reconciler round) {
        this.desk = desk;
        this.store = desk.store;
        this.round = round;
    }

    /** The picture is asked for now: what changes from here on may or may not be in the answer. */
    void asked() {
        Instruments instruments = desk.instruments;
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            instruments.set(id, Instruments.PICTURE_FILLS, instruments.get(id, Instruments.FILLS));
        }
        Balances balances = desk.balances;
        for (int i = 0; i < balances.size(); i++) {
            balances.set(i, Balances.PICTURE_CHANGES, balances.get(i, Balances.CHANGES));
        }
    }

    /** A new run counts its rounds anew. */
    void restart() {
        Instruments instruments = desk.instruments;
        for (int i = 0; i < instruments.usedCount(); i++) {
            instruments.set(instruments.used(i), Instruments.SUSPECT_ROUND, 0);
        }
        for (int i = 0; i < desk.balances.size(); i++) {
            desk.balances.set(i, Balances.SUSPECT_ROUND, 0);
        }
    }

    void begin() {
        round.set(Reconciler.CURSOR, 0);
    }

    /** Compares as far as there is room; returns whether everything is compared. */
    boolean goOn() {
        // By slot: what has its place in a list may move behind the cursor between two events.
        int orders = store.slots();
        int positions = orders + desk.instruments.usedCount();
        int end = positions + desk.balances.size();
        int at = (int) round.get(Reconciler.CURSOR);
        while (at < end) {
            if (!desk.wire.hasRoom()) {
                round.set(Reconciler.CURSOR, at);
                return false;
            }
            if (at < orders) {
                if (store.isTaken(at)) {
                    order(at);
                }
            } else if (at < positions) {
                position(desk.instruments.used(at - orders));
            } else {
                wallet(at - positions);
            }
            at++;
        }
        return true;
    }

    /** Returns the instruments with a position. */
    int open() {
        int count = 0;
        for (int i = 0; i < desk.instruments.usedCount(); i++) {
            count += desk.instruments.get(desk.instruments.used(i), Instruments.LOTS) != 0 ? 1 : 0;
        }
        return count;
    }

    private void order(int slot) {
        if (store.is(slot, OrderFields.CANCEL_WANTED)
                && store.get(slot, OrderFields.CANCEL_AT) == 0
                && store.get(slot, OrderFields.QUERY_AT) == 0) {
            // Attempts had run out: a new round is a new reason.
            store.set(slot, OrderFields.CANCEL_ATTEMPTS, 0);
            desk.cancel(slot);
        }
        boolean isMissing = store.state(slot).isOpen()
                && store.get(slot, OrderFields.SEEN_ROUND) != round.get(Reconciler.ROUND)
                && store.get(slot, OrderFields.NEWS_NS) < round.get(Reconciler.SENT_NS);
        if (!isMissing) {
            return;
        }
        boolean isAlgo = store.is(slot, OrderFields.ALGO);
        desk.query(slot, 0);
        round.add(Reconciler.SUSPECTS, 1);
        round.add(Reconciler.DIFFERENCES, 1);
        desk.wire
                .records()
                .values(store.get(slot, OrderFields.QTY_LOTS) - store.get(slot, OrderFields.FILLED_LOTS), 0)
                .order(
                        store.get(slot, OrderFields.KEY),
                        store.get(slot, isAlgo ? OrderFields.VENUE_ALGO_ID : OrderFields.VENUE_ORDER_ID))
                .difference(
                        (int) store.get(slot, OrderFields.INSTRUMENT),
                        round.get(Reconciler.LAST_AUDIT),
                        DifferenceKind.ORDER_MISSING,
                        DifferenceAction.QUERY);
    }

    private void position(int id) {
        Instruments instruments = desk.instruments;
        boolean isTold = instruments.get(id, Instruments.SEEN_ROUND) == round.get(Reconciler.ROUND);
        long ours = instruments.get(id, Instruments.LOTS);
        long theirs = isTold ? instruments.get(id, Instruments.SEEN_LOTS) : 0;
        instruments.set(id, Instruments.VENUE_LOTS, theirs);
        if (ours == theirs) {
            instruments.set(id, Instruments.SUSPECT_ROUND, 0);
            return;
        }
        boolean isConfirmed = instruments.get(id, Instruments.SUSPECT_ROUND) == round.get(Reconciler.ROUND) - 1
                && instruments.get(id, Instruments.SUSPECT_ROUND) != 0
                && instruments.get(id, Instruments.SUSPECT_OURS) == ours
                && instruments.get(id, Instruments.SUSPECT_THEIRS) == theirs
                && instruments.get(id, Instruments.SUSPECT_FILLS) == instruments.get(id, Instruments.FILLS);
        round.add(Reconciler.DIFFERENCES, 1);
        DifferenceAction action = DifferenceAction.RECHECK;
        if (isConfirmed) {
            action = settle(id, theirs, isTold);
        } else {
            round.add(Reconciler.SUSPECTS, 1);
            instruments.set(id, Instruments.NEEDS_TRADES, 1);
            instruments.set(id, Instruments.SUSPECT_ROUND, round.get(Reconciler.ROUND));
            instruments.set(id, Instruments.SUSPECT_OURS, ours);
            instruments.set(id, Instruments.SUSPECT_THEIRS, theirs);
            instruments.set(id, Instruments.SUSPECT_FILLS, instruments.get(id, Instruments.PICTURE_FILLS));
        }
        boolean isForeign = instruments.get(id, Instruments.FILLS) == 0;
        desk.wire
                .records()
                .values(ours, theirs)
                .difference(
                        id,
                        round.get(Reconciler.LAST_AUDIT),
                        isForeign ? DifferenceKind.POSITION_FOREIGN : DifferenceKind.POSITION,
                        action);
    }

    private DifferenceAction settle(int id, long theirs, boolean isTold) {
        OrderSettings.Choice choice = desk.settings.policy().positions();
        Instruments instruments = desk.instruments;
        if (choice == OrderSettings.Choice.HALT) {
            desk.reason(HaltReasons.DIFFERENCE, true);
            instruments.set(id, Instruments.SUSPECT_ROUND, round.get(Reconciler.ROUND));
            return DifferenceAction.HALT;
        }
        long entryTicks = isTold ? instruments.get(id, Instruments.SEEN_ENTRY_TICKS) : 0;
        desk.count(Desk.ADJUSTMENTS);
        instruments.adopt(id, theirs, entryTicks);
        instruments.set(id, Instruments.SUSPECT_ROUND, 0);
        desk.protectSoon(id);
        if (choice == OrderSettings.Choice.FLATTEN) {
            instruments.set(id, Instruments.FLATTENING, 1);
            return DifferenceAction.FLATTEN;
        }
        return DifferenceAction.ADOPT;
    }

    private void wallet(int i) {
        Balances balances = desk.balances;
        long ours = balances.get(i, Balances.OURS_E8);
        long theirs = balances.get(i, Balances.VENUE_E8);
        long number = round.get(Reconciler.ROUND);
        if (balances.get(i, Balances.SEEN_ROUND) != number || ours == theirs) {
            return;
        }
        boolean isConfirmed = balances.get(i, Balances.SUSPECT_ROUND) == number - 1
                && number > 1
                && balances.get(i, Balances.SUSPECT_OURS_E8) == ours
                && balances.get(i, Balances.SUSPECT_THEIRS_E8) == theirs
                && balances.get(i, Balances.SUSPECT_CHANGES) == balances.get(i, Balances.CHANGES);
        round.add(Reconciler.DIFFERENCES, 1);
        if (isConfirmed) {
            desk.count(Desk.ADJUSTMENTS);
            balances.set(i, Balances.OURS_E8, theirs);
        } else {
            round.add(Reconciler.SUSPECTS, 1);
            balances.set(i, Balances.SUSPECT_ROUND, number);
            balances.set(i, Balances.SUSPECT_OURS_E8, ours);
            balances.set(i, Balances.SUSPECT_THEIRS_E8, theirs);
            balances.set(i, Balances.SUSPECT_CHANGES, balances.get(i, Balances.PICTURE_CHANGES));
            for (int used = 0; used < desk.instruments.usedCount(); used++) {
                desk.instruments.set(desk.instruments.used(used), Instruments.NEEDS_TRADES, 1);
            }
        }
        desk.wire
                .records()
                .values(ours, theirs)
                .wallet(balances.get(i, Balances.ASSET))
                .difference(
                        EventHeader.NO_INSTRUMENT,
                        round.get(Reconciler.LAST_AUDIT),
                        DifferenceKind.WALLET,
                        isConfirmed ? DifferenceAction.ADOPT : DifferenceAction.RECHECK);
    }
}
