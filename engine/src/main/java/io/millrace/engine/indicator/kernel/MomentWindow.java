package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.window.MomentWeights;

/** Mean and variance of the last n: {@link io.millrace.engine.indicator.window.RollingMoments} in an array. */
final class MomentWindow {
    private final int length;
    private final MomentWeights weights;
    /** Sum and squared deviations of the block that is being filled. */
    private final int block;
    /** Two numbers a slot; behind the last two more, always 0, that stand for an empty older part. */
    private final int slots;

    MomentWindow(int length, Places places) {
        this.length = length;
        weights = MomentWeights.of(length);
        block = places.state(2);
        slots = places.slots(2 * (length + 1));
    }

    /**
     * Adds a value.
     *
     * @param w the array.
     * @param pushed how many values were pushed before.
     * @param value the value.
     * @return the standard deviation of a sample, valid once n values were pushed.
     */
    double push(double[] w, int pushed, double value) {
        int at = pushed % length;
        int slot = slots + 2 * at;
        if (at == 0) {
            turn(w);
        }
        w[slot] = value;
        double gap = value - w[block] * weights.inverse(at);
        double newerSquares = w[block + 1] + gap * gap * weights.grow(at);
        double newerSum = w[block] + value;
        w[block] = newerSum;
        w[block + 1] = newerSquares;
        double olderSum = w[slot + 2];
        double apart = newerSum * weights.inverse(at + 1) - olderSum * weights.inverse(length - at - 1);
        double squares = w[slot + 3] + newerSquares + apart * apart * weights.join(at + 1);
        return moved(Math.sqrt(squares / (length - 1)), (olderSum + newerSum) / length);
    }

    /** Reads ahead, before a push. */
    double touch(double[] w, int pushed) {
        return w[slots + 2 * (pushed % length) + 1];
    }

    private void turn(double[] w) {
        double olderSum = 0;
        double olderSquares = 0;
        for (int i = length - 1; i > 0; i--) {
            int slot = slots + 2 * i;
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
