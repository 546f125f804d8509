package io.millrace.engine.indicator.kernel;

/** Averages of closes and what is made of them: EMA, SMA of 50, slope, MACD, rate of change; those of 20 are made in {@link TwentyBars}. */
final class AverageKernel {
    private static final int SLOPE_BARS = 5;
    private static final int ROC_BARS = 10;

    private final int fast;
    private final int slow;
    private final SumWindow fifty;
    /** The averages of the last bars. */
    private final int averages;
    /** The closes of the last bars. */
    private final int closes;

    AverageKernel(Places places) {
        fast = places.state(2);
        slow = fast + 1;
        fifty = SumWindow.single(50, places);
        averages = places.slots(SLOPE_BARS);
        closes = places.slots(ROC_BARS);
    }

    double touch(double[] w, int count) {
        return fifty.touch(w, count) + w[averages] + w[closes + count % ROC_BARS];
    }

    void update(double[] w, BarStep step) {
        int count = step.count;
        double close = step.close;
        w[Outputs.EMA_9] = Smoothing.ema(w[Outputs.EMA_9], close, count, 9);
        w[Outputs.EMA_21] = Smoothing.ema(w[Outputs.EMA_21], close, count, 21);
        w[Outputs.EMA_50] = Smoothing.ema(w[Outputs.EMA_50], close, count, 50);
        w[Outputs.SMA_50] = fifty.push(w, count, close) / 50;
        w[fast] = Smoothing.ema(w[fast], close, count, 12);
        w[slow] = Smoothing.ema(w[slow], close, count, 26);
        double line = w[fast] - w[slow];
        double signal = Smoothing.ema(w[Outputs.MACD + 1], line, count, 9);
        w[Outputs.MACD] = line;
        w[Outputs.MACD + 1] = signal;
        w[Outputs.MACD + 2] = line - signal;
        if (count >= TwentyBars.LENGTH - 1) {
            slope(w, averages + (count - TwentyBars.LENGTH + 1) % SLOPE_BARS);
        }
        int at = closes + count % ROC_BARS;
        double before = w[at];
        w[at] = close;
        double momentum = close - before;
        w[Outputs.ROC_10] = before == 0 ? 0 : Smoothing.bounded(100 * (momentum / before));
        w[Outputs.ROC_10 + 1] = momentum;
    }

    private static void slope(double[] w, int at) {
        double average = w[Outputs.SMA_20];
        double before = w[at];
        w[at] = average;
        double slope = (average - before) / SLOPE_BARS;
        w[Outputs.MA_SLOPE] = slope;
        w[Outputs.MA_SLOPE + 1] = before > 0 ? Smoothing.bounded(10_000 * (slope / before)) : 0;
    }
}
