package io.millrace.engine.orders;

import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.memory.StateMemory;
import io.millrace.engine.pipeline.SlotContext;

/**
 * What all parts of orders and positions share: the state, the event at hand, the time, and where commands and records go.
 */
final class Desk {
    /** Strategy number of what the engine itself orders. */
    static final int ENGINE_STRATEGY = ClientOrderId.MAX_STRATEGY;

    /** Tag of the journal, 0 before its first run. */
    static final int TAG = 0;
    /** Epoch of the run. */
    static final int EPOCH = 1;
    /** Last number of an order of the engine's own. */
    static final int LAST_NUMBER = 2;
    /** Bits of HaltReasons that orders and account give. */
    static final int REASONS = 3;
    /** Reasons together with the trading state's, as journaled last. */
    static final int TOLD_REASONS = 4;

    static final int PRIVATE_UP = 5;
    /** Engine time of the private stream's last coming up. */
    static final int PRIVATE_SINCE = 6;
    /** Value of LinkState, 0 before the first. */
    static final int LINK = 7;

    static final int BANNED_UNTIL = 8;
    /** Ingress time of the journal's first run, in milliseconds. */
    static final int FIRST_RUN_MS = 9;
    /** Sum for the account, 1 while everything is being closed. */
    static final int CLOSING = 10;

    static final int ILLEGAL = 11;
    static final int REFUSED = 12;
    static final int DUPLICATE_FILLS = 13;
    static final int FOREIGN_REPORTS = 14;
    static final int DROPPED_RECORDS = 15;
    static final int ALARMS = 16;
    static final int REPEATED = 17;
    static final int MISSED_FILLS = 18;
    static final int ADJUSTMENTS = 19;
    /** The stops of some instrument are to be looked at then. */
    static final int PROTECT_DUE = 20;
    /** The countdowns are to be looked at then. */
    static final int COUNTDOWN_DUE = 21;

    private static final int WORDS = 32;

    final OrderSettings settings;
    final StateMemory memory;
    final OrderStore store;
    final Instruments instruments;
    final FillMemory fills;
    final Balances balances;
    final Wire wire = new Wire(this);
    SlotContext slot;
    long nowNs;
    private final int words;

    Desk(OrderSettings settings, int extraWords) {
        this.settings = settings;
        memory = new StateMemory(WORDS
                + OrderStore.words(settings.capacity())
                + Instruments.words()
                + FillMemory.words(settings.fillCapacity())
                + Balances.words()
                + extraWords);
        words = memory.reserve(WORDS);
        store = new OrderStore(memory, settings.capacity());
        instruments = new Instruments(memory);
        fills = new FillMemory(memory, instruments, settings.fillCapacity());
        balances = new Balances(memory);
    }

    /** Moves to an event. */
    void moveTo(SlotContext event) {
        slot = event;
        nowNs = event.engineNs();
    }

    long get(int word) {
        return memory.get(words + word);
    }

    void set(int word, long value) {
        memory.set(words + word, value);
    }

    void count(int word) {
        memory.add(words + word, 1);
    }

    boolean has(int reason) {
        return (get(REASONS) & reason) != 0;
    }

    void reason(int reason, boolean isOn) {
        set(REASONS, isOn ? get(REASONS) | reason : get(REASONS) & ~(long) reason);
    }

    int tag() {
        return (int) get(TAG);
    }

    /** Returns whether orders can be named: a run has started. */
    boolean canName() {
        return get(EPOCH) > 0;
    }

    /** Returns the name of the engine's next own order. */
    long nextKey(int role) {
        count(LAST_NUMBER);
        return ClientOrderId.key((int) get(EPOCH), ENGINE_STRATEGY, role, (int) get(LAST_NUMBER));
    }

    /**
     * Moves an order by the table; what is illegal is counted and journaled and changes nothing.
     *
     * @return whether the cause was legal.
     */
    boolean move(int order, OrderCause cause) {
        OrderState before = store.state(order);
        OrderState after = OrderTransitions.next(before, cause);
        if (after == null) {
            count(ILLEGAL);
            wire.transition(order, before, before, cause, false);
            return false;
        }
        if (after != before) {
            store.state(order, after);
            wire.transition(order, before, after, cause, true);
            if (after.isEnd()) {
                ended(order);
            }
        }
        return true;
    }

    private void ended(int order) {
        store.timer(order, OrderFields.ANSWER_AT, 0);
        store.timer(order, OrderFields.RETRY_AT, 0);
        store.timer(order, OrderFields.QUERY_AT, 0);
        store.timer(order, OrderFields.CANCEL_AT, 0);
        store.unflag(order, OrderFields.CANCEL_WANTED);
        store.timer(
                order,
                OrderFields.RECYCLE_AT,
                Math.max(1, nowNs + settings.times().retainNs()));
        protectSoon((int) store.get(order, OrderFields.INSTRUMENT));
    }

    /** The stops of an instrument are to be looked at, now if there is room. */
    void protectSoon(int instrumentId) {
        protectAt(instrumentId, Math.max(1, nowNs));
    }

    /** The stops of an instrument are to be looked at, then. */
    void protectAt(int instrumentId, long atNs) {
        instruments.use(instrumentId);
        instruments.set(instrumentId, Instruments.PROTECT_AT, atNs);
        long due = get(PROTECT_DUE);
        set(PROTECT_DUE, due == 0 ? atNs : Math.min(due, atNs));
    }

    /** Returns the pause before an attempt, spread by the order's name so that not all come at once. */
    long pauseNs(long key, int attempt) {
        OrderSettings.Attempts attempts = settings.attempts();
        long pause = Math.min(attempts.maxRetryNs(), attempts.retryNs() << Math.min(attempt, 20));
        long jitter = io.millrace.engine.memory.Hashing.spread(key + attempt) >>> 1;
        return pause + jitter % (pause / 4 + 1);
    }

    /** The order is to be cancelled, now or when it can be. */
    void cancel(int order) {
        if (store.state(order).isLive()) {
            store.flag(order, OrderFields.CANCEL_WANTED);
            if (store.get(order, OrderFields.CANCEL_COMMAND) == 0 && store.get(order, OrderFields.CANCEL_AT) == 0) {
                store.timer(order, OrderFields.CANCEL_AT, Math.max(1, nowNs));
            }
        }
    }

    /** The order is to be asked for, at the latest after a pause. */
    void query(int order, long pauseNs) {
        if (store.get(order, OrderFields.QUERY_COMMAND) == 0) {
            long atNs = Math.max(1, nowNs + pauseNs);
            long due = store.get(order, OrderFields.QUERY_AT);
            store.timer(order, OrderFields.QUERY_AT, due == 0 ? atNs : Math.min(due, atNs));
        }
    }
}
