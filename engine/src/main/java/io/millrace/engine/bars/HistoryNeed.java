package io.millrace.engine.bars;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.memory.Hashing;

/** What is asked for of one timeframe of one instrument: which times are settled, and the request that is on its way. */
final class HistoryNeed implements Stateful {
    static final long NO_COMMAND = -1;

    private final int instrumentId;
    private final Timeframe timeframe;
    /** Whether something may be missing that was not asked for. */
    private boolean isOpen;
    /** Times that were answered or given up, both ends included. */
    private long settledFromMs = BarSeries.NO_TIME;

    private long settledToMs = BarSeries.NO_TIME;
    private long commandId = NO_COMMAND;
    private long fromMs;
    private long toMs;
    private long answerDueNs;
    private long notBeforeNs;
    private int attempt;

    HistoryNeed(int instrumentId, Timeframe timeframe) {
        this.instrumentId = instrumentId;
        this.timeframe = timeframe;
    }

    int instrumentId() {
        return instrumentId;
    }

    Timeframe timeframe() {
        return timeframe;
    }

    void open() {
        isOpen = true;
    }

    /** Nothing is missing. */
    void close() {
        isOpen = false;
    }

    boolean isOpen() {
        return isOpen;
    }

    boolean isInFlight() {
        return commandId != NO_COMMAND;
    }

    /** Returns whether history may still come. */
    boolean isWanted() {
        return isOpen || isInFlight();
    }

    long commandId() {
        return commandId;
    }

    long fromMs() {
        return fromMs;
    }

    long toMs() {
        return toMs;
    }

    int attempt() {
        return attempt;
    }

    long answerDueNs() {
        return answerDueNs;
    }

    boolean isDue(long nowNs) {
        return isOpen && !isInFlight() && nowNs >= notBeforeNs;
    }

    /**
     * Finds what to ask for next: the newest times first that are neither there nor settled.
     *
     * @param series of the timeframe, null if there is none yet.
     * @param firstMs the oldest bar that is wanted.
     * @param lastMs the newest that is closed.
     * @param most bars of one request.
     * @return false if nothing is missing; else {@link #fromMs} and {@link #toMs} say what.
     */
    boolean plan(BarSeries series, long firstMs, long lastMs, int most) {
        long lengthMs = timeframe.lengthMs();
        long last = lastMs;
        while (last >= firstMs && isThere(series, last)) {
            last = isSettled(last) ? settledFromMs - lengthMs : last - lengthMs;
        }
        if (last < firstMs) {
            return false;
        }
        long first = Math.max(firstMs, last - (most - 1) * lengthMs);
        while (isThere(series, first)) {
            first += lengthMs;
        }
        fromMs = first;
        toMs = last;
        return true;
    }

    private boolean isThere(BarSeries series, long openMs) {
        return isSettled(openMs) || (series != null && series.hasAt(openMs));
    }

    private boolean isSettled(long openMs) {
        return settledFromMs != BarSeries.NO_TIME && openMs >= settledFromMs && openMs <= settledToMs;
    }

    void start(long commandId, long answerDueNs) {
        this.commandId = commandId;
        this.answerDueNs = answerDueNs;
        attempt++;
    }

    /** What was asked for came, or will not come: it is not asked for again. */
    void settle() {
        commandId = NO_COMMAND;
        attempt = 0;
        notBeforeNs = 0;
        boolean isApart = settledFromMs == BarSeries.NO_TIME
                || fromMs > settledToMs + timeframe.lengthMs()
                || toMs < settledFromMs - timeframe.lengthMs();
        if (!isApart) {
            settledFromMs = Math.min(settledFromMs, fromMs);
            settledToMs = Math.max(settledToMs, toMs);
        } else if (settledToMs == BarSeries.NO_TIME || toMs > settledToMs) {
            // Between the two all is there: it was not asked for.
            settledFromMs = settledFromMs == BarSeries.NO_TIME ? fromMs : settledFromMs;
            settledToMs = toMs;
        } else {
            settledFromMs = fromMs;
        }
    }

    /** The request came to nothing; asks again not before a time. */
    void retry(long notBeforeNs) {
        commandId = NO_COMMAND;
        this.notBeforeNs = notBeforeNs;
    }

    void forgetRequest() {
        commandId = NO_COMMAND;
        attempt = 0;
        notBeforeNs = 0;
    }

    long hash() {
        if (!isWanted() && settledToMs == BarSeries.NO_TIME) {
            return 0;
        }
        long mixed = Hashing.mix(settledFromMs, settledToMs);
        return Hashing.mix(Hashing.mix(mixed, commandId), isOpen ? attempt + 1 : 0);
    }

    @Override
    public void visitState(State state) {
        isOpen = state.flag(isOpen);
        settledFromMs = state.i64(settledFromMs);
        settledToMs = state.i64(settledToMs);
        commandId = state.i64(commandId);
        fromMs = state.i64(fromMs);
        toMs = state.i64(toMs);
        answerDueNs = state.i64(answerDueNs);
        notBeforeNs = state.i64(notBeforeNs);
        attempt = state.i32(attempt);
    }
}
