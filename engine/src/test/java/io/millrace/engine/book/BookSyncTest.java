package io.millrace.engine.book;

import static io.millrace.engine.book.StageHarness.DEPTH_BIT;
import static io.millrace.engine.book.StageHarness.TICKER_BIT;
import static io.millrace.engine.book.StageHarness.levels;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.StreamState;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BookSyncTest {
    private static final int ID = 3;

    private final StageHarness harness = new StageHarness();

    @Test
    void shouldAskForSnapshotWithFirstDiffAndBufferIt() {
        harness.define(ID);
        assertEquals(SyncState.QUEUED, harness.state(ID));
        assertTrue(harness.fetches.isEmpty());

        harness.bid(ID, 10, 98, 5);

        assertEquals(SyncState.WAIT_SNAPSHOT, harness.state(ID));
        assertEquals(1, harness.report(ID).diffs().buffered());
        StageHarness.Fetch fetch = harness.lastFetch();
        assertEquals(ID, fetch.instrumentId());
        assertEquals(1000, fetch.depthLimit());
        assertEquals((harness.sequence - 1) * 64, fetch.commandId());
        assertEquals(harness.events.ingressNs + TimeUnit.SECONDS.toNanos(2), fetch.deadlineNs());
    }

    @Test
    void shouldDropOlderDiffsAndStartWithTheOneAroundTheSnapshot() {
        harness.define(ID);
        harness.diff(ID, 1, 5, 0, levels(50, 1), levels());
        harness.diff(ID, 6, 9, 5, levels(60, 1), levels());
        harness.diff(ID, 10, 14, 9, levels(70, 1), levels());
        harness.diff(ID, 15, 20, 14, levels(80, 1), levels());
        snapshot(10);

        assertEquals(SyncState.LIVE, harness.state(ID));
        assertEquals(2, harness.report(ID).diffs().dropped());
        assertEquals(2, harness.report(ID).diffs().applied());
        OrderBook book = harness.stage.book(ID);
        assertEquals(0, book.lotsAt(OrderBook.BID, 60));
        assertEquals(1, book.lotsAt(OrderBook.BID, 70));
        assertEquals(1, book.lotsAt(OrderBook.BID, 80));
        assertEquals(20, harness.view(ID).lastUpdateId());
    }

    @Test
    void shouldApplyDiffThatEndsAtTheSnapshot() {
        harness.define(ID);
        harness.diff(ID, 6, 10, 5, levels(60, 1), levels());
        snapshot(10);

        assertEquals(SyncState.LIVE, harness.state(ID));
        assertEquals(1, harness.stage.book(ID).lotsAt(OrderBook.BID, 60));
    }

    @Test
    void shouldWaitWhenAllBufferedDiffsAreOlder() {
        harness.define(ID);
        harness.diff(ID, 6, 9, 5, levels(60, 1), levels());
        snapshot(15);
        assertEquals(SyncState.SYNCING, harness.state(ID));
        assertFalse(harness.view(ID).isLive());

        harness.diff(ID, 10, 14, 9, levels(61, 1), levels());
        assertEquals(SyncState.SYNCING, harness.state(ID));
        harness.diff(ID, 15, 18, 14, levels(62, 1), levels());
        assertEquals(SyncState.LIVE, harness.state(ID));
        assertEquals(1, harness.report(ID).diffs().applied());
        assertEquals(0, harness.stage.book(ID).lotsAt(OrderBook.BID, 61));
    }

    @Test
    void shouldFetchAgainWhenSnapshotIsOlderThanOldestDiff() {
        harness.define(ID);
        harness.diff(ID, 20, 25, 19, levels(60, 1), levels());
        snapshot(10);

        assertEquals(SyncState.WAIT_SNAPSHOT, harness.state(ID));
        assertEquals(1, harness.report(ID).sync().snapshotsTooOld());
        assertEquals(1, harness.fetches.size());
        harness.diff(ID, 26, 30, 25, levels(61, 2), levels());
        harness.pass(300);
        assertEquals(2, harness.fetches.size());
        assertEquals(1, harness.lastFetch().attempt());

        snapshot(22);
        assertEquals(SyncState.LIVE, harness.state(ID));
        assertEquals(2, harness.report(ID).diffs().applied());
        assertEquals(30, harness.view(ID).lastUpdateId());
    }

    @Test
    void shouldFetchAgainWhenFirstDiffAfterSnapshotLeavesAHole() {
        harness.define(ID);
        harness.diff(ID, 6, 9, 5, levels(60, 1), levels());
        snapshot(15);
        harness.diff(ID, 20, 25, 19, levels(61, 1), levels());

        assertEquals(SyncState.WAIT_SNAPSHOT, harness.state(ID));
        assertEquals(1, harness.report(ID).sync().snapshotsTooOld());
        harness.pass(300);
        snapshot(21);
        assertEquals(SyncState.LIVE, harness.state(ID));
        assertEquals(1, harness.stage.book(ID).lotsAt(OrderBook.BID, 61));
    }

    @Test
    void shouldTakeDiffBehindSnapshotOnlyIfNothingLiesBetweenAndSettingAllows() {
        for (boolean isAllowed : new boolean[] {true, false}) {
            StageHarness own = new StageHarness(settings(isAllowed));
            own.define(ID);
            own.diff(ID, 6, 9, 5, levels(60, 1), levels());
            own.diff(ID, 20, 25, 9, levels(61, 1), levels());
            own.snapshot(ID, 15, own.lastFetch().commandId(), levels(100, 5), levels(101, 5));
            assertEquals(isAllowed ? SyncState.LIVE : SyncState.WAIT_SNAPSHOT, own.state(ID));
        }
    }

    @Test
    void shouldGoStaleAtOnceAndStartAgainAfterAGap() {
        harness.live(ID);
        harness.diff(ID, 12, 12, 10, levels(97, 1), levels());
        assertEquals(SyncState.LIVE, harness.state(ID));

        harness.diff(ID, 14, 14, 13, levels(96, 1), levels());

        assertEquals(SyncState.WAIT_SNAPSHOT, harness.state(ID), "the turn comes at once");
        assertFalse(harness.view(ID).isLive());
        assertEquals(MarketView.TOUCH_UNKNOWN, harness.view(ID).touchSource());
        assertEquals(1, harness.view(ID).gaps());
        assertEquals(0, harness.stage.book(ID).levels(OrderBook.BID));
        assertEquals(1, harness.report(ID).sync().resyncs());
        snapshot(14);
        assertEquals(SyncState.LIVE, harness.state(ID), "the diff that showed the gap was kept");
        assertEquals(14, harness.view(ID).lastUpdateId());
    }

    @Test
    void shouldDropDiffsThatTwoConnectionsDeliver() {
        harness.live(ID);
        harness.apply(harness.events.status(StreamState.MOVED, DEPTH_BIT | TICKER_BIT, ID));
        for (long id = 11; id < 20; id++) {
            harness.bid(ID, id, 90, id);
            harness.bid(ID, id, 90, id);
            harness.bid(ID, id - 1, 90, 1);
        }
        assertEquals(SyncState.LIVE, harness.state(ID));
        assertEquals(18, harness.report(ID).diffs().dropped());
        assertEquals(0, harness.report(ID).sync().gaps());
        assertEquals(19, harness.stage.book(ID).lotsAt(OrderBook.BID, 90));
    }

    @Test
    void shouldStartAgainWhenDepthIsCrossed() {
        harness.live(ID);
        harness.bid(ID, 11, 101, 1);

        assertEquals(1, harness.report(ID).sync().crossed());
        assertEquals(1, harness.report(ID).sync().resyncs());
        assertFalse(harness.view(ID).isLive());
        assertEquals(0, harness.stage.book(ID).levels(OrderBook.BID));
    }

    @Test
    void shouldRefuseSnapshotThatIsCrossed() {
        harness.define(ID);
        harness.bid(ID, 10, 98, 5);
        harness.snapshot(ID, 10, harness.lastFetch().commandId(), levels(102, 5), levels(101, 5));
        assertFalse(harness.view(ID).isLive());
        assertEquals(1, harness.report(ID).sync().crossed());
    }

    @Test
    void shouldShowLongDiffOnlyAtItsLastChunk() {
        harness.live(ID);
        long[][] bids = new long[200][];
        for (int i = 0; i < bids.length; i++) {
            bids[i] = new long[] {100 - i % 90, 1000 + i};
        }
        List<byte[]> chunks = harness.events.diff(ID, 11, 11, 10, bids, levels(101, 9));
        assertTrue(chunks.size() > 2);
        for (byte[] chunk : chunks.subList(0, chunks.size() - 1)) {
            harness.apply(chunk);
            assertFalse(harness.hasView);
        }
        assertEquals(10, harness.view(ID).lastUpdateId());
        assertEquals(5, harness.view(ID).bidLots());
        harness.apply(chunks.get(chunks.size() - 1));
        assertTrue(harness.hasView);
        assertEquals(11, harness.view(ID).lastUpdateId());
        assertEquals(9, harness.view(ID).askLots());
    }

    @Test
    void shouldRefuseUpdateWithoutEnd() {
        harness.live(ID);
        long[][] bids = new long[200][];
        for (int i = 0; i < bids.length; i++) {
            bids[i] = new long[] {100 - i % 90, 1000 + i};
        }
        harness.apply(harness.events.diff(ID, 11, 11, 10, bids, levels()).get(0));
        harness.bid(ID, 12, 97, 1);

        assertFalse(harness.view(ID).isLive());
        assertEquals(1, harness.report(ID).sync().errors());
        assertEquals(0, harness.stage.book(ID).levels(OrderBook.BID));
    }

    @Test
    void shouldRefuseChunkThatContinuesNothing() {
        harness.live(ID);
        long[][] bids = new long[200][];
        for (int i = 0; i < bids.length; i++) {
            bids[i] = new long[] {100 - i % 90, 1000 + i};
        }
        List<byte[]> chunks = harness.events.diff(ID, 11, 11, 10, bids, levels());
        harness.apply(chunks.get(chunks.size() - 1));
        assertEquals(SyncState.LIVE, harness.state(ID));
        assertEquals(10, harness.view(ID).lastUpdateId());
        assertEquals(1, harness.report(ID).sync().errors());
    }

    @Test
    void shouldRefuseSnapshotWithoutEndAndAskAgain() {
        harness.define(ID);
        harness.bid(ID, 10, 98, 5);
        long[][] bids = new long[100][];
        for (int i = 0; i < bids.length; i++) {
            bids[i] = new long[] {100 - i, 1};
        }
        harness.apply(harness.events
                .snapshot(ID, 10, harness.lastFetch().commandId(), bids, levels())
                .get(0));
        harness.bid(ID, 11, 97, 5);
        assertFalse(harness.state(ID) == SyncState.LIVE);
        assertEquals(0, harness.stage.book(ID).levels(OrderBook.BID));
        harness.pass(300);
        assertEquals(2, harness.fetches.size());
        snapshot(10);
        assertEquals(SyncState.LIVE, harness.state(ID));
        assertEquals(11, harness.view(ID).lastUpdateId());
    }

    @Test
    void shouldUseSnapshotNobodyAskedForWhenNotLive() {
        harness.define(ID);
        harness.snapshot(ID, 10, 0, levels(100, 5), levels(101, 5));
        assertEquals(SyncState.SYNCING, harness.state(ID));
        harness.diff(ID, 9, 12, 8, levels(100, 6), levels());
        assertEquals(SyncState.LIVE, harness.state(ID));
        assertTrue(harness.fetches.isEmpty());

        harness.snapshot(ID, 20, 0, levels(50, 5), levels(51, 5));
        assertEquals(SyncState.LIVE, harness.state(ID));
        assertEquals(1, harness.report(ID).sync().snapshotsIgnored());
        assertEquals(100, harness.view(ID).bidTicks());
    }

    @Test
    void shouldGoStaleWhenDepthStreamIsLostAndWaitForItToComeBack() {
        harness.live(ID);
        harness.apply(harness.events.status(StreamState.LOST, DEPTH_BIT, ID));

        assertEquals(SyncState.STALE, harness.state(ID));
        assertEquals(MarketView.SCOPE_LISTED, harness.view(-1).scope());
        harness.pass(5_000);
        assertEquals(1, harness.fetches.size(), "no snapshot before the stream is back");
        harness.bid(ID, 50, 98, 1);
        assertEquals(2, harness.fetches.size());
        assertEquals(SyncState.WAIT_SNAPSHOT, harness.state(ID));
    }

    @Test
    void shouldHaveABookAsLongAsDepthIsSubscribedThatTheDefinitionDoesNotName() {
        harness.apply(harness.events.definition(ID, 0, TICKER_BIT));
        harness.ticker(ID, 4, 98, 1, 103, 1);
        assertEquals(SyncState.NONE, harness.state(ID));
        for (int round = 0; round < 2; round++) {
            harness.apply(harness.events.status(StreamState.SUBSCRIBED, DEPTH_BIT, ID));
            assertEquals(SyncState.QUEUED, harness.state(ID));
            assertEquals(98, harness.view(ID).bidTicks(), "the touch stays");
            harness.diff(ID, 6, 10, 5, levels(97, 2), levels(102, 2));
            assertEquals(round + 1, harness.fetches.size());
            snapshot(10);
            assertEquals(SyncState.LIVE, harness.state(ID));

            harness.apply(harness.events.status(StreamState.LOST, DEPTH_BIT, ID));
            assertEquals(SyncState.NONE, harness.state(ID));
            harness.ticker(ID, 20 + round, 98, 1, 103, 1);
            assertEquals(98, harness.view(ID).bidTicks(), "the touch goes on");
            assertEquals(0, harness.stage.book(ID).levels(OrderBook.BID));
            harness.pass(5_000);
            harness.bid(ID, 12, 98, 1);
            assertEquals(round + 1, harness.fetches.size(), "no snapshot for nobody");
        }
    }

    @Test
    void shouldForgetEverythingWhenARunStarts() {
        harness.live(ID);
        harness.ticker(ID, 11, 100, 1, 101, 1);
        harness.apply(harness.events.runStarted());

        assertEquals(SyncState.STALE, harness.state(ID));
        assertEquals(MarketView.SCOPE_ALL, harness.view(-1).scope());
        harness.ticker(ID, 5, 90, 1, 91, 1);
        assertEquals(90, harness.view(ID).bidTicks(), "ids may begin anew");
        assertFalse(harness.view(ID).isLive());
    }

    @Test
    void shouldStartAgainAfterDecodeErrorOfDepthOnly() {
        harness.live(ID);
        harness.apply(harness.events.decodeError(ID, TICKER_BIT));
        assertEquals(SyncState.LIVE, harness.state(ID));
        harness.apply(harness.events.decodeError(ID, DEPTH_BIT));
        assertFalse(harness.view(ID).isLive());
        assertEquals(2, harness.report(ID).sync().errors());
    }

    @Test
    void shouldStartAgainWhenOperatorAsks() {
        harness.live(ID);
        harness.apply(harness.events.resync(ID));
        assertFalse(harness.view(ID).isLive());
        assertEquals(2, harness.fetches.size());
    }

    @Test
    void shouldStartAgainOnAnotherGridAndIgnoreEventsOfTheOldOne() {
        harness.live(ID);
        harness.events.gridVersion = 1;
        harness.define(ID);
        assertEquals(SyncState.STALE, harness.state(ID));

        harness.events.gridVersion = 0;
        harness.ticker(ID, 11, 100, 1, 101, 1);
        assertEquals(MarketView.TOUCH_UNKNOWN, harness.view(ID).touchSource());
        harness.bid(ID, 11, 98, 5);
        assertEquals(1, harness.fetches.size());

        harness.events.gridVersion = 1;
        harness.bid(ID, 12, 980, 5);
        assertEquals(2, harness.fetches.size());
        harness.events.gridVersion = 0;
        snapshot(12);
        assertFalse(harness.view(ID).isLive());
        assertEquals(1, harness.report(ID).sync().snapshotsFailed());
    }

    @Test
    void shouldGiveUpBookWhenALevelIsRefused() {
        long[][] hostile = new long[FarLevels.MAX_LEVELS + 2][];
        for (int i = 0; i < hostile.length; i++) {
            hostile[i] = new long[] {(i + 2L) << 40, 1};
        }
        harness.live(ID);
        harness.diff(ID, 11, 11, 10, levels(), hostile);
        assertFalse(harness.view(ID).isLive());
        assertEquals(1, harness.report(ID).sync().errors());
        assertEquals(0, harness.stage.book(ID).levels(OrderBook.ASK));
    }

    @Test
    void shouldRetryWithGrowingPauseWhenRequestsFail() {
        harness.define(ID);
        harness.bid(ID, 10, 98, 5);
        long[] pausesMs = new long[5];
        for (int i = 0; i < pausesMs.length; i++) {
            long failedNs = harness.events.ingressNs;
            harness.apply(harness.events.outcome(harness.lastFetch().commandId(), CommandOutcomeCode.FAILED, 0));
            int before = harness.fetches.size();
            while (harness.fetches.size() == before) {
                harness.pass(10);
            }
            pausesMs[i] = TimeUnit.NANOSECONDS.toMillis(harness.events.ingressNs - failedNs);
            assertEquals(i + 1, harness.lastFetch().attempt());
        }
        for (int i = 0; i < pausesMs.length; i++) {
            assertTrue(Math.abs(pausesMs[i] - (250L << i)) <= 11, "pause " + i + " is " + pausesMs[i]);
        }
        assertEquals(SyncState.WAIT_SNAPSHOT, harness.state(ID));
    }

    @Test
    void shouldRespectTheTimeBeforeWhichNothingMayBeTried() {
        harness.define(ID);
        harness.bid(ID, 10, 98, 5);
        long retryAtNs = harness.events.ingressNs + TimeUnit.SECONDS.toNanos(3);
        harness.apply(harness.events.outcome(harness.lastFetch().commandId(), CommandOutcomeCode.REFUSED, retryAtNs));
        harness.pass(2_950);
        assertEquals(1, harness.fetches.size());
        harness.pass(100);
        assertEquals(2, harness.fetches.size());
    }

    @Test
    void shouldAskAgainWhenNoAnswerComes() {
        harness.define(ID);
        harness.bid(ID, 10, 98, 5);
        harness.apply(harness.events.outcome(harness.lastFetch().commandId(), CommandOutcomeCode.SENT, 0));
        harness.pass(6_900);
        assertEquals(1, harness.fetches.size());
        harness.pass(500);
        assertEquals(2, harness.fetches.size());
        assertEquals(1, harness.report(ID).sync().snapshotsFailed());
    }

    @Test
    void shouldStartBufferAgainWhenItOverflows() {
        BookSettings small = BookSettings.defaults().with(new BookSettings.Buffer(64 * 1024, 4096, 8192));
        StageHarness own = new StageHarness(small);
        own.define(ID);
        long id = 10;
        for (; own.report(ID).diffs().bufferOverflows() < 3; id++) {
            own.bid(ID, id, 90, id);
            assertTrue(id < 10_000, "the buffer has no bound");
        }
        own.snapshot(ID, 15, own.lastFetch().commandId(), levels(100, 5), levels(101, 5));
        assertEquals(SyncState.WAIT_SNAPSHOT, own.state(ID), "what was lost makes the snapshot too old");
        own.pass(300);
        own.snapshot(ID, id - 1, own.lastFetch().commandId(), levels(100, 5), levels(101, 5));
        assertEquals(SyncState.LIVE, own.state(ID));
        assertEquals(id - 1, own.stage.book(ID).lotsAt(OrderBook.BID, 90));
    }

    @Test
    void shouldDifferFromTickerOnlyOnceBeforeStartingAgain() {
        harness.live(ID);
        harness.ticker(ID, 10, 100, 5, 101, 5);
        assertEquals(1, harness.report(ID).tickers().diffFirst());
        harness.ticker(ID, 11, 100, 7, 101, 5);
        harness.bid(ID, 11, 100, 7);
        assertEquals(1, harness.report(ID).tickers().tickerFirst());
        assertEquals(SyncState.LIVE, harness.state(ID));

        harness.ticker(ID, 12, 100, 8, 101, 5);
        harness.bid(ID, 12, 100, 9);
        assertEquals(1, harness.report(ID).tickers().mismatched());
        assertFalse(harness.view(ID).isLive());
        assertEquals(1, harness.report(ID).sync().resyncs());
    }

    @Test
    void shouldCompareLateTickerWithTheBookAsItWasThen() {
        harness.live(ID);
        harness.bid(ID, 11, 100, 7);
        harness.bid(ID, 12, 100, 8);
        harness.ticker(ID, 11, 100, 7, 101, 5);
        assertEquals(1, harness.report(ID).tickers().diffFirst());
        assertEquals(0, harness.report(ID).tickers().mismatched());
    }

    private void snapshot(long lastUpdateId) {
        harness.snapshot(
                ID, lastUpdateId, harness.lastFetch().commandId(), levels(100, 5, 99, 5), levels(101, 5, 102, 5));
    }

    private static BookSettings settings(boolean isBridgedByPrevious) {
        BookSettings.Snapshots d = BookSettings.Snapshots.defaults();
        return BookSettings.defaults()
                .with(new BookSettings.Snapshots(
                        d.depthLimit(),
                        d.requestWeight(),
                        d.weightPerMinute(),
                        d.burstWeight(),
                        d.maxInFlight(),
                        d.maxAgeNs(),
                        d.answerTimeoutNs(),
                        d.retryDelayNs(),
                        d.maxRetryDelayNs(),
                        d.stableNs(),
                        isBridgedByPrevious));
    }
}
