package io.millrace.app.inspect;

import io.millrace.app.features.Period;
import io.millrace.app.features.RowSink;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.binance.SnapshotReader;
import io.millrace.codecs.event.ClockTickEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.engine.book.BookSettings;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.feature.vector.FeatureVector;
import io.millrace.engine.feature.vector.VectorFeature;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import io.millrace.engine.strategy.FeatureSettings;
import io.millrace.engine.strategy.FeatureStage;
import io.millrace.engine.strategy.probe.ProbeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The feature vectors over a capture: decoder, book stage and feature stage as in a live engine, with the clock's ticks, ten a second of
 * recorded time, put in between. A row is what the vector said at the last event of its instrument before the row's time.
 */
public final class CaptureVectors {
    private static final int SLOTS = 16;
    private static final int SLOT_LENGTH = 1024;
    private static final long TICK_NS = 100_000_000;
    private static final long NS_PER_MS = 1_000_000;

    private final List<VectorFeature> chosen;
    private final List<String> columns = new ArrayList<>();
    private final double[] values;
    private final InstrumentTable table = new InstrumentTable();
    private final MarketDecoder decoder = new MarketDecoder(table, SLOT_LENGTH);
    private final SnapshotReader snapshots = new SnapshotReader();
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(1 << 16);
    private final BookStage book = new BookStage(BookSettings.defaults());
    private final FeatureStage features = new FeatureStage(null, FeatureSettings.defaults(), ProbeSettings.off());
    private final StageRegions bookRegions;
    private final StageRegions featureRegions;
    private final SlotContext bookSlot;
    private final SlotContext featureSlot;
    private final UnsafeBuffer slot = new UnsafeBuffer(new byte[SLOT_LENGTH]);
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[FeatureVector.LENGTH]);
    private final FeatureVector vector = new FeatureVector().wrap(copy, 0);
    private final List<byte[]> last = new ArrayList<>();
    private long sequence;
    private long nextTickNs;
    private long nextRowMs;

    /**
     * Makes a pass.
     *
     * @param names of features; all if there are none.
     */
    public CaptureVectors(List<String> names) {
        chosen = new ArrayList<>(names.isEmpty() ? VectorFeature.all() : List.of());
        for (String name : names) {
            chosen.add(VectorFeature.all().stream()
                    .filter(feature -> feature.key().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCodes.USAGE,
                            "there is no feature '" + name + "' over captures: --list shows all of them")));
        }
        chosen.forEach(feature -> columns.add(feature.key()));
        values = new double[chosen.size()];
        bookRegions = new StageRegions(SLOTS, book.viewLength(), book.commandsLength());
        featureRegions = new StageRegions(SLOTS, features.viewLength(), features.commandsLength());
        bookSlot = new SlotContext(StageIds.BOOK, bookRegions);
        featureSlot = new SlotContext(StageIds.STRATEGY, featureRegions, bookRegions);
    }

    /**
     * Passes a capture.
     *
     * @param file the capture.
     * @param everyMs distance of rows in recorded time; 0 for a row at every event of a market.
     * @param period which rows are wanted.
     * @param sink gets the rows.
     * @param progress told how far it is.
     */
    public void pass(Path file, long everyMs, Period period, RowSink sink, Progress progress) {
        List<InstrumentSpec> instruments = CaptureSurvey.of(file, progress).instruments();
        sink.begin(columns);
        long frames = 0;
        try (CaptureReader reader = new CaptureReader(file, true)) {
            for (CaptureBlock block = reader.next(); block != null; block = reader.next()) {
                if (frames == 0) {
                    begin(instruments, block.receivedNs(0), everyMs);
                }
                for (int i = 0; i < block.frames(); i++) {
                    pass(block, i, everyMs, period, sink);
                }
                frames += block.frames();
                progress.show(String.format(Locale.ROOT, "%s: features, %,d frames", file, frames));
            }
        }
        progress.end();
    }

    private void begin(List<InstrumentSpec> instruments, long firstNs, long everyMs) {
        for (InstrumentSpec instrument : instruments) {
            table.put(instrument);
            apply(scratch, InstrumentCodec.encode(instrument, scratch, 0, firstNs));
        }
        nextTickNs = firstNs + TICK_NS;
        nextRowMs = everyMs == 0 ? 0 : (firstNs / NS_PER_MS / everyMs + 1) * everyMs;
    }

    private void pass(CaptureBlock block, int i, long everyMs, Period period, RowSink sink) {
        long receivedNs = block.receivedNs(i);
        while (nextTickNs <= receivedNs) {
            apply(scratch, tick(nextTickNs));
            nextTickNs += TICK_NS;
        }
        while (everyMs > 0 && nextRowMs * NS_PER_MS <= receivedNs) {
            rows(nextRowMs, period, sink);
            nextRowMs += everyMs;
        }
        int instrument;
        if (SnapshotLines.isSnapshot(block, i)) {
            instrument = snapshot(block, i);
        } else {
            int length = decoder.decode(block.buffer(), block.offset(i), block.length(i), 1, receivedNs);
            instrument = length > 0 ? EventHeader.instrumentId(decoder.encoded(), 0) : -1;
            apply(decoder.encoded(), Math.max(0, length));
        }
        if (everyMs == 0 && instrument >= 0 && instrument < last.size() && last.get(instrument) != null) {
            row(receivedNs / NS_PER_MS, instrument, period, sink);
        }
    }

    private int snapshot(CaptureBlock block, int i) {
        InstrumentSpec spec = SnapshotLines.instrument(block, i, table);
        if (spec == null) {
            return -1;
        }
        try {
            apply(
                    scratch,
                    snapshots.encode(SnapshotLines.body(block, i), spec, 0, block.receivedNs(i), SLOT_LENGTH, scratch));
        } catch (IllegalArgumentException e) {
            // The book then asks for another one, as it would of the venue.
            return -1;
        }
        return spec.id();
    }

    private int tick(long ns) {
        ClockTickEncoder encoder = new ClockTickEncoder()
                .wrapAndApplyHeader(scratch, 0, new MessageHeaderEncoder())
                .tick(ns / TICK_NS);
        encoder.header().ingressNs(ns).instrumentId(EventHeader.NO_INSTRUMENT).flags(EventFlags.WHOLE);
        int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        EventHeader.length(scratch, 0, length);
        return length;
    }

    private void apply(DirectBuffer messages, int length) {
        int offset = 0;
        while (offset < length) {
            int messageLength = EventHeader.length(messages, offset);
            slot.putBytes(0, messages, offset, messageLength);
            bookSlot.moveTo(sequence, sequence, slot, 0, messageLength);
            book.onEvent(bookSlot);
            featureSlot.moveTo(sequence, sequence, slot, 0, messageLength);
            features.onEvent(featureSlot);
            keep();
            sequence++;
            offset += messageLength;
        }
    }

    private void keep() {
        int region = featureRegions.offsetOf(sequence);
        int flags = featureRegions.buffer().getInt(region + StageRegions.FLAGS_OFFSET);
        if ((flags & StageRegions.EXTRA_VIEW) != 0) {
            int at = region + StageRegions.VIEW_OFFSET + FeatureStage.VECTOR_OFFSET;
            int instrument = vector.wrap(featureRegions.buffer(), at).instrumentId();
            while (last.size() <= instrument) {
                last.add(null);
            }
            if (last.get(instrument) == null) {
                last.set(instrument, new byte[FeatureVector.LENGTH]);
            }
            featureRegions.buffer().getBytes(at, last.get(instrument));
        }
    }

    private void rows(long timeMs, Period period, RowSink sink) {
        for (int instrument = 0; instrument < last.size(); instrument++) {
            if (last.get(instrument) != null) {
                row(timeMs, instrument, period, sink);
            }
        }
    }

    private void row(long timeMs, int instrument, Period period, RowSink sink) {
        if (!period.holds(timeMs)) {
            return;
        }
        copy.putBytes(0, last.get(instrument));
        vector.wrap(copy, 0);
        for (int i = 0; i < values.length; i++) {
            values[i] = vector.get(chosen.get(i));
        }
        sink.row(timeMs, table.byId(instrument).symbol(), values);
    }
}
