package io.millrace.bench.market;

import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.binance.SnapshotReader;
import io.millrace.codecs.event.MessageHeaderEncoder;
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
 * instrument's definition, its streams lost and up again (so that each pass begins anew), and the snapshot.
 */
final class ReferenceEvents {
    private static final int STREAMS = 0xFF;

    private final UnsafeBuffer definition;
    private final UnsafeBuffer connectionLost = status(StreamState.LOST);
    private final UnsafeBuffer subscribed = status(StreamState.SUBSCRIBED);
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

    private static UnsafeBuffer status(StreamState state) {
        ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();
        StreamStatusEncoder encoder =
                new StreamStatusEncoder().wrapAndApplyHeader(scratch, 0, new MessageHeaderEncoder());
        encoder.state(state);
        scratch.putShort(encoder.offset() + StreamStatusEncoder.streamsEncodingOffset(), (short) STREAMS);
        encoder.instrumentsCount(1).next().instrumentId(Instruments.BTC.id());
        int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        EventHeader.length(scratch, 0, length);
        EventHeader.flags(scratch, 0, EventFlags.WHOLE);
        EventHeader.producer(scratch, 0, Producers.MARKET);
        EventHeader.instrumentId(scratch, 0, EventHeader.NO_INSTRUMENT);
        return exact(scratch, length);
    }

    UnsafeBuffer definition() {
        return definition;
    }

    UnsafeBuffer connectionLost() {
        return connectionLost;
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
