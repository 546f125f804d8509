package io.millrace.engine.book;

import static io.millrace.engine.book.StageHarness.DEPTH_BIT;
import static io.millrace.engine.book.StageHarness.TICKER_BIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.value.Streams;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamWatchTest {
    private static final int ID = 2;
    private static final int MARK_BIT = Streams.bit(Streams.MARK_PRICE);

    private final StageHarness harness = new StageHarness();

    @Test
    void shouldMarkBookStaleWhenDepthIsSilentWhileTheConnectionLives() {
        harness.live(ID);
        harness.apply(harness.events.status(StreamState.SUBSCRIBED, DEPTH_BIT | TICKER_BIT, ID));
        for (int i = 1; i <= 140; i++) {
            harness.pass(100);
            harness.ticker(ID, 10L + i, 100, i, 101, 1);
        }
        assertEquals(SyncState.LIVE, harness.state(ID));
        assertTrue(harness.resubscribes.isEmpty());
        for (int i = 141; i <= 160; i++) {
            harness.pass(100);
            harness.ticker(ID, 10L + i, 100, i, 101, 1);
        }
        assertEquals(SyncState.STALE, harness.state(ID));
        assertEquals(DEPTH_BIT, harness.view(ID).staleStreams());
        assertEquals(MarketView.TOUCH_TICKER, harness.view(ID).touchSource());
        assertEquals(160, harness.view(ID).bidLots());
        assertEquals(1, harness.resubscribes.size());
        StageHarness.Resubscribe again = harness.resubscribes.get(0);
        assertEquals(ID, again.instrumentId());
        assertEquals(DEPTH_BIT, again.streams());
        assertEquals(again.atNs() + TimeUnit.SECONDS.toNanos(2), again.deadlineNs());
    }

    @Test
    void shouldBeLiveAgainWithoutSnapshotWhenNothingWasMissed() {
        harness.live(ID);
        harness.apply(harness.events.status(StreamState.SUBSCRIBED, DEPTH_BIT, ID));
        harness.pass(16_000);
        assertEquals(SyncState.STALE, harness.state(ID));
        assertEquals(1, harness.views.get(-1).changes());
        assertEquals(ID, harness.views.get(-1).changedInstrumentId(0));
        assertEquals(SyncState.STALE, harness.views.get(-1).changedState(0));
        assertEquals(DEPTH_BIT, harness.views.get(-1).changedStaleStreams(0));

        harness.bid(ID, 11, 98, 7);
        assertEquals(SyncState.LIVE, harness.state(ID));
        assertEquals(0, harness.view(ID).staleStreams());
        assertEquals(100, harness.view(ID).bidTicks());
        assertEquals(1, harness.fetches.size());
        assertEquals(0, harness.report(ID).sync().resyncs());
        assertEquals(1, harness.report(ID).sync().silences());
    }

    @Test
    void shouldResyncWhenDiffsWereMissedInTheSilence() {
        harness.live(ID);
        harness.apply(harness.events.status(StreamState.SUBSCRIBED, DEPTH_BIT, ID));
        harness.pass(16_000);
        harness.bid(ID, 30, 98, 7);
        assertFalse(harness.view(ID).isLive());
        assertEquals(1, harness.report(ID).sync().gaps());
        assertEquals(2, harness.fetches.size());
    }

    @Test
    void shouldRepeatResubscribeWithGrowingPause() {
        harness.live(ID);
        harness.apply(harness.events.status(StreamState.SUBSCRIBED, MARK_BIT, ID));
        harness.pass(10_000 + 10_000 + 20_000 + 40_000 + 1_000);
        assertEquals(4, harness.resubscribes.size());
        for (int i = 1; i < 4; i++) {
            long pauseNs = harness.resubscribes.get(i).atNs()
                    - harness.resubscribes.get(i - 1).atNs();
            assertTrue(
                    Math.abs(TimeUnit.NANOSECONDS.toMillis(pauseNs) - (10_000L << (i - 1))) <= 30, "pause " + pauseNs);
        }
        assertEquals(SyncState.LIVE, harness.state(ID), "another stream says nothing about depth");
        assertEquals(MARK_BIT, harness.views.get(-1).changedStaleStreams(0));
    }

    @Test
    void shouldWatchOnlyStreamsThatAreSubscribed() {
        harness.apply(harness.events.definition(ID, 0, DEPTH_BIT | MARK_BIT));
        harness.pass(60_000);
        harness.apply(harness.events.status(StreamState.SUBSCRIBED, DEPTH_BIT, ID));
        harness.pass(14_000);
        harness.apply(harness.events.status(StreamState.LOST, DEPTH_BIT, ID));
        harness.pass(60_000);
        assertTrue(harness.resubscribes.isEmpty());
        assertEquals(0, harness.report(ID).sync().silences());
    }

    @Test
    void shouldNoticeAllSilentStreamsOfManyInstrumentsAfterAPause() {
        int count = 300;
        int[] ids = new int[100];
        for (int from = 0; from < count; from += ids.length) {
            for (int i = 0; i < ids.length; i++) {
                ids[i] = from + i;
                harness.define(ids[i]);
            }
            harness.apply(harness.events.status(StreamState.SUBSCRIBED, DEPTH_BIT, ids));
        }
        harness.events.ingressNs += TimeUnit.SECONDS.toNanos(20);
        for (int i = 0; i < 100; i++) {
            harness.apply(harness.events.tick());
            assertTrue(harness.changes <= MarketView.MAX_CHANGES);
        }
        assertEquals(
                count,
                harness.stage.reports().stream()
                        .mapToLong(report -> report.sync().silences())
                        .sum());
    }
}
