package io.millrace.engine.indicator;

/** An indicator that is fed with bars. */
public abstract class BarIndicator extends Indicator {
    /**
     * Sets the warm-up.
     *
     * @param warmUp bars until ready.
     */
    protected BarIndicator(int warmUp) {
        super(warmUp);
    }

    /**
     * Takes the next closed bar.
     *
     * @param bar the bar; not kept.
     */
    public final void update(Bar bar) {
        apply(bar);
        counted();
    }

    /**
     * Applies a bar; {@link #count} is still the number of bars before it.
     *
     * @param bar the bar; not to be kept.
     */
    protected abstract void apply(Bar bar);
}
