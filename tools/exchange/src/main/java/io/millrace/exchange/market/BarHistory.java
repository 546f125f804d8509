package io.millrace.exchange.market;

import java.util.List;
import java.util.function.Consumer;

/**
 * The bars of one symbol in all intervals, from single trades on: the running minute is built from trades, every other running
 * bar is what its closed minutes add up to and the running minute. A time in which nothing traded has a flat bar. Of each
 * interval the last {@value #BOUND} closed bars are kept (80 bytes each); until that many have closed, older ones come from the
 * {@link BarPast}, and the bars that run when the market begins hold their share of it.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Allocation:</b> only while the tables grow, and in queries.
 */
public final class BarHistory {
    /** Most closed bars of an interval that are kept; what one request can ask for. */
    public static final int BOUND = 1500;

    private static final long MINUTE_MS = 60_000;
    private static final long SECOND_MS = 1000;
    private static final int OPEN_TIME = 0;
    private static final int COLUMNS = 10;
    private static final List<Interval> INTERVALS = Interval.kept();

    private final BarPast past;
    private final long liveFromMs;
    private final Bar minute = new Bar();
    private final Bar second = new Bar();
    /** What the closed minutes of each running bar add up to; by {@link Interval#index()}, none for the minute itself. */
    private final Bar[] running = new Bar[INTERVALS.size()];

    private final long[] runningEndMs = new long[INTERVALS.size()];
    private final LongRows[] closed = new LongRows[INTERVALS.size()];
    private final Bar flat = new Bar();

    BarHistory(long startMs, long priceTicks, long lastTradeId, BarPast past) {
        this.past = past;
        this.liveFromMs = Interval.M1.openMs(startMs);
        minute.open(liveFromMs, priceTicks);
        second.open(startMs - startMs % SECOND_MS, priceTicks);
        for (Interval interval : INTERVALS) {
            int i = interval.index();
            closed[i] = new LongRows(COLUMNS, BOUND);
            if (interval == Interval.M1) {
                continue;
            }
            Bar bar = new Bar();
            long openMs = interval.openMs(liveFromMs);
            bar.open(openMs, priceTicks);
            if (findPast(openMs, bar)) {
                bar.firstTradeId = Math.max(1, lastTradeId - bar.trades + 1);
                bar.lastTradeId = lastTradeId;
            }
            running[i] = bar;
            runningEndMs[i] = interval.endMs(openMs);
        }
    }

    void onTrade(long tradeId, long priceTicks, long qtyLots, boolean isBuyerMaker) {
        minute.onTrade(tradeId, priceTicks, qtyLots, isBuyerMaker);
        second.onTrade(tradeId, priceTicks, qtyLots, isBuyerMaker);
    }

    Bar minute() {
        return minute;
    }

    Bar second() {
        return second;
    }

    boolean isMinuteOver(long timeMs) {
        return timeMs >= minute.openTimeMs + MINUTE_MS;
    }

    boolean isSecondOver(long timeMs) {
        return timeMs >= second.openTimeMs + SECOND_MS;
    }

    void rollSecond(long timeMs) {
        second.open(timeMs - timeMs % SECOND_MS, second.closeTicks);
    }

    /** Says whether the running bar of an interval is over. */
    boolean isOver(Interval interval, long timeMs) {
        return interval == Interval.M1 ? isMinuteOver(timeMs) : timeMs >= runningEndMs[interval.index()];
    }

    /** Closes the running minute, and every bar that is over by then. */
    void rollMinute(long timeMs) {
        long nextMs = Interval.M1.openMs(timeMs);
        long close = minute.closeTicks;
        for (Interval interval : INTERVALS) {
            int i = interval.index();
            if (interval == Interval.M1) {
                add(closed[i], minute);
                addFlat(interval, minute.openTimeMs + MINUTE_MS, nextMs, close);
                continue;
            }
            running[i].append(minute);
            if (runningEndMs[i] <= nextMs) {
                add(closed[i], running[i]);
                long openMs = addFlat(interval, runningEndMs[i], nextMs, close);
                running[i].open(openMs, close);
                runningEndMs[i] = interval.endMs(openMs);
            }
        }
        minute.open(nextMs, close);
    }

