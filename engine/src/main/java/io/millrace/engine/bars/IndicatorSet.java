package io.millrace.engine.bars;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.indicator.ValueIndicator;
import io.millrace.engine.indicator.volume.SessionVwap;
import io.millrace.engine.memory.Hashing;
import java.util.List;

/**
 * The indicators of one instrument on one timeframe, all fed with the same closed bars.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> none after construction.
 */
public final class IndicatorSet implements Stateful {
    private final Timeframe timeframe;
    private final Indicator[] byKind = new Indicator[IndicatorKind.values().length];
    private final Indicator[] all;
    private SessionVwap session;
    private long count;
    private long lastMs = BarSeries.NO_TIME;
    private long hash;

    /**
     * Makes the indicators.
     *
     * @param timeframe of the bars.
     * @param kinds which of them, each once.
     */
    IndicatorSet(Timeframe timeframe, List<IndicatorKind> kinds) {
        this.timeframe = timeframe;
        this.all = new Indicator[kinds.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = kinds.get(i).make(timeframe);
            byKind[place(kinds.get(i))] = all[i];
            if (all[i] instanceof SessionVwap vwap) {
                session = vwap;
            }
        }
    }

    /** Returns an indicator, null if this set does not have it. */
    public Indicator indicator(IndicatorKind kind) {
        return byKind[place(kind)];
    }

    /** Returns the principal output of an indicator; NaN until it is ready and if this set does not have it. */
    public double value(IndicatorKind kind) {
        Indicator indicator = byKind[place(kind)];
        return indicator == null ? Double.NaN : indicator.value();
    }

    /**
     * Returns an output of an indicator; NaN until it is ready and if this set does not have it.
     *
     * @param kind which.
     * @param output its number, see {@link Indicator#outputNames()}.
     */
    public double value(IndicatorKind kind, int output) {
        Indicator indicator = byKind[place(kind)];
        return indicator == null ? Double.NaN : indicator.output(output);
    }

    /** Returns the timeframe. */
    public Timeframe timeframe() {
        return timeframe;
    }

    /** Returns how many bars without a hole between them it was fed. */
    public long count() {
        return count;
    }

    /** Returns when the last bar began that it was fed, {@link BarSeries#NO_TIME} if there was none. */
    public long lastMs() {
        return lastMs;
    }

    /** Feeds the next bar, which began then; between it and the one before is no hole. */
    void update(long openMs, Bar bar) {
        if (session != null && openMs % Timeframe.D1.lengthMs() == 0) {
            session.startSession();
        }
        long mixed = hash;
        for (Indicator indicator : all) {
            if (indicator instanceof BarIndicator onBars) {
                onBars.update(bar);
            } else {
                ((ValueIndicator) indicator).update(bar.close());
            }
            mixed = Hashing.mix(mixed, Double.doubleToRawLongBits(indicator.value()));
        }
        hash = mixed;
        count++;
        lastMs = openMs;
    }

    /** Forgets everything: behind a hole all begin anew. */
    void reset() {
        for (Indicator indicator : all) {
            indicator.reset();
        }
        count = 0;
        lastMs = BarSeries.NO_TIME;
        hash = Hashing.mix(hash, 0);
    }

    /** Returns a hash over what all indicators have said. */
    long hash() {
        return hash;
    }

    @SuppressWarnings("EnumOrdinal") // a place in an array of this process, nothing stores it
    private static int place(IndicatorKind kind) {
        return kind.ordinal();
    }

    @Override
    public void visitState(State state) {
        state.type("IndicatorSet");
        state.setting("timeframe", timeframe.index());
        state.setting("indicators", all.length);
        count = state.i64(count);
        lastMs = state.i64(lastMs);
        hash = state.i64(hash);
        for (Indicator indicator : all) {
            indicator.visitState(state);
        }
    }
}
