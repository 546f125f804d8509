package io.millrace.engine.indicator.window;

import io.millrace.engine.indicator.State;

/**
 * A sum without end that does not lose its small terms behind a large one: Neumaier, "Rundungsfehleranalyse einiger Verfahren
 * zur Summation endlicher Summen" (1974). O(1).
 */
public final class CompensatedSum {
    private double sum;
    private double lost;

    /** Makes a sum of nothing. */
    public CompensatedSum() {}

    /**
     * Adds a term.
     *
     * @param value finite.
     */
    public void add(double value) {
        double total = sum + value;
        lost += Math.abs(sum) >= Math.abs(value) ? sum - total + value : value - total + sum;
        sum = total;
    }

    /** Returns the sum. */
    public double sum() {
        return sum + lost;
    }

    /** Starts again at 0. */
    public void clear() {
        sum = 0;
        lost = 0;
    }

    /**
     * Passes the state.
     *
     * @param state the walk.
     */
    public void visit(State state) {
        sum = state.f64(sum);
        lost = state.f64(lost);
    }
}
