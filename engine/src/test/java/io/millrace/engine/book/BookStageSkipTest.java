package io.millrace.engine.book;

import static io.millrace.engine.book.StageHarness.levels;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.message.EventHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A skipped event leaves the same state, tried or not; the same events give the same digests and hashes. */
class BookStageSkipTest {
    @Test
    void shouldClearTheBookOfASkippedEvent() {
        StageHarness harness = new StageHarness();
        harness.live(1);
        harness.live(2);
        harness.applyAndSkip(
                harness.events.diff(1, 11, 11, 10, levels(100, 7), levels()).get(0));
        assertEquals(SyncState.STALE, harness.state(1));
        assertFalse(harness.view(1).isLive());
        assertEquals(0, harness.stage.book(1).levels(OrderBook.BID));
        assertEquals(SyncState.LIVE, harness.state(2));
        harness.bid(1, 12, 98, 5);
        assertEquals(SyncState.WAIT_SNAPSHOT, harness.state(1));
    }

    @Property(tries = 200)
    void shouldBeTheSameWhetherOrNotTheEventWasTried(@ForAll long seed) {
        StageHarness tried = new StageHarness();
        StageHarness untried = new StageHarness();
        Script script = new Script(seed, tried);
        for (int step = 0; step < 400; step++) {
            byte[] message = script.next();
            if (script.random.nextInt(25) == 0) {
                tried.applyAndSkip(message);
                untried.skip(message);
            } else {
                tried.apply(message);
                untried.apply(message);
            }
            assertEquals(untried.hasView, tried.hasView, "view at step " + step + " of seed " + seed);
            assertEquals(untried.fetches, tried.fetches, "fetches at step " + step + " of seed " + seed);
            assertEquals(untried.resubscribes, tried.resubscribes);
            if (step % 7 == 0) {
                assertEquals(untried.stage.stateHash(), tried.stage.stateHash(), "step " + step + " of seed " + seed);
                assertEquals(tried.stage.stateHashFromScratch(), tried.stage.stateHash());
            }
        }
        assertEquals(untried.digests, tried.digests);
        assertEquals(untried.stage.stateHash(), tried.stage.stateHash());
    }

    @Property(tries = 50)
    void shouldNameTheSequenceOfAChangedLotADroppedEventAndASwap(@ForAll long seed) {
        StageHarness original = new StageHarness();
        Script script = new Script(seed, original);
        for (int step = 0; step < 300; step++) {
            original.apply(script.next());
        }
        List<byte[]> messages = original.messages;
        int at = 50 + script.random.nextInt(200);

        byte[] changed = messages.get(at).clone();
        changed[changed.length - 1 - script.random.nextInt(Math.min(8, changed.length - 48))] ^= 1;
        StageHarness mutated = new StageHarness();
        for (int i = 0; i < at; i++) {
            mutated.apply(messages.get(i));
        }
        assertEquals(original.digests.subList(0, at), mutated.digests);
        if (isApplied(mutated, changed) && !isUnchangedLevel(original, mutated, at)) {
            assertNotEquals(original.digests.get(at), mutated.digests.get(at), "seed " + seed + " at " + at);
        }

        StageHarness swapped = new StageHarness();
        for (int i = 0; i < at; i++) {
            swapped.apply(messages.get(i));
        }
        if (!Arrays.equals(messages.get(at), messages.get(at + 1))) {
            swapped.apply(messages.get(at + 1));
            assertNotEquals(original.digests.get(at), swapped.digests.get(at), "seed " + seed + " at " + at);
        }
    }

