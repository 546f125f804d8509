package io.millrace.engine.status;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * One histogram for each hop of a way, two significant digits.
 *
 * <p><b>Thread:</b> one records; any others read, one at a time. Recording allocates nothing and waits for nobody.
 * <b>Units:</b> nanoseconds, 1 to {@value #MAX_NS}; what lies outside counts as the nearer bound.
 */
final class HopHistograms {
    /** Longest latency told apart: one minute. */
    static final long MAX_NS = 60_000_000_000L;

    private static final int DIGITS = 2;

    private final SingleWriterRecorder[] recorders;
    private final Histogram[] intervals;
    private final Histogram[] totals;

    HopHistograms(int hops) {
        recorders = new SingleWriterRecorder[hops];
        intervals = new Histogram[hops];
        totals = new Histogram[hops];
        for (int hop = 0; hop < hops; hop++) {
            recorders[hop] = new SingleWriterRecorder(1, MAX_NS, DIGITS);
            totals[hop] = new Histogram(1, MAX_NS, DIGITS);
        }
    }

    int hops() {
        return recorders.length;
    }

    void record(int hop, long latencyNs) {
        recorders[hop].recordValue(Math.min(Math.max(latencyNs, 1), MAX_NS));
    }

    /** Returns what was recorded for a hop since the last call of this or of {@link #copy}, and adds it to the total. */
    synchronized Histogram interval(int hop) {
        intervals[hop] = recorders[hop].getIntervalHistogram(intervals[hop]);
        totals[hop].add(intervals[hop]);
        return intervals[hop];
    }

    /** Returns what {@link #interval} and {@link #copy} have gathered so far. */
    synchronized Histogram total(int hop) {
        return totals[hop];
    }

    /** Returns all that was recorded for a hop until now, as the caller's own. */
    synchronized Histogram copy(int hop) {
        interval(hop);
        return totals[hop].copy();
    }

    /** Forgets everything; while nobody records. */
    synchronized void reset() {
        for (int hop = 0; hop < recorders.length; hop++) {
            recorders[hop].reset();
            totals[hop].reset();
        }
    }
}
