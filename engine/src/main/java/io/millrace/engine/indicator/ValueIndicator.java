package io.millrace.engine.indicator;

/** An indicator over one series of values: closes, mostly, or another indicator's output. */
public abstract class ValueIndicator extends Indicator {
    /** Largest magnitude of an input: beyond it squares and sums could overflow. */
    public static final double LIMIT = 1e100;

    /**
     * Sets the warm-up.
     *
     * @param warmUp values until ready.
     */
    protected ValueIndicator(int warmUp) {
        super(warmUp);
    }

    /**
     * Takes the next value.
     *
     * @param value a number of at most {@link #LIMIT} in magnitude.
     * @throws IllegalArgumentException when it is not; the state is then as before.
     */
    public final void update(double value) {
        checkInput(value);
        apply(value);
        counted();
    }

    /**
     * Applies a value; {@link #count} is still the number of values before it.
     *
     * @param value the value.
     */
    protected abstract void apply(double value);

    static void checkInput(double value) {
        // Room for the difference of two inputs, which an indicator within another may be given.
        if (!(value <= 4 * LIMIT && value >= -4 * LIMIT)) {
            throw new IllegalArgumentException("input " + value + " is not a number between -" + LIMIT + " and " + LIMIT
                    + ": feed an indicator from others only when they are ready");
        }
    }
}
