package io.millrace.engine.indicator.volume;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.CompensatedSum;

/**
 * Volume-weighted average price since the session began: Σ typical · volume / Σ volume. The owner says when a session begins, by the
 * bar's own time (00:00 UTC on this venue).
 *
 * <p><b>Source:</b> as {@link RollingVwap}. <b>Warm-up:</b> 1. <b>Degenerate:</b> no volume in the session: the last typical price.
 * <b>Cost:</b> O(1).
 */
public final class SessionVwap extends BarIndicator {
    private final CompensatedSum flows = new CompensatedSum();
    private final CompensatedSum volumes = new CompensatedSum();
    private double lastTypical;
    private boolean isStarting;

    /** Makes an average whose first session begins with the first bar. */
    public SessionVwap() {
        super(1);
    }

    /** Begins a session: the next bar is its first. Until then the average is that of the session that ended. */
    public void startSession() {
        isStarting = true;
    }

    @Override
    protected void apply(Bar bar) {
        if (isStarting) {
            isStarting = false;
            flows.clear();
            volumes.clear();
        }
        lastTypical = bar.typical();
        flows.add(lastTypical * bar.volume());
        volumes.add(bar.volume());
    }

    @Override
    public double value() {
        return whenReady(volumes.sum() > 0 ? flows.sum() / volumes.sum() : lastTypical);
    }

    @Override
    protected void visit(State state) {
        flows.visit(state);
        volumes.visit(state);
        lastTypical = state.f64(lastTypical);
        isStarting = state.flag(isStarting);
    }
}
