package io.millrace.engine.orders;

import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.value.ClientOrderId;
import java.util.concurrent.TimeUnit;

/**
 * The dead man's switch: while an instrument has entries that may rest in the book, the venue is told again and again to
 * cancel them if it is told no more.
 */
final class Countdowns {
    private static final int REFRESHES = 3;
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    private final Desk desk;
    private final OrderStore store;
    private final Instruments instruments;
    private final long countdownNs;

    Countdowns(Desk desk) {
        this.desk = desk;
        this.store = desk.store;
        this.instruments = desk.instruments;
        this.countdownNs = desk.settings.times().countdownNs();
    }

    /** Arms, refreshes and disarms what is due. */
    void work() {
        long due = desk.get(Desk.COUNTDOWN_DUE);
        if (countdownNs == 0 || due == 0 || due > desk.nowNs || !desk.canName()) {
            return;
        }
        long next = 0;
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            boolean isWanted = hasEntry(id);
            boolean isArmed = instruments.get(id, Instruments.COUNTDOWN_UNTIL) > desk.nowNs;
            if (!isWanted && !isArmed) {
                continue;
            }
            long at = instruments.get(id, Instruments.COUNTDOWN_NEXT);
            if (at <= desk.nowNs || !isWanted) {
                if (!desk.wire.hasRoom()) {
                    return;
                }
                arm(id, isWanted);
                at = instruments.get(id, Instruments.COUNTDOWN_NEXT);
            }
            if (isWanted) {
                next = next == 0 ? at : Math.min(next, at);
            }
        }
        desk.set(Desk.COUNTDOWN_DUE, next);
    }

    private void arm(int id, boolean isWanted) {
        long ms = isWanted ? TimeUnit.NANOSECONDS.toMillis(countdownNs) : 0;
        instruments.set(id, Instruments.COUNTDOWN_COMMAND, desk.wire.countdown(id, ms));
        instruments.set(id, Instruments.COUNTDOWN_NEXT, isWanted ? desk.nowNs + countdownNs / REFRESHES : 0);
        if (!isWanted) {
            instruments.set(id, Instruments.COUNTDOWN_UNTIL, 0);
        }
    }

    private boolean hasEntry(int id) {
        for (int i = 0; i < store.unfinished(); i++) {
            int slot = store.at(i);
            if (store.get(slot, OrderFields.INSTRUMENT) == id
                    && store.get(slot, OrderFields.TYPE) == OrderType.LIMIT.value()
                    && ClientOrderId.role(store.get(slot, OrderFields.KEY)) == ClientOrderId.ENTRY) {
                return true;
            }
        }
        return false;
    }

    /** Takes the outcome of a command that is of no order and no audit. */
    void onOutcome(CommandOutcomeDecoder outcome) {
        CommandOutcomeCode code = outcome.outcome();
        if (code == CommandOutcomeCode.SENT) {
            return;
        }
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            long command = instruments.get(id, Instruments.COUNTDOWN_COMMAND);
            if (command == 0 || command != outcome.commandId()) {
                continue;
            }
            instruments.set(id, Instruments.COUNTDOWN_COMMAND, 0);
            if (instruments.get(id, Instruments.COUNTDOWN_NEXT) == 0) {
                return;
            }
            if (code == CommandOutcomeCode.ANSWERED) {
                instruments.set(id, Instruments.COUNTDOWN_UNTIL, desk.nowNs + countdownNs);
            } else {
                long at = Math.max(desk.nowNs + RETRY_NS, outcome.retryAtNs());
                instruments.set(id, Instruments.COUNTDOWN_NEXT, at);
                desk.set(Desk.COUNTDOWN_DUE, Math.min(desk.get(Desk.COUNTDOWN_DUE), at));
            }
            return;
        }
    }

    /** A new run knows of no countdown. */
    void restart() {
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            instruments.set(id, Instruments.COUNTDOWN_COMMAND, 0);
            instruments.set(id, Instruments.COUNTDOWN_NEXT, 0);
            instruments.set(id, Instruments.COUNTDOWN_UNTIL, 0);
        }
        desk.set(Desk.COUNTDOWN_DUE, Math.max(1, desk.nowNs));
    }

    /** Returns the instruments with entries whose countdown is confirmed, of those that have entries: covered x 2^32 + all. */
    long coverage() {
        long all = 0;
        long covered = 0;
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            if (hasEntry(id)) {
                all++;
                covered += instruments.get(id, Instruments.COUNTDOWN_UNTIL) > desk.nowNs ? 1 : 0;
            }
        }
        return covered << 32 | all;
    }
}
