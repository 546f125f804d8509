package io.millrace.engine.bars;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;

/**
 * The last closed bars of one instrument on one timeframe, packed, in a ring by their time: a bar that is missing is a hole
 * that is known to be one. Bars are asked for by how many bars ago they closed, 0 the newest.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> none after the first bar but for {@link BarRows} growing wide.
 */
public final class BarSeries implements Stateful {
    /** {@link #put}: the bar is the newest now. */
    static final int ADDED = 0;
    /** {@link #put}: the bar fills a hole or makes the history longer. */
    static final int FILLED = 1;
    /** {@link #put}: the bar was there already, with the same numbers. */
    static final int DUPLICATE = 2;
    /** {@link #put}: the bar was there already, with other numbers, which stay. */
    static final int DIFFERENT = 3;
    /** {@link #put}: older than what is kept. */
    static final int TOO_OLD = 4;

    /** Time of a bar that is not there. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private final Timeframe timeframe;
    private final int capacity;
    private final BarRows rows;
    private final ClosedBar found = new ClosedBar();
    private long newestMs = NO_TIME;
    private int size;
    private int missing;
    private int contiguous;

    /**
     * Makes an empty series.
     *
     * @param timeframe of its bars.
     * @param capacity most bars, holes counted.
     * @param grid of prices and volumes.
     */
    BarSeries(Timeframe timeframe, int capacity, LotGrid grid) {
        this.timeframe = timeframe;
        this.capacity = capacity;
        rows = new BarRows(capacity, grid);
    }

    /** Returns the timeframe. */
    public Timeframe timeframe() {
        return timeframe;
    }

    /** Returns the most bars that are kept. */
    public int capacity() {
        return capacity;
    }

    /** Returns the bars from the oldest that is kept to the newest, holes counted. */
    public int size() {
        return size;
    }

    /** Returns the holes among them. */
    public int missing() {
        return missing;
    }

    /** Returns how many bars there are from the newest back to the first hole. */
    public int contiguous() {
        return contiguous;
    }

    /** Returns whether the newest {@code count} bars are all there. */
    public boolean isContiguous(int count) {
        return count <= contiguous;
    }

    /** Returns when the newest bar or hole began, {@link #NO_TIME} if there is none. */
    public long newestMs() {
        return newestMs;
    }

    /** Returns when the oldest bar that is kept began, {@link #NO_TIME} if there is none. */
    public long oldestMs() {
        return size == 0 ? NO_TIME : newestMs - (size - 1) * timeframe.lengthMs();
    }

    /** Returns whether the bar of so many bars ago is there; any number may be asked. */
    public boolean has(int ago) {
        return ago >= 0 && ago < size && rows.source(slotAgo(ago)) != ClosedBar.HOLE;
    }

    /** Returns whether the bar that began then is there; any time may be asked. */
    public boolean hasAt(long openMs) {
        return isKept(openMs) && rows.source(slot(openMs)) != ClosedBar.HOLE;
    }

    /** Returns the last price of a bar that is there, at 1e-8. */
    public long closeE8(int ago) {
        return rows.priceE8(slotAgo(ago), BarRows.CLOSE);
    }

    /** Returns the last price, at 1e-8, of the bar that began then, which must be there, see {@link #hasAt}. */
    public long closeE8At(long openMs) {
        return rows.priceE8(slot(openMs), BarRows.CLOSE);
    }

    /** Returns the first price of a bar that is there, at 1e-8. */
    public long openE8(int ago) {
        return rows.priceE8(slotAgo(ago), BarRows.OPEN);
    }

    /** Returns the highest price of a bar that is there, at 1e-8. */
    public long highE8(int ago) {
        return rows.priceE8(slotAgo(ago), BarRows.HIGH);
    }

    /** Returns the lowest price of a bar that is there, at 1e-8. */
    public long lowE8(int ago) {
        return rows.priceE8(slotAgo(ago), BarRows.LOW);
    }

    /** Returns the volume of a bar that is there, in base units. */
    public double volume(int ago) {
        return rows.volume(slotAgo(ago));
    }

