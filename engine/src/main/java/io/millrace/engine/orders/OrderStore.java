package io.millrace.engine.orders;

import io.millrace.engine.memory.LongMap;
import io.millrace.engine.memory.StateMemory;

/**
 * All orders that the engine knows: fixed slots of words, found by name, by the venue's ids and by the commands under way.
 * Finished orders stay for a time, so that late news finds them, and make room when it is needed. In the list of taken slots
 * those of live orders stand first: what is asked at every order looks at them, and not at the many that have ended.
 */
final class OrderStore {
    /** No such order. */
    static final int NONE = -1;

    private static final int COMMANDS_PER_ORDER = 4;
    /** Finished orders are forgotten in bunches: 2^27 ns are 0.13 s. */
    private static final int RECYCLE_SHIFT = 27;

    private final StateMemory memory;
    private final int capacity;
    private final int records;
    private final int taken;
    private final int takenCount;
    private final int free;
    private final int freeCount;
    private final int untouched;
    private final int nextDue;
    private final int unknownCount;
    private final int unfinishedCount;
    private final LongMap byKey;
    private final LongMap byVenueOrderId;
    private final LongMap byVenueAlgoId;
    private final LongMap byCommand;

    /**
     * Makes an empty store.
     *
     * @param memory to live in.
     * @param capacity most orders at a time.
     */
    OrderStore(StateMemory memory, int capacity) {
        this.memory = memory;
        this.capacity = capacity;
        records = memory.reserve(capacity * OrderFields.COUNT);
        taken = memory.reserve(capacity);
        free = memory.reserve(capacity);
        takenCount = memory.reserve(1);
        freeCount = memory.reserve(1);
        untouched = memory.reserve(1);
        nextDue = memory.reserve(1);
        unknownCount = memory.reserve(1);
        unfinishedCount = memory.reserve(1);
        byKey = new LongMap(memory, capacity);
        byVenueOrderId = new LongMap(memory, capacity);
        byVenueAlgoId = new LongMap(memory, capacity);
        byCommand = new LongMap(memory, COMMANDS_PER_ORDER * capacity);
    }

    /** Returns the words of memory that a store of this capacity takes. */
    static int words(int capacity) {
        return capacity * (OrderFields.COUNT + 2)
                + 6
                + 3 * LongMap.words(capacity)
                + LongMap.words(COMMANDS_PER_ORDER * capacity);
    }

    long get(int slot, int field) {
        return memory.get(records + slot * OrderFields.COUNT + field);
    }

    void set(int slot, int field, long value) {
        memory.set(records + slot * OrderFields.COUNT + field, value);
    }

    void add(int slot, int field, long change) {
        memory.add(records + slot * OrderFields.COUNT + field, change);
    }

    boolean is(int slot, int flag) {
        return (get(slot, OrderFields.FLAGS) & flag) != 0;
    }

    void flag(int slot, int flag) {
        set(slot, OrderFields.FLAGS, get(slot, OrderFields.FLAGS) | flag);
    }

    void unflag(int slot, int flag) {
        set(slot, OrderFields.FLAGS, get(slot, OrderFields.FLAGS) & ~(long) flag);
    }

    OrderState state(int slot) {
        return OrderState.of(get(slot, OrderFields.STATE));
    }

    /** Sets the state, keeps count of those that matter, and live orders together. */
    void state(int slot, OrderState state) {
        OrderState before = state(slot);
        memory.add(unknownCount, share(state == OrderState.UNKNOWN) - share(before == OrderState.UNKNOWN));
        set(slot, OrderFields.STATE, state.code());
        int live = unfinished();
        if (state.isLive() && !before.isLive()) {
            swap((int) get(slot, OrderFields.PLACE), live);
            memory.set(unfinishedCount, live + 1L);
        } else if (!state.isLive() && before.isLive()) {
            swap((int) get(slot, OrderFields.PLACE), live - 1);
            memory.set(unfinishedCount, live - 1L);
        }
    }

    private void swap(int place, int other) {
        if (place != other) {
            int slot = at(place);
            put(place, at(other));
            put(other, slot);
        }
    }

    private void put(int place, int slot) {
        memory.set(taken + place, slot);
        set(slot, OrderFields.PLACE, place);
    }

    private static int share(boolean is) {
        return is ? 1 : 0;
    }

    /** Returns the orders of which nobody knows whether the venue has them. */
    int unknown() {
        return (int) memory.get(unknownCount);
    }

    /** Returns the orders that have not ended: the first so many of {@link #at}. */
    int unfinished() {
        return (int) memory.get(unfinishedCount);
    }

    /** Returns the number of slots that were ever taken: all orders are in slots below it. */
    int slots() {
        return (int) memory.get(untouched);
    }

    /** Returns whether an order is in a slot. */
    boolean isTaken(int slot) {
        return get(slot, OrderFields.KEY) != 0;
    }

    /** Returns the number of taken slots, for {@link #at}. */
    int size() {
        return (int) memory.get(takenCount);
    }

    /** Returns the i-th taken slot; which one it is changes when an order begins or ends. */
    int at(int i) {
        return (int) memory.get(taken + i);
    }

    int ofKey(long key) {
        return (int) byKey.get(key);
    }

    int ofVenueOrderId(long id) {
        return (int) byVenueOrderId.get(id);
    }

    int ofVenueAlgoId(long id) {
        return (int) byVenueAlgoId.get(id);
    }

