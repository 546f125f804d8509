package io.millrace.engine.indicator;

/** An indicator over two series that move in step: an instrument's returns beside those of a benchmark, say. */
public abstract class PairIndicator extends Indicator {
    /**
     * Sets the warm-up.
     *
     * @param warmUp pairs until ready.
     */
    protected PairIndicator(int warmUp) {
        super(warmUp);
    }

    /**
     * Takes the next pair.
     *
     * @param x value of the benchmark, at most {@link ValueIndicator#LIMIT} in magnitude.
     * @param y value of the instrument, likewise.
     * @throws IllegalArgumentException when one is not; the state is then as before.
     */
    public final void update(double x, double y) {
        ValueIndicator.checkInput(x);
        ValueIndicator.checkInput(y);
        apply(x, y);
        counted();
    }

    /**
     * Applies a pair; {@link #count} is still the number of pairs before it.
     *
     * @param x value of the benchmark.
     * @param y value of the instrument.
     */
    protected abstract void apply(double x, double y);
}
