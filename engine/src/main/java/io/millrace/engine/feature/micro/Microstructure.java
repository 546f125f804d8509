package io.millrace.engine.feature.micro;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.AggTradeDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.ForceOrderDecoder;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.Interval;
import io.millrace.codecs.event.KlineDecoder;
import io.millrace.codecs.event.RunStartedDecoder;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.StreamStatusDecoder;
import io.millrace.codecs.event.Ticker24hDecoder;
import io.millrace.codecs.event.TradeDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.book.DepthView;
import io.millrace.engine.book.MarketView;
import io.millrace.engine.indicator.Snapshots;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.memory.Hashing;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StagePart;
import io.millrace.engine.pipeline.StageRegions;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The microstructure of all instruments, fed from the ring's events and the book stage's views. An instrument's features are made
 * with the first event that concerns it, and start again when its grid changes or an event of its is skipped.
 */
public final class Microstructure implements StagePart, Stateful {
    private static final int DEPTH_BIT = Streams.bit(Streams.DEPTH);
    private static final int STREAMS_OFFSET = 8 + StreamStatusDecoder.streamsEncodingOffset();

    private final MarketView view = new MarketView();
    private final DepthView depthView = new DepthView();
    private MicroFeatures[] features = new MicroFeatures[64];
    private int[] gridVersions = new int[64];
    /** Highest id that was defined, plus one. */
    private int defined;

    private long hash;

    /** Makes the part. */
    public Microstructure() {}

    /** Returns the features of an instrument, null if nothing of it was seen; any number may be asked. */
    public MicroFeatures of(int instrumentId) {
        return instrumentId >= 0 && instrumentId < features.length ? features[instrumentId] : null;
    }

    @Override
    public void onEvent(SlotContext slot) {
        applyScope(slot);
        int flags = slot.upstreamFlags(StageIds.BOOK);
        if ((flags & StageRegions.EXTRA_VIEW) != 0) {
            applyDepth(slot);
        }
        int instrumentId = slot.instrumentId();
        if (instrumentId < 0 || instrumentId >= InstrumentSpec.MAX_INSTRUMENTS) {
            return;
        }
        boolean hasView = (flags & StageRegions.VIEW) != 0 && view.instrumentId() == instrumentId;
        int template = slot.templateId();
        if (!hasView && !isTaken(template)) {
            return;
        }
        MicroFeatures own = make(instrumentId);
        long before = own.hash();
        if (template == InstrumentDefinitionDecoder.TEMPLATE_ID) {
            defined = Math.max(defined, instrumentId + 1);
            define(own, instrumentId, EventHeader.gridVersion(slot.buffer(), slot.offset()));
        } else {
            take(own, template, slot);
        }
        if (hasView) {
            own.onView(slot.engineNs(), view);
        }
        move(before, own.hash(), instrumentId);
    }

    @Override
    public void onSkip(SlotContext slot) {
        applyScope(slot);
        if ((slot.upstreamFlags(StageIds.BOOK) & StageRegions.EXTRA_VIEW) != 0) {
            for (int i = 0; i < DepthView.MAX_VIEWS && at(slot, i).instrumentId() >= 0; i++) {
                reset(depthView.instrumentId());
            }
        }
        reset(slot.instrumentId());
    }

    @Override
    public long stateHash() {
        return hash;
    }

    private static boolean isTaken(int template) {
        return (template >= AggTradeDecoder.TEMPLATE_ID && template <= Ticker24hDecoder.TEMPLATE_ID)
                || template == InstrumentDefinitionDecoder.TEMPLATE_ID;
    }

    /** Whose depth is lost; the view is wrapped afterwards if there is one. Doing it twice is doing it once. */
    private void applyScope(SlotContext slot) {
        if (slot.templateId() == RunStartedDecoder.TEMPLATE_ID) {
            for (int id = 0; id < features.length; id++) {
                reset(id);
            }
        }
        if ((slot.upstreamFlags(StageIds.BOOK) & StageRegions.VIEW) == 0) {
            return;
        }
        view.wrap(slot.upstreamBuffer(StageIds.BOOK), slot.upstreamViewOffset(StageIds.BOOK));
        boolean isDepthLost = view.scope() == MarketView.SCOPE_ALL
                || (view.scope() == MarketView.SCOPE_LISTED
                        && slot.templateId() == StreamStatusDecoder.TEMPLATE_ID
                        && (slot.buffer().getShort(slot.offset() + STREAMS_OFFSET, LITTLE_ENDIAN) & DEPTH_BIT) != 0);
        if (isDepthLost) {
            // Those whose book lives on are back with their next view; which they are, no feature has to know at once.
            for (int id = 0; id < features.length; id++) {
                lose(id);
            }
        }
        for (int i = 0; i < view.changes(); i++) {
            lose(view.changedInstrumentId(i));
        }
    }

    private void lose(int instrumentId) {
        MicroFeatures lost = of(instrumentId);
        if (lost != null && (lost.touch().isLive() || lost.depth().isReady())) {
            long before = lost.hash();
            lost.onLost();
            move(before, lost.hash(), instrumentId);
        }
    }

    private void applyDepth(SlotContext slot) {
        long nowNs = slot.engineNs();
        for (int i = 0; i < DepthView.MAX_VIEWS && at(slot, i).instrumentId() >= 0; i++) {
            int instrumentId = depthView.instrumentId();
            MicroFeatures measured = make(instrumentId);
            long before = measured.hash();
            measured.onDepth(nowNs, depthView);
            measured.advance(nowNs);
            move(before, measured.hash(), instrumentId);
        }
    }

