package io.millrace.engine.universe;

import static io.millrace.engine.bars.BarEvents.KLINE_BIT;
import static io.millrace.engine.bars.BarEvents.MINUTE;
import static io.millrace.engine.bars.BarEvents.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.ChangeStreamsDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.bars.BarEvents;
import io.millrace.engine.bars.BarEvents.Candle;
import io.millrace.engine.bars.Timeframe;
import io.millrace.engine.universe.UniverseHarness.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class UniversePartTest {
    private UniverseHarness run;
    private BarEvents events;
    private List<Change> changes;
    private UniversePart universe;

    private void start(UniverseSettings settings) {
        run = new UniverseHarness(settings);
        events = run.events;
        changes = run.changes;
        universe = run.universe;
    }

    private void pass(long ms) {
        for (long until = events.nowMs + ms; events.nowMs < until; ) {
            events.nowMs += 1_000;
            run.apply(events.tick());
        }
    }

    /** A quarter of an hour of minutes; an instrument's range and turnover grow with its number in {@code strength}. */
    private void quarter(int... strength) {
        for (int i = 0; i < 15; i++) {
            long openMs = events.nowMs / MINUTE * MINUTE;
            events.nowMs = openMs + MINUTE + 10;
            for (int id = 0; id < UniverseHarness.INSTRUMENTS; id++) {
                long range = 10L * strength[id];
                Candle candle = new Candle(
                        openMs, 10_000, 10_000 + range, 10_000 - range, 10_000, 100, 50, 3, 1_000L * strength[id]);
                run.apply(events.kline(id, Timeframe.M1, candle, true));
            }
        }
        pass(2_000);
    }

    private Set<Integer> in() {
        TreeSet<Integer> in = new TreeSet<>();
        for (int id = 0; id < UniverseHarness.INSTRUMENTS; id++) {
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
        run.apply(events.outcome(0, first.commandId(), CommandOutcomeCode.REFUSED, 0, template));
        pass(5_000);
        assertEquals(2, changes.size());
        Change second = changes.get(1);
        assertEquals(first.id(), second.id());
        run.apply(events.outcome(0, second.commandId(), CommandOutcomeCode.SENT, 0, template));
        pass(60_000);
        assertEquals(2, changes.size());
    }

    @Test
    void shouldBeTheSameWhetherOrNotASkippedTickWasTried() {
        start(settings(2, 0, 0));
        pass(900_000 - START_MS % 900_000);
        quarter(12, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        byte[] tick = events.tick();
        run.applyAndSkip(tick);
        long tried = universe.stateHash();
        run.skip(tick);
        assertEquals(tried, universe.stateHash());
        changes.clear();
        pass(10_000);
        assertEquals(UniverseHarness.INSTRUMENTS, changes.size(), "everybody is told again");
    }

    /** An event and whether it was skipped. */
    private static final class Fed {
        private final byte[] message;
        private final boolean isSkipped;

        private Fed(byte[] message, boolean isSkipped) {
            this.message = message;
            this.isSkipped = isSkipped;
        }

        void to(UniverseHarness to) {
            if (isSkipped) {
                to.skip(message);
            } else {
                to.apply(message);
            }
        }
    }

    @Test
    void shouldGoOnAlikeAtEveryEventWhenRestoredFromASnapshot() {
        long seed = 21;
        start(busy());
        List<Fed> feed = new ArrayList<>();
        List<Long> hashes = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        while (universe.rankings() < 60) {
            Fed next = next(random);
            next.to(run);
            feed.add(next);
            hashes.add(universe.stateHash());
        }
        assertTrue(changes.size() > 100, "only " + changes.size() + " changes, seed " + seed);
        for (int round = 0; round < 40; round++) {
            int cut = random.nextInt(feed.size());
            UniverseHarness first = new UniverseHarness(busy());
            UniverseHarness second = new UniverseHarness(busy());
            for (Fed fed : feed.subList(0, cut)) {
                fed.to(first);
                if (EventHeader.templateId(new UnsafeBuffer(fed.message), 0)
                        == InstrumentDefinitionDecoder.TEMPLATE_ID) {
                    fed.to(second);
                }
            }
            first.copyTo(second);
            assertEquals(first.snapshot(), second.snapshot(), "cut " + cut + ", seed " + seed);
            second.changes.clear();
            for (int i = cut; i < feed.size(); i++) {
                feed.get(i).to(second);
                assertEquals(hashes.get(i), second.universe.stateHash(), "event " + i + ", cut " + cut);
            }
            List<Change> later = changes.subList(first.changes.size(), changes.size());
            assertEquals(later, second.changes, "cut " + cut + ", seed " + seed);
            assertEquals(run.snapshot(), second.snapshot(), "cut " + cut + ", seed " + seed);
        }
    }

    @Test
    void shouldRefuseTheStateOfOtherSettings() {
        start(busy());
        UniverseHarness other = new UniverseHarness(settings(4, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> run.copyTo(other));
    }

    private static UniverseSettings busy() {
        long threeMinutesNs = 3 * MINUTE * 1_000_000;
        return new UniverseSettings(
                true,
                4,
                1,
                UniverseSettings.defaults().streams(),
                10,
                threeMinutesNs,
                2 * threeMinutesNs,
                UniverseSettings.defaults().maxAgeNs(),
                List.of("SYM7"),
                List.of("SYM0"));
    }

    /** Minutes of changing strength, answers of every kind, restarts, and instruments and ticks that are skipped. */
    private Fed next(SplittableRandom random) {
        int id = random.nextInt(UniverseHarness.INSTRUMENTS);
        switch (random.nextInt(40)) {
            case 0, 1, 2, 3, 4, 5 -> {
                if (!changes.isEmpty()) {
                    Change change = changes.get(changes.size() - 1 - random.nextInt(Math.min(4, changes.size())));
                    CommandOutcomeCode code =
                            random.nextBoolean() ? CommandOutcomeCode.SENT : CommandOutcomeCode.REFUSED;
                    long retryAtNs = (events.nowMs + 30_000) * 1_000_000;
                    int template = ChangeStreamsDecoder.TEMPLATE_ID;
                    return new Fed(events.outcome(change.id(), change.commandId(), code, retryAtNs, template), false);
                }
            }
            case 6 -> {
                boolean isRare = random.nextInt(8) == 0;
                return isRare ? new Fed(events.runStarted(), false) : new Fed(events.tick(), random.nextInt(8) == 0);
            }
            case 7 -> {
                return new Fed(events.definition(id, id, KLINE_BIT), random.nextInt(4) == 0);
            }
            case 8, 9, 10, 11, 12 -> {
                events.nowMs += random.nextInt(20_000);
                return new Fed(events.tick(), false);
            }
            default -> {}
        }
        long openMs = events.nowMs / MINUTE * MINUTE - MINUTE;
        long range = random.nextInt(1, 100);
        Candle candle = new Candle(openMs, 10_000, 10_000 + range, 10_000 - range, 10_000, 100, 50, 3, 100 * range);
        return new Fed(events.kline(id, Timeframe.M1, candle, true), false);
    }
}
