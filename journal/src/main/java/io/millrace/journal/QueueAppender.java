package io.millrace.journal;

import io.millrace.codecs.port.OutletHandler;
import io.millrace.journal.segment.JournalException;
import io.millrace.journal.segment.RecordWriter;
import org.agrona.DirectBuffer;

/**
 * Appends what an outlet hands over to one queue of a journal and syncs by the journal's policy at the end of a batch.
 *
 * <p><b>Thread:</b> the agent's that polls the outlet.
 */
final class QueueAppender implements OutletHandler {
    private final RecordWriter writer;
    private final boolean isInputs;
    private final SyncPolicy.Kind syncKind;
    private final long syncIntervalNs;
    private long syncedNs;
    private long lastSequence;

    QueueAppender(RecordWriter writer, boolean isInputs, SyncPolicy sync, long lastSequence) {
        this.writer = writer;
        this.isInputs = isInputs;
        this.syncKind = sync.kind();
        this.syncIntervalNs = sync.intervalMs() * 1_000_000L;
        this.syncedNs = System.nanoTime();
        this.lastSequence = lastSequence;
    }

    long lastSequence() {
        return lastSequence;
    }

    RecordWriter writer() {
        return writer;
    }

    @Override
    public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
        if (isInputs ? sequence != lastSequence + 1 : sequence < lastSequence) {
            throw new JournalException((isInputs ? "inputs: sequence=" : "outputs: cause sequence=") + sequence
                    + " does not follow " + lastSequence + ", file=" + writer.file()
                    + ": start the engine at the journal's last input sequence + 1");
        }
        writer.append(sequence, buffer, offset, length);
        lastSequence = sequence;
    }

    @Override
    public void onBatchEnd(long lastSequenceOfBatch) {
        if (syncKind == SyncPolicy.Kind.BATCH) {
            writer.sync();
        } else if (syncKind == SyncPolicy.Kind.INTERVAL) {
            syncIfDue();
        }
        writer.rollIfDue();
    }

    /** Syncs if the policy's interval is over; called in idle cycles too. */
    void syncIfDue() {
        if (syncKind == SyncPolicy.Kind.INTERVAL) {
            long nowNs = System.nanoTime();
            if (nowNs - syncedNs >= syncIntervalNs) {
                writer.sync();
                syncedNs = nowNs;
            }
        }
    }
}