    /** Adds bars without trades for a time in which the market stood still; returns where the running bar begins. */
    private long addFlat(Interval interval, long fromMs, long nowMs, long priceTicks) {
        long lastMs = interval.openMs(nowMs);
        long openMs = Math.max(fromMs, interval.backMs(lastMs, BOUND));
        for (; openMs < lastMs; openMs = interval.endMs(openMs)) {
            flat.open(openMs, priceTicks);
            add(closed[interval.index()], flat);
        }
        return lastMs;
    }

    /**
     * Copies the running bar.
     *
     * @param interval of the bar, not a second.
     * @param into takes it.
     */
    public void current(Interval interval, Bar into) {
        if (interval == Interval.M1) {
            into.set(minute);
            return;
        }
        into.set(running[interval.index()]);
        into.append(minute);
        if (into.trades == 0) {
            into.setPrices(minute.openTicks, minute.highTicks, minute.lowTicks, minute.closeTicks);
        }
    }

    /**
     * Finds bars, closed ones and the running one.
     *
     * @param interval of the bars, not a second.
     * @param times which bars.
     * @param bars takes them, oldest first; the bar is lent for the call.
     */
    public void query(Interval interval, BarTimes times, Consumer<Bar> bars) {
        Bar bar = new Bar();
        long runningMs = runningOpenMs(interval);
        for (long openMs : times.opens(interval, earliestMs(interval), runningMs)) {
            if (find(interval, openMs, bar)) {
                bars.accept(bar);
            }
        }
    }

    /** Returns the oldest moment that bars of an interval are known of. */
    long earliestMs(Interval interval) {
        LongRows rows = closed[interval.index()];
        return rows.first() > 0 ? rows.get(rows.first(), OPEN_TIME) : Math.min(past.beginMs(), liveFromMs);
    }

    long runningOpenMs(Interval interval) {
        return interval == Interval.M1 ? minute.openTimeMs : running[interval.index()].openTimeMs;
    }

    /** Finds one bar; returns false if nothing is known of it. */
    boolean find(Interval interval, long openMs, Bar into) {
        if (openMs == runningOpenMs(interval)) {
            current(interval, into);
            return true;
        }
        LongRows rows = closed[interval.index()];
        long row = rows.lowerBound(OPEN_TIME, openMs);
        if (row < rows.end() && rows.get(row, OPEN_TIME) == openMs) {
            read(rows, row, into);
            return true;
        }
        long fromMs = Math.max(openMs, past.beginMs());
        long endMs = interval.endMs(openMs);
        into.open(openMs, 0);
        return endMs <= liveFromMs && past.sum(fromMs, endMs, into);
    }

    /** Adds up what was before the market began, from a time on; returns false if nothing is known of it. */
    boolean findPast(long fromMs, Bar into) {
        return fromMs < liveFromMs && fromMs >= past.beginMs() && past.sum(fromMs, liveFromMs, into);
    }

    private static void add(LongRows rows, Bar bar) {
        long row = rows.add();
        int column = OPEN_TIME;
        rows.set(row, column++, bar.openTimeMs);
        rows.set(row, column++, bar.openTicks);
        rows.set(row, column++, bar.highTicks);
        rows.set(row, column++, bar.lowTicks);
        rows.set(row, column++, bar.closeTicks);
        rows.set(row, column++, bar.volumeLots);
        rows.set(row, column++, bar.turnover);
        rows.set(row, column++, bar.trades);
        rows.set(row, column++, bar.takerBuyLots);
        rows.set(row, column, bar.takerBuyTurnover);
    }

    private static void read(LongRows rows, long row, Bar into) {
        int column = OPEN_TIME;
        into.open(rows.get(row, column++), 0);
        into.openTicks = rows.get(row, column++);
        into.highTicks = rows.get(row, column++);
        into.lowTicks = rows.get(row, column++);
        into.closeTicks = rows.get(row, column++);
        into.volumeLots = rows.get(row, column++);
        into.turnover = rows.get(row, column++);
        into.trades = rows.get(row, column++);
        into.takerBuyLots = rows.get(row, column++);
        into.takerBuyTurnover = rows.get(row, column);
    }
}
