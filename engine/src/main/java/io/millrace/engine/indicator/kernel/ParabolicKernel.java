package io.millrace.engine.indicator.kernel;

/** Parabolic stop and reverse(0.02, 0.02, 0.2), see {@link io.millrace.engine.indicator.trend.ParabolicSar}. */
final class ParabolicKernel {
    private static final int SAR = Outputs.PARABOLIC_SAR;
    private static final int TREND = Outputs.PARABOLIC_SAR + 1;
    private static final double START = 0.02;
    private static final double STEP = 0.02;
    private static final double MOST = 0.2;

    private final int extreme;
    private final int acceleration;
    /** High and low of the bar before the last. */
    private final int high2;

    private final int low2;

    ParabolicKernel(Places places) {
        extreme = places.state(4);
        acceleration = extreme + 1;
        high2 = extreme + 2;
        low2 = extreme + 3;
    }

    void update(double[] w, BarStep step) {
        if (step.count == 0) {
            return;
        }
        if (step.count == 1) {
            boolean isUp = step.close > step.lastClose;
            w[SAR] = isUp ? step.lastLow : step.lastHigh;
            w[TREND] = isUp ? 1 : -1;
            w[extreme] = isUp ? step.lastHigh : step.lastLow;
            w[acceleration] = START;
        } else if (w[TREND] > 0) {
            advanceUp(w, step);
        } else {
            advanceDown(w, step);
        }
        w[high2] = step.lastHigh;
        w[low2] = step.lastLow;
    }

    private void advanceUp(double[] w, BarStep step) {
        double stop = w[SAR] + w[acceleration] * (w[extreme] - w[SAR]);
        if (step.low <= stop) {
            w[SAR] = Math.max(w[extreme], Math.max(step.lastHigh, w[high2]));
            w[extreme] = step.low;
            w[acceleration] = START;
            w[TREND] = -1;
        } else {
            if (step.high > w[extreme]) {
                w[extreme] = step.high;
                w[acceleration] = Math.min(w[acceleration] + STEP, MOST);
            }
            w[SAR] = Math.min(stop, Math.min(step.lastLow, w[low2]));
        }
    }

    private void advanceDown(double[] w, BarStep step) {
        double stop = w[SAR] + w[acceleration] * (w[extreme] - w[SAR]);
        if (step.high >= stop) {
            w[SAR] = Math.min(w[extreme], Math.min(step.lastLow, w[low2]));
            w[extreme] = step.high;
            w[acceleration] = START;
            w[TREND] = 1;
        } else {
            if (step.low < w[extreme]) {
                w[extreme] = step.low;
                w[acceleration] = Math.min(w[acceleration] + STEP, MOST);
            }
            w[SAR] = Math.max(stop, Math.max(step.lastHigh, w[high2]));
        }
    }
}
