package io.millrace.engine.status;

import org.HdrHistogram.Histogram;

/**
 * Latency of sampled events, hop by hop.
 *
 * <pre>
 *  DECODE    from the frame's bytes in hand until the event is encoded  (if the stamps' clock is the producers')
 *  PUBLISH   from there until its slot was written
 *  QUEUE     from there until the book stage took it
 *  BOOK      in the book stage
 *  STRATEGY  from there until the strategy stage had done
 *  RISK      from there until the risk stage had done
 *  JOURNAL   from the book stage's start until the input journal had it
 *  EGRESS    from the later of risk and journal until its outputs were journaled and executed
 *  TOTAL     from ingress, or else from the book stage's start, to the end
 * </pre>
 *
 * <p><b>Thread:</b> recorded by the agent that ends the pipeline, read by others. Recording allocates nothing.
 * <b>Units:</b> nanoseconds, 1 to {@value #MAX_NS}; what lies outside counts as the nearer bound.
 */
public final class LatencyRecorder {
    /** Slot written to the book stage's start. */
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
    /** Frame read to event encoded. */
    public static final int DECODE = 7;
    /** Event encoded to slot written. */
    public static final int PUBLISH = 8;
    /** Number of hops. */
    public static final int COUNT = 9;
    /** Longest latency told apart: one minute. */
    public static final long MAX_NS = HopHistograms.MAX_NS;

    private final HopHistograms histograms = new HopHistograms(COUNT);

    /** Makes the histograms. */
    public LatencyRecorder() {}

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
            case DECODE -> "decode";
            case PUBLISH -> "publish";
            default -> "hop-" + hop;
        };
    }

    /** Records one latency; for the recording agent. */
    public void record(int hop, long latencyNs) {
        histograms.record(hop, latencyNs);
    }

    /**
     * Returns what was recorded for a hop since the last call, and adds it to the {@link #total}; for the one reader of
     * intervals. The histogram is used again by the next call for this hop.
     */
    public Histogram interval(int hop) {
        return histograms.interval(hop);
    }

    /** Returns what {@link #interval} has gathered for a hop so far; while nobody else calls that. */
    public Histogram total(int hop) {
        return histograms.total(hop);
    }

    /**
     * Returns all that was recorded for a hop until now; for any thread. What it takes is missing in the next {@link
     * #interval}.
     */
    public Histogram copy(int hop) {
        return histograms.copy(hop);
    }

    /** Forgets everything; while nobody records. */
    public void reset() {
        histograms.reset();
    }
}
