package io.millrace.engine.universe;

import static io.millrace.engine.bars.BarEvents.KLINE_BIT;
import static io.millrace.engine.bars.BarEvents.MINUTE;
import static io.millrace.engine.bars.BarEvents.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.ChangeStreamsDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.bars.BarEvents;
import io.millrace.engine.bars.BarEvents.Candle;
import io.millrace.engine.bars.BarSettings;
import io.millrace.engine.bars.BarsPart;
import io.millrace.engine.bars.IndicatorPlan;
import io.millrace.engine.bars.Timeframe;
import io.millrace.engine.instrument.InstrumentDirectory;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class UniversePartTest {
    private static final int INSTRUMENTS = 12;

    private record Change(int id, long commandId, int subscribe, int unsubscribe) {}

    private final BarEvents events = new BarEvents();
    private final List<Change> changes = new ArrayList<>();
    private final StageRegions book = new StageRegions(64, 8, 0);
    private final UnsafeBuffer event = new UnsafeBuffer(0, 0);
    private InstrumentDirectory directory;
    private BarsPart bars;
    private UniversePart universe;
    private StageRegions own;
    private SlotContext slot;
    private long sequence;

    private void start(UniverseSettings settings) {
        directory = new InstrumentDirectory();
        bars = new BarsPart(directory, BarSettings.defaults(), IndicatorPlan.none());
        universe = new UniversePart(directory, bars, settings);
        own = new StageRegions(64, 8, universe.commandsLength());
        slot = new SlotContext(StageIds.STRATEGY, own, book, own);
        for (int id = 0; id < INSTRUMENTS; id++) {
            apply(events.definition(id, id, KLINE_BIT));
        }
    }

    private void apply(byte[] message) {
        moveTo(message);
        directory.onEvent(slot);
        bars.onEvent(slot);
        universe.onEvent(slot);
        collect();
    }

    private void moveTo(byte[] message) {
        event.wrap(message);
        book.buffer().putLong(book.offsetOf(sequence) + StageRegions.ENGINE_NS_OFFSET, events.nowMs * 1_000_000);
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

    private void pass(long ms) {
        for (long until = events.nowMs + ms; events.nowMs < until; ) {
            events.nowMs += 1_000;
            apply(events.tick());
        }
    }

    /** A quarter of an hour of minutes; an instrument's range and turnover grow with its number in {@code strength}. */
    private void quarter(int... strength) {
        for (int i = 0; i < 15; i++) {
            long openMs = events.nowMs / MINUTE * MINUTE;
            events.nowMs = openMs + MINUTE + 10;
            for (int id = 0; id < INSTRUMENTS; id++) {
                long range = 10L * strength[id];
                Candle candle = new Candle(
                        openMs, 10_000, 10_000 + range, 10_000 - range, 10_000, 100, 50, 3, 1_000L * strength[id]);
                apply(events.kline(id, Timeframe.M1, candle, true));
            }
        }
        pass(2_000);
    }

    private Set<Integer> in() {
        TreeSet<Integer> in = new TreeSet<>();
        for (int id = 0; id < INSTRUMENTS; id++) {
            if (universe.isIn(id)) {
                in.add(id);
            }
        }
        return in;
    }

    private static UniverseSettings settings(int places, int margin, long minStayNs) {
        UniverseSettings on = UniverseSettings.of(places, margin);
        return new UniverseSettings(
                true,
                places,
                margin,
                on.streams(),
                15,
                on.rankIntervalNs(),
                minStayNs,
                on.maxAgeNs(),
                on.white(),
                on.black());
    }

    @Test
    void shouldBeginByPriorityAndSubscribeThoseAlone() {
        start(settings(4, 1, 0));
        pass(5_000);
        assertEquals(new TreeSet<>(List.of(0, 1, 2, 3)), in());
        assertEquals(4, changes.size());
        for (Change change : changes) {
            assertEquals(UniverseSettings.defaults().streams(), change.subscribe());
            assertEquals(0, change.unsubscribe());
        }
    }

    @Test
    void shouldFollowVolatilityAndTurnoverAndLeaveThoseAloneThatStay() {
        start(settings(4, 1, 0));
        pass(1_000);
        changes.clear();
        quarter(12, 1, 1, 11, 2, 3, 4, 5, 6, 7, 10, 9);
        assertEquals(new TreeSet<>(List.of(0, 3, 10, 11)), in());
        TreeSet<Integer> told = new TreeSet<>();
        changes.forEach(change -> told.add(change.id()));
        assertEquals(new TreeSet<>(List.of(1, 2, 10, 11)), told, "0 and 3 stay: nothing is said of them");
        assertTrue(changes.get(0).unsubscribe() != 0, "places are left before they are taken");
        assertEquals(0, universe.rank(0));
    }

    @Test
    void shouldKeepWhoIsInWithinTheMargin() {
        start(settings(4, 1, 0));
        quarter(12, 11, 10, 9, 1, 1, 1, 1, 1, 1, 1, 1);
        changes.clear();
        // The fourth and the fifth change places: both within the margin.
        quarter(12, 11, 10, 8, 9, 1, 1, 1, 1, 1, 1, 1);
        assertEquals(new TreeSet<>(List.of(0, 1, 2, 3)), in());
        assertTrue(changes.isEmpty());
        // The fifth is third now: that is inside the margin, and the last goes.
        quarter(12, 11, 8, 7, 10, 1, 1, 1, 1, 1, 1, 1);
        assertEquals(new TreeSet<>(List.of(0, 1, 2, 4)), in());
    }

    @Test
    void shouldKeepWhoCameALittleWhileAgo() {
        start(settings(2, 0, 40 * MINUTE * 1_000_000));
        quarter(12, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertEquals(new TreeSet<>(List.of(0, 1)), in());
        quarter(1, 1, 12, 11, 1, 1, 1, 1, 1, 1, 1, 1);
        assertEquals(2, in().size());
        assertTrue(universe.isIn(0) && universe.isIn(1), "they came less than 40 minutes ago: " + in());
        quarter(1, 1, 12, 11, 1, 1, 1, 1, 1, 1, 1, 1);
        quarter(1, 1, 12, 11, 1, 1, 1, 1, 1, 1, 1, 1);
        assertEquals(new TreeSet<>(List.of(2, 3)), in());
    }

    @Test
    void shouldObeyTheListsWhateverTheRanks() {
        start(settings(3, 0, 0).with(List.of("SYM7"), List.of("SYM0")));
        quarter(12, 11, 10, 9, 1, 1, 1, 1, 1, 1, 1, 1);
        assertEquals(new TreeSet<>(List.of(1, 2, 7)), in());
        assertFalse(universe.isIn(0));
    }

    @Test
    void shouldTellTheGatewayAgainWhenItDidNotFollow() {
        start(settings(1, 0, 0));
        pass(1_000);
        Change first = changes.get(0);
        int template = ChangeStreamsDecoder.TEMPLATE_ID;
        apply(events.outcome(0, first.commandId(), CommandOutcomeCode.REFUSED, 0, template));
        pass(5_000);
        assertEquals(2, changes.size());
        Change second = changes.get(1);
        assertEquals(first.id(), second.id());
        apply(events.outcome(0, second.commandId(), CommandOutcomeCode.SENT, 0, template));
        pass(60_000);
        assertEquals(2, changes.size());
    }

    @Test
    void shouldBeTheSameWhetherOrNotASkippedTickWasTried() {
        start(settings(2, 0, 0));
        pass(900_000 - START_MS % 900_000);
        quarter(12, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        byte[] tick = events.tick();
        moveTo(tick);
        universe.onEvent(slot);
        slot.clearRegion();
        universe.onSkip(slot);
        long tried = universe.stateHash();
        moveTo(tick);
        universe.onSkip(slot);
        assertEquals(tried, universe.stateHash());
        changes.clear();
        pass(10_000);
        assertEquals(INSTRUMENTS, changes.size(), "everybody is told again");
    }
}
