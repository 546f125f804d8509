package io.millrace.engine.orders;

import io.millrace.engine.memory.StateMemory;

/** Wallets by asset: what fills and account events make of them, and what the venue says. Amounts at 1e-8. */
final class Balances {
    /** Most assets. */
    static final int MAX_ASSETS = 64;

    static final int ASSET = 0;
    /** By fills, fees and the venue's changes, from the last value that was taken over. */
    static final int OURS_E8 = 1;

    static final int VENUE_E8 = 2;
    static final int AVAILABLE_E8 = 3;
    static final int SUSPECT_OURS_E8 = 4;
    static final int SUSPECT_THEIRS_E8 = 5;
    static final int SUSPECT_ROUND = 6;
    static final int SEEN_ROUND = 7;
    /** Changes of ours. */
    static final int CHANGES = 8;
    /** Changes when the picture of this round was asked for, and those of the round that saw a difference. */
    static final int PICTURE_CHANGES = 9;

    static final int SUSPECT_CHANGES = 10;
    static final int COUNT = 12;

    private final StateMemory memory;
    private final int records;
    private final int size;

    Balances(StateMemory memory) {
        this.memory = memory;
        records = memory.reserve(MAX_ASSETS * COUNT);
        size = memory.reserve(1);
    }

    static int words() {
        return MAX_ASSETS * COUNT + 1;
    }

    int size() {
        return (int) memory.get(size);
    }

    long get(int i, int field) {
        return memory.get(records + i * COUNT + field);
    }

    void set(int i, int field, long value) {
        memory.set(records + i * COUNT + field, value);
    }

    /** Returns the place of an asset, -1 if it was never told of. */
    int find(long asset) {
        for (int i = 0; i < size(); i++) {
            if (get(i, ASSET) == asset) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the place of an asset, made if it was never told of; -1 if there are too many. */
    int make(long asset) {
        int found = find(asset);
        if (found >= 0 || size() == MAX_ASSETS) {
            return found;
        }
        int i = size();
        memory.add(size, 1);
        set(i, ASSET, asset);
        return i;
    }

    /** A fill, a fee or an event changed a wallet; unheard of ones wait for the venue to tell their value. */
    void change(long asset, long changeE8) {
        int i = asset == 0 || changeE8 == 0 ? -1 : find(asset);
        if (i >= 0) {
            set(i, OURS_E8, get(i, OURS_E8) + changeE8);
            set(i, CHANGES, get(i, CHANGES) + 1);
        }
    }
}
