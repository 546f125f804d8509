package io.millrace.bench.market;

import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.binance.SnapshotReader;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.RunStartedEncoder;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.event.StreamStatusEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The events beside market frames that a book needs to be built from a capture, made before anything is measured: the
 * instrument's definition, the start of a run with its streams up (so that each pass begins anew), and the snapshot.
 */
final class ReferenceEvents {
    private final UnsafeBuffer definition;
    private final UnsafeBuffer runStarted = encodeRunStarted();
    private final UnsafeBuffer subscribed = encodeSubscribed();
    private final UnsafeBuffer snapshot;
    private final int snapshotBeforeFrame;

    ReferenceEvents(CaptureFrames frames) {
        ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();
        definition = exact(scratch, InstrumentCodec.encode(Instruments.BTC, scratch, 0, 0));
        if (frames.restBodies().size() != 1) {
            throw new IllegalStateException(
                    "the capture holds " + frames.restBodies().size()
                            + " depth snapshots, the benchmark takes captures of one instrument with one");
        }
        CaptureFrames.RestBody body = frames.restBodies().get(0);
        snapshotBeforeFrame = body.beforeFrame();
        snapshot = exact(
                scratch,
                new SnapshotReader().encode(body.json(), Instruments.BTC, 0, 0, Instruments.SLOT_LENGTH, scratch));
    }

    private static UnsafeBuffer exact(ExpandableArrayBuffer scratch, int length) {
        return new UnsafeBuffer(Arrays.copyOf(scratch.byteArray(), length));
    }

    private static UnsafeBuffer encodeRunStarted() {
        ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();
        RunStartedEncoder encoder = new RunStartedEncoder()
                .wrapAndApplyHeader(scratch, 0, new MessageHeaderEncoder())
                .runEpoch(1)
                .lastInputSequence(-1)
                .lastOutputIndex(-1)
                .build("")
                .configuration("");
        return whole(scratch, encoder.encodedLength(), Producers.SYSTEM);
    }

    private static UnsafeBuffer encodeSubscribed() {
        ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();
        StreamStatusEncoder encoder =
                new StreamStatusEncoder().wrapAndApplyHeader(scratch, 0, new MessageHeaderEncoder());
        encoder.state(StreamState.SUBSCRIBED);
        scratch.putShort(encoder.offset() + StreamStatusEncoder.streamsEncodingOffset(), (short) Instruments.STREAMS);
        encoder.instrumentsCount(1).next().instrumentId(Instruments.BTC.id());
        return whole(scratch, encoder.encodedLength(), Producers.MARKET);
    }

    private static UnsafeBuffer whole(ExpandableArrayBuffer scratch, int encodedLength, int producer) {
        int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        EventHeader.length(scratch, 0, length);
        EventHeader.flags(scratch, 0, EventFlags.WHOLE);
        EventHeader.producer(scratch, 0, producer);
        EventHeader.instrumentId(scratch, 0, EventHeader.NO_INSTRUMENT);
        return exact(scratch, length);
    }

    UnsafeBuffer definition() {
        return definition;
    }

    /** Returns the start of a run: books forget all of the pass before. */
    UnsafeBuffer runStarted() {
        return runStarted;
    }

    UnsafeBuffer subscribed() {
        return subscribed;
    }

    UnsafeBuffer snapshot() {
        return snapshot;
    }

    int snapshotBeforeFrame() {
        return snapshotBeforeFrame;
    }
}
