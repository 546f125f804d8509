package io.millrace.engine.universe;

import static io.millrace.engine.bars.BarEvents.KLINE_BIT;

import io.millrace.codecs.event.ChangeStreamsDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.bars.BarEvents;
import io.millrace.engine.bars.BarSettings;
import io.millrace.engine.bars.BarsPart;
import io.millrace.engine.bars.IndicatorPlan;
import io.millrace.engine.indicator.Snapshots;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.instrument.InstrumentDirectory;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Drives bars and universe without a ring and collects the changes of streams that they ask for. */
final class UniverseHarness {
    static final int INSTRUMENTS = 12;

    record Change(int id, long commandId, int subscribe, int unsubscribe) {}

    final BarEvents events = new BarEvents();
    final List<Change> changes = new ArrayList<>();
    private final StageRegions book = new StageRegions(64, 8, 0);
    private final UnsafeBuffer event = new UnsafeBuffer(0, 0);
    private final InstrumentDirectory directory = new InstrumentDirectory();
    private final BarsPart bars = new BarsPart(directory, BarSettings.defaults(), IndicatorPlan.none());
    final UniversePart universe;
    private final StageRegions own;
    private final SlotContext slot;
    private long engineNs;
    private long sequence;

    UniverseHarness(UniverseSettings settings) {
        universe = new UniversePart(directory, bars, settings);
        own = new StageRegions(64, 8, universe.commandsLength());
        slot = new SlotContext(StageIds.STRATEGY, own, book, own);
        for (int id = 0; id < INSTRUMENTS; id++) {
            apply(events.definition(id, id, KLINE_BIT));
        }
    }

    void apply(byte[] message) {
        moveTo(message);
        directory.onEvent(slot);
        bars.onEvent(slot);
        universe.onEvent(slot);
        collect();
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
        universe.onEvent(slot);
        slot.clearRegion();
        skip();
    }

    private void skip() {
        directory.onSkip(slot);
        bars.onSkip(slot);
        universe.onSkip(slot);
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
        int at = own.commandsOffset(region);
        int end = at + own.buffer().getInt(region + StageRegions.COMMANDS_LENGTH_OFFSET);
        for (; at < end; at += EventHeader.length(own.buffer(), at)) {
            ChangeStreamsDecoder change =
                    new ChangeStreamsDecoder().wrapAndApplyHeader(own.buffer(), at, new MessageHeaderDecoder());
            int body = at + 8;
            changes.add(new Change(
                    EventHeader.instrumentId(own.buffer(), at),
                    change.commandId(),
                    bits(body + ChangeStreamsDecoder.subscribeEncodingOffset()),
                    bits(body + ChangeStreamsDecoder.unsubscribeEncodingOffset())));
        }
    }

    private int bits(int at) {
        return own.buffer().getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Hands the state of bars and universe to another, with the place in the ring that command ids are made of. */
    void copyTo(UniverseHarness other) {
        hand(bars, other.bars);
        hand(universe, other.universe);
        other.engineNs = engineNs;
        other.sequence = sequence;
    }

    UnsafeBuffer snapshot() {
        return snapshot(universe);
    }

    private static void hand(Stateful from, Stateful to) {
        UnsafeBuffer snapshot = snapshot(from);
        if (Snapshots.read(to, snapshot, 0) != snapshot.capacity()) {
            throw new AssertionError("a part of the snapshot was not read");
        }
    }

    private static UnsafeBuffer snapshot(Stateful part) {
        UnsafeBuffer snapshot = new UnsafeBuffer(new byte[Snapshots.length(part)]);
        Snapshots.write(part, snapshot, 0);
        return snapshot;
    }
}
