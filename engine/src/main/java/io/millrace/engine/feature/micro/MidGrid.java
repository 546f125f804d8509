package io.millrace.engine.feature.micro;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;

/** The mid at the ends of the buckets of a grid of time, and the log return between them. */
final class MidGrid implements Stateful {
    private final long bucketNs;
    private long bucket;
    private long bucketEndNs;
    private long midHalfTicks;
    private long closedHalfTicks;
    private double logReturn;
    private boolean isStarted;

    MidGrid(long bucketNs) {
        this.bucketNs = bucketNs;
    }

    /** Takes the mid, 0 if not known; {@link #end} goes first. */
    void set(long halfTicks) {
        midHalfTicks = Math.max(0, halfTicks);
    }

    /** Returns whether the current bucket has ended. */
    boolean isEnded(long nowNs) {
        return nowNs >= bucketEndNs || !isStarted;
    }

    /**
     * Ends the buckets before now. Only the first of them can have a return: in those behind it nothing happened.
     *
     * @return how many ended, 0 at the first call.
     */
    long end(long nowNs) {
        long to = Math.floorDiv(nowNs, bucketNs);
        long ended = isStarted ? to - bucket : 0;
        logReturn = 0;
        if (ended > 0) {
            if (closedHalfTicks > 0 && midHalfTicks > 0 && midHalfTicks != closedHalfTicks) {
                logReturn = StrictMath.log((double) midHalfTicks / closedHalfTicks);
            }
            closedHalfTicks = midHalfTicks;
        }
        isStarted = true;
        bucket = to;
        bucketEndNs = (to + 1) * bucketNs;
        return ended;
    }

    /** Returns the log return of the first bucket that ended at the last {@link #end}; 0 where one of the mids is unknown. */
    double logReturn() {
        return logReturn;
    }

    /** Returns the mid at the end of the last bucket, 0 if not known. */
    long closedHalfTicks() {
        return closedHalfTicks;
    }

    @Override
    public void visitState(State state) {
        state.type("MidGrid ");
        state.setting("bucketNs", (double) bucketNs);
        bucket = state.i64(bucket);
        bucketEndNs = state.i64(bucketEndNs);
        midHalfTicks = state.i64(midHalfTicks);
        closedHalfTicks = state.i64(closedHalfTicks);
        logReturn = state.f64(logReturn);
        isStarted = state.flag(isStarted);
    }
}
