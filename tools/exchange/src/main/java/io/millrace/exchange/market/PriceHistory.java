package io.millrace.exchange.market;

import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

/**
 * Bars of mark price, index price and premium of one symbol, built from what is sampled once a second. Of each interval the last
 * {@link BarHistory#BOUND} closed bars are kept, 104 bytes each. Before the market began mark and index are the last price, and
 * the premium is 0.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Allocation:</b> only while the tables grow, and in queries.
 * <b>Units:</b> everything at 1e-8.
 */
public final class PriceHistory {
    /** Which price. */
    public enum Kind {
        /** Mark price. */
        MARK,
        /** Index price. */
        INDEX,
        /** Premium of the contract over the index, a rate. */
        PREMIUM
    }

    /** Takes the bars that were asked for. */
    public interface Sink {
        /**
         * One bar.
         *
         * @param openMs its beginning, epoch milliseconds.
         * @param open first value at 1e-8.
         * @param high highest value at 1e-8.
         * @param low lowest value at 1e-8.
         * @param close last value at 1e-8.
         */
        void onBar(long openMs, long open, long high, long low, long close);
    }

    private static final int E8 = 8;
    private static final int KINDS = 3;
    private static final int OPEN = 0;
    private static final int HIGH = 1;
    private static final int LOW = 2;
    private static final int CLOSE = 3;
    private static final int PARTS = 4;
    private static final int OPEN_TIME = KINDS * PARTS;
    private static final List<Interval> INTERVALS = Interval.kept();

    private final BarHistory trades;
    private final BigDecimal tickE8;
    private final long[] sample = new long[KINDS];
    /** By interval: open, high, low, close of each kind, and the beginning; null before the first sample. */
    private final long[][] running = new long[INTERVALS.size()][];

    private final long[] endMs = new long[INTERVALS.size()];
    private final LongRows[] closed = new LongRows[INTERVALS.size()];

    PriceHistory(SymbolSpec spec, BarHistory trades) {
        this.trades = trades;
        this.tickE8 = spec.tick().step().movePointRight(E8);
        for (int i = 0; i < closed.length; i++) {
            closed[i] = new LongRows(OPEN_TIME + 1, BarHistory.BOUND);
        }
    }

    void onSample(long timeMs, long markE8, long indexE8, long premiumE8) {
        sample[0] = markE8;
        sample[1] = indexE8;
        sample[2] = premiumE8;
        // The minute first: while it runs, no other bar can have ended.
        boolean isNewMinute = running[0] == null || timeMs >= endMs[0];
        if (isNewMinute) {
            for (int i = 0; i < running.length; i++) {
                if (running[i] == null || timeMs >= endMs[i]) {
                    roll(i, timeMs);
                }
            }
        }
        for (long[] bar : running) {
            for (int kind = 0; kind < KINDS; kind++) {
                int at = kind * PARTS;
                bar[at + HIGH] = Math.max(bar[at + HIGH], sample[kind]);
                bar[at + LOW] = Math.min(bar[at + LOW], sample[kind]);
                bar[at + CLOSE] = sample[kind];
            }
        }
    }

    private void roll(int index, long timeMs) {
        Interval interval = INTERVALS.get(index);
        long openMs = interval.openMs(timeMs);
        if (running[index] == null) {
            running[index] = new long[OPEN_TIME + 1];
            begin(index, openMs);
            seed(interval, openMs);
            return;
        }
        add(index);
        long[] bar = running[index];
        for (int kind = 0; kind < KINDS; kind++) {
            // What stood still while the market did is flat.
            fill(bar, kind * PARTS, bar[kind * PARTS + CLOSE]);
        }
        long flatMs = Math.max(endMs[index], interval.backMs(openMs, BarHistory.BOUND));
        for (; flatMs < openMs; flatMs = interval.endMs(flatMs)) {
            bar[OPEN_TIME] = flatMs;
            add(index);
        }
        begin(index, openMs);
    }

    private void begin(int index, long openMs) {
        long[] bar = running[index];
        for (int kind = 0; kind < KINDS; kind++) {
            fill(bar, kind * PARTS, sample[kind]);
        }
        bar[OPEN_TIME] = openMs;
        endMs[index] = INTERVALS.get(index).endMs(openMs);
    }

    /** A bar that runs when the market begins holds its share of the past. */
    private void seed(Interval interval, long openMs) {
        Bar past = new Bar();
        if (!trades.findPast(openMs, past)) {
            return;
        }
        long[] bar = running[interval.index()];
        for (Kind kind : Kind.values()) {
            int at = place(kind);
            bar[at + OPEN] = pastValue(kind, past.openTicks);
            bar[at + HIGH] = Math.max(bar[at + HIGH], pastValue(kind, past.highTicks));
            bar[at + LOW] = Math.min(bar[at + LOW], pastValue(kind, past.lowTicks));
        }
    }

    private static void fill(long[] bar, int at, long value) {
        Arrays.fill(bar, at, at + PARTS, value);
    }

    private void add(int index) {
        long row = closed[index].add();
        for (int column = 0; column <= OPEN_TIME; column++) {
            closed[index].set(row, column, running[index][column]);
        }
    }

    /**
     * Finds bars, closed ones and the running one.
     *
     * @param kind which price.
     * @param interval of the bars, not a second.
     * @param times which bars.
     * @param bars takes them, oldest first.
     */
    public void query(Kind kind, Interval interval, BarTimes times, Sink bars) {
        Bar past = new Bar();
        long runningMs = trades.runningOpenMs(interval);
        for (long openMs : times.opens(interval, trades.earliestMs(interval), runningMs)) {
            find(kind, interval, openMs, past, bars);
        }
    }

    private void find(Kind kind, Interval interval, long openMs, Bar past, Sink bars) {
        int at = place(kind);
        long[] bar = running[interval.index()];
        if (bar != null && bar[OPEN_TIME] == openMs) {
            bars.onBar(openMs, bar[at], bar[at + HIGH], bar[at + LOW], bar[at + CLOSE]);
            return;
        }
        LongRows rows = closed[interval.index()];
        long row = rows.lowerBound(OPEN_TIME, openMs);
        if (row < rows.end() && rows.get(row, OPEN_TIME) == openMs) {
            bars.onBar(
                    openMs,
                    rows.get(row, at),
                    rows.get(row, at + HIGH),
                    rows.get(row, at + LOW),
                    rows.get(row, at + CLOSE));
        } else if (trades.find(interval, openMs, past)) {
            bars.onBar(
                    openMs,
                    pastValue(kind, past.openTicks),
                    pastValue(kind, past.highTicks),
                    pastValue(kind, past.lowTicks),
                    pastValue(kind, past.closeTicks));
        }
    }

    @SuppressWarnings("EnumOrdinal") // the order of the columns, nothing stores it
    private static int place(Kind kind) {
        return kind.ordinal() * PARTS;
    }

    private long pastValue(Kind kind, long ticks) {
        return kind == Kind.PREMIUM ? 0 : priceE8(ticks);
    }

    /** Returns a price in ticks at 1e-8, rounded half up. */
    long priceE8(long ticks) {
        return tickE8.multiply(BigDecimal.valueOf(ticks))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
