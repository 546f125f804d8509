package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.window.MomentWeights;

/** Sum and squared deviations of the last n: {@link io.millrace.engine.indicator.window.RollingMoments} in an array. */
final class MomentWindow {
    private final int length;
    private final MomentWeights weights;
    /** Sum and squared deviations of the block that is being filled. */
    private final int block;
    /** Two numbers a slot; behind the last slot one more, always 0, that stands for an empty older part. */
    private final int slots;
    /** From one slot to the next. */
    private final int stride;

    MomentWindow(int length, Places places) {
        this(length, places.state(2), places.slots(2 * (length + 1)), 2);
    }

    /**
     * Makes a window among others.
     *
     * @param length values in it.
     * @param block place of two numbers.
     * @param slots place of the first slot.
     * @param stride from one slot to the next, 2 or more.
     */
    MomentWindow(int length, int block, int slots, int stride) {
        this.length = length;
        this.block = block;
        this.slots = slots;
        this.stride = stride;
        weights = MomentWeights.of(length);
    }

    /**
     * Adds a value.
     *
     * @param w the array.
     * @param at how many values were pushed before, less whole lengths.
     * @param value the value.
     * @return squared deviations from the mean together, valid once n values were pushed.
     */
    double push(double[] w, int at, double value) {
        int slot = slots + stride * at;
        if (at == 0) {
            turn(w);
        }
        w[slot] = value;
        double gap = value - w[block] * weights.inverse(at);
        double newerSquares = w[block + 1] + gap * gap * weights.grow(at);
        double newerSum = w[block] + value;
        w[block] = newerSum;
        w[block + 1] = newerSquares;
        int next = slot + stride;
        double apart = newerSum * weights.inverse(at + 1) - w[next] * weights.inverse(length - at - 1);
        return w[next + 1] + newerSquares + apart * apart * weights.join(at + 1);
    }

    /** Adds a value behind {@code pushed} others; returns the standard deviation of a sample. */
    double deviation(double[] w, int pushed, double value) {
        int at = pushed % length;
        double squares = push(w, at, value);
        return moved(Math.sqrt(squares / (length - 1)), sum(w, at) / length);
    }

    /** Returns the sum of the block that is being filled. */
    double newerSum(double[] w) {
        return w[block];
    }

    /** Returns the sum of the last n, {@code at} that of the last push. */
    double sum(double[] w, int at) {
        return w[slots + stride * (at + 1)] + w[block];
    }

    /** Reads ahead, before a push. */
    double touch(double[] w, int pushed) {
        return w[slots + stride * (pushed % length) + 1];
    }

    private void turn(double[] w) {
        double olderSum = 0;
        double olderSquares = 0;
        for (int i = length - 1; i > 0; i--) {
            int slot = slots + stride * i;
            int count = length - 1 - i;
            double value = w[slot];
            double gap = value - olderSum * weights.inverse(count);
            olderSquares += gap * gap * weights.grow(count);
            olderSum += value;
            w[slot] = olderSum;
            w[slot + 1] = olderSquares;
        }
        w[block] = 0;
        w[block + 1] = 0;
    }

    /** Returns a deviation, 0 if it is below rounding of the mean. */
    static double moved(double deviation, double mean) {
        return deviation > Indicator.FLAT * Math.abs(mean) ? deviation : 0;
    }
}
