package io.millrace.engine.book;

import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageRegions;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Measures the books in turn and writes {@link DepthView}s. The walk goes on at the next tick where it stopped; a book that did not
 * change since it was last measured is passed over.
 */
final class DepthMeter {
    /** Bps of one. */
    private static final long ONE_BPS = 10_000;
    /** Levels of a side that are looked at; what lies behind counts as not there. */
    private static final int MAX_LEVELS = 4_096;

    private static final int BATCH = 64;

    private final Moment moment;
    private final InstrumentList instruments;
    private final long notionalE8;
    private final BookCost cost = new BookCost();
    private final long[] ticks = new long[BATCH];
    private final long[] lots = new long[BATCH];
    private int cursor;
    private int savedCursor;

    /**
     * Makes a meter.
     *
     * @param moment saves what is changed.
     * @param instruments whose books are measured.
     * @param notionalE8 value in quote units, 1e-8, whose cost is measured.
     */
    DepthMeter(Moment moment, InstrumentList instruments, long notionalE8) {
        this.moment = moment;
        this.instruments = instruments;
        this.notionalE8 = notionalE8;
    }

    /** Remembers what an event that turns out to be poison must not change. */
    void save() {
        savedCursor = cursor;
    }

    /** Goes back to {@link #save}; books that were measured since are measured again. */
    void restore() {
        cursor = savedCursor;
    }

    /** Returns what later behaviour depends on. */
    long hash() {
        return cursor;
    }

    /** Measures the next books and writes their views behind the slot's market view. */
    void measure(SlotContext slot) {
        int size = instruments.size();
        int views = 0;
        int at = slot.viewOffset() + DepthView.FIRST_OFFSET;
        UnsafeBuffer region = slot.regionBuffer();
        for (int looked = 0; looked < size && views < DepthView.MAX_VIEWS && moment.hasRoomToSave(); looked++) {
            cursor = cursor + 1 >= size ? 0 : cursor + 1;
            BookInstrument in = instruments.defined(cursor);
            if (in != null && in.isLive() && in.sync.measuredUpdateId != updateId(in) && write(in, region, at)) {
                views++;
                at += DepthView.LENGTH;
            }
        }
        if (views > 0) {
            if (views < DepthView.MAX_VIEWS) {
                region.putInt(at + DepthView.INSTRUMENT_ID_OFFSET, -1);
            }
            slot.addFlags(StageRegions.EXTRA_VIEW);
        }
    }

    private static long updateId(BookInstrument in) {
        return Math.max(in.sync.bookUpdateId, in.sync.tickerUpdateId);
    }

    private boolean write(BookInstrument in, UnsafeBuffer region, int at) {
        moment.save(in);
        instruments.touch(in);
        in.sync.measuredUpdateId = updateId(in);
        BookSide bids = in.book.bids();
        BookSide asks = in.book.asks();
        if (bids.top(1, ticks, lots) == 0) {
            return false;
        }
        long bid = ticks[0];
        if (asks.top(1, ticks, lots) == 0) {
            return false;
        }
        long mid = bid + ticks[0];
        region.putInt(at + DepthView.INSTRUMENT_ID_OFFSET, in.id);
        region.putLong(at + DepthView.MID_OFFSET, mid);
        cost.begin(in.lotsWorth(notionalE8, mid));
        writeSide(bids, mid, -1, region, at + DepthView.BID_OFFSET);
        cost.begin(in.lotsWorth(notionalE8, mid));
        writeSide(asks, mid, 1, region, at + DepthView.ASK_OFFSET);
        return true;
    }

    private void writeSide(BookSide side, long mid, int sign, UnsafeBuffer region, int at) {
        long sum = 0;
        int band = 0;
        int seen = 0;
        long edge = edgeTicks(mid, sign * DepthView.bandBps(0));
        int count = side.top(BATCH, ticks, lots);
        // Either there is a band left or lots are wanted; worse levels answer both.
        while (count > 0 && seen < MAX_LEVELS && (band < DepthView.BANDS || !cost.isFilled())) {
            for (int i = 0; i < count; i++) {
                while (band < DepthView.BANDS && (ticks[i] - edge) * sign > 0) {
                    region.putLong(at + band * Long.BYTES, sum);
                    band++;
                    edge = band < DepthView.BANDS ? edgeTicks(mid, sign * DepthView.bandBps(band)) : edge;
                }
                sum = BookSide.addSaturated(sum, lots[i]);
                if (!cost.isFilled()) {
                    cost.take(ticks[i], lots[i]);
                }
            }
            seen += count;
            count = side.topBelow(ticks[count - 1], BATCH, ticks, lots);
        }
        for (; band < DepthView.BANDS; band++) {
            region.putLong(at + band * Long.BYTES, sum);
        }
        region.putDouble(at + DepthView.COST, cost.isFilled() ? costBps(mid) : DepthView.INSUFFICIENT);
    }

    private double costBps(long mid) {
        // The average price's distance from the mid; exact enough: the value is below 2^126, a double has 53 bits of
        // it.
        double value = cost.valueHigh() * 0x1p64 + (cost.valueLow() >>> 1) * 2.0 + (cost.valueLow() & 1);
        double bps = Math.abs(2.0 * (value / cost.filledLots()) / mid - 1.0) * ONE_BPS;
        return Math.min(ONE_BPS, bps);
    }

    /**
     * Returns the last price that still lies within a distance of the mid, exactly.
     *
     * @param mid best bid plus best ask.
     * @param bps distance, negative for below the mid.
     */
    static long edgeTicks(long mid, int bps) {
        // price <= mid / 2 x (10,000 + bps) / 10,000, in two steps so that nothing overflows.
        long factor = ONE_BPS + bps;
        long whole = mid / (2 * ONE_BPS) * factor;
        long rest = mid % (2 * ONE_BPS) * factor;
        long floor = whole + rest / (2 * ONE_BPS);
        boolean isExact = rest % (2 * ONE_BPS) == 0;
        return bps < 0 && !isExact ? floor + 1 : floor;
    }
}
