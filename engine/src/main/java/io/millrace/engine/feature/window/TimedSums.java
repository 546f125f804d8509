package io.millrace.engine.feature.window;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import java.util.Arrays;

/**
 * Sums of whole numbers over the last while, several at once. Time is cut into buckets that begin at multiples of their
 * length; the window is the current bucket, as far as it has got, and the {@code buckets - 1} before it. So it spans between
 * {@code (buckets - 1)} and {@code buckets} bucket lengths, and what a sum is depends on times and values only.
 *
 * <p>O(1) per value; a leap in time costs at most one pass over the window.
 */
public final class TimedSums implements Stateful {
    /** Largest magnitude of one value: {@link #add} limits to it, so that a million of them cannot overflow. */
    public static final long LIMIT = 1L << 43;

    private final int buckets;
    private final long bucketNs;
    private final int channels;
    private final long[] cells;
    private final long[] totals;
    private int cell;
    private long bucket;
    private long bucketEndNs;
    private long firstBucket;
    private boolean isStarted;

    /**
     * Makes empty sums.
     *
     * @param windowNs length of the window, a multiple of {@code buckets}.
     * @param buckets it is cut into, at least 2.
     * @param channels sums that are kept side by side, at least 1.
     */
    public TimedSums(long windowNs, int buckets, int channels) {
        if (buckets < 2 || channels < 1 || windowNs < buckets || windowNs % buckets != 0) {
            throw new IllegalArgumentException("a window of " + windowNs + " ns cannot be cut into " + buckets
                    + " buckets of " + channels + " sums: use 2 buckets or more, 1 sum or more and a multiple of both");
        }
        this.buckets = buckets;
        this.bucketNs = windowNs / buckets;
        this.channels = channels;
        this.cells = new long[buckets * channels];
        this.totals = new long[channels];
    }

    /**
     * Moves the window.
     *
     * @param nowNs engine time.
     */
    public void advance(long nowNs) {
        if (nowNs >= bucketEndNs || !isStarted) {
            move(Math.floorDiv(nowNs, bucketNs));
        }
    }

    private void move(long to) {
        if (!isStarted) {
            isStarted = true;
            firstBucket = to;
        } else if (to - bucket >= buckets) {
            Arrays.fill(cells, 0);
            Arrays.fill(totals, 0);
        } else {
            for (long next = bucket + 1; next <= to; next++) {
                drop(cellOf(next));
            }
        }
        bucket = to;
        cell = cellOf(to);
        bucketEndNs = (to + 1) * bucketNs;
    }

    private int cellOf(long number) {
        return (int) Math.floorMod(number, (long) buckets) * channels;
    }

    private void drop(int from) {
        for (int channel = 0; channel < channels; channel++) {
            totals[channel] -= cells[from + channel];
            cells[from + channel] = 0;
        }
    }

    /**
     * Adds to the current bucket; {@link #advance} goes first.
     *
     * @param channel which sum.
     * @param value limited to {@link #LIMIT} in magnitude.
     */
    public void add(int channel, long value) {
        long limited = Math.max(-LIMIT, Math.min(LIMIT, value));
        cells[cell + channel] += limited;
        totals[channel] += limited;
    }

    /** Returns a sum over the window as of the last {@link #advance}. */
    public long sum(int channel) {
        return totals[channel];
    }

    /** Returns whether a whole window has passed since the first call. */
    public boolean isReady() {
        return isStarted && bucket - firstBucket >= buckets - 1;
    }

    /** Returns the length of the window in nanoseconds. */
    public long windowNs() {
        return bucketNs * buckets;
    }

    @Override
    public void visitState(State state) {
        state.type("TimedSums");
        state.setting("buckets", buckets);
        state.setting("bucketNs", (double) bucketNs);
        state.setting("channels", channels);
        cell = state.i32(cell);
        bucket = state.i64(bucket);
        bucketEndNs = state.i64(bucketEndNs);
        firstBucket = state.i64(firstBucket);
        isStarted = state.flag(isStarted);
        state.i64s(cells);
        state.i64s(totals);
    }
}
