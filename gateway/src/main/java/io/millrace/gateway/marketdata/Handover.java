package io.millrace.gateway.marketdata;

import io.millrace.codecs.value.Streams;
import java.util.Arrays;
import java.util.List;

/**
 * Watches two connections that deliver the same streams until the old one can go without a gap: on every stream that the
 * old one has ever delivered, the new one has begun, and the old one has gone past where the new one began. Times are the
 * venue's push times, which both connections see alike.
 */
final class Handover {
    private final long[] firstOfNewMs;
    private final long[] lastOfOldMs;
    private final short[] everOfOld;

    /**
     * Begins to watch.
     *
     * @param everOfOld bits of streams that the old connection has delivered, by instrument.
     */
    Handover(short[] everOfOld) {
        this.everOfOld = everOfOld.clone();
        this.firstOfNewMs = new long[everOfOld.length * Streams.COUNT];
        this.lastOfOldMs = new long[everOfOld.length * Streams.COUNT];
        Arrays.fill(firstOfNewMs, Long.MIN_VALUE);
        Arrays.fill(lastOfOldMs, Long.MIN_VALUE);
    }

    void onOld(int instrumentId, int stream, long eventTimeMs) {
        int index = instrumentId * Streams.COUNT + stream;
        if (index < lastOfOldMs.length) {
            lastOfOldMs[index] = Math.max(lastOfOldMs[index], eventTimeMs);
        }
    }

    void onNew(int instrumentId, int stream, long eventTimeMs) {
        int index = instrumentId * Streams.COUNT + stream;
        if (index < firstOfNewMs.length && firstOfNewMs[index] == Long.MIN_VALUE) {
            firstOfNewMs[index] = eventTimeMs;
        }
    }

    /** Returns whether no stream can lose anything when the old connection goes. */
    boolean isComplete(List<StreamRef> streams) {
        boolean hasEvidence = false;
        for (StreamRef ref : streams) {
            if ((everOfOld[ref.instrumentId()] & Streams.bit(ref.stream())) != 0) {
                int index = ref.instrumentId() * Streams.COUNT + ref.stream();
                if (firstOfNewMs[index] == Long.MIN_VALUE || lastOfOldMs[index] <= firstOfNewMs[index]) {
                    return false;
                }
                hasEvidence = true;
            }
        }
        return hasEvidence;
    }

    /** Returns whether, after waiting long enough, the new connection has delivered on every stream that the old one did. */
    boolean isAcceptable(List<StreamRef> streams) {
        for (StreamRef ref : streams) {
            int index = ref.instrumentId() * Streams.COUNT + ref.stream();
            if (lastOfOldMs[index] != Long.MIN_VALUE && firstOfNewMs[index] == Long.MIN_VALUE) {
                return false;
            }
        }
        return true;
    }
}
