package io.millrace.engine.pipeline;

import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.status.LatencyRecorder;
import io.millrace.engine.status.StageStamps;
import org.agrona.DirectBuffer;

/**
 * Turns the stamps of a batch that has just ended into latencies.
 *
 * <p><b>Thread:</b> the agent that ends the pipeline. <b>Allocation:</b> none.
 */
final class LatencyTap {
    /** No stage made commands. */
    static final int NO_STAGE = -1;

    private static final int MAX_NOTED = 256;

    private final StageStamps stamps;
    private final LatencyRecorder recorder;
    private final InputOutlet inputs;
    private boolean isIngressComparable;
    private final long[] noted = new long[MAX_NOTED];
    private final int[] notedFrom = new int[MAX_NOTED];
    private int count;

    LatencyTap(StageStamps stamps, LatencyRecorder recorder, InputOutlet inputs, boolean isIngressComparable) {
        this.stamps = stamps;
        this.recorder = recorder;
        this.inputs = inputs;
        this.isIngressComparable = isIngressComparable;
    }

    /** Says whether ingress times are of the stamps' clock from now on; not while the tap is in use. */
    void isIngressComparable(boolean isIngressComparable) {
        this.isIngressComparable = isIngressComparable;
        recorder.reset();
    }

    /** Remembers an event of the batch if it was stamped; what is beyond the bound of one batch is left out. */
    void note(long ringSequence, int firstCommandStage) {
        if (stamps.isSampled(ringSequence)) {
            add(ringSequence, NO_STAGE);
        } else if (firstCommandStage != NO_STAGE) {
            add(ringSequence, firstCommandStage);
        }
    }

    private void add(long ringSequence, int from) {
        if (count < MAX_NOTED) {
            noted[count] = ringSequence;
            notedFrom[count] = from;
            count++;
        }
    }

    /** Records what was remembered. */
    void record(DirectBuffer slots, Ring ring) {
        if (count == 0) {
            return;
        }
        long nowNs = stamps.nowNs();
        for (int i = 0; i < count; i++) {
            long ingressNs = EventHeader.ingressNs(slots, ring.offsetOf(noted[i]));
            if (notedFrom[i] == NO_STAGE) {
                recordSampled(noted[i], ingressNs, nowNs);
            } else {
                recordFrom(notedFrom[i], noted[i], ingressNs, nowNs);
            }
        }
        count = 0;
    }

    private void recordSampled(long ringSequence, long ingressNs, long nowNs) {
        long decodedNs = stamps.at(StageStamps.DECODED, ringSequence);
        long publishedNs = stamps.at(StageStamps.PUBLISHED, ringSequence);
        long startNs = stamps.at(StageStamps.START, ringSequence);
        long bookNs = stamps.at(StageIds.BOOK, ringSequence);
        long strategyNs = stamps.at(StageIds.STRATEGY, ringSequence);
        long riskNs = stamps.at(StageIds.RISK, ringSequence);
        long readyNs = riskNs;
        recorder.record(LatencyRecorder.PUBLISH, publishedNs - decodedNs);
        recorder.record(LatencyRecorder.QUEUE, startNs - publishedNs);
        recorder.record(LatencyRecorder.BOOK, bookNs - startNs);
        recorder.record(LatencyRecorder.STRATEGY, strategyNs - bookNs);
        recorder.record(LatencyRecorder.RISK, riskNs - strategyNs);
        if (inputs.isOn()) {
            long journalNs = stamps.at(StageStamps.JOURNAL, ringSequence);
            recorder.record(LatencyRecorder.JOURNAL, journalNs - startNs);
            readyNs = Math.max(readyNs, journalNs);
        }
        recorder.record(LatencyRecorder.EGRESS, nowNs - readyNs);
        if (isIngressComparable) {
            recorder.record(LatencyRecorder.DECODE, decodedNs - ingressNs);
        }
        recorder.record(LatencyRecorder.TOTAL, nowNs - (isIngressComparable ? ingressNs : startNs));
    }

    /** An event outside the sample that made commands: known from the stage on that made the first. */
    private void recordFrom(int stage, long ringSequence, long ingressNs, long nowNs) {
        for (int later = stage + 1; later < StageIds.COUNT; later++) {
            recorder.record(
                    LatencyRecorder.BOOK + later, stamps.at(later, ringSequence) - stamps.at(later - 1, ringSequence));
        }
        if (isIngressComparable) {
            recorder.record(LatencyRecorder.TOTAL, nowNs - ingressNs);
        }
    }
}
