package io.millrace.engine.strategy;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.BookState;
import io.millrace.codecs.event.ClockTickDecoder;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.RunStartedDecoder;
import io.millrace.codecs.event.StreamStatusDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.book.MarketView;
import io.millrace.engine.feature.vector.FeatureVector;
import io.millrace.engine.memory.Hashing;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StagePart;
import io.millrace.engine.pipeline.StageRegions;
import io.millrace.engine.status.Telemetry;
import io.millrace.engine.strategy.probe.ProbeSettings;
import io.millrace.engine.strategy.probe.ProbeStrategy;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps the last market view of each instrument, copied from the book stage's region, with spread, mid and microprice: what
 * strategies will read. Then it hands the event to its parts, see {@link Features}: a part gets every event, in the order of
 * the parts, and the stage's hash and digest cover them all. It also tells telemetry of books that changed, each at most once per {@value #TELEMETRY_NS} ns of
 * engine time; nothing depends on whether anybody listens.
 *
 * <p>View, written when the touch of the event's instrument was seen: spread (ticks), mid (half ticks), microprice (1/256
 * tick), update id of the touch; a long each. Behind it, at events of a market, the {@link FeatureVector} of the event's instrument.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> when an instrument is first seen.
 */
public final class FeatureStage implements Stage {
    /** Offset of the spread in the view. */
    public static final int SPREAD_TICKS_OFFSET = 0;
    /** Offset of bid plus ask in the view. */
    public static final int MID_HALF_TICKS_OFFSET = 8;
    /** Offset of the microprice in the view. */
    public static final int MICROPRICE_OFFSET = 16;
    /** Offset of the touch's update id in the view. */
    public static final int TOUCH_UPDATE_ID_OFFSET = 24;
    /** Bytes of the view. */
    public static final int VIEW_LENGTH = 32;
    /** Offset of the {@link FeatureVector} behind the view; it is there when the region's flags have EXTRA_VIEW. */
    public static final int VECTOR_OFFSET = VIEW_LENGTH;

    private static final int LAST_MARKET_TEMPLATE = 19;

    /** Least engine time between two telemetry messages of one book. */
    public static final long TELEMETRY_NS = 250_000_000;

    private static final int GROUP_HEADER_LENGTH = 8;
    private static final int STREAMS_OFFSET = 8 + StreamStatusDecoder.streamsEncodingOffset();
    private static final int DEPTH_BIT = Streams.bit(Streams.DEPTH);

    private final MarketView bookView = new MarketView();
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
    private final BookTelemetry telemetry;
    private final Features features;
    private final StagePart[] parts;
    private InstrumentFeatures[] instruments = new InstrumentFeatures[64];
    private int instrumentCount;
    private int telemetryCursor;
    private long hash;

    /**
     * Makes the stage.
     *
     * @param telemetry is told of books; null for nobody.
     * @param settings of the parts.
     * @param probe settings of the probe strategy, which stands behind the features.
     */
    public FeatureStage(Telemetry telemetry, FeatureSettings settings, ProbeSettings probe) {
        this.telemetry = telemetry == null ? null : new BookTelemetry(telemetry);
        this.features = new Features(settings);
        StagePart[] made = features.parts();
        this.parts = probe.isOn() ? Arrays.copyOf(made, made.length + 1) : made;
        if (probe.isOn()) {
            parts[made.length] = new ProbeStrategy(probe, features.instruments());
        }
    }

    /** Returns the parts; only on the stage's thread or after that has ended. */
    public Features features() {
        return features;
    }

    @Override
    public int id() {
        return StageIds.STRATEGY;
    }

    @Override
    public int viewLength() {
        return VIEW_LENGTH + FeatureVector.LENGTH;
    }

    @Override
    public int commandsLength() {
        int length = 0;
        for (StagePart part : parts) {
            length += part.commandsLength();
        }
        return length;
    }

    @Override
    public void onEvent(SlotContext slot) {
        if (slot.templateId() == InstrumentDefinitionDecoder.TEMPLATE_ID) {
            define(slot);
        }
        apply(slot);
        for (StagePart part : parts) {
            part.onEvent(slot);
        }
        writeVector(slot);
        conclude(slot);
        if (telemetry != null && slot.templateId() == ClockTickDecoder.TEMPLATE_ID) {
            tellNext(slot.engineNs());
        }
    }

    /** Applies the book's view: that is idempotent, so it is right whether or not {@link #onEvent} got half way. */
    @Override
    public void onSkip(SlotContext slot) {
        apply(slot);
        for (StagePart part : parts) {
            part.onSkip(slot);
        }
        conclude(slot);
    }

    @Override
    public long stateHash() {
        long mixed = hash;
        for (StagePart part : parts) {
            mixed = Hashing.mix(mixed, part.stateHash());
        }
        return mixed;
    }

    /** At each event of a market, with everything that the event changed. */
    private void writeVector(SlotContext slot) {
        boolean isMarket = slot.templateId() <= LAST_MARKET_TEMPLATE && slot.instrumentId() >= 0;
        int offset = slot.viewOffset() + VECTOR_OFFSET;
        if (isMarket && features.writeVector(slot.engineNs(), slot.instrumentId(), slot.regionBuffer(), offset)) {
            slot.addFlags(StageRegions.EXTRA_VIEW);
        }
    }

    /** The digest speaks for all state, so that a replay that differs is found at the event where it begins to. */
    private void conclude(SlotContext slot) {
        slot.digest(stateHash());
    }

