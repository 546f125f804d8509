package io.millrace.engine.orders;

import io.millrace.codecs.event.DifferenceAction;
import io.millrace.codecs.event.DifferenceKind;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.risk.HaltReasons;

/**
 * Keeps every position covered by stops, whoever opened it, and closes what is to be closed. What counts are lots: the stops
 * that live must cover the position; what is not covered gets another stop, stops beyond the position are cancelled, and
 * where the venue does not take a stop the position is closed at the market.
 */
final class Protection {
    private static final int BPS = 10_000;
    /** Why cancelling protection has to wait: the picture may be wrong. */
    private static final int UNSURE = HaltReasons.NOT_RECONCILED | HaltReasons.ACCOUNT_STALE;

    private final Desk desk;
    private final OrderStore store;
    private final Instruments instruments;
    private final Sender sender;
    // Of the instrument at hand.
    private long covered;
    private long closing;
    private boolean isPending;

    Protection(Desk desk, Sender sender) {
        this.desk = desk;
        this.store = desk.store;
        this.instruments = desk.instruments;
        this.sender = sender;
    }

    /** Looks at the instruments that are due. */
    void sweep() {
        long due = desk.get(Desk.PROTECT_DUE);
        if (due == 0 || due > desk.nowNs || !desk.canName()) {
            return;
        }
        long next = 0;
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            long at = instruments.get(id, Instruments.PROTECT_AT);
            if (at != 0 && at <= desk.nowNs) {
                instruments.set(id, Instruments.PROTECT_AT, 0);
                look(id);
                at = instruments.get(id, Instruments.PROTECT_AT);
            }
            if (at != 0) {
                next = next == 0 ? at : Math.min(next, at);
            }
        }
        desk.set(Desk.PROTECT_DUE, next);
    }

    /** Returns whether the venue has stops for every position that is to have one. */
    boolean isCovered() {
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            long lots = instruments.get(id, Instruments.LOTS);
            if (lots != 0 && distance(id) != 0) {
                add(id, lots);
                if (isPending || covered < Math.abs(lots)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void later(int id, long pauseNs) {
        instruments.set(id, Instruments.PROTECT_AT, desk.nowNs + Math.max(1, pauseNs));
    }

    private void look(int id) {
        long lots = instruments.get(id, Instruments.LOTS);
        add(id, lots);
        if (lots == 0) {
            instruments.set(id, Instruments.EXIT_LOTS, 0);
            instruments.set(id, Instruments.FLATTENING, 0);
            instruments.set(id, Instruments.PROTECT_FAILURES, 0);
        } else {
            close(id, lots);
            cover(id, lots);
        }
        trim(id, lots);
    }

    /** Returns whether no order is on its way any more but stops that stand at the venue, and with a flat end not even those. */
    boolean isWoundUp() {
        boolean isFlat = desk.settings.policy().isFlattenedOnStop();
        for (int i = 0; i < store.unfinished(); i++) {
            int slot = store.at(i);
            boolean isStop = ClientOrderId.role(store.get(slot, OrderFields.KEY)) == ClientOrderId.STOP;
            boolean mayStay = isStop && !isFlat && store.state(slot).isOpen();
            if (!mayStay) {
                return false;
            }
        }
        for (int i = 0; isFlat && i < instruments.usedCount(); i++) {
            if (instruments.get(instruments.used(i), Instruments.LOTS) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Adds up what covers and what closes the position. */
    private void add(int id, long lots) {
        covered = 0;
        closing = 0;
        isPending = false;
        long side = closingSide(lots);
        for (int i = 0; i < store.unfinished() && lots != 0; i++) {
            int slot = store.at(i);
            if (store.get(slot, OrderFields.INSTRUMENT) != id || store.get(slot, OrderFields.SIDE) != side) {
                continue;
            }
            int role = ClientOrderId.role(store.get(slot, OrderFields.KEY));
            if (role == ClientOrderId.STOP && !store.is(slot, OrderFields.CANCEL_WANTED)) {
                boolean isAll = store.is(slot, OrderFields.CLOSE_POSITION);
                covered += isAll ? Math.abs(lots) : remaining(slot);
                isPending |= !store.state(slot).isOpen();
            } else if (role == ClientOrderId.EXIT || role == ClientOrderId.FLATTEN) {
                closing += remaining(slot);
            }
        }
    }

    private long remaining(int slot) {
        return Math.max(0, store.get(slot, OrderFields.QTY_LOTS) - store.get(slot, OrderFields.FILLED_LOTS));
    }

    private static long closingSide(long lots) {
        return lots > 0 ? Side.SELL.value() : Side.BUY.value();
    }

    private void close(int id, long lots) {
        long size = Math.abs(lots);
        boolean isAll = instruments.get(id, Instruments.FLATTENING) != 0;
        long owed = isAll ? size : Math.min(size, instruments.get(id, Instruments.EXIT_LOTS));
        long most = instruments.get(id, Instruments.MARKET_MAX_LOTS);
        long qty = most > 0 ? Math.min(most, owed - closing) : owed - closing;
        if (qty <= 0) {
            return;
        }
        if (!desk.wire.hasRoom()) {
            later(id, 0);
            return;
        }
        int slot = sender.take(isAll ? ClientOrderId.FLATTEN : ClientOrderId.EXIT, id);
        if (slot == OrderStore.NONE) {
            later(id, desk.settings.times().graceNs());
            return;
        }
        store.set(slot, OrderFields.SIDE, closingSide(lots));
        store.set(slot, OrderFields.TYPE, OrderType.MARKET.value());
        store.set(slot, OrderFields.TIME_IN_FORCE, TimeInForce.NONE.value());
        store.set(slot, OrderFields.QTY_LOTS, qty);
        store.set(slot, OrderFields.REF_TICKS, instruments.get(id, Instruments.LAST_FILL_TICKS));
        store.flag(slot, OrderFields.REDUCE_ONLY);
        sender.decide(slot);
    }

    private void cover(int id, long lots) {
        long uncovered = Math.abs(lots) - covered;
        long distance = distance(id);
        if (uncovered <= 0 || distance == 0 || isPending) {
            return;
        }
        if (instruments.get(id, Instruments.PROTECT_FAILURES) > 0) {
            // The venue does not take a stop there: out.
            instruments.set(id, Instruments.FLATTENING, 1);
            later(id, 0);
            return;
        }
        if (!desk.wire.hasRoom()) {
            later(id, 0);
            return;
        }
        int slot = sender.take(ClientOrderId.STOP, id);
        if (slot == OrderStore.NONE) {
            later(id, desk.settings.times().graceNs());
            return;
        }
        long entryTicks = instruments.entryTicks(id);
        long trigger = lots > 0 ? entryTicks - distance : entryTicks + distance;
        store.set(slot, OrderFields.SIDE, closingSide(lots));
        store.set(slot, OrderFields.TYPE, OrderType.STOP_MARKET.value());
        store.set(slot, OrderFields.TRIGGER_TICKS, Math.max(1, trigger));
        store.set(slot, OrderFields.QTY_LOTS, uncovered);
        store.flag(slot, OrderFields.REDUCE_ONLY | OrderFields.ALGO);
        sender.decide(slot);
    }

    private long distance(int id) {
        long ticks = instruments.get(id, Instruments.STOP_TICKS);
        int bps = desk.settings.policy().stopBps();
        if (ticks == 0 && bps > 0) {
            return Math.max(1, instruments.entryTicks(id) / BPS * bps);
        }
        return ticks;
    }

    /** Cancels stops that cover nothing, when it is sure that they do not. */
    private void trim(int id, long lots) {
        long excess = covered - Math.abs(lots);
        long side = closingSide(lots);
        for (int i = store.unfinished() - 1; i >= 0; i--) {
            int slot = store.at(i);
            boolean isStop = store.get(slot, OrderFields.INSTRUMENT) == id
                    && ClientOrderId.role(store.get(slot, OrderFields.KEY)) == ClientOrderId.STOP
                    && store.state(slot).isOpen()
                    && !store.is(slot, OrderFields.CANCEL_WANTED);
            if (!isStop) {
                continue;
            }
            boolean isOrphan = lots == 0 || store.get(slot, OrderFields.SIDE) != side;
            boolean isSpare = !isOrphan && excess > 0 && remaining(slot) <= excess;
            if (!isOrphan && !isSpare) {
                continue;
            }
            if ((desk.get(Desk.REASONS) & UNSURE) != 0) {
                later(id, desk.settings.times().graceNs());
                return;
            }
            excess -= isSpare ? remaining(slot) : 0;
            desk.cancel(slot);
            desk.wire
                    .records()
                    .values(remaining(slot), lots)
                    .order(store.get(slot, OrderFields.KEY), store.get(slot, OrderFields.VENUE_ALGO_ID))
                    .difference(id, 0, DifferenceKind.PROTECTION_ORPHAN, DifferenceAction.CANCEL);
        }
    }

    /** An entry's time is over: what it opened is to be closed, as far as it is still there. */
    void exit(int entry) {
        int id = (int) store.get(entry, OrderFields.INSTRUMENT);
        boolean isLong = store.get(entry, OrderFields.SIDE) == Side.BUY.value();
        long lots = instruments.get(id, Instruments.LOTS);
        if (lots != 0 && isLong == lots > 0) {
            long owed = instruments.get(id, Instruments.EXIT_LOTS) + store.get(entry, OrderFields.FILLED_LOTS);
            instruments.set(id, Instruments.EXIT_LOTS, Math.min(owed, Math.abs(lots)));
            desk.protectSoon(id);
        }
    }

    /** Returns whether an order that reduces still has something to reduce. */
    boolean isStillReducing(int slot) {
        long lots = instruments.get((int) store.get(slot, OrderFields.INSTRUMENT), Instruments.LOTS);
        return lots != 0 && store.get(slot, OrderFields.SIDE) == closingSide(lots);
    }

    /** Closes all positions. */
    void flattenAll() {
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            instruments.set(id, Instruments.FLATTENING, 1);
            desk.protectSoon(id);
        }
    }

    /** Cancels all entries. */
    void cancelEntries() {
        // Backwards: should one end on the way, an order that was looked at takes its place.
        for (int i = store.unfinished() - 1; i >= 0; i--) {
            int slot = store.at(i);
            if (ClientOrderId.role(store.get(slot, OrderFields.KEY)) == ClientOrderId.ENTRY) {
                desk.cancel(slot);
            }
        }
    }
}
