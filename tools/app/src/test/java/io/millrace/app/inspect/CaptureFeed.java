package io.millrace.app.inspect;

import io.millrace.app.terminal.Progress;
import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.binance.SnapshotReader;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.event.StreamStatusEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Feeds a capture of one symbol again and again: each pass loses the connection first, so that the book starts again with the
 * recorded snapshot, and ends with a frame that cannot be read. Time goes on from pass to pass.
 */
public final class CaptureFeed {
    private static final int SLOT_LENGTH = 1024;

    private final List<CaptureBlock> blocks = new ArrayList<>();
    private final InstrumentTable table = new InstrumentTable();
    private final ExpandableArrayBuffer definition = new ExpandableArrayBuffer();
    private final ExpandableArrayBuffer snapshot = new ExpandableArrayBuffer();
    private final UnsafeBuffer broken = new UnsafeBuffer(
            "{\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\",\"U\":1,\"u\":".getBytes(StandardCharsets.US_ASCII));
    private final UnsafeBuffer reconnect = new UnsafeBuffer(new byte[1024]);
    private final StreamStatusEncoder status = new StreamStatusEncoder();
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private int definitionLength;
    private int snapshotLength;
    private long passNs;
    private int passes;

    private CaptureFeed() {}

    /** Reads a capture of one symbol with one snapshot. */
    public static CaptureFeed of(Path file) {
        CaptureFeed feed = new CaptureFeed();
        Progress silent = new Progress(new PrintWriter(Writer.nullWriter()), false);
        InstrumentSpec spec = CaptureSurvey.of(file, silent).instruments().get(0);
        feed.table.put(spec);
        try (CaptureReader reader = new CaptureReader(file, false)) {
            for (CaptureBlock block = reader.next(); block != null; block = reader.next()) {
                feed.blocks.add(block);
                for (int i = 0; i < block.frames(); i++) {
                    if (SnapshotLines.isSnapshot(block, i)) {
                        feed.snapshotLength = new SnapshotReader()
                                .encode(
                                        SnapshotLines.body(block, i),
                                        spec,
                                        0,
                                        block.receivedNs(i),
                                        SLOT_LENGTH,
                                        feed.snapshot);
                    }
                }
            }
        }
        CaptureBlock last = feed.blocks.get(feed.blocks.size() - 1);
        CaptureBlock first = feed.blocks.get(0);
        feed.passNs = last.receivedNs(last.frames() - 1) - first.receivedNs(0) + 1;
        feed.definitionLength = InstrumentCodec.encode(spec, feed.definition, 0, first.receivedNs(0));
        return feed;
    }

    /** Writes that the streams were lost and came back. */
    private int reconnectLength(long ns) {
        int length = status(0, StreamState.LOST, ns);
        return length + status(length, StreamState.SUBSCRIBED, ns);
    }

    private int status(int offset, StreamState state, long ns) {
        status.wrapAndApplyHeader(reconnect, offset, frame).state(state);
        status.streams().clear().depth(true).bookTicker(true);
        status.instrumentsCount(1).next().instrumentId(0);
        int length = MessageHeaderEncoder.ENCODED_LENGTH + status.encodedLength();
        EventHeader.length(reconnect, offset, length);
        EventHeader.flags(reconnect, offset, EventFlags.WHOLE);
        EventHeader.producer(reconnect, offset, Producers.MARKET);
        EventHeader.instrumentId(reconnect, offset, EventHeader.NO_INSTRUMENT);
        EventHeader.ingressNs(reconnect, offset, ns);
        return length;
    }

    /** Returns how many passes are over. */
    public int passes() {
        return passes;
    }

    /** Makes the agent that feeds: a frame each duty cycle, offered again until it is taken. */
    public Agent agent(Inlet market, Inlet control) {
        return new FeedAgent(market, control);
    }

    private final class FeedAgent implements Agent {
        private static final int FRAMES_PER_CYCLE = 32;

        private final Inlet market;
        private final MarketDecoder decoder = new MarketDecoder(table, SLOT_LENGTH);
        private int block;
        private int place;
        private boolean isConnectionLost;
        private DirectBuffer pending;
        private int pendingLength;

        private FeedAgent(Inlet market, Inlet control) {
            this.market = market;
            control.offer(definition, 0, definitionLength);
        }

        @Override
        public int doWork() {
            int work = 0;
            while (work < FRAMES_PER_CYCLE && offerPending()) {
                next();
                work++;
            }
            return work;
        }

        private boolean offerPending() {
            if (pendingLength > 0 && market.offer(pending, 0, pendingLength) == Inlet.BACK_PRESSURED) {
                return false;
            }
            pendingLength = 0;
            return true;
        }

        private void next() {
            CaptureBlock current = blocks.get(block);
            if (place == current.frames()) {
                place = 0;
                block = (block + 1) % blocks.size();
                if (block == 0) {
                    passes++;
                    decode(broken, 0, broken.capacity(), current.receivedNs(current.frames() - 1));
                    isConnectionLost = true;
                }
                return;
            }
            if (isConnectionLost) {
                isConnectionLost = false;
                pending = reconnect;
                pendingLength = reconnectLength(current.receivedNs(0) + passes * passNs);
                return;
            }
            if (SnapshotLines.isSnapshot(current, place)) {
                pending = snapshot;
                pendingLength = snapshotLength;
            } else {
                decode(current.buffer(), current.offset(place), current.length(place), current.receivedNs(place));
            }
            place++;
        }

        private void decode(DirectBuffer buffer, int offset, int length, long ns) {
            int result = decoder.decode(buffer, offset, length, 1, ns + passes * passNs);
            pending = decoder.encoded();
            pendingLength = result < 0 ? decoder.encodedLength() : result;
        }

        @Override
        public String roleName() {
            return "capture-feed";
        }
    }
}
