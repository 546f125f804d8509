package io.millrace.engine.indicator.kernel;

/** True range and what is made of it (ATR, its channels, SuperTrend, ADX), parabolic SAR and Ichimoku. */
final class TrendKernel {
    private static final int ADX = 14;
    private static final int SHIFT = 26;

    private final ParabolicKernel parabolic;
    /** ATR of 10 and 20; that of 14 is an output. */
    private final int range10;

    private final int range20;
    /** Averages of true range, +DM and -DM. */
    private final int direction;

    private final RangeWindow nine;
    private final RangeWindow base;
    private final RangeWindow span;
    /** Leading spans A and B and the close of the last bars, one row a bar. */
    private final int shifted;

    TrendKernel(Places places) {
        range10 = places.state(2);
        range20 = range10 + 1;
        direction = places.state(3);
        parabolic = new ParabolicKernel(places);
        nine = new RangeWindow(9, places);
        base = new RangeWindow(SHIFT, places);
        span = new RangeWindow(52, places);
        shifted = places.slots(3 * SHIFT);
    }

    double touch(double[] w, int count) {
        return nine.touch(w, count) + base.touch(w, count) + span.touch(w, count) + w[shifted + 3 * (count % SHIFT)];
    }

    void update(double[] w, BarStep step) {
        ranges(w, step);
        superTrend(w, step);
        if (step.count > 0) {
            directional(w, step);
        }
        parabolic.update(w, step);
        ichimoku(w, step);
    }

    private void ranges(double[] w, BarStep step) {
        int count = step.count;
        double range = Smoothing.wilder(w[Outputs.ATR_14], step.trueRange, count, 14);
        w[Outputs.ATR_14] = range;
        w[Outputs.ATR_14 + 1] = step.close > 0 ? 100 * (range / step.close) : 0;
        double middle = w[Outputs.SMA_20];
        double width = 2 * range;
        w[Outputs.ATR_CHANNEL] = middle;
        w[Outputs.ATR_CHANNEL + 1] = middle + width;
        w[Outputs.ATR_CHANNEL + 2] = middle - width;
        w[range10] = Smoothing.wilder(w[range10], step.trueRange, count, 10);
        w[range20] = Smoothing.wilder(w[range20], step.trueRange, count, 20);
        double average = Smoothing.ema(w[Outputs.KELTNER], step.close, count, 20);
        w[Outputs.KELTNER] = average;
        w[Outputs.KELTNER + 1] = average + 2 * w[range20];
        w[Outputs.KELTNER + 2] = average - 2 * w[range20];
    }

    private void superTrend(double[] w, BarStep step) {
        if (step.count < 9) {
            return;
        }
        double width = 3 * w[range10];
        double median = (step.high + step.low) / 2;
        double upper = median + width;
        double lower = median - width;
        boolean isUp;
        if (step.count == 9) {
            isUp = step.close >= median;
        } else {
            double oldUpper = w[Outputs.SUPER_TREND + 2];
            double oldLower = w[Outputs.SUPER_TREND + 3];
            upper = upper < oldUpper || step.lastClose > oldUpper ? upper : oldUpper;
            lower = lower > oldLower || step.lastClose < oldLower ? lower : oldLower;
            isUp = w[Outputs.SUPER_TREND + 1] > 0 ? step.close >= lower : step.close > upper;
        }
        w[Outputs.SUPER_TREND] = isUp ? lower : upper;
        w[Outputs.SUPER_TREND + 1] = isUp ? 1 : -1;
        w[Outputs.SUPER_TREND + 2] = upper;
        w[Outputs.SUPER_TREND + 3] = lower;
    }

    private void directional(double[] w, BarStep step) {
        int pushed = step.count - 1;
        double up = step.high - step.lastHigh;
        double down = step.lastLow - step.low;
        double range = Smoothing.wilder(w[direction], step.trueRange, pushed, ADX);
        double plus = Smoothing.wilder(w[direction + 1], up > down && up > 0 ? up : 0, pushed, ADX);
        double minus = Smoothing.wilder(w[direction + 2], down > up && down > 0 ? down : 0, pushed, ADX);
        w[direction] = range;
        w[direction + 1] = plus;
        w[direction + 2] = minus;
        if (pushed >= ADX - 1) {
            double plusDi = range > 0 ? Math.min(100, 100 * (plus / range)) : 0;
            double minusDi = range > 0 ? Math.min(100, 100 * (minus / range)) : 0;
            double sum = plusDi + minusDi;
            double dx = sum > 0 ? 100 * (Math.abs(plusDi - minusDi) / sum) : 0;
            w[Outputs.ADX_14] = Smoothing.wilder(w[Outputs.ADX_14], dx, pushed - ADX + 1, ADX);
            w[Outputs.ADX_14 + 1] = plusDi;
            w[Outputs.ADX_14 + 2] = minusDi;
            w[Outputs.ADX_14 + 3] = dx;
        }
    }

    private void ichimoku(double[] w, BarStep step) {
        int count = step.count;
        nine.push(w, count, step.high, step.low);
        base.push(w, count, step.high, step.low);
        span.push(w, count, step.high, step.low);
        int at = count % SHIFT;
        int row = shifted + 3 * at;
        int oldest = at + 1 == SHIFT ? shifted : row + 3;
        double leadingA = (nine.middle(w) + base.middle(w)) / 2;
        double leadingB = span.middle(w);
        w[Outputs.ICHIMOKU] = base.middle(w);
        w[Outputs.ICHIMOKU + 1] = nine.middle(w);
        w[Outputs.ICHIMOKU + 2] = w[oldest];
        w[Outputs.ICHIMOKU + 3] = w[oldest + 1];
        w[Outputs.ICHIMOKU + 4] = leadingA;
        w[Outputs.ICHIMOKU + 5] = leadingB;
        w[Outputs.ICHIMOKU + 6] = step.close - w[row + 2];
        w[row] = leadingA;
        w[row + 1] = leadingB;
        w[row + 2] = step.close;
    }
}
