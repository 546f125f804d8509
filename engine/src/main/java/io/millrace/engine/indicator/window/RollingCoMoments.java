package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;
import java.util.Arrays;

/**
 * Variances and covariance of the last n pairs, in blocks as {@link RollingMoments}'s; co-moments join alike: Cxy = Ca + Cb + (mean xa - mean
 * xb) (mean ya - mean yb) · a b / (a + b).
 *
 * <p>A push joins twice; a pass over the block once in n pushes. 5 n doubles.
 */
public final class RollingCoMoments {
    private static final int WORDS = 5;
    private static final int SUM_Y = 1;
    private static final int SQUARES_X = 2;
    private static final int SQUARES_Y = 3;
    private static final int PRODUCTS = 4;

    private final int length;
    private final MomentWeights weights;
    /** Of slot i the pair from 5 i on; from {@code next} on sums, squares and products up to the end of the block before. */
    private final double[] slots;
    /** The same five of the current block, and of the window. */
    private final double[] block = new double[WORDS];

    private final double[] window = new double[WORDS];
    private int next;
    private int filled;

    /**
     * Makes an empty window.
     *
     * @param length pairs in it, at least 2.
     */
    public RollingCoMoments(int length) {
        this.length = Indicator.atLeast("length", length, 2);
        weights = MomentWeights.of(length);
        slots = new double[WORDS * length];
    }

    /**
     * Adds a pair in place of the oldest.
     *
     * @param x at most 1e100 in magnitude.
     * @param y likewise.
     */
    public void push(double x, double y) {
        if (next == 0) {
            turn();
        }
        slots[WORDS * next] = x;
        slots[WORDS * next + SUM_Y] = y;
        add(x, y, next);
        next = next + 1 == length ? 0 : next + 1;
        if (next == 0) {
            System.arraycopy(block, 0, window, 0, WORDS);
        } else {
            join(WORDS * next, next);
        }
        if (filled < length) {
            filled++;
        }
    }

    /** Adds a pair to the block, which holds so many. */
    private void add(double x, double y, int count) {
        double[] to = block;
        double gapX = x - to[0] * weights.inverse[count];
        double gapY = y - to[SUM_Y] * weights.inverse[count];
        double weight = weights.grow[count];
        to[SQUARES_X] += gapX * gapX * weight;
        to[SQUARES_Y] += gapY * gapY * weight;
        to[PRODUCTS] += gapX * gapY * weight;
        to[0] += x;
        to[SUM_Y] += y;
    }

    /** Joins what is left of the block before and the current one, which holds so many. */
    private void join(int older, int count) {
        double gapX = block[0] * weights.inverse[count] - slots[older] * weights.inverse[length - count];
        double gapY = block[SUM_Y] * weights.inverse[count] - slots[older + SUM_Y] * weights.inverse[length - count];
        double weight = weights.join[count];
        window[0] = block[0] + slots[older];
        window[SUM_Y] = block[SUM_Y] + slots[older + SUM_Y];
        window[SQUARES_X] = block[SQUARES_X] + slots[older + SQUARES_X] + gapX * gapX * weight;
        window[SQUARES_Y] = block[SQUARES_Y] + slots[older + SQUARES_Y] + gapY * gapY * weight;
        window[PRODUCTS] = block[PRODUCTS] + slots[older + PRODUCTS] + gapX * gapY * weight;
    }

    private void turn() {
        Arrays.fill(block, 0);
        for (int i = length - 1; i > 0; i--) {
            add(slots[WORDS * i], slots[WORDS * i + SUM_Y], length - 1 - i);
            System.arraycopy(block, 0, slots, WORDS * i, WORDS);
        }
        Arrays.fill(block, 0);
    }

    /** Returns whether the window is full. */
    public boolean isFull() {
        return filled == length;
    }

    /** Returns the covariance of the population (divisor n); valid when full. */
    public double covariance() {
        return window[PRODUCTS] / length;
    }

    /** Returns the standard deviation of x (divisor n); 0 when it is below rounding. */
    public double deviationX() {
        return deviation(window[SQUARES_X], window[0]);
    }

    /** Returns the standard deviation of y (divisor n); 0 when it is below rounding. */
    public double deviationY() {
        return deviation(window[SQUARES_Y], window[SUM_Y]);
    }

    private double deviation(double squares, double sum) {
        double deviation = Math.sqrt(squares / length);
        return deviation > Indicator.FLAT * Math.abs(sum / length) ? deviation : 0;
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
        state.f64s(block);
        state.f64s(window);
        state.f64s(slots);
    }
}
