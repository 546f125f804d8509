package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.State;

/**
 * Variances and covariance of the last n pairs, in a tree as {@link RollingMoments}'s; co-moments merge alike: Cxy = Ca + Cb
 * + (mean xa - mean xb) (mean ya - mean yb) · a b / (a + b).
 *
 * <p>O(log n) per push; 10 n doubles.
 */
public final class RollingCoMoments {
    private final int length;
    private final MomentWeights weights;
    private final double[] sumsX;
    private final double[] sumsY;
    private final double[] squaresX;
    private final double[] squaresY;
    private final double[] products;
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
        sumsX = new double[2 * length];
        sumsY = new double[2 * length];
        squaresX = new double[2 * length];
        squaresY = new double[2 * length];
        products = new double[2 * length];
    }

    /**
     * Adds a pair in place of the oldest.
     *
     * @param x at most 1e100 in magnitude.
     * @param y likewise.
     */
    public void push(double x, double y) {
        int node = length + next;
        sumsX[node] = x;
        sumsY[node] = y;
        while (node > 1) {
            int other = node ^ 1;
            int parent = node >> 1;
            double gapX = sumsX[node] * weights.inverseCount[node] - sumsX[other] * weights.inverseCount[other];
            double gapY = sumsY[node] * weights.inverseCount[node] - sumsY[other] * weights.inverseCount[other];
            double weight = weights.mergeWeight[parent];
            squaresX[parent] = squaresX[node] + squaresX[other] + gapX * gapX * weight;
            squaresY[parent] = squaresY[node] + squaresY[other] + gapY * gapY * weight;
            products[parent] = products[node] + products[other] + gapX * gapY * weight;
            sumsX[parent] = sumsX[node] + sumsX[other];
            sumsY[parent] = sumsY[node] + sumsY[other];
            node = parent;
        }
        next = next + 1 == length ? 0 : next + 1;
        if (filled < length) {
            filled++;
        }
    }

    /** Returns whether the window is full. */
    public boolean isFull() {
        return filled == length;
    }

    /** Returns the covariance of the population (divisor n); valid when full. */
    public double covariance() {
        return products[1] / length;
    }

    /** Returns the standard deviation of x (divisor n); 0 when it is below rounding. */
    public double deviationX() {
        return deviation(squaresX[1], sumsX[1]);
    }

    /** Returns the standard deviation of y (divisor n); 0 when it is below rounding. */
    public double deviationY() {
        return deviation(squaresY[1], sumsY[1]);
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
        state.f64s(sumsX);
        state.f64s(sumsY);
        state.f64s(squaresX);
        state.f64s(squaresY);
        state.f64s(products);
    }
}
