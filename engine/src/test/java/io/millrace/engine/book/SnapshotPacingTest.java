package io.millrace.engine.book;

import static io.millrace.engine.book.StageHarness.levels;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.CommandOutcomeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SnapshotPacingTest {
    private static final int SYMBOLS = 648;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final StageHarness harness = new StageHarness();

    @Test
    void shouldKeepWithinFlightLimitAndWeightBudgetForManySymbols() {
        long startNs = startAll();
        List<StageHarness.Fetch> open = new ArrayList<>();
        int answered = 0;
        int mostOpen = 0;
        while (answered < SYMBOLS) {
            open.clear();
            for (StageHarness.Fetch fetch : harness.fetches.subList(answered, harness.fetches.size())) {
                open.add(fetch);
            }
            mostOpen = Math.max(mostOpen, open.size());
            harness.pass(300);
            for (StageHarness.Fetch fetch : open) {
                harness.snapshot(fetch.instrumentId(), 1, fetch.commandId(), levels(100, 5), levels(101, 5));
                answered++;
            }
            assertTrue(harness.events.ingressNs - startNs < 3600 * SECOND, "not all were served");
        }
        assertEquals(SYMBOLS, harness.fetches.size());
        assertTrue(mostOpen <= 4, mostOpen + " at a time");
        long tookNs = harness.fetches.get(SYMBOLS - 1).atNs() - startNs;
        // 1,200 of weight a minute at 20 each is one a second, but for the first four.
        assertTrue(tookNs >= (SYMBOLS - 4) * SECOND, "took " + tookNs);
        assertTrue(tookNs <= (SYMBOLS + 10) * SECOND, "took " + tookNs);
        for (int i = 64; i < SYMBOLS; i++) {
            long minuteNs =
                    harness.fetches.get(i).atNs() - harness.fetches.get(i - 64).atNs();
            assertTrue(minuteNs >= 60 * SECOND, "65 requests within " + minuteNs + " ns");
        }
        assertEquals(
                SYMBOLS,
                harness.fetches.stream()
                        .mapToInt(StageHarness.Fetch::instrumentId)
                        .distinct()
                        .count());
    }

    @Test
    void shouldServePriorityFirstAndThenWhoWaitedLongest() {
        int[] priorities = {5, 1, 3, 1, 0, 2, 9, 0};
        for (int id = 0; id < priorities.length; id++) {
            harness.events.ingressNs += 1000;
            harness.apply(harness.events.definition(id, priorities[id], StageHarness.ALL_STREAMS));
        }
        // The account of weight is used up first, so that all wait at the time the first may go.
        harness.define(100, 101, 102, 103);
        for (int id = 100; id <= 103; id++) {
            harness.bid(id, 1, 90, 1);
        }
        for (StageHarness.Fetch fetch : List.copyOf(harness.fetches)) {
            harness.apply(harness.events.outcome(
                    fetch.commandId(), CommandOutcomeCode.REFUSED, harness.events.ingressNs + 3600 * SECOND));
        }
        for (int id = priorities.length - 1; id >= 0; id--) {
            harness.bid(id, 1, 90, 1);
        }
        harness.pass(4_100);
        for (StageHarness.Fetch fetch : List.copyOf(harness.fetches.subList(4, harness.fetches.size()))) {
            harness.snapshot(fetch.instrumentId(), 1, fetch.commandId(), levels(100, 5), levels(101, 5));
        }
        harness.pass(10_000);
        List<Integer> order = harness.fetches.stream()
                .skip(4)
                .limit(priorities.length)
                .map(StageHarness.Fetch::instrumentId)
                .toList();
        assertEquals(List.of(4, 7, 1, 3, 5, 2, 0, 6), order);
    }

    @Test
    void shouldBufferOnlyForThoseWhoseTurnHasCome() {
        startAll();
        long buffered = harness.stage.reports().stream()
                .mapToLong(report -> report.diffs().buffered())
                .sum();
        assertEquals(4, buffered);
        long waiting = harness.stage.reports().stream()
                .filter(report -> report.state().value() == SyncState.WAIT_SNAPSHOT)
                .count();
        assertEquals(4, waiting);
    }

    private long startAll() {
        long startNs = harness.events.ingressNs;
        for (int id = 0; id < SYMBOLS; id++) {
            harness.apply(harness.events.definition(id, 0, StageHarness.ALL_STREAMS));
        }
        for (int id = 0; id < SYMBOLS; id++) {
            harness.bid(id, 1, 90, 1);
        }
        return startNs;
    }
}