    private void apply(SlotContext slot) {
        if (slot.templateId() == RunStartedDecoder.TEMPLATE_ID) {
            clearAll();
        }
        if ((slot.upstreamFlags(StageIds.BOOK) & StageRegions.VIEW) == 0) {
            return;
        }
        DirectBuffer source = slot.upstreamBuffer(StageIds.BOOK);
        int offset = slot.upstreamViewOffset(StageIds.BOOK);
        bookView.wrap(source, offset);
        if (bookView.scope() == MarketView.SCOPE_ALL) {
            loseAll();
        } else if (bookView.scope() == MarketView.SCOPE_LISTED) {
            loseListed(slot);
        }
        for (int i = 0; i < bookView.changes(); i++) {
            change(bookView.changedInstrumentId(i), bookView.changedState(i), bookView.changedStaleStreams(i));
        }
        int instrumentId = bookView.instrumentId();
        if (instrumentId >= 0) {
            InstrumentFeatures features = featuresOf(instrumentId);
            long before = features.hash();
            features.take(source, offset);
            moveHash(before, features);
            writeView(slot, features);
            tell(features, slot.engineNs());
        }
    }

    private void writeView(SlotContext slot, InstrumentFeatures features) {
        UnsafeBuffer region = slot.regionBuffer();
        int offset = slot.viewOffset();
        region.putLong(offset + SPREAD_TICKS_OFFSET, features.spreadTicks());
        region.putLong(offset + MID_HALF_TICKS_OFFSET, features.midHalfTicks());
        region.putLong(offset + MICROPRICE_OFFSET, features.microprice());
        region.putLong(offset + TOUCH_UPDATE_ID_OFFSET, features.view().touchUpdateId());
        slot.markView();
    }

    private void change(int instrumentId, int state, int staleStreams) {
        InstrumentFeatures features = featuresOf(instrumentId);
        long before = features.hash();
        features.take(state, staleStreams);
        moveHash(before, features);
    }

    private void define(SlotContext slot) {
        int instrumentId = slot.instrumentId();
        if (instrumentId >= 0) {
            definition.wrapAndApplyHeader(slot.buffer(), slot.offset(), frame);
            byte[] symbol = new byte[definition.symbolLength()];
            definition.getSymbol(symbol, 0, symbol.length);
            InstrumentFeatures features = featuresOf(instrumentId);
            features.define(symbol);
        }
    }

    private void loseAll() {
        for (int id = 0; id < instruments.length; id++) {
            if (instruments[id] != null) {
                change(id, BookState.NONE.value(), instruments[id].staleStreams());
            }
        }
    }

    /** The event names streams that went down: of these instruments no depth is live any more, if depth is among them. */
    private void loseListed(SlotContext slot) {
        if (slot.templateId() != StreamStatusDecoder.TEMPLATE_ID) {
            return;
        }
        DirectBuffer event = slot.buffer();
        int offset = slot.offset();
        if ((event.getShort(offset + STREAMS_OFFSET, LITTLE_ENDIAN) & DEPTH_BIT) == 0) {
            return;
        }
        // By offset and checked: a list that is broken must not end the stage a second time when it skips.
        int group = offset + 8 + EventHeader.blockLength(event, offset);
        int end = offset + slot.length();
        if (group + GROUP_HEADER_LENGTH > end) {
            return;
        }
        int stride = event.getShort(group, LITTLE_ENDIAN) & 0xFFFF;
        int count = event.getShort(group + 2, LITTLE_ENDIAN) & 0xFFFF;
        int at = group + GROUP_HEADER_LENGTH;
        for (int i = 0; i < count && stride >= Integer.BYTES && at + stride <= end; i++) {
            int id = event.getInt(at, LITTLE_ENDIAN);
            if (id >= 0 && id < instruments.length && instruments[id] != null) {
                change(id, BookState.NONE.value(), instruments[id].staleStreams());
            }
            at += stride;
        }
    }

    private void clearAll() {
        for (InstrumentFeatures features : instruments) {
            if (features != null) {
                long before = features.hash();
                features.clear();
                moveHash(before, features);
            }
        }
    }

    /** An instrument that was never seen adds nothing, so it does not matter when its object is made. */
    private void moveHash(long before, InstrumentFeatures features) {
        hash += Hashing.spread(features.hash()) - Hashing.spread(before);
    }

    private InstrumentFeatures featuresOf(int instrumentId) {
        if (instrumentId >= instruments.length) {
            instruments = Arrays.copyOf(instruments, Math.max(instrumentId + 1, instruments.length * 2));
        }
        InstrumentFeatures features = instruments[instrumentId];
        if (features == null) {
            features = new InstrumentFeatures(instrumentId);
            instruments[instrumentId] = features;
            instrumentCount = Math.max(instrumentCount, instrumentId + 1);
        }
        return features;
    }

    private void tell(InstrumentFeatures features, long engineNs) {
        if (telemetry != null && features.isTelemetryDue(engineNs, TELEMETRY_NS)) {
            telemetry.write(features, engineNs);
        }
    }

    /** With each tick one book that may have been quiet since its last news. */
    private void tellNext(long engineNs) {
        if (instrumentCount > 0) {
            telemetryCursor = (telemetryCursor + 1) % instrumentCount;
            InstrumentFeatures features = instruments[telemetryCursor];
            if (features != null) {
                tell(features, engineNs);
            }
        }
    }
}
