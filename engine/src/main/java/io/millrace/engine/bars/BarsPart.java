package io.millrace.engine.bars;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.AggTradeDecoder;
import io.millrace.codecs.event.BarsHistoryDecoder;
import io.millrace.codecs.event.ClockTickDecoder;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.KlineDecoder;
import io.millrace.codecs.event.RunStartedDecoder;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.event.StreamStatusDecoder;
import io.millrace.codecs.event.TradeDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.instrument.InstrumentDirectory;
import io.millrace.engine.memory.Hashing;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StagePart;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The bars of all instruments, as a part of the strategy stage. What closes, and when, see docs/bars.md.
 *
 * <p>An event that is skipped takes the bars of its instrument with it; one that concerns many (a tick, a run's start) all:
 * they are warmed up again like after a start.
 */
public final class BarsPart implements StagePart, Stateful {
    /** Symbol of the instrument that the others are related to. */
    public static final String REFERENCE = "BTCUSDT";

    private static final int GROUP_HEADER_LENGTH = 8;
    private static final int STREAMS_OFFSET = 8 + StreamStatusDecoder.streamsEncodingOffset();
    private static final int STATE_OFFSET = 8 + StreamStatusDecoder.stateEncodingOffset();
    private static final int BAR_STREAMS =
            Streams.bit(Streams.KLINE) | Streams.bit(Streams.TRADE) | Streams.bit(Streams.AGG_TRADE);

    private final InstrumentDirectory directory;
    private final BarSettings settings;
    private final BarWork work;
    private final VenueClock clock = new VenueClock();
    private final KlineReader klines = new KlineReader();
    private final TradeBars trades = new TradeBars();
    private final HistoryReader histories = new HistoryReader();
    private final WarmUp warmUp;
    private final BarRelation relation = new BarRelation(this);
    private int referenceId = -1;
    private InstrumentBars[] instruments = new InstrumentBars[64];
    private int size;
    private long sweptMs = BarSeries.NO_TIME;
    private int sweepAt;
    private int pumpAt;
    private int behind;
    private long hash;

    /**
     * Makes the part.
     *
     * @param directory stands before this part.
     * @param settings of the bars.
     * @param plan which indicators.
     */
    public BarsPart(InstrumentDirectory directory, BarSettings settings, IndicatorPlan plan) {
        this.directory = directory;
        this.settings = settings;
        this.work = new BarWork(plan);
        this.warmUp = new WarmUp(settings);
    }

    @Override
    public int commandsLength() {
        return settings.warmUp().isOn() ? WarmUp.COMMANDS_LENGTH : 0;
    }

    /** Returns the bars of an instrument, null if it has none; any number may be asked. */
    public InstrumentBars of(int instrumentId) {
        return instrumentId >= 0 && instrumentId < size ? instruments[instrumentId] : null;
    }

    /**
     * Returns how two instruments go together; the same object each time, good until it is asked again.
     *
     * <p>Ask it for {@link BarRelation#toReference} or {@link BarRelation#of}.
     */
    public BarRelation relation() {
        return relation;
    }

    /** Returns the instrument with the symbol {@value #REFERENCE}, which the others are related to; -1 if there is none. */
    public int referenceId() {
        return referenceId;
    }

    /** Returns the highest id with bars plus one. */
    public int size() {
        return size;
    }

    /** Returns the venue's time as it is estimated from events. */
    public VenueClock clock() {
        return clock;
    }

    /** Returns how far the warm-up has come. */
    public WarmUp warmUp() {
        return warmUp;
    }

    @Override
    public void onEvent(SlotContext slot) {
        DirectBuffer event = slot.buffer();
        int offset = slot.offset();
        sample(slot);
        switch (slot.templateId()) {
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> define(slot.instrumentId());
            case KlineDecoder.TEMPLATE_ID -> {
                InstrumentBars bars = of(slot.instrumentId());
                if (bars != null) {
                    long before = bars.hash();
                    klines.apply(event, offset, bars);
                    conclude(bars, before);
                }
            }
            case TradeDecoder.TEMPLATE_ID, AggTradeDecoder.TEMPLATE_ID -> {
                InstrumentBars bars = of(slot.instrumentId());
                if (bars != null && bars.isOfTrades()) {
                    long before = bars.hash();
                    trades.apply(event, offset, bars);
                    conclude(bars, before);
                }
            }
            case ClockTickDecoder.TEMPLATE_ID -> onTick(slot);
            case StreamStatusDecoder.TEMPLATE_ID -> onStreamStatus(slot);
            case BarsHistoryDecoder.TEMPLATE_ID -> onHistory(slot);
            case CommandOutcomeDecoder.TEMPLATE_ID -> warmUp.onOutcome(event, offset, slot.engineNs());
            case RunStartedDecoder.TEMPLATE_ID -> startRun();
            default -> {}
        }
    }

    @Override
    public void onSkip(SlotContext slot) {
        sample(slot);
        switch (slot.templateId()) {
            case InstrumentDefinitionDecoder.TEMPLATE_ID,
                    KlineDecoder.TEMPLATE_ID,
                    TradeDecoder.TEMPLATE_ID,
                    AggTradeDecoder.TEMPLATE_ID,
                    BarsHistoryDecoder.TEMPLATE_ID -> clear(slot.instrumentId());
            case RunStartedDecoder.TEMPLATE_ID -> {
                clock.clear();
                clearAll();
            }
            case ClockTickDecoder.TEMPLATE_ID, StreamStatusDecoder.TEMPLATE_ID, CommandOutcomeDecoder.TEMPLATE_ID ->
                clearAll();
            default -> {}
        }
    }

    private void clearAll() {
        for (int id = 0; id < size; id++) {
            clear(id);
        }
        warmUp.clear();
        sweptMs = BarSeries.NO_TIME;
        sweepAt = 0;
        pumpAt = 0;
    }

    @Override
    public long stateHash() {
        return Hashing.mix(Hashing.mix(hash, clock.hash()), Hashing.mix(sweptMs, warmUp.hash()));
    }

    private void sample(SlotContext slot) {
        clock.sample(slot.engineNs(), EventHeader.eventTimeMs(slot.buffer(), slot.offset()));
    }

    private void define(int instrumentId) {
        if (instrumentId < 0 || instrumentId >= InstrumentSpec.MAX_INSTRUMENTS) {
            return;
        }
        if (instrumentId >= instruments.length) {
            instruments = Arrays.copyOf(instruments, Math.max(instrumentId + 1, instruments.length * 2));
        }
        size = Math.max(size, instrumentId + 1);
        InstrumentSpec spec = directory.spec(instrumentId);
        if (spec == null) {
            return;
        }
        if (spec.symbol().equals(REFERENCE)) {
            referenceId = instrumentId;
        }
        InstrumentBars bars = instruments[instrumentId];
        if (bars == null) {
            bars = new InstrumentBars(instrumentId, settings, work);
            instruments[instrumentId] = bars;
            hash += Hashing.spread(bars.hash());
        }
        long before = bars.hash();
        bars.define(spec);
        warmUp.kick();
        conclude(bars, before);
    }

    /** Puts an instrument back to where its definition leaves it; whether or not the event was tried makes no difference. */
    private void clear(int instrumentId) {
        InstrumentBars bars = of(instrumentId);
        if (bars != null) {
            warmUp.forget(instrumentId);
            hash -= Hashing.spread(bars.hash());
            behind -= bars.isBehind() ? 1 : 0;
            instruments[instrumentId] = null;
        }
        define(instrumentId);
    }

    private void conclude(InstrumentBars bars, long before) {
        behind -= bars.isBehind() ? 1 : 0;
        bars.conclude();
        behind += bars.isBehind() ? 1 : 0;
        hash += Hashing.spread(bars.hash()) - Hashing.spread(before);
    }

    private void onTick(SlotContext slot) {
        long nowMs = clock.nowMs(slot.engineNs());
        sweep(nowMs, slot.engineNs());
        if (settings.warmUp().isOn()) {
            warmUp.work(this, slot, nowMs);
        }
        pump();
    }

    /** Closes the minutes that are over, some instruments at each tick. */
    private void sweep(long nowMs, long engineNs) {
        if (sweepAt >= size || sweptMs == BarSeries.NO_TIME) {
            long boundaryMs = Timeframe.M1.openMs(nowMs - settings.graceMs());
            if (!clock.isKnown() || boundaryMs <= sweptMs) {
                return;
            }
            sweptMs = boundaryMs;
            sweepAt = 0;
        }
        int end = Math.min(size, sweepAt + settings.closesPerTick());
        for (; sweepAt < end; sweepAt++) {
            InstrumentBars bars = instruments[sweepAt];
            if (bars != null
                    && isTrading(bars)
                    && bars.runningMs() != BarSeries.NO_TIME
                    && bars.runningMs() < sweptMs) {
                long before = bars.hash();
                bars.closeThrough(sweptMs, nowMs, engineNs);
                conclude(bars, before);
            }
        }
    }

    private static boolean isTrading(InstrumentBars bars) {
        return bars.spec().status() == InstrumentStatus.TRADING;
    }

    /** Feeds indicators that are behind, of one instrument at each tick. */
    private void pump() {
        for (int tried = 0; behind > 0 && tried < size; tried++) {
            pumpAt = pumpAt + 1 >= size ? 0 : pumpAt + 1;
            InstrumentBars bars = instruments[pumpAt];
            if (bars != null && bars.isBehind()) {
                long before = bars.hash();
                bars.pump();
                conclude(bars, before);
                return;
            }
        }
    }

    private void onStreamStatus(SlotContext slot) {
        DirectBuffer event = slot.buffer();
        int offset = slot.offset();
        int streams = event.getShort(offset + STREAMS_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
        if ((streams & BAR_STREAMS) == 0) {
            return;
        }
        boolean isLost = event.getByte(offset + STATE_OFFSET) == StreamState.LOST.value();
        int group = offset + 8 + EventHeader.blockLength(event, offset);
        int end = offset + slot.length();
        if (group + GROUP_HEADER_LENGTH > end) {
            return;
        }
        int stride = event.getShort(group, LITTLE_ENDIAN) & 0xFFFF;
        int count = event.getShort(group + 2, LITTLE_ENDIAN) & 0xFFFF;
        int at = group + GROUP_HEADER_LENGTH;
        for (int i = 0; i < count && stride >= Integer.BYTES && at + stride <= end; i++) {
            InstrumentBars bars = of(event.getInt(at, LITTLE_ENDIAN));
            if (bars != null && isSourceOf(bars, streams)) {
                long before = bars.hash();
                bars.streamDown(isLost);
                conclude(bars, before);
            }
            at += stride;
        }
    }

    private static boolean isSourceOf(InstrumentBars bars, int streams) {
        int klines = Streams.bit(Streams.KLINE);
        return (streams & (bars.isOfTrades() ? BAR_STREAMS & ~klines : klines)) != 0;
    }

    private void onHistory(SlotContext slot) {
        InstrumentBars bars = of(slot.instrumentId());
        if (bars != null) {
            long before = bars.hash();
            histories.apply(slot, bars, clock.nowMs(slot.engineNs()));
            warmUp.onHistory(slot.buffer(), slot.offset());
            conclude(bars, before);
        }
    }

    private void startRun() {
        clock.clear();
        warmUp.clear();
        for (int id = 0; id < size; id++) {
            InstrumentBars bars = instruments[id];
            if (bars != null) {
                long before = bars.hash();
                bars.startRun();
                conclude(bars, before);
            }
        }
    }

    /** An instrument's requests changed from outside its events. */
    void touch(InstrumentBars bars) {
        long before = bars.hash();
        conclude(bars, before);
    }

    /** {@inheritDoc} A part takes the state of one in which the same instruments are defined. */
    @Override
    public void visitState(State state) {
        state.type("BarsPart");
        state.setting("instruments", size);
        clock.visitState(state);
        sweptMs = state.i64(sweptMs);
        sweepAt = state.i32(sweepAt);
        pumpAt = state.i32(pumpAt);
        behind = state.i32(behind);
        hash = state.i64(hash);
        for (int id = 0; id < size; id++) {
            state.setting("defined", instruments[id] == null ? 0 : 1);
            if (instruments[id] != null) {
                instruments[id].visitState(state);
            }
        }
        warmUp.visitState(state, this);
    }
}
