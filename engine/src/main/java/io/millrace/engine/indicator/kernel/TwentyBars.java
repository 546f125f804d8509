package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.window.MomentWeights;

/**
 * All windows of the last 20 bars, one row a bar: moments and weighted sum of closes, moments of volumes, and five plain sums. The rows are the slots
 * of {@link io.millrace.engine.indicator.window.RollingSum}, {@code RollingMoments} and {@code RollingWeightedSum} side by side.
 */
final class TwentyBars {
    static final int LENGTH = 20;

    private static final int CLOSE = 0;
    private static final int CLOSE_SQUARES = 1;
    private static final int CLOSE_WEIGHTED = 2;
    private static final int VOLUME = 3;
    private static final int VOLUME_SQUARES = 4;
    private static final int TYPICAL = 5;
    private static final int RANGE = 6;
    private static final int GARMAN_KLASS = 7;
    private static final int LOCATION = 8;
    private static final int TURNOVER = 9;
    private static final int WIDTH = 10;

    private static final MomentWeights WEIGHTS = MomentWeights.of(LENGTH);
    private static final double WMA_WEIGHTS = 0.5 * LENGTH * (LENGTH + 1.0);
    private static final double GARMAN_KLASS_FACTOR = 2 * StrictMath.log(2) - 1;

    /** Of the block that is being filled. */
    private final int block;
    /** Behind the last row one more, always 0, that stands for an empty older part. */
    private final int rows;

    private final int lastVolumeSum;
    private final MomentWindow changes;

    TwentyBars(Places places) {
        block = places.state(WIDTH);
        lastVolumeSum = places.state(1);
        rows = places.slots(WIDTH * (LENGTH + 1));
        changes = new MomentWindow(LENGTH, places);
    }

    double touch(double[] w, int count) {
        int row = rows + WIDTH * (count % LENGTH);
        return w[row] + w[row + WIDTH - 2] + w[row + 2 * WIDTH - 1] + changes.touch(w, count);
    }

    void update(double[] w, BarStep step) {
        int at = step.count % LENGTH;
        if (at == 0) {
            turn(w);
        }
        int row = rows + WIDTH * at;
        closes(w, row, at, step.close);
        volumes(w, row, at, step);
        double range = step.high - step.low;
        double location = range > 0 ? ((step.close - step.low) - (step.high - step.close)) / range : 0;
        step.typicalSum = sum(w, row, TYPICAL, step.typical);
        step.rangeSum = sum(w, row, RANGE, step.range * step.range);
        step.garmanKlassSum = sum(w, row, GARMAN_KLASS, garmanKlass(step));
        step.locationSum = sum(w, row, LOCATION, location * step.volume);
        step.turnoverSum = sum(w, row, TURNOVER, step.typical * step.volume);
        if (step.count > 0) {
            step.changeDeviation = changes.push(w, step.count - 1, step.change);
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
        w[row + CLOSE] = close;
        double before = w[block + CLOSE];
        double gap = close - before * WEIGHTS.inverse(at);
        double newerSquares = w[block + CLOSE_SQUARES] + gap * gap * WEIGHTS.grow(at);
        double newer = before + close;
        double weighted = w[block + CLOSE_WEIGHTED] + (at + 1) * close;
        w[block + CLOSE] = newer;
        w[block + CLOSE_SQUARES] = newerSquares;
        w[block + CLOSE_WEIGHTED] = weighted;
        int next = row + WIDTH;
        double older = w[next + CLOSE];
        double mean = (older + newer) / LENGTH;
        w[Outputs.SMA_20] = mean;
        w[Outputs.WMA_20] = (w[next + CLOSE_WEIGHTED] + weighted + (LENGTH - at - 1) * newer) / WMA_WEIGHTS;
        double apart = newer * WEIGHTS.inverse(at + 1) - older * WEIGHTS.inverse(LENGTH - at - 1);
        double squares = w[next + CLOSE_SQUARES] + newerSquares + apart * apart * WEIGHTS.join(at + 1);
        double width = 2 * MomentWindow.moved(Math.sqrt(squares / LENGTH), mean);
        w[Outputs.BOLLINGER] = mean;
        w[Outputs.BOLLINGER + 1] = mean + width;
        w[Outputs.BOLLINGER + 2] = mean - width;
        w[Outputs.BOLLINGER + 3] = mean == 0 ? 0 : Smoothing.bounded(2 * width / mean);
        w[Outputs.BOLLINGER + 4] = width > 0 ? 0.5 + (close - mean) / (2 * width) : 0.5;
    }

    private void volumes(double[] w, int row, int at, BarStep step) {
        double volume = step.volume;
        w[row + VOLUME] = volume;
        double before = w[block + VOLUME];
        double gap = volume - before * WEIGHTS.inverse(at);
        double newerSquares = w[block + VOLUME_SQUARES] + gap * gap * WEIGHTS.grow(at);
        double newer = before + volume;
        w[block + VOLUME] = newer;
        w[block + VOLUME_SQUARES] = newerSquares;
        int next = row + WIDTH;
        double older = w[next + VOLUME];
        double apart = newer * WEIGHTS.inverse(at + 1) - older * WEIGHTS.inverse(LENGTH - at - 1);
        double squares = w[next + VOLUME_SQUARES] + newerSquares + apart * apart * WEIGHTS.join(at + 1);
        step.lastVolumeSum = w[lastVolumeSum];
        step.volumeSum = older + newer;
        step.volumeDeviation = MomentWindow.moved(Math.sqrt(squares / LENGTH), step.volumeSum / LENGTH);
        w[lastVolumeSum] = step.volumeSum;
    }

    /** The current block is the one before from now on; its first row is written next and needs no sums. */
    private void turn(double[] w) {
        turnMoments(w, CLOSE);
        turnMoments(w, VOLUME);
        turnWeighted(w);
        for (int column = TYPICAL; column < WIDTH; column++) {
            double older = 0;
            for (int i = rows + WIDTH * (LENGTH - 1) + column; i > rows + column; i -= WIDTH) {
                older += w[i];
                w[i] = older;
            }
        }
        for (int column = 0; column < WIDTH; column++) {
            w[block + column] = 0;
        }
    }

    private void turnMoments(double[] w, int column) {
        double olderSum = 0;
        double olderSquares = 0;
        for (int i = LENGTH - 1; i > 0; i--) {
            int at = rows + WIDTH * i + column;
            int count = LENGTH - 1 - i;
            double value = w[at];
            double gap = value - olderSum * WEIGHTS.inverse(count);
            olderSquares += gap * gap * WEIGHTS.grow(count);
            olderSum += value;
            w[at] = olderSum;
            w[at + 1] = olderSquares;
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
    }
}
