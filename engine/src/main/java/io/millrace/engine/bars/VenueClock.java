package io.millrace.engine.bars;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.memory.Hashing;

/**
 * The venue's time, estimated from the events themselves: engine time less the least difference between ingress and push time
 * that was seen in the last one to two minutes. That difference holds the way here, so the estimate lags the venue's clock by
 * at least the shortest way and never runs ahead of it by more than the venue's own clocks differ.
 *
 * <p>Applying the same sample twice changes nothing.
 */
public final class VenueClock implements Stateful {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long WINDOW_NS = 60_000_000_000L;
    private static final long NONE = Long.MAX_VALUE;

    private long window = Long.MIN_VALUE;
    private long leastNs = NONE;
    private long leastBeforeNs = NONE;

    /** Makes a clock that has seen nothing: it shows engine time. */
    public VenueClock() {}

    /**
     * Takes an event of the venue's.
     *
     * @param engineNs when it was read.
     * @param eventTimeMs when the venue pushed it; 0 or less for unknown.
     */
    void sample(long engineNs, long eventTimeMs) {
        if (eventTimeMs <= 0) {
            return;
        }
        long current = Math.floorDiv(engineNs, WINDOW_NS);
        if (current != window) {
            leastBeforeNs = current == window + 1 ? leastNs : NONE;
            leastNs = NONE;
            window = current;
        }
        leastNs = Math.min(leastNs, engineNs - eventTimeMs * NS_PER_MS);
    }

    /** Returns the venue's time in epoch milliseconds. */
    public long nowMs(long engineNs) {
        long offsetNs = Math.min(leastNs, leastBeforeNs);
        return Math.floorDiv(engineNs - (offsetNs == NONE ? 0 : offsetNs), NS_PER_MS);
    }

    /** Returns whether any event of the venue's was seen in the last windows. */
    boolean isKnown() {
        return leastNs != NONE || leastBeforeNs != NONE;
    }

    void clear() {
        window = Long.MIN_VALUE;
        leastNs = NONE;
        leastBeforeNs = NONE;
    }

    long hash() {
        return Hashing.mix(Hashing.mix(window, leastNs), leastBeforeNs);
    }

    @Override
    public void visitState(State state) {
        state.type("VenueClock");
        window = state.i64(window);
        leastNs = state.i64(leastNs);
        leastBeforeNs = state.i64(leastBeforeNs);
    }
}
