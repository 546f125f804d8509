package io.millrace.engine.orders;

import io.millrace.codecs.event.AlgoReportDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.memory.StateMemory;

/**
 * Holds the journal's picture of the account against the venue's: at the start of a run, after the private stream came up, on
 * schedule, and when something is missed. A round asks for the trades of instruments that need it, then for open orders,
 * conditional orders, positions and balances, and then compares.
 *
 * <p>The venue's answer is a little old when it comes, and the stream goes on meanwhile. So a position or wallet that differs
 * is believed to differ only when the next round, which asks for trades first, shows the same two values, and not one fill
 * came since the first picture was asked for; an order that is missing is queried.
 */
final class Reconciler {
    /** Words in the memory. */
    static final int WORDS = 24;

    static final int PHASE = 0;
    static final int AUDIT_COMMAND = 1;
    /** Number of the round in this run, and of the last full one. */
    static final int ROUND = 2;

    static final int FULL_AT = 3;
    static final int TRADES_AT = 4;
    static final int OVERDUE_AT = 5;
    static final int CURSOR = 6;
    static final int DIFFERENCES = 7;
    static final int SUSPECTS = 8;
    /** Engine time at which the audit was decided on. */
    static final int ASKED_NS = 9;
    /** Ingress time at which it left, as the gateway says. */
    static final int SENT_NS = 10;

    static final int GOOD_NS = 11;
    static final int GOOD_ASKED_NS = 12;
    static final int ATTEMPTS = 13;
    static final int IS_FULL = 14;
    static final int MISMATCH_AT = 15;
    static final int UNCLEAN_ROUNDS = 16;
    static final int AUDIT_INSTRUMENT = 17;
    static final int LAST_AUDIT = 18;
    /** 1 once every position was seen covered since the picture is right. */
    static final int SEEN_COVERED = 19;

    private static final int IDLE = 0;
    private static final int TRADES = 1;
    private static final int TRADES_ASKED = 2;
    private static final int PICTURE = 3;
    private static final int PICTURE_ASKED = 4;
    private static final int COMPARE = 5;

    private final Desk desk;
    private final StateMemory memory;
    private final int words;
    private final Comparing comparing;
    private final Found found;

    Reconciler(Desk desk) {
        this.desk = desk;
        this.memory = desk.memory;
        this.words = memory.reserve(WORDS);
        this.comparing = new Comparing(desk, this);
        this.found = new Found(desk, this);
    }

    long get(int word) {
        return memory.get(words + word);
    }

    void set(int word, long value) {
        memory.set(words + word, value);
    }

    void add(int word, long change) {
        memory.add(words + word, change);
    }

    /** Everything is to be found out anew, beginning now: a run started, the stream came up, an event was left out. */
    void restart(boolean isNewRun) {
        Instruments instruments = desk.instruments;
        for (int i = 0; i < instruments.usedCount(); i++) {
            instruments.set(instruments.used(i), Instruments.NEEDS_TRADES, 1);
        }
        if (isNewRun) {
            set(ROUND, 0);
            set(GOOD_NS, 0);
            comparing.restart();
        }
        set(GOOD_ASKED_NS, 0);
        set(SEEN_COVERED, 0);
        set(PHASE, IDLE);
        set(AUDIT_COMMAND, 0);
        set(OVERDUE_AT, 0);
        set(UNCLEAN_ROUNDS, 0);
        set(ATTEMPTS, 0);
        set(FULL_AT, Math.max(1, desk.nowNs));
    }

    /** A full round begins after a pause at the latest; the one that is under way is taken to its end first. */
    void soon(long pauseNs) {
        long atNs = Math.max(1, desk.nowNs + pauseNs);
        set(FULL_AT, get(FULL_AT) == 0 ? atNs : Math.min(get(FULL_AT), atNs));
    }

    /** Fills of an instrument are missed. */
    void missTrades(int instrumentId) {
        desk.instruments.use(instrumentId);
        desk.instruments.set(instrumentId, Instruments.NEEDS_TRADES, 1);
        if (get(TRADES_AT) == 0) {
            set(TRADES_AT, Math.max(1, desk.nowNs));
        }
    }

