package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.Indicator;
import java.util.Arrays;

/**
 * Volatility cone over 7, 14, 30 and 60 bars, the last 60 values of each. A bar adds to the rings only; rank and quantiles, which few ask for, are
 * worked out when they are asked for: one pass, or one sort of 60 values.
 */
final class ConeKernel {
    private static final int[] HORIZONS = {7, 14, 30, 60};
    private static final int LOOKBACK = 60;
    /** Outputs of one horizon. */
    private static final int FIGURES = 7;

    private final double factor;
    private final MomentWindow[] changes = new MomentWindow[HORIZONS.length];
    /** The last values of each horizon. */
    private final int[] history = new int[HORIZONS.length];

    private final double[] sorted = new double[LOOKBACK];

    ConeKernel(double barsPerYear, Places places) {
        factor = Math.sqrt(barsPerYear);
        for (int i = 0; i < HORIZONS.length; i++) {
            changes[i] = new MomentWindow(HORIZONS[i], places);
            history[i] = places.slots(LOOKBACK);
        }
    }

    double touch(double[] w, int count) {
        double sum = 0;
        for (int i = 0; i < HORIZONS.length; i++) {
            sum += changes[i].touch(w, count) + w[history[i] + (count + LOOKBACK - HORIZONS[i]) % LOOKBACK];
        }
        return sum;
    }

    void update(double[] w, BarStep step) {
        if (step.count == 0) {
            return;
        }
        for (int i = 0; i < HORIZONS.length; i++) {
            double deviation = changes[i].deviation(w, step.count - 1, step.change);
            if (step.count >= HORIZONS[i]) {
                double current = factor * deviation;
                w[Outputs.VOLATILITY_CONE + i] = current;
                w[history[i] + (step.count - HORIZONS[i]) % LOOKBACK] = current;
            }
        }
    }

    /** Returns an output, once there are all values. */
    double output(double[] w, int index) {
        int horizon = index / FIGURES;
        int figure = index % FIGURES;
        double current = w[Outputs.VOLATILITY_CONE + horizon];
        return switch (figure) {
            case 0 -> current;
            case 6 -> rank(w, history[horizon], current);
            default -> quantile(w, history[horizon], 0.25 * (figure - 1));
        };
    }

    private static double rank(double[] w, int from, double current) {
        double slack = Indicator.FLAT * Math.abs(current);
        int below = 0;
        int upTo = 0;
        for (int i = from; i < from + LOOKBACK; i++) {
            below += w[i] < current - slack ? 1 : 0;
            upTo += w[i] <= current + slack ? 1 : 0;
        }
        return 50.0 * (below + upTo) / LOOKBACK;
    }

    private double quantile(double[] w, int from, double part) {
        System.arraycopy(w, from, sorted, 0, LOOKBACK);
        Arrays.sort(sorted);
        double place = part * (LOOKBACK - 1);
        int rank = Math.min((int) place, LOOKBACK - 1);
        double low = sorted[rank];
        double rest = place - rank;
        return rest > 0 ? low + rest * (sorted[rank + 1] - low) : low;
    }
}
