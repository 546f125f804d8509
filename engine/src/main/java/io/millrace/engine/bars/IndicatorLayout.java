package io.millrace.engine.bars;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.kernel.IndicatorKernel;
import io.millrace.engine.indicator.kernel.Outputs;
import java.util.Arrays;
import java.util.List;

/** What the sets of all instruments have in common on one timeframe: which indicators there are, and how they are worked out. */
final class IndicatorLayout {
    private static final int KINDS = IndicatorKind.values().length;

    private final Timeframe timeframe;
    /** Null if there is no indicator. */
    private final IndicatorKernel kernel;
    /** Bars until an indicator is ready, by kind; of one that is not there the largest number. */
    private final long[] warmUps = new long[KINDS];
    /** Outputs of an indicator by kind. */
    private final int[] outputs = new int[KINDS];

    private final int size;

    /**
     * Lays out the sets of a timeframe.
     *
     * @param timeframe of the bars.
     * @param kinds which indicators, each once.
     */
    IndicatorLayout(Timeframe timeframe, List<IndicatorKind> kinds) {
        this.timeframe = timeframe;
        size = kinds.size();
        Arrays.fill(warmUps, Long.MAX_VALUE);
        for (IndicatorKind kind : IndicatorKind.values()) {
            Indicator indicator = kind.make(timeframe);
            outputs[place(kind)] = indicator.outputNames().size();
            if (kinds.contains(kind)) {
                warmUps[place(kind)] = indicator.warmUp();
            }
        }
        IndicatorKernel.Settings settings = new IndicatorKernel.Settings(
                timeframe.lengthNs(),
                IndicatorKind.garch(timeframe),
                kinds.contains(IndicatorKind.CLOSE_RANK) ? IndicatorKind.RANK_BARS : 0,
                kinds.contains(IndicatorKind.VOLATILITY_CONE),
                kinds.contains(IndicatorKind.VOLATILITY_REGIME) ? IndicatorKind.barsOf30Days(timeframe) : 0);
        kernel = kinds.isEmpty() ? null : new IndicatorKernel(settings);
    }

    Timeframe timeframe() {
        return timeframe;
    }

    /** Returns the number of indicators. */
    int size() {
        return size;
    }

    /** Returns how many numbers a set takes. */
    int length() {
        return kernel == null ? 0 : kernel.length();
    }

    /** Returns what works the indicators out, null if there are none. */
    IndicatorKernel kernel() {
        return kernel;
    }

    boolean has(IndicatorKind kind) {
        return warmUps[place(kind)] != Long.MAX_VALUE;
    }

    boolean isReady(IndicatorKind kind, long count) {
        return count >= warmUps[place(kind)];
    }

    /** Reads an output of an indicator that is ready. */
    double read(double[] w, IndicatorKind kind, int output) {
        if (output < 0 || output >= outputs[place(kind)]) {
            throw new IndexOutOfBoundsException(
                    "output " + output + " of " + kind + " was asked for, it has " + outputs[place(kind)]);
        }
        int slot = kind.slot();
        if (kind == IndicatorKind.VOLATILITY_CONE) {
            return kernel.cone(w, output);
        }
        return slot >= Outputs.CLOSE_VOLATILITY && slot <= Outputs.GARCH
                ? kernel.volatility(w, slot, output)
                : w[slot + output];
    }

    @SuppressWarnings("EnumOrdinal") // a place in an array of this process, nothing stores it
    private static int place(IndicatorKind kind) {
        return kind.ordinal();
    }
}