    int ofCommand(long commandId) {
        return (int) byCommand.get(commandId);
    }

    /**
     * Takes a slot.
     *
     * @param key of the new order, not in the store.
     * @return the slot, {@link #NONE} if all are in use by orders that are still needed.
     */
    int take(long key) {
        int slot = vacant();
        if (slot == NONE) {
            return NONE;
        }
        int count = size();
        put(count, slot);
        memory.set(takenCount, count + 1L);
        set(slot, OrderFields.KEY, key);
        byKey.put(key, slot);
        return slot;
    }

    private int vacant() {
        if (memory.get(freeCount) == 0 && memory.get(untouched) == capacity) {
            recycleOne();
        }
        int count = (int) memory.get(freeCount);
        if (count > 0) {
            memory.set(freeCount, count - 1L);
            return (int) memory.get(free + count - 1);
        }
        int next = (int) memory.get(untouched);
        if (next == capacity) {
            return NONE;
        }
        memory.set(untouched, next + 1L);
        return next;
    }

    /** Gives up the finished order that ended first. */
    private void recycleOne() {
        int oldest = NONE;
        for (int i = 0; i < size(); i++) {
            int slot = at(i);
            if (state(slot).isEnd()
                    && get(slot, OrderFields.FILLED_LOTS) >= get(slot, OrderFields.TOLD_LOTS)
                    && (oldest == NONE || get(slot, OrderFields.RECYCLE_AT) < get(oldest, OrderFields.RECYCLE_AT))) {
                oldest = slot;
            }
        }
        if (oldest != NONE) {
            release(oldest);
        }
    }

    /** Forgets an order. */
    void release(int slot) {
        byKey.remove(get(slot, OrderFields.KEY));
        forget(byVenueOrderId, get(slot, OrderFields.VENUE_ORDER_ID), slot);
        forget(byVenueAlgoId, get(slot, OrderFields.VENUE_ALGO_ID), slot);
        command(slot, OrderFields.PLACE_COMMAND, 0);
        command(slot, OrderFields.CANCEL_COMMAND, 0);
        command(slot, OrderFields.AMEND_COMMAND, 0);
        command(slot, OrderFields.QUERY_COMMAND, 0);
        state(slot, OrderState.NONE);
        int place = (int) get(slot, OrderFields.PLACE);
        int last = size() - 1;
        put(place, at(last));
        memory.set(taken + last, 0);
        memory.set(takenCount, last);
        for (int field = 0; field < OrderFields.COUNT; field++) {
            set(slot, field, 0);
        }
        memory.set(free + (int) memory.get(freeCount), slot);
        memory.add(freeCount, 1);
    }

    private static void forget(LongMap map, long key, int slot) {
        if (key != 0 && map.get(key) == slot) {
            map.remove(key);
        }
    }

    /** Learns the venue's id of an ordinary order, or of the child of a conditional one. */
    void learnOrderId(int slot, long id) {
        learn(byVenueOrderId, slot, OrderFields.VENUE_ORDER_ID, id);
    }

    /** Learns the venue's id of a conditional order. */
    void learnAlgoId(int slot, long id) {
        learn(byVenueAlgoId, slot, OrderFields.VENUE_ALGO_ID, id);
    }

    private void learn(LongMap map, int slot, int field, long id) {
        if (id == 0 || get(slot, field) == id) {
            return;
        }
        forget(map, get(slot, field), slot);
        if (map.get(id) != LongMap.MISSING || !map.isFull()) {
            map.put(id, slot);
            set(slot, field, id);
        }
    }

    /**
     * Notes a command under way, or that it is no more.
     *
     * @param slot of the order.
     * @param field which kind of command.
     * @param commandId of the command, 0 for none.
     */
    void command(int slot, int field, long commandId) {
        long before = get(slot, field);
        if (before == commandId) {
            return;
        }
        if (before != 0) {
            byCommand.remove(before);
        }
        if (commandId != 0) {
            byCommand.put(commandId, slot);
        }
        set(slot, field, commandId);
    }

    /** Sets one of the order's times. */
    void timer(int slot, int field, long atNs) {
        if (get(slot, field) == atNs) {
            return;
        }
        set(slot, field, atNs);
        long due = 0;
        for (int timer = OrderFields.ANSWER_AT; timer < OrderFields.RECYCLE_AT; timer++) {
            due = earlier(due, get(slot, timer));
        }
        due = earlier(due, bunched(get(slot, OrderFields.RECYCLE_AT)));
        set(slot, OrderFields.DUE_NS, due);
        memory.set(nextDue, earlier(memory.get(nextDue), due));
    }

    private static long bunched(long atNs) {
        return atNs == 0 ? 0 : ((atNs >> RECYCLE_SHIFT) + 1) << RECYCLE_SHIFT;
    }

    private static long earlier(long first, long second) {
        if (first == 0 || second == 0) {
            return first | second;
        }
        return Math.min(first, second);
    }

    /** Returns whether some order may have something to do; every {@link #sweepDone} finds out anew. */
    boolean isDue(long nowNs) {
        long due = memory.get(nextDue);
        return due != 0 && due <= nowNs;
    }

    /** Finds out when the next order has something to do. */
    void sweepDone() {
        long due = 0;
        for (int i = 0; i < size(); i++) {
            due = earlier(due, get(at(i), OrderFields.DUE_NS));
        }
        memory.set(nextDue, due);
    }
}
