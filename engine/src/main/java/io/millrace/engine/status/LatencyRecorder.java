package io.millrace.engine.status;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Latency of sampled events, hop by hop.
 *
 * <pre>
 *  QUEUE     from ingress until the book stage took it     (if the stamps' clock is the producers')
 *  BOOK      in the book stage
 *  STRATEGY  from there until the strategy stage had done
 *  RISK      from there until the risk stage had done
 *  JOURNAL   from the book stage's start until the input journal had it
 *  EGRESS    from the later of risk and journal until its outputs were journaled and executed
 *  TOTAL     from ingress, or else from the book stage's start, to the end
 * </pre>
 *
 * <p><b>Thread:</b> recorded by the agent that ends the pipeline, read by one other. Recording allocates nothing.
 * <b>Units:</b> nanoseconds, 1 to {@value #MAX_NS}; what lies outside counts as the nearer bound.
 */
public final class LatencyRecorder {
    /** Ingress to the book stage's start. */
    public static final int QUEUE = 0;
    /** Book stage. */
    public static final int BOOK = 1;
    /** Strategy stage. */
    public static final int STRATEGY = 2;
    /** Risk stage. */
    public static final int RISK = 3;
    /** Input journal. */
    public static final int JOURNAL = 4;
    /** Output journal and execution. */
    public static final int EGRESS = 5;
    /** All of it. */
    public static final int TOTAL = 6;
    /** Number of hops. */
    public static final int COUNT = 7;
    /** Longest latency told apart: one minute. */
    public static final long MAX_NS = 60_000_000_000L;

    private static final int DIGITS = 2;

    private final SingleWriterRecorder[] recorders = new SingleWriterRecorder[COUNT];
    private final Histogram[] intervals = new Histogram[COUNT];
    private final Histogram[] totals = new Histogram[COUNT];

    /** Makes the histograms. */
    public LatencyRecorder() {
        for (int hop = 0; hop < COUNT; hop++) {
            recorders[hop] = new SingleWriterRecorder(1, MAX_NS, DIGITS);
            totals[hop] = new Histogram(1, MAX_NS, DIGITS);
        }
    }

    /** Returns the name of a hop as reports show it. */
    public static String name(int hop) {
        return switch (hop) {
            case QUEUE -> "queue";
            case BOOK -> "book";
            case STRATEGY -> "strategy";
            case RISK -> "risk";
            case JOURNAL -> "journal";
            case EGRESS -> "egress";
            case TOTAL -> "total";
            default -> "hop-" + hop;
        };
    }

    /** Records one latency; for the recording agent. */
    public void record(int hop, long latencyNs) {
        recorders[hop].recordValue(Math.min(Math.max(latencyNs, 1), MAX_NS));
    }

    /**
     * Returns what was recorded for a hop since the last call, and adds it to the {@link #total}; for the one reader. The
     * histogram is used again by the next call for this hop.
     */
    public Histogram interval(int hop) {
        intervals[hop] = recorders[hop].getIntervalHistogram(intervals[hop]);
        totals[hop].add(intervals[hop]);
        return intervals[hop];
    }

    /** Returns what {@link #interval} has gathered for a hop so far; for the one reader. */
    public Histogram total(int hop) {
        return totals[hop];
    }

    /** Forgets everything; while nobody records. */
    public void reset() {
        for (int hop = 0; hop < COUNT; hop++) {
            recorders[hop].reset();
            totals[hop].reset();
        }
    }
}
