package io.millrace.engine.bars;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.indicator.kernel.IndicatorKernel;
import io.millrace.engine.memory.Hashing;
import java.util.Arrays;

/**
 * The indicators of one instrument on one timeframe, all fed with the same closed bars. All that they say and need stands in one array, see
 * {@link IndicatorKernel}.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> none after construction.
 */
public final class IndicatorSet implements Stateful {
    private final IndicatorLayout layout;
    private final double[] numbers;
    private long count;
    private long lastMs = BarSeries.NO_TIME;
    private long hash;

    /**
     * Makes a set that has seen nothing.
     *
     * @param layout of its timeframe.
     */
    IndicatorSet(IndicatorLayout layout) {
        this.layout = layout;
        numbers = new double[layout.length()];
    }

    /** Returns whether this set has an indicator. */
    public boolean has(IndicatorKind kind) {
        return layout.has(kind);
    }

    /** Returns whether an indicator has seen the bars of its warm-up, so that all its outputs are numbers; false if this set does not have it. */
    public boolean isReady(IndicatorKind kind) {
        return layout.isReady(kind, count);
    }

    /** Returns the principal output of an indicator; NaN until it is ready and if this set does not have it. */
    public double value(IndicatorKind kind) {
        return value(kind, 0);
    }

    /**
     * Returns an output of an indicator; NaN until it is ready and if this set does not have it.
     *
     * @param kind which.
     * @param output its number, see {@link Indicator#outputNames()}.
     * @throws IndexOutOfBoundsException when the indicator is ready and there is no such output.
     */
    public double value(IndicatorKind kind, int output) {
        return layout.isReady(kind, count) ? layout.read(numbers, kind, output) : Double.NaN;
    }

    /** Returns the timeframe. */
    public Timeframe timeframe() {
        return layout.timeframe();
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
        IndicatorKernel kernel = layout.kernel();
        if (kernel != null) {
            kernel.update(numbers, (int) count, bar, openMs % Timeframe.D1.lengthMs() == 0);
            hash = IndicatorKernel.hash(numbers, hash);
        }
        count++;
        lastMs = openMs;
    }

    /** Forgets everything: behind a hole all begin anew. */
    void reset() {
        Arrays.fill(numbers, 0);
        count = 0;
        lastMs = BarSeries.NO_TIME;
        hash = Hashing.mix(hash, 0);
    }

    /** Returns a hash over what all indicators have said. */
    long hash() {
        return hash;
    }

    @Override
    public void visitState(State state) {
        state.type("IndicatorSet");
        state.setting("timeframe", layout.timeframe().index());
        state.setting("indicators", layout.size());
        state.setting("numbers", numbers.length);
        count = state.i64(count);
        lastMs = state.i64(lastMs);
        hash = state.i64(hash);
        state.f64s(numbers);
    }
}
