package io.millrace.engine.bars;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;

/** What became of the bars of one instrument, and of what came too late for them. */
public final class BarCounters implements Stateful {
    long added;
    long filled;
    long duplicates;
    long differences;
    long tooOld;
    long late;
    long refused;
    long gaps;
    long holes;
    long unconfirmed;

    /** Makes counters of zero. */
    BarCounters() {}

    /** Returns the bars that were added at the end of a history. */
    public long added() {
        return added;
    }

    /** Returns the bars that filled holes or made a history longer. */
    public long filled() {
        return filled;
    }

    /** Returns the bars that came again with the same numbers. */
    public long duplicates() {
        return duplicates;
    }

    /** Returns the bars that came again with other numbers; the first ones stayed. */
    public long differences() {
        return differences;
    }

    /** Returns the bars that were older than what is kept. */
    public long tooOld() {
        return tooOld;
    }

    /** Returns the klines and trades that came after their minute was closed. */
    public long late() {
        return late;
    }

    /** Returns the bars that could not be: prices out of order, taker volume above volume, a time that begins no bar. */
    public long refused() {
        return refused;
    }

    /** Returns how often ids of trades left a gap. */
    public long gaps() {
        return gaps;
    }

    /** Returns the minutes (or rows of them) that became holes. */
    public long holes() {
        return holes;
    }

    /** Returns the minutes that were closed without their final kline: by a tick, or by the next kline. */
    public long unconfirmed() {
        return unconfirmed;
    }

    void count(int result) {
        switch (result) {
            case BarSeries.ADDED -> added++;
            case BarSeries.FILLED -> filled++;
            case BarSeries.DUPLICATE -> duplicates++;
            case BarSeries.DIFFERENT -> differences++;
            default -> tooOld++;
        }
    }

    @Override
    public void visitState(State state) {
        added = state.i64(added);
        filled = state.i64(filled);
        duplicates = state.i64(duplicates);
        differences = state.i64(differences);
        tooOld = state.i64(tooOld);
        late = state.i64(late);
        refused = state.i64(refused);
        gaps = state.i64(gaps);
        holes = state.i64(holes);
        unconfirmed = state.i64(unconfirmed);
    }
}
