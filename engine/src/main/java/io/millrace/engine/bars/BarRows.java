package io.millrace.engine.bars;

import io.millrace.engine.indicator.State;

/**
 * Closed bars in rows, one behind the other in memory: a bar is written to one or two lines of it. Prices count units (ticks) and volumes
 * lots in four bytes each, as long as all are whole multiples of these; from the first on that is not (a bar on an older, finer grid) or is too
 * many, all rows hold prices and volumes in eight bytes.
 */
final class BarRows {
    /** Fields of {@link #priceE8}. */
    static final int OPEN = 0;

    static final int HIGH = 1;
    static final int LOW = 2;
    static final int CLOSE = 3;

    /** Words of prices and volumes; behind them the others, in both kinds of rows alike. */
    private static final int NARROW = 6;

    private static final int WIDE = 12;
    private static final int QUOTE_VOLUME = 0;
    private static final int TRADES = 2;
    private static final int EVENT_OFFSET = 3;
    private static final int RECEIVE_OFFSET = 4;
    private static final int SOURCE = 5;
    private static final int OTHERS = 6;

    private static final int VOLUME = 4;
    private static final int TAKER_BUY_VOLUME = 5;
    private static final long LOW_WORD = 0xFFFF_FFFFL;

    private final int length;
    private final LotGrid grid;
    private int scaled = NARROW;
    private int stride = NARROW + OTHERS;
    private int[] words;

    /**
     * Makes rows of zeros, which are holes.
     *
     * @param length number of rows.
     * @param grid whose ticks and lots are counted.
     */
    BarRows(int length, LotGrid grid) {
        this.length = length;
        this.grid = grid;
        this.words = new int[length * stride];
    }

    /** Returns whether prices and volumes take eight bytes. */
    boolean isWide() {
        return scaled == WIDE;
    }

    /**
     * Returns a price at 1e-8.
     *
     * @param at the row.
     * @param field {@link #OPEN}, {@link #HIGH}, {@link #LOW} or {@link #CLOSE}.
     */
    long priceE8(int at, int field) {
        int from = at * stride;
        return isWide() ? word(from + 2 * field) : words[from + field] * grid.priceUnitE8();
    }

    /** Returns the volume of a row, in base units. */
    double volume(int at) {
        return amount(at, VOLUME);
    }

    /** Returns what takers bought, in base units. */
    double takerBuyVolume(int at) {
        return amount(at, TAKER_BUY_VOLUME);
    }

    /** Returns the volume in quote units. */
    double quoteVolume(int at) {
        return Double.longBitsToDouble(word(other(at) + QUOTE_VOLUME));
    }

    /** Returns the trades. */
    int trades(int at) {
        return words[other(at) + TRADES];
    }

    /** Returns the source; {@link ClosedBar#HOLE} for a row without a bar. */
    int source(int at) {
        return words[other(at) + SOURCE];
    }

    /** Makes a row a hole. */
    void clear(int at) {
        words[other(at) + SOURCE] = ClosedBar.HOLE;
    }

    /** Makes all rows holes. */
    void clear() {
        for (int at = 0; at < length; at++) {
            clear(at);
        }
    }

    /** Copies all of a row but its time. */
    void read(int at, ClosedBar into) {
        into.openE8 = priceE8(at, OPEN);
        into.highE8 = priceE8(at, HIGH);
        into.lowE8 = priceE8(at, LOW);
        into.closeE8 = priceE8(at, CLOSE);
        into.volume = volume(at);
        into.takerBuyVolume = takerBuyVolume(at);
        into.quoteVolume = quoteVolume(at);
        int from = other(at);
        into.trades = words[from + TRADES];
        into.eventOffsetMs = words[from + EVENT_OFFSET];
        into.receiveOffsetMs = words[from + RECEIVE_OFFSET];
        into.source = words[from + SOURCE];
    }

