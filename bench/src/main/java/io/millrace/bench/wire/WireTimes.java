package io.millrace.bench.wire;

import org.HdrHistogram.Histogram;

/**
 * Matches answers to the frames that caused them, and keeps the times. The n-th answer belongs to the n-th frame that asked for
 * one, unless its prices say that answers in between are missing.
 *
 * <p><b>Thread:</b> the sender's.
 */
final class WireTimes {
    private static final long MAX_NS = 60_000_000_000L;
    private static final int DIGITS = 3;
    private static final int CAPACITY = 1 << 14;
    private static final int MASK = CAPACITY - 1;

    private final Histogram fromDue = new Histogram(1, MAX_NS, DIGITS);
    private final Histogram fromSent = new Histogram(1, MAX_NS, DIGITS);
    private final long[] dueNs = new long[CAPACITY];
    private final long[] sentNs = new long[CAPACITY];
    private final int[] frame = new int[CAPACITY];
    private long asked;
    private long answered;
    private long missing;
    private long stray;
    private boolean isMeasured;

    /** From now on times are kept, or not. */
    void measure(boolean isOn) {
        isMeasured = isOn;
    }

    /** A frame that asks for an answer leaves. */
    void onAsked(int tapeIndex, long due, long sent) {
        int at = (int) asked & MASK;
        if (asked - answered == CAPACITY) {
            answered++;
            missing++;
        }
        frame[at] = tapeIndex;
        dueNs[at] = due;
        sentNs[at] = sent;
        asked++;
    }

    /**
     * An answer came.
     *
     * @param isAnswerTo whether it may be the answer to a frame of the tape.
     * @param arrivalNs when.
     */
    void onAnswer(java.util.function.IntPredicate isAnswerTo, long arrivalNs) {
        long candidate = answered;
        while (candidate < asked && !isAnswerTo.test(frame[(int) candidate & MASK])) {
            candidate++;
        }
        if (candidate == asked) {
            stray++;
            return;
        }
        missing += candidate - answered;
        answered = candidate + 1;
        if (isMeasured) {
            int at = (int) candidate & MASK;
            fromDue.recordValue(Math.min(MAX_NS, Math.max(1, arrivalNs - dueNs[at])));
            fromSent.recordValue(Math.min(MAX_NS, Math.max(1, arrivalNs - sentNs[at])));
        }
    }

    /** Gives up what was not answered. */
    void giveUp() {
        missing += asked - answered;
        answered = asked;
    }

    boolean isComplete() {
        return answered == asked;
    }

    /** Returns the times from when the frame was due to its answer's arrival. */
    Histogram fromDue() {
        return fromDue;
    }

    /** Returns the times from when the frame was handed to the socket. */
    Histogram fromSent() {
        return fromSent;
    }

    /** Returns how many frames got no answer. */
    long missing() {
        return missing;
    }

    /** Returns how many answers belong to no frame. */
    long stray() {
        return stray;
    }
}