    /** Returns the volume of a bar that is there, in quote units. */
    public double quoteVolume(int ago) {
        return rows.quoteVolume(slotAgo(ago));
    }

    /** Returns what takers bought in a bar that is there, in base units. */
    public double takerBuyVolume(int ago) {
        return rows.takerBuyVolume(slotAgo(ago));
    }

    /** Returns the trades of a bar that is there. */
    public int trades(int ago) {
        return rows.trades(slotAgo(ago));
    }

    /**
     * Copies a bar.
     *
     * @param openMs when it began; it must be there, see {@link #hasAt}.
     * @param into takes it.
     */
    public void copyAt(long openMs, ClosedBar into) {
        into.openMs = openMs;
        rows.read(slot(openMs), into);
    }

    /**
     * Takes a closed bar.
     *
     * @param bar sound, beginning on a multiple of the timeframe.
     * @return {@link #ADDED}, {@link #FILLED}, {@link #DUPLICATE}, {@link #DIFFERENT} or {@link #TOO_OLD}.
     */
    int put(ClosedBar bar) {
        if (newestMs == NO_TIME || bar.openMs > newestMs) {
            advance(bar.openMs);
            rows.write(slot(bar.openMs), bar);
            contiguous++;
            missing--;
            return ADDED;
        }
        long ago = (newestMs - bar.openMs) / timeframe.lengthMs();
        if (ago >= capacity) {
            return TOO_OLD;
        }
        if (ago < size && rows.source(slot(bar.openMs)) != ClosedBar.HOLE) {
            copyAt(bar.openMs, found);
            return found.isSame(bar) ? DUPLICATE : DIFFERENT;
        }
        if (ago >= size) {
            missing += (int) ago + 1 - size;
            size = (int) ago + 1;
        }
        rows.write(slot(bar.openMs), bar);
        missing--;
        if (ago == contiguous) {
            extendRun();
        }
        return FILLED;
    }

    /** The bar that began then, later than the newest, did not come: it is a hole, and so is what lies between. */
    void skipTo(long openMs) {
        advance(openMs);
        contiguous = 0;
    }

    /** Forgets everything. */
    void clear() {
        newestMs = NO_TIME;
        size = 0;
        missing = 0;
        contiguous = 0;
        rows.clear();
    }

    /** Makes holes of everything behind the newest up to and with a time. */
    private void advance(long openMs) {
        if (newestMs == NO_TIME || (openMs - newestMs) / timeframe.lengthMs() >= capacity) {
            boolean isFirst = newestMs == NO_TIME;
            clear();
            newestMs = openMs;
            size = isFirst ? 1 : capacity;
            missing = size;
            return;
        }
        while (newestMs < openMs) {
            newestMs += timeframe.lengthMs();
            int at = slot(newestMs);
            if (size == capacity) {
                missing -= rows.source(at) == ClosedBar.HOLE ? 1 : 0;
                contiguous = Math.min(contiguous, capacity - 1);
            } else {
                size++;
            }
            rows.clear(at);
            missing++;
            if (newestMs < openMs) {
                contiguous = 0;
            }
        }
    }

    private void extendRun() {
        while (contiguous < size && rows.source(slotAgo(contiguous)) != ClosedBar.HOLE) {
            contiguous++;
        }
    }

    private boolean isKept(long openMs) {
        return size > 0 && openMs <= newestMs && openMs >= oldestMs();
    }

    private int slotAgo(int ago) {
        return slot(newestMs - ago * timeframe.lengthMs());
    }

    private int slot(long openMs) {
        return (int) Math.floorMod(openMs / timeframe.lengthMs(), (long) capacity);
    }

    @Override
    public void visitState(State state) {
        state.type("BarSeries");
        state.setting("timeframe", timeframe.index());
        state.setting("capacity", capacity);
        newestMs = state.i64(newestMs);
        size = state.i32(size);
        missing = state.i32(missing);
        contiguous = state.i32(contiguous);
        rows.visit(state);
    }
}