    /** Writes a row. */
    void write(int at, ClosedBar bar) {
        if (!isWide() && !writeNarrow(at * stride, bar)) {
            widen();
        }
        if (isWide()) {
            writeWide(at * stride, bar);
        }
        int from = other(at);
        setWord(from + QUOTE_VOLUME, Double.doubleToRawLongBits(bar.quoteVolume));
        words[from + TRADES] = bar.trades;
        words[from + EVENT_OFFSET] = bar.eventOffsetMs;
        words[from + RECEIVE_OFFSET] = bar.receiveOffsetMs;
        words[from + SOURCE] = bar.source;
    }

    /** Returns false, and leaves the row as it was, if something does not fit. */
    private boolean writeNarrow(int from, ClosedBar bar) {
        int open = units(bar.openE8);
        int high = units(bar.highE8);
        int low = units(bar.lowE8);
        int close = units(bar.closeE8);
        int volume = lots(bar.volume);
        int takerBuyVolume = lots(bar.takerBuyVolume);
        if ((open | high | low | close | volume | takerBuyVolume) < 0) {
            return false;
        }
        words[from + OPEN] = open;
        words[from + HIGH] = high;
        words[from + LOW] = low;
        words[from + CLOSE] = close;
        words[from + VOLUME] = volume;
        words[from + TAKER_BUY_VOLUME] = takerBuyVolume;
        return true;
    }

    private void writeWide(int from, ClosedBar bar) {
        setWord(from + 2 * OPEN, bar.openE8);
        setWord(from + 2 * HIGH, bar.highE8);
        setWord(from + 2 * LOW, bar.lowE8);
        setWord(from + 2 * CLOSE, bar.closeE8);
        setWord(from + 2 * VOLUME, Double.doubleToRawLongBits(bar.volume));
        setWord(from + 2 * TAKER_BUY_VOLUME, Double.doubleToRawLongBits(bar.takerBuyVolume));
    }

    /** Returns how many units a price is, -1 if it is none. */
    private int units(long priceE8) {
        long count = priceE8 / grid.priceUnitE8();
        return count * grid.priceUnitE8() == priceE8 && count <= Integer.MAX_VALUE ? (int) count : -1;
    }

    /** Returns how many lots an amount is, -1 if it is not, bit for bit, what that many lots are. */
    private int lots(double amount) {
        long count = Decimals.toUnits(amount, grid.lotExponent()) / grid.lotMantissa();
        boolean isWhole = count >= 0 && count <= Integer.MAX_VALUE && grid.volume(count) == amount;
        return isWhole ? (int) count : -1;
    }

    private double amount(int at, int field) {
        int from = at * stride;
        return isWide() ? Double.longBitsToDouble(word(from + 2 * field)) : grid.volume(words[from + field]);
    }

    /** Copies all rows into wide ones. */
    private void widen() {
        BarRows wide = new BarRows(length, grid);
        wide.scaled = WIDE;
        wide.stride = WIDE + OTHERS;
        wide.words = new int[length * wide.stride];
        ClosedBar row = new ClosedBar();
        for (int at = 0; at < length; at++) {
            read(at, row);
            wide.write(at, row);
        }
        scaled = wide.scaled;
        stride = wide.stride;
        words = wide.words;
    }

    private int other(int at) {
        return at * stride + scaled;
    }

    private long word(int at) {
        return ((long) words[at + 1] << Integer.SIZE) | (words[at] & LOW_WORD);
    }

    private void setWord(int at, long word) {
        words[at] = (int) word;
        words[at + 1] = (int) (word >>> Integer.SIZE);
    }

    /**
     * Passes the rows.
     *
     * @param state the walk.
     */
    void visit(State state) {
        ClosedBar row = new ClosedBar();
        for (int at = 0; at < length; at++) {
            read(at, row);
            row.source = state.i32(row.source);
            row.openE8 = state.i64(row.openE8);
            row.highE8 = state.i64(row.highE8);
            row.lowE8 = state.i64(row.lowE8);
            row.closeE8 = state.i64(row.closeE8);
            row.volume = state.f64(row.volume);
            row.quoteVolume = state.f64(row.quoteVolume);
            row.takerBuyVolume = state.f64(row.takerBuyVolume);
            row.trades = state.i32(row.trades);
            row.eventOffsetMs = state.i32(row.eventOffsetMs);
            row.receiveOffsetMs = state.i32(row.receiveOffsetMs);
            write(at, row);
        }
    }
}
