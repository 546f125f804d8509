package io.millrace.engine.feature.window;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;

/**
 * A level over the last while: the last value of each bucket of time, the highest of them, and what it was at the far end. A
 * bucket without a value takes that of the bucket before. The window is cut as in {@link TimedSums}.
 *
 * <p>O(1) per value, one pass over the buckets when a bucket ends.
 */
public final class TimedPeak implements Stateful {
    private final long[] samples;
    private final long bucketNs;
    private long bucket;
    private long firstBucket;
    private long bucketEndNs;
    private long value;
    private long highestBefore;
    private long oldest;
    private boolean isStarted;

    /**
     * Makes an empty window.
     *
     * @param windowNs length of the window, a multiple of {@code buckets}.
     * @param buckets it is cut into, at least 2.
     */
    public TimedPeak(long windowNs, int buckets) {
        if (buckets < 2 || windowNs < buckets || windowNs % buckets != 0) {
            throw new IllegalArgumentException("a window of " + windowNs + " ns cannot be cut into " + buckets
                    + " buckets: use 2 or more and a multiple of them");
        }
        samples = new long[buckets];
        bucketNs = windowNs / buckets;
    }

    /**
     * Takes the level as it is now.
     *
     * @param nowNs engine time.
     * @param level 0 or more.
     */
    public void set(long nowNs, long level) {
        advance(nowNs);
        value = level;
    }

    /**
     * Moves the window; the level stays what it was.
     *
     * @param nowNs engine time.
     */
    public void advance(long nowNs) {
        if (nowNs < bucketEndNs && isStarted) {
            return;
        }
        long to = Math.floorDiv(nowNs, bucketNs);
        if (!isStarted) {
            isStarted = true;
            firstBucket = to;
        } else {
            long from = Math.max(bucket, to - samples.length);
            for (long ended = from; ended < to; ended++) {
                samples[(int) Math.floorMod(ended, (long) samples.length)] = value;
            }
        }
        bucket = to;
        bucketEndNs = (to + 1) * bucketNs;
        highestBefore = highest(to);
        long first = Math.max(firstBucket, to - samples.length + 1);
        oldest = first == to ? 0 : samples[(int) Math.floorMod(first, (long) samples.length)];
    }

    private long highest(long to) {
        long highest = 0;
        for (long ended = Math.max(firstBucket, to - samples.length + 1); ended < to; ended++) {
            highest = Math.max(highest, samples[(int) Math.floorMod(ended, (long) samples.length)]);
        }
        return highest;
    }

    /** Returns the level. */
    public long value() {
        return value;
    }

    /** Returns the highest level at the end of any bucket of the window, and now. */
    public long highest() {
        return Math.max(highestBefore, value);
    }

    /** Returns the level at the end of the oldest bucket of the window; the present one while there is no older. */
    public long oldest() {
        return bucket == firstBucket ? value : oldest;
    }

    /** Returns whether a whole window has passed since the first call. */
    public boolean isReady() {
        return isStarted && bucket - firstBucket >= samples.length - 1;
    }

    @Override
    public void visitState(State state) {
        state.type("TimedPeak");
        state.setting("buckets", samples.length);
        state.setting("bucketNs", (double) bucketNs);
        bucket = state.i64(bucket);
        firstBucket = state.i64(firstBucket);
        bucketEndNs = state.i64(bucketEndNs);
        value = state.i64(value);
        highestBefore = state.i64(highestBefore);
        oldest = state.i64(oldest);
        isStarted = state.flag(isStarted);
        state.i64s(samples);
    }
}
