package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * Mean and variance of the last n values, in blocks as {@link RollingSum}'s, each with its sum and its squared deviations from its own mean;
 * two parts join by Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979): M2 = M2a + M2b +
 * (mean a - mean b)² · a b / (a + b). No difference of large squares is taken.
 *
 * <p>A push joins twice; a pass over the block once in n pushes. 2 n doubles.
 */
public final class RollingMoments {
    private final int length;
    private final MomentWeights weights;
    /** Of slot i the value at 2 i; from {@code next} on sum and squares, at 2 i + 1, up to the end of the block before. */
    private final double[] slots;

    private int next;
    private int filled;
    private double blockSum;
    private double blockSquares;
    private double sum;
    private double squares;

    /**
     * Makes an empty window.
     *
     * @param length values in it, at least 1.
     */
    public RollingMoments(int length) {
        this.length = Indicator.atLeast("length", length, 1);
        weights = MomentWeights.of(length);
        slots = new double[2 * length];
    }

    /**
     * Adds a value in place of the oldest.
     *
     * @param value at most 1e100 in magnitude.
     */
    public void push(double value) {
        int at = next;
        if (at == 0) {
            turn();
        }
        slots[2 * at] = value;
        double gap = value - blockSum * weights.inverse[at];
        double newerSquares = blockSquares + gap * gap * weights.grow[at];
        double newerSum = blockSum + value;
        blockSum = newerSum;
        blockSquares = newerSquares;
        at++;
        if (at == length) {
            next = 0;
            sum = newerSum;
            squares = newerSquares;
        } else {
            next = at;
            double olderSum = slots[2 * at];
            double apart = newerSum * weights.inverse[at] - olderSum * weights.inverse[length - at];
            sum = olderSum + newerSum;
            squares = slots[2 * at + 1] + newerSquares + apart * apart * weights.join[at];
        }
        if (filled < length) {
            filled++;
        }
    }

    private void turn() {
        double olderSum = 0;
        double olderSquares = 0;
        for (int i = length - 1; i > 0; i--) {
            int count = length - 1 - i;
            double gap = slots[2 * i] - olderSum * weights.inverse[count];
            olderSquares += gap * gap * weights.grow[count];
            olderSum += slots[2 * i];
            slots[2 * i] = olderSum;
            slots[2 * i + 1] = olderSquares;
        }
        blockSum = 0;
        blockSquares = 0;
    }

    /** Returns whether the window is full. */
    public boolean isFull() {
        return filled == length;
    }

    /** Returns the mean; valid when full. */
    public double mean() {
        return sum / length;
    }

    /** Returns the sum of squared deviations from the mean; valid when full. */
    public double squaredDeviations() {
        return squares;
    }

    /** Returns the standard deviation of the population (divisor n); 0 when it is below rounding. */
    public double deviation() {
        double deviation = Math.sqrt(squaredDeviations() / length);
        return deviation > Indicator.FLAT * Math.abs(mean()) ? deviation : 0;
    }

    /** Returns the standard deviation of a sample (divisor n - 1); 0 when it is below rounding, or n is 1. */
    public double sampleDeviation() {
        if (length == 1) {
            return 0;
        }
        double deviation = Math.sqrt(squaredDeviations() / (length - 1));
        return deviation > Indicator.FLAT * Math.abs(mean()) ? deviation : 0;
    }

    /**
     * Passes settings and state.
     *
     * @param state the walk.
     */
    public void visit(State state) {
        state.setting("length", length);
        next = state.i32(next);
        filled = state.i32(filled);
        blockSum = state.f64(blockSum);
        blockSquares = state.f64(blockSquares);
        sum = state.f64(sum);
        squares = state.f64(squares);
        state.f64s(slots);
    }
}
