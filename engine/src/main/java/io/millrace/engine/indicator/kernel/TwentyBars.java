package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.Bar;

/**
 * All windows of the last 20 bars, one row a bar: moments and weighted sum of closes, moments of volumes, and five plain sums. The rows are the slots
 * of {@link io.millrace.engine.indicator.window.RollingSum}, {@code RollingMoments} and {@code RollingWeightedSum} side by side.
 */
final class TwentyBars {
    static final int LENGTH = 20;

    private static final int CLOSE = 0;
    private static final int CLOSE_WEIGHTED = 2;
    private static final int VOLUME = 3;
    private static final int TYPICAL = 5;
    private static final int RANGE = 6;
    private static final int GARMAN_KLASS = 7;
    private static final int LOCATION = 8;
    private static final int TURNOVER = 9;
    private static final int WIDTH = 10;

    private static final double WMA_WEIGHTS = 0.5 * LENGTH * (LENGTH + 1.0);
    private static final double GARMAN_KLASS_FACTOR = 2 * StrictMath.log(2) - 1;

    /** Of the block that is being filled. */
    private final int block;
    /** Behind the last row one more, always 0, that stands for an empty older part. */
    private final int rows;

    private final int lastVolumeSum;
    private final MomentWindow closes;
    private final MomentWindow volumes;
    private final MomentWindow changes;

    TwentyBars(Places places) {
        block = places.state(WIDTH);
        lastVolumeSum = places.state(1);
        rows = places.slots(WIDTH * (LENGTH + 1));
        closes = new MomentWindow(LENGTH, block + CLOSE, rows + CLOSE, WIDTH);
        volumes = new MomentWindow(LENGTH, block + VOLUME, rows + VOLUME, WIDTH);
        changes = new MomentWindow(LENGTH, places);
    }

    double touch(double[] w, int count) {
        int row = rows + WIDTH * (count % LENGTH);
        return w[row] + w[row + WIDTH - 2] + w[row + 2 * WIDTH - 1] + changes.touch(w, count);
    }

    void update(double[] w, BarStep step) {
        int at = step.count % LENGTH;
        if (at == 0) {
            turnSums(w);
        }
        int row = rows + WIDTH * at;
        closes(w, row, at, step.close);
        volumes(w, at, step);
        double range = step.high - step.low;
        double location = range > 0 ? ((step.close - step.low) - (step.high - step.close)) / range : 0;
        step.typicalSum = sum(w, row, TYPICAL, step.typical);
        step.rangeSum = sum(w, row, RANGE, step.range * step.range);
        step.garmanKlassSum = sum(w, row, GARMAN_KLASS, garmanKlass(step));
        step.locationSum = sum(w, row, LOCATION, location * step.volume);
        step.turnoverSum = sum(w, row, TURNOVER, step.typical * step.volume);
        if (step.count > 0) {
            step.changeDeviation = changes.deviation(w, step.count - 1, step.change);
        }
    }

    private static double garmanKlass(BarStep step) {
        if (step.low > 0) {
            double body = Bar.logReturn(step.open, step.close);
            return Math.max(0, 0.5 * step.range * step.range - GARMAN_KLASS_FACTOR * body * body);
        }
        return 0;
    }

    private double sum(double[] w, int row, int column, double value) {
        w[row + column] = value;
        double newer = w[block + column] + value;
        w[block + column] = newer;
        return w[row + WIDTH + column] + newer;
    }

    private void closes(double[] w, int row, int at, double close) {
        double squares = closes.push(w, at, close);
        if (at == 0) {
            turnWeighted(w);
        }
        double weighted = w[block + CLOSE_WEIGHTED] + (at + 1) * close;
        w[block + CLOSE_WEIGHTED] = weighted;
        double mean = closes.sum(w, at) / LENGTH;
        w[Outputs.SMA_20] = mean;
        double newer = (LENGTH - at - 1) * closes.newerSum(w);
        w[Outputs.WMA_20] = (w[row + WIDTH + CLOSE_WEIGHTED] + weighted + newer) / WMA_WEIGHTS;
        double width = 2 * MomentWindow.moved(Math.sqrt(squares / LENGTH), mean);
        w[Outputs.BOLLINGER] = mean;
        w[Outputs.BOLLINGER + 1] = mean + width;
        w[Outputs.BOLLINGER + 2] = mean - width;
        w[Outputs.BOLLINGER + 3] = mean == 0 ? 0 : Smoothing.bounded(2 * width / mean);
        w[Outputs.BOLLINGER + 4] = width > 0 ? 0.5 + (close - mean) / (2 * width) : 0.5;
    }

    private void volumes(double[] w, int at, BarStep step) {
        double squares = volumes.push(w, at, step.volume);
        step.lastVolumeSum = w[lastVolumeSum];
        step.volumeSum = volumes.sum(w, at);
        step.volumeDeviation = MomentWindow.moved(Math.sqrt(squares / LENGTH), step.volumeSum / LENGTH);
        w[lastVolumeSum] = step.volumeSum;
    }

    /** The current block is the one before from now on; its first row is written next and needs no sums. */
    private void turnSums(double[] w) {
        for (int column = TYPICAL; column < WIDTH; column++) {
            double older = 0;
            for (int i = rows + WIDTH * (LENGTH - 1) + column; i > rows + column; i -= WIDTH) {
                older += w[i];
                w[i] = older;
            }
            w[block + column] = 0;
        }
    }

    /** The sums of closes are made before. */
    private void turnWeighted(double[] w) {
        double olderWeighted = 0;
        for (int i = LENGTH - 1; i > 0; i--) {
            int at = rows + WIDTH * i;
            olderWeighted += w[at + CLOSE];
            w[at + CLOSE_WEIGHTED] = olderWeighted;
        }
        w[block + CLOSE_WEIGHTED] = 0;
    }
}