    private DepthView at(SlotContext slot, int index) {
        int offset = slot.upstreamViewOffset(StageIds.BOOK) + DepthView.FIRST_OFFSET + index * DepthView.LENGTH;
        return depthView.wrap(slot.upstreamBuffer(StageIds.BOOK), offset);
    }

    private void define(MicroFeatures own, int instrumentId, int gridVersion) {
        if (gridVersions[instrumentId] != gridVersion) {
            Snapshots.reset(own);
            gridVersions[instrumentId] = gridVersion;
        }
    }

    private static void take(MicroFeatures own, int template, SlotContext slot) {
        DirectBuffer event = slot.buffer();
        int body = slot.offset() + 8;
        long nowNs = slot.engineNs();
        switch (template) {
            case AggTradeDecoder.TEMPLATE_ID ->
                own.onTrade(
                        nowNs,
                        event.getLong(body + AggTradeDecoder.priceTicksEncodingOffset(), LITTLE_ENDIAN),
                        event.getLong(body + AggTradeDecoder.qtyLotsEncodingOffset(), LITTLE_ENDIAN),
                        isYes(event, body + AggTradeDecoder.buyerIsMakerEncodingOffset()),
                        true);
            case TradeDecoder.TEMPLATE_ID ->
                own.onTrade(
                        nowNs,
                        event.getLong(body + TradeDecoder.priceTicksEncodingOffset(), LITTLE_ENDIAN),
                        event.getLong(body + TradeDecoder.qtyLotsEncodingOffset(), LITTLE_ENDIAN),
                        isYes(event, body + TradeDecoder.buyerIsMakerEncodingOffset()),
                        false);
            case ForceOrderDecoder.TEMPLATE_ID ->
                own.onForceOrder(
                        nowNs,
                        event.getLong(body + ForceOrderDecoder.origQtyLotsEncodingOffset(), LITTLE_ENDIAN),
                        event.getByte(body + ForceOrderDecoder.sideEncodingOffset()) == Side.SELL.value());
            case Ticker24hDecoder.TEMPLATE_ID ->
                own.onTicker(
                        nowNs,
                        event.getLong(body + Ticker24hDecoder.lastPriceE8EncodingOffset(), LITTLE_ENDIAN),
                        event.getLong(body + Ticker24hDecoder.highE8EncodingOffset(), LITTLE_ENDIAN),
                        event.getLong(body + Ticker24hDecoder.lowE8EncodingOffset(), LITTLE_ENDIAN),
                        event.getLong(body + Ticker24hDecoder.priceChangePercentE8EncodingOffset(), LITTLE_ENDIAN));
            case KlineDecoder.TEMPLATE_ID -> takeBar(own, event, body);
            default -> {
                // Mark prices are another part's.
            }
        }
    }

    private static void takeBar(MicroFeatures own, DirectBuffer event, int body) {
        if (event.getByte(body + KlineDecoder.intervalEncodingOffset()) == Interval.M1.value()
                && isYes(event, body + KlineDecoder.closedEncodingOffset())) {
            int volume = body + KlineDecoder.volumeEncodingOffset();
            own.onBar(
                    event.getLong(body + KlineDecoder.openTimeMsEncodingOffset(), LITTLE_ENDIAN),
                    event.getLong(body + KlineDecoder.highE8EncodingOffset(), LITTLE_ENDIAN),
                    event.getLong(body + KlineDecoder.lowE8EncodingOffset(), LITTLE_ENDIAN),
                    event.getLong(body + KlineDecoder.closeE8EncodingOffset(), LITTLE_ENDIAN),
                    Grid.toDouble(event.getLong(volume, LITTLE_ENDIAN), event.getByte(volume + Long.BYTES)));
        }
    }

    private static boolean isYes(DirectBuffer event, int offset) {
        return event.getByte(offset) == BooleanType.YES.value();
    }

    private MicroFeatures make(int instrumentId) {
        if (instrumentId >= features.length) {
            int length = Math.max(instrumentId + 1, features.length * 2);
            features = Arrays.copyOf(features, length);
            gridVersions = Arrays.copyOf(gridVersions, length);
        }
        if (features[instrumentId] == null) {
            features[instrumentId] = new MicroFeatures();
        }
        return features[instrumentId];
    }

    private void reset(int instrumentId) {
        MicroFeatures own = of(instrumentId);
        if (own != null) {
            long before = own.hash();
            Snapshots.reset(own);
            move(before, own.hash(), instrumentId);
        }
    }

    /** Features of which nothing was seen have hash 0 and add nothing, so it does not matter when they are made. */
    private void move(long before, long after, int instrumentId) {
        hash += share(after, instrumentId) - share(before, instrumentId);
    }

    private static long share(long own, int instrumentId) {
        return own == 0 ? 0 : Hashing.spread(own + instrumentId + 1L);
    }

    /** {@inheritDoc} A part takes the state of one in which as many instruments are defined. */
    @Override
    public void visitState(State state) {
        state.type("Microstructure");
        state.setting("instruments", defined);
        hash = state.i64(hash);
        for (int id = 0; id < defined; id++) {
            make(id).visitState(state);
            gridVersions[id] = state.i32(gridVersions[id]);
        }
    }
}
