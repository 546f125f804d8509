package io.millrace.engine.orders;

import io.millrace.engine.memory.LongMap;
import io.millrace.engine.memory.StateMemory;

/**
 * Remembers the last fills of the account, so that each counts once, whichever event brings it first. A fill is known by
 * instrument, trade id and side: an order that trades with another one of the same account gives two fills of one id.
 */
final class FillMemory {
    /** The fill was never seen. */
    static final int NEW = 0;
    /** Bit: the fill is counted. */
    static final int COUNTED = 1;
    /** Bit: its order was known, so the order has it, too. */
    static final int ATTRIBUTED = 2;
    /** Bit: fee and profit were told. */
    static final int DETAILED = 4;
    /** The fill is older than what is remembered: it is taken for counted. */
    static final int FORGOTTEN = 8;

    private static final int TRADE_BITS = 51;
    private static final long TRADE_MASK = (1L << TRADE_BITS) - 1;

    private final StateMemory memory;
    private final Instruments instruments;
    private final int capacity;
    private final int ring;
    private final int head;
    private final LongMap known;

    FillMemory(StateMemory memory, Instruments instruments, int capacity) {
        this.memory = memory;
        this.instruments = instruments;
        this.capacity = capacity;
        ring = memory.reserve(capacity);
        head = memory.reserve(1);
        known = new LongMap(memory, capacity);
    }

    static int words(int capacity) {
        return capacity + 1 + LongMap.words(capacity);
    }

    /** Returns the key of a fill. */
    static long key(int instrumentId, int side, long tradeId) {
        return ((long) instrumentId << (TRADE_BITS + 1)) | ((side & 1L) << TRADE_BITS) | (tradeId & TRADE_MASK);
    }

    /** Returns {@link #NEW}, {@link #FORGOTTEN}, or the bits of a fill that is remembered. */
    int find(long key) {
        long bits = known.get(key);
        if (bits != LongMap.MISSING) {
            return (int) bits;
        }
        boolean isForgotten = (key & TRADE_MASK) <= instruments.get(instrumentOf(key), Instruments.FORGOTTEN_TRADE_ID);
        return isForgotten ? FORGOTTEN : NEW;
    }

    /** Remembers a fill, or more of it. */
    void put(long key, int bits) {
        if (known.get(key) == LongMap.MISSING) {
            int at = ring + (int) memory.get(head);
            long oldest = memory.get(at);
            if (oldest != 0) {
                known.remove(oldest);
                int id = instrumentOf(oldest);
                long forgotten = Math.max(instruments.get(id, Instruments.FORGOTTEN_TRADE_ID), oldest & TRADE_MASK);
                instruments.set(id, Instruments.FORGOTTEN_TRADE_ID, forgotten);
            }
            memory.set(at, key);
            memory.set(head, (memory.get(head) + 1) % capacity);
        }
        known.put(key, bits);
    }

    private static int instrumentOf(long key) {
        return (int) (key >>> (TRADE_BITS + 1));
    }
}