    /** Nonsense in a length is a fault of the stage, and that names the sequence too. */
    private static boolean isApplied(StageHarness harness, byte[] message) {
        try {
            harness.apply(message);
            return true;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** The last level of an event that went into the book may not count: the delete of an unknown price, say. */
    private static boolean isUnchangedLevel(StageHarness original, StageHarness mutated, int at) {
        return original.digests.get(at).equals(mutated.digests.get(at))
                && EventHeader.templateId(new UnsafeBuffer(original.messages.get(at)), 0) <= 2;
    }

    /** Random events of a few instruments that follow on each other most of the time. */
    private static final class Script {
        private static final int INSTRUMENTS = 6;

        private final Random random;
        private final StageHarness harness;
        private final long[] updateIds = new long[INSTRUMENTS];
        private final long[] tickerIds = new long[INSTRUMENTS];
        private int defined;

        Script(long seed, StageHarness harness) {
            this.random = new Random(seed);
            this.harness = harness;
        }

        byte[] next() {
            BookEvents events = harness.events;
            events.ingressNs += random.nextInt(20_000_000);
            if (random.nextInt(40) == 0) {
                events.ingressNs += random.nextInt(2_000_000_000);
            }
            if (defined < INSTRUMENTS) {
                defined++;
                return events.definition(defined - 1, defined % 2, 0xFF);
            }
            int id = random.nextInt(INSTRUMENTS);
            return switch (random.nextInt(30)) {
                case 0 -> events.status(state(), 1 + random.nextInt(3), id, random.nextInt(INSTRUMENTS));
                case 1 -> events.decodeError(id, random.nextInt(4));
                case 2 -> random.nextInt(10) == 0 ? events.runStarted() : events.tick();
                case 3 -> events.resync(random.nextInt(3) == 0 ? -1 : id);
                case 4 -> outcome();
                case 5 -> events.trade(id);
                case 6 -> definition(id);
                case 7, 8, 9, 10 -> snapshot();
                case 11, 12, 13, 14, 15, 16, 17 -> ticker(id);
                default -> diff(id);
            };
        }

        private StreamState state() {
            return random.nextInt(4) == 0
                    ? StreamState.LOST
                    : random.nextBoolean() ? StreamState.SUBSCRIBED : StreamState.MOVED;
        }

        private byte[] definition(int id) {
            harness.events.gridVersion = random.nextInt(4) == 0 ? 1 : 0;
            byte[] message = harness.events.definition(id, random.nextInt(3), random.nextInt(3) == 0 ? 2 : 0xFF);
            harness.events.gridVersion = 0;
            return message;
        }

        private byte[] outcome() {
            CommandOutcomeCode[] codes = CommandOutcomeCode.values();
            long commandId = harness.fetches.isEmpty() ? 5 : harness.lastFetch().commandId();
            CommandOutcomeCode code = codes[random.nextInt(codes.length - 1)];
            return harness.events.outcome(commandId, code, 0);
        }

        private byte[] snapshot() {
            if (harness.fetches.isEmpty()) {
                return harness.events.tick();
            }
            int back = random.nextInt(Math.min(4, harness.fetches.size()));
            StageHarness.Fetch fetch = harness.fetches.get(harness.fetches.size() - 1 - back);
            int id = fetch.instrumentId();
            long commandId = random.nextInt(5) == 0 ? 0 : fetch.commandId();
            long at = updateIds[id] - random.nextInt(2);
            return harness.events
                    .snapshot(id, at, commandId, side(true, 20), side(false, 20))
                    .get(0);
        }

        private byte[] ticker(int id) {
            tickerIds[id] = Math.max(tickerIds[id], updateIds[id]) + random.nextInt(3) - 1;
            return harness.events.ticker(id, tickerIds[id], 100, 1 + random.nextInt(9), 101, 1 + random.nextInt(9));
        }

        private byte[] diff(int id) {
            long prev = updateIds[id] + (random.nextInt(40) == 0 ? 5L : 0L);
            updateIds[id] = prev + 1 + random.nextInt(3);
            return harness.events
                    .diff(
                            id,
                            prev + 1,
                            updateIds[id],
                            prev,
                            side(true, random.nextInt(6)),
                            side(false, random.nextInt(6)))
                    .get(0);
        }

        private long[][] side(boolean isBid, int count) {
            long[][] side = new long[count][];
            for (int i = 0; i < count; i++) {
                long price = isBid ? 100L - random.nextInt(50) : 101L + random.nextInt(50);
                side[i] = new long[] {price, random.nextInt(4) == 0 ? 0L : 1L + random.nextInt(100)};
            }
            return side;
        }
    }
}
