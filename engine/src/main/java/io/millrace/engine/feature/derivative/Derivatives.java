package io.millrace.engine.feature.derivative;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.FundingHistoryDecoder;
import io.millrace.codecs.event.FundingInfoDecoder;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.InsuranceFundDecoder;
import io.millrace.codecs.event.LongShortRatioDecoder;
import io.millrace.codecs.event.MarkPriceDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OpenInterestDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.engine.indicator.Snapshots;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.memory.Hashing;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StagePart;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The derivatives features of all instruments, fed from mark prices and from what the gateway polls. An instrument's features are
 * kept over the end of a run, since what they tell of is not lost with a connection; they are made with the first event that concerns it, and start again when an event of its is skipped.
 */
public final class Derivatives implements StagePart, Stateful {
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final FundingHistoryDecoder history = new FundingHistoryDecoder();
    private DerivativeFeatures[] features = new DerivativeFeatures[64];
    /** Highest id that was defined, plus one. */
    private int defined;

    private long hash;

    /** Makes the part. */
    public Derivatives() {}

    /** Returns the features of an instrument, null if nothing of it was seen; any number may be asked. */
    public DerivativeFeatures of(int instrumentId) {
        return instrumentId >= 0 && instrumentId < features.length ? features[instrumentId] : null;
    }

    @Override
    public void onEvent(SlotContext slot) {
        int template = slot.templateId();
        int instrumentId = slot.instrumentId();
        if (template == InstrumentDefinitionDecoder.TEMPLATE_ID && instrumentId < InstrumentSpec.MAX_INSTRUMENTS) {
            defined = Math.max(defined, instrumentId + 1);
        }
        if (isTaken(template) && instrumentId >= 0 && instrumentId < InstrumentSpec.MAX_INSTRUMENTS) {
            DerivativeFeatures own = make(instrumentId);
            long before = own.hash();
            take(own, template, slot);
            move(before, own.hash(), instrumentId);
        }
    }

    @Override
    public void onSkip(SlotContext slot) {
        reset(slot.instrumentId());
    }

    @Override
    public long stateHash() {
        return hash;
    }

    private static boolean isTaken(int template) {
        return template == MarkPriceDecoder.TEMPLATE_ID
                || (template >= OpenInterestDecoder.TEMPLATE_ID && template <= FundingInfoDecoder.TEMPLATE_ID);
    }

    private void take(DerivativeFeatures own, int template, SlotContext slot) {
        DirectBuffer event = slot.buffer();
        int body = slot.offset() + 8;
        long nowNs = slot.engineNs();
        switch (template) {
            case MarkPriceDecoder.TEMPLATE_ID -> takeMark(own, slot);
            case OpenInterestDecoder.TEMPLATE_ID -> {
                int at = body + OpenInterestDecoder.openInterestEncodingOffset();
                own.onOpenInterest(
                        nowNs, Grid.toDouble(event.getLong(at, LITTLE_ENDIAN), event.getByte(at + Long.BYTES)));
            }
            case LongShortRatioDecoder.TEMPLATE_ID ->
                own.onLongShort(
                        event.getLong(body + LongShortRatioDecoder.longShareE8EncodingOffset(), LITTLE_ENDIAN),
                        event.getLong(body + LongShortRatioDecoder.shortShareE8EncodingOffset(), LITTLE_ENDIAN));
            case InsuranceFundDecoder.TEMPLATE_ID ->
                own.onInsuranceFund(
                        nowNs, event.getLong(body + InsuranceFundDecoder.balanceE8EncodingOffset(), LITTLE_ENDIAN));
            case FundingHistoryDecoder.TEMPLATE_ID -> {
                history.wrapAndApplyHeader(event, slot.offset(), frame);
                for (FundingHistoryDecoder.RatesDecoder rate : history.rates()) {
                    own.onFundingSettled(rate.fundingTimeMs(), rate.rateE8());
                }
            }
            default ->
                own.onFundingInterval(
                        event.getInt(body + FundingInfoDecoder.intervalHoursEncodingOffset(), LITTLE_ENDIAN));
        }
    }

    private static void takeMark(DerivativeFeatures own, SlotContext slot) {
        DirectBuffer event = slot.buffer();
        int body = slot.offset() + 8;
        own.onMark(
                slot.engineNs(),
                event.getLong(body + MarkPriceDecoder.markPriceE8EncodingOffset(), LITTLE_ENDIAN),
                event.getLong(body + MarkPriceDecoder.indexPriceE8EncodingOffset(), LITTLE_ENDIAN));
        long rateE8 = event.getLong(body + MarkPriceDecoder.fundingRateE8EncodingOffset(), LITTLE_ENDIAN);
        if (rateE8 != MarkPriceDecoder.fundingRateE8NullValue()) {
            own.onFundingRate(
                    EventHeader.eventTimeMs(event, slot.offset()),
                    rateE8,
                    event.getLong(body + MarkPriceDecoder.nextFundingTimeMsEncodingOffset(), LITTLE_ENDIAN));
        }
    }

    private DerivativeFeatures make(int instrumentId) {
        if (instrumentId >= features.length) {
            features = Arrays.copyOf(features, Math.max(instrumentId + 1, features.length * 2));
        }
        if (features[instrumentId] == null) {
            features[instrumentId] = new DerivativeFeatures();
        }
        return features[instrumentId];
    }

    private void reset(int instrumentId) {
        DerivativeFeatures own = of(instrumentId);
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
        state.type("Derivatives");
        state.setting("instruments", defined);
        hash = state.i64(hash);
        for (int id = 0; id < defined; id++) {
            make(id).visitState(state);
        }
    }
}
