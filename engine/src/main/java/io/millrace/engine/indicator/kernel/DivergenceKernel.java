package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.Indicator;

/** Divergences of price with RSI(14) and with MACD(12, 26). */
final class DivergenceKernel {
    /** Bars before the first that has an RSI, and a MACD line. */
    private static final int RSI_FROM = 14;

    private static final int MACD_FROM = 25;

    /** High and low of the last bars. */
    private final int bars;

    private final Divergence strengths;
    private final Divergence lines;
    private final int end;

    DivergenceKernel(Places places) {
        bars = places.slots(2 * Divergence.SIDE);
        strengths = new Divergence(Outputs.RSI_DIVERGENCE, places);
        lines = new Divergence(Outputs.MACD_DIVERGENCE, places);
        end = places.length();
    }

    double touch(double[] w) {
        double sum = 0;
        for (int i = bars; i < end; i += 8) {
            sum += w[i];
        }
        return sum;
    }

    void update(double[] w, BarStep step) {
        int count = step.count;
        int bar = bars + 2 * (count % Divergence.SIDE);
        if (count >= RSI_FROM) {
            strengths.update(w, count - RSI_FROM, w[Outputs.RSI_14], bar, 100 * Indicator.FLAT);
        }
        if (count >= MACD_FROM) {
            lines.update(w, count - MACD_FROM, w[Outputs.MACD], bar, step.high * Indicator.FLAT);
        }
        w[bar] = step.high;
        w[bar + 1] = step.low;
    }
}
