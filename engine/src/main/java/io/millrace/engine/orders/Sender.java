package io.millrace.engine.orders;

/** Takes slots for the engine's own orders and gives out place commands. */
final class Sender {
    private final Desk desk;
    private final OrderStore store;

    Sender(Desk desk) {
        this.desk = desk;
        this.store = desk.store;
    }

    /** Takes a slot for an order of the engine's own; {@link OrderStore#NONE} if there is none. */
    int take(int role, int instrumentId) {
        int slot = store.take(desk.nextKey(role));
        if (slot != OrderStore.NONE) {
            store.set(slot, OrderFields.INSTRUMENT, instrumentId);
            desk.instruments.use(instrumentId);
        }
        return slot;
    }

    /** An order whose fields are set is decided on, and sent. */
    void decide(int slot) {
        store.set(slot, OrderFields.DECIDED_NS, desk.nowNs);
        desk.move(slot, OrderCause.DECIDED);
        send(slot);
        desk.set(Desk.COUNTDOWN_DUE, Math.max(1, desk.nowNs));
    }

    /** Gives out the place command of an order in INTENT. */
    void send(int slot) {
        store.add(slot, OrderFields.PLACE_ATTEMPTS, 1);
        store.command(slot, OrderFields.PLACE_COMMAND, desk.wire.place(slot));
        OrderSettings.Times times = desk.settings.times();
        store.timer(slot, OrderFields.ANSWER_AT, desk.nowNs + times.reduceMaxAgeNs() + times.answerNs());
    }
}