    /** The venue's own picture of a position differs: if it still does in a while, something was missed. */
    void mismatch() {
        if (get(MISMATCH_AT) == 0) {
            set(MISMATCH_AT, desk.nowNs + desk.settings.times().missingFillNs());
        }
    }

    /** Returns whether a clean round was asked for since the stream came up. */
    boolean isReconciled() {
        return get(GOOD_ASKED_NS) > 0 && get(GOOD_ASKED_NS) >= desk.get(Desk.PRIVATE_SINCE);
    }

    /** Returns whether the last clean round is too long ago. */
    boolean isStale() {
        return desk.nowNs - get(GOOD_NS) > desk.settings.times().staleNs();
    }

    private boolean isDue(int word) {
        long at = get(word);
        return at != 0 && at <= desk.nowNs;
    }

    /** Goes on with the round under way, or begins one that is due. */
    void work() {
        if (isDue(MISMATCH_AT)) {
            checkMismatch();
        }
        if (get(PHASE) == IDLE) {
            if (isDue(FULL_AT)) {
                begin(true);
            } else if (isDue(TRADES_AT)) {
                begin(false);
            } else {
                return;
            }
        }
        if (isDue(OVERDUE_AT)) {
            failed(0);
        }
        advance();
    }

    private void checkMismatch() {
        set(MISMATCH_AT, 0);
        Instruments instruments = desk.instruments;
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            if (instruments.get(id, Instruments.VENUE_LOTS) != instruments.get(id, Instruments.LOTS)) {
                missTrades(id);
                soon(0);
            }
        }
    }

    private void begin(boolean isFull) {
        set(IS_FULL, isFull ? 1 : 0);
        set(TRADES_AT, 0);
        set(DIFFERENCES, 0);
        set(SUSPECTS, 0);
        if (isFull) {
            set(FULL_AT, 0);
            add(ROUND, 1);
            askForNewTrades();
        }
        set(PHASE, TRADES);
    }

    /** Where fills came since the last audit of trades, one may have been lost between two that came. */
    private void askForNewTrades() {
        Instruments instruments = desk.instruments;
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            if (instruments.get(id, Instruments.LAST_TRADE_ID) != instruments.get(id, Instruments.AUDITED_TRADE_ID)) {
                instruments.set(id, Instruments.NEEDS_TRADES, 1);
            }
        }
    }

    private void advance() {
        if (get(PHASE) == TRADES && desk.nowNs >= get(ASKED_NS)) {
            askTrades();
        }
        if (get(PHASE) == PICTURE && desk.nowNs >= get(ASKED_NS) && desk.wire.hasRoom()) {
            // What instruments and account are set to changes only by commands and events of the stream.
            int settings = get(GOOD_NS) == 0 ? Audits.SETTINGS : 0;
            ask(EventHeader.NO_INSTRUMENT, 0, Audits.PICTURE | settings);
            comparing.asked();
            set(PHASE, PICTURE_ASKED);
        }
        if (get(PHASE) == COMPARE && comparing.goOn()) {
            finish();
        }
    }

    private void askTrades() {
        Instruments instruments = desk.instruments;
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            if (instruments.get(id, Instruments.NEEDS_TRADES) != 0) {
                if (desk.wire.hasRoom()) {
                    ask(id, instruments.get(id, Instruments.AUDITED_TRADE_ID), Audits.TRADES);
                    instruments.set(id, Instruments.ASKED_TRADE_ID, instruments.get(id, Instruments.LAST_TRADE_ID));
                    // What is missed from now on takes another question.
                    instruments.set(id, Instruments.NEEDS_TRADES, 0);
                    set(PHASE, TRADES_ASKED);
                }
                return;
            }
        }
        set(PHASE, get(IS_FULL) != 0 ? PICTURE : IDLE);
    }

    private void ask(int instrumentId, long afterTradeId, int kinds) {
        set(AUDIT_COMMAND, desk.wire.audit(instrumentId, afterTradeId, kinds));
        set(LAST_AUDIT, get(AUDIT_COMMAND));
        set(AUDIT_INSTRUMENT, instrumentId);
        set(ASKED_NS, desk.nowNs);
        set(OVERDUE_AT, desk.nowNs + 3 * desk.settings.times().answerNs());
    }

    /** Takes an outcome; returns whether it was of an audit of this round. */
    boolean onOutcome(CommandOutcomeDecoder outcome) {
        if (outcome.commandId() != get(AUDIT_COMMAND) || get(AUDIT_COMMAND) == 0) {
            return false;
        }
        CommandOutcomeCode code = outcome.outcome();
        if (code != CommandOutcomeCode.SENT && code != CommandOutcomeCode.ANSWERED) {
            failed(outcome.retryAtNs());
        }
        return true;
    }

    /** The question came to nothing: it is asked again after a pause. To ask twice does no harm. */
    private void failed(long retryAtNs) {
        add(ATTEMPTS, 1);
        int attempts = (int) Math.min(get(ATTEMPTS), 8);
        set(AUDIT_COMMAND, 0);
        set(OVERDUE_AT, 0);
        set(ASKED_NS, Math.max(desk.nowNs + desk.pauseNs(1, attempts), retryAtNs));
        if (get(PHASE) == TRADES_ASKED) {
            desk.instruments.set((int) get(AUDIT_INSTRUMENT), Instruments.NEEDS_TRADES, 1);
            set(PHASE, TRADES);
        } else {
            set(PHASE, PICTURE);
        }
    }

    /** All rows of an audit have come. */
    void onDone(long commandId, long sentNs) {
        if (commandId != get(AUDIT_COMMAND) || commandId == 0) {
            return;
        }
        set(AUDIT_COMMAND, 0);
        set(OVERDUE_AT, 0);
        set(ATTEMPTS, 0);
        set(SENT_NS, Math.min(sentNs, desk.nowNs));
        if (get(PHASE) == TRADES_ASKED) {
            int id = (int) get(AUDIT_INSTRUMENT);
            if (get(SENT_NS) >= get(ASKED_NS)) {
                // An answer to an older question of the same words does not show the fills that came in between.
                long asked = desk.instruments.get(id, Instruments.ASKED_TRADE_ID);
                desk.instruments.set(id, Instruments.AUDITED_TRADE_ID, asked);
            }
            set(PHASE, TRADES);
        } else {
            set(PHASE, COMPARE);
            comparing.begin();
        }
    }

    private void finish() {
        boolean isClean = get(SUSPECTS) == 0;
        OrderSettings.Times times = desk.settings.times();
        desk.wire
                .records()
                .reconciled(get(LAST_AUDIT), (int) get(ROUND), (int) get(DIFFERENCES), isClean, comparing.open());
        set(PHASE, IDLE);
        if (isClean) {
            set(GOOD_NS, desk.nowNs);
            set(GOOD_ASKED_NS, Math.min(get(ASKED_NS), get(SENT_NS)));
            set(UNCLEAN_ROUNDS, 0);
            // An answer that was shared may be older than the stream: that round proves nothing, and entries wait for
            // the next.
            soon(isReconciled() ? times.auditNs() : times.recheckNs());
        } else {
            // Each round costs request weight: the pause grows while the difference lasts.
            soon(Math.min(times.auditNs(), times.recheckNs() << Math.min(get(UNCLEAN_ROUNDS), 6)));
            add(UNCLEAN_ROUNDS, 1);
        }
        Instruments instruments = desk.instruments;
        for (int i = 0; i < instruments.usedCount(); i++) {
            desk.protectSoon(instruments.used(i));
        }
    }

    /** Returns whether a report is a row of the audit of this round. */
    boolean isRow(long commandId) {
        return commandId != 0 && commandId == get(AUDIT_COMMAND);
    }

    /**
     * An ordinary order is open that the store does not have, or a row of an audit tells of one.
     *
     * @return its slot, {@link OrderStore#NONE} if it is not ours.
     */
    int open(int slot, OrderReportDecoder order, boolean isOurs, int instrumentId) {
        return found.take(slot, order, isOurs, instrumentId);
    }

    /** As {@link #open} for a conditional order. */
    int open(int slot, AlgoReportDecoder algo, boolean isOurs, int instrumentId) {
        return found.take(slot, algo, isOurs, instrumentId);
    }
}
