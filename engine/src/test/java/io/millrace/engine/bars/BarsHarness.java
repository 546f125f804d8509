package io.millrace.engine.bars;

import io.millrace.codecs.event.FetchBarsDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.bars.BarEvents.Candle;
import io.millrace.engine.indicator.Snapshots;
import io.millrace.engine.instrument.InstrumentDirectory;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Drives the bars without a ring and collects what they ask for. */
final class BarsHarness {
    /** A command that asks for bars. */
    record Fetch(int instrumentId, long commandId, Timeframe timeframe, long fromMs, long toMs, int limit) {}

    final BarEvents events = new BarEvents();
    final InstrumentDirectory directory = new InstrumentDirectory();
    final BarsPart bars;
    final List<Fetch> fetches = new ArrayList<>();
    private final StageRegions book = new StageRegions(64, 8, 0);
    private final StageRegions own;
    private final SlotContext slot;
    private final UnsafeBuffer event = new UnsafeBuffer(0, 0);
    private long engineNs;
    private long sequence;

    BarsHarness(BarSettings settings, IndicatorPlan plan) {
        bars = new BarsPart(directory, settings, plan);
        own = new StageRegions(64, 8, bars.commandsLength());
        slot = new SlotContext(StageIds.STRATEGY, own, book, own);
    }

    BarsHarness(BarSettings settings) {
        this(settings, IndicatorPlan.everywhere(List.of(IndicatorKind.SMA_20, IndicatorKind.RSI_14)));
    }

    BarsHarness() {
        this(BarSettings.defaults());
    }

    void apply(byte[] message) {
        moveTo(message);
        directory.onEvent(slot);
        bars.onEvent(slot);
        collect();
    }

    /** Applies an event without collecting commands, which would allocate. */
    void applyAlone(byte[] message) {
        moveTo(message);
        directory.onEvent(slot);
        bars.onEvent(slot);
    }

    /** As an engine does at a quarantined event. */
    void skip(byte[] message) {
        moveTo(message);
        skip();
    }

    /** As an engine does at an event at which the stage threw, at the latest moment it could have. */
    void applyAndSkip(byte[] message) {
        moveTo(message);
        directory.onEvent(slot);
        bars.onEvent(slot);
        slot.clearRegion();
        skip();
    }

    /** Lets time pass in steps of 100 ms. */
    void pass(long ms) {
        long untilMs = events.nowMs + ms;
        while (events.nowMs < untilMs) {
            events.nowMs = Math.min(untilMs, events.nowMs + 100);
            apply(events.tick());
        }
    }

    void define(int id, int streams) {
        apply(events.definition(id, id, streams));
    }

    /** The final kline of a minute, 50 ms after its end. */
    void minute(int id, Candle candle) {
        events.nowMs = Math.max(events.nowMs, candle.openMs() + BarEvents.MINUTE + 50);
        apply(events.kline(id, Timeframe.M1, candle, true));
    }

    InstrumentBars of(int id) {
        return bars.of(id);
    }

    BarSeries series(int id, Timeframe timeframe) {
        return bars.of(id).series(timeframe);
    }

    long hash() {
        return bars.stateHash();
    }

    /** Hands the whole part's state to another, with the place in the ring that command ids are made of. */
    void copyTo(BarsHarness other) {
        UnsafeBuffer snapshot = new UnsafeBuffer(new byte[Snapshots.length(bars)]);
        Snapshots.write(bars, snapshot, 0);
        if (Snapshots.read(other.bars, snapshot, 0) != snapshot.capacity()) {
            throw new AssertionError("a part of the snapshot was not read");
        }
        other.engineNs = engineNs;
        other.sequence = sequence;
    }

    private void skip() {
        directory.onSkip(slot);
        bars.onSkip(slot);
        collect();
    }

    private void moveTo(byte[] message) {
        event.wrap(message);
        engineNs = Math.max(engineNs, EventHeader.ingressNs(event, 0));
        book.buffer().putLong(book.offsetOf(sequence) + StageRegions.ENGINE_NS_OFFSET, engineNs);
        slot.moveTo(sequence, sequence, event, 0, message.length);
        sequence++;
    }

    private void collect() {
        int region = own.offsetOf(sequence - 1);
        UnsafeBuffer buffer = own.buffer();
        int at = own.commandsOffset(region);
        int end = at + buffer.getInt(region + StageRegions.COMMANDS_LENGTH_OFFSET);
        while (at < end) {
            FetchBarsDecoder fetch = new FetchBarsDecoder().wrapAndApplyHeader(buffer, at, new MessageHeaderDecoder());
            fetches.add(new Fetch(
                    EventHeader.instrumentId(buffer, at),
                    fetch.commandId(),
                    Timeframe.of(fetch.interval()),
                    fetch.startTimeMs(),
                    fetch.endTimeMs(),
                    fetch.barLimit()));
            at += EventHeader.length(buffer, at);
        }
    }
}
