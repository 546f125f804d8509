package io.millrace.app.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.BookState;
import io.millrace.engine.book.BookReport;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.market.StreamKind;
import io.millrace.gateway.marketdata.FeedCounters;
import io.millrace.gateway.transport.ConnectionCounters;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every fault that the exchange can make, over real sockets: after each event every book that says it is live equals the
 * venue's at the same update, the fault is noticed for what it is, and in the end all books are the venue's.
 */
@Tag("slow")
class FaultMatrixTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofMillis(700);
    /** The interval of the engine's ticks, and what may already have been on its way. */
    private static final long SLACK_MS = 300;

    private static final StreamKind DEPTH = StreamKind.DEPTH_100MS;

    private static void run(Duration silence, Duration answerTimeout, Consumer<FaultRig> body) throws IOException {
        try (FaultRig rig = new FaultRig(silence, answerTimeout)) {
            body.accept(rig);
            rig.finish();
        }
    }

    private static void run(Consumer<FaultRig> body) throws IOException {
        run(LONG, LONG, body);
    }

    private static void pumpUntilHit(FaultRig rig, ActiveFault fault) {
        rig.pumpUntil("the fault", () -> fault.hits() > 0);
    }

    private static BookReport.Sync sync(FaultRig rig) {
        return rig.report(FaultRig.FAULTY).sync();
    }

    /** The fault was the faulty symbol's alone, and no connection was lost. */
    private static void assertOthersUntouched(FaultRig rig) {
        BookReport.Sync sound = rig.report(FaultRig.SOUND).sync();
        assertEquals(0, sound.gaps());
        assertEquals(0, sound.resyncs());
        assertEquals(0, sound.errors());
        assertEquals(0, rig.total(ConnectionCounters.FAILURES));
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP", "GAP", "REORDER"})
    void shouldResyncWhenDiffsAreMissingOrOutOfOrder(FaultKind kind) throws IOException {
        run(rig -> {
            ActiveFault fault = rig.inject(kind, DEPTH);
            pumpUntilHit(rig, fault);
            rig.pumpUntil("a gap", () -> sync(rig).gaps() == 1);
            rig.finish();
            assertEquals(1, sync(rig).resyncs());
            assertEquals(2, sync(rig).snapshotsApplied());
            assertOthersUntouched(rig);
        });
    }

    @Test
    void shouldIgnoreDiffsThatComeTwice() throws IOException {
        run(rig -> {
            long dropped = rig.report(FaultRig.FAULTY).diffs().dropped();
            depthFault(rig, FaultKind.DUPLICATE, 3);
            rig.pumpUntil(
                    "three duplicates",
                    () -> rig.report(FaultRig.FAULTY).diffs().dropped() == dropped + 3);
            rig.finish();
            assertEquals(0, sync(rig).gaps());
            assertEquals(0, sync(rig).resyncs());
            assertOthersUntouched(rig);
        });
    }

    private static ActiveFault depthFault(FaultRig rig, FaultKind kind, long times) {
        return rig.exchange
                .faults()
                .inject(Fault.of(kind)
                        .on(FaultRig.FAULTY)
                        .on(DEPTH)
                        .onConnection(rig.engineConnection().id())
                        .times(times));
    }

    @Test
    void shouldMarkABookStaleWhileItsDepthIsSilentAndItsConnectionLives() throws IOException {
        run(SILENCE, LONG, rig -> {
            ActiveFault stall = rig.inject(FaultKind.STALL, DEPTH);
            pumpUntilHit(rig, stall);
            long startNs = rig.nowNs();
            rig.pumpUntil("a stale book", () -> rig.state(FaultRig.FAULTY) != BookState.LIVE);
            long elapsedMs = TimeUnit.NANOSECONDS.toMillis(rig.nowNs() - startNs);
            assertEquals(BookState.STALE, rig.state(FaultRig.FAULTY));
            assertTrue(elapsedMs <= SILENCE.toMillis() + SLACK_MS, "stale only after " + elapsedMs + " ms");
            // As long as it lasts, whatever is asked for again.
            long hits = stall.hits();
            rig.pumpUntil("more silence", () -> {
                assertNotEquals(BookState.LIVE, rig.state(FaultRig.FAULTY));
                return stall.hits() > hits + 15;
            });
            assertTrue(sync(rig).silences() >= 1, sync(rig).toString());
            rig.finish();
            assertTrue(sync(rig).resyncs() >= 1);
            assertOthersUntouched(rig);
        });
    }

    @Test
    void shouldKeepDepthLiveAndNoticeASilentTicker() throws IOException {
        run(SILENCE, LONG, rig -> {
            ActiveFault stall = rig.inject(FaultKind.STALL, StreamKind.BOOK_TICKER);
            pumpUntilHit(rig, stall);
            long startNs = rig.nowNs();
            rig.pumpUntil("silence", () -> sync(rig).silences() > 0);
            long elapsedMs = TimeUnit.NANOSECONDS.toMillis(rig.nowNs() - startNs);
            assertTrue(elapsedMs <= SILENCE.toMillis() + SLACK_MS, "noticed only after " + elapsedMs + " ms");
            assertEquals(BookState.LIVE, rig.state(FaultRig.FAULTY));
            rig.finish();
            assertEquals(0, sync(rig).gaps());
            assertOthersUntouched(rig);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "CLOSE"})
    void shouldDropBooksAtOnceWhenTheConnectionIsLost(FaultKind kind) throws IOException {
        run(rig -> {
            ActiveFault refusals =
                    rig.exchange.faults().inject(Fault.of(FaultKind.REFUSE).times(3));
            pumpUntilHit(rig, rig.inject(kind, DEPTH));
            rig.pumpUntil(
                    "dead books",
                    () -> rig.state(FaultRig.FAULTY) != BookState.LIVE && rig.state(FaultRig.SOUND) != BookState.LIVE);
            rig.pumpUntil("refusals", () -> {
                assertNotEquals(BookState.LIVE, rig.state(FaultRig.FAULTY));
                return refusals.hits() == 3;
            });
            rig.finish();
            // The loss and the three attempts that were refused.
            assertTrue(rig.total(ConnectionCounters.FAILURES) >= 4, "failures");
            assertTrue(rig.total(ConnectionCounters.CONNECTS) >= 2, "connects");
            assertEquals(1, sync(rig).resyncs());
            assertEquals(1, rig.report(FaultRig.SOUND).sync().resyncs());
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldSurviveGarbage(int isPrintable) throws IOException {
        run(rig -> {
            ActiveFault garbage = rig.exchange
                    .faults()
                    .inject(Fault.of(FaultKind.GARBAGE)
                            .on(FaultRig.FAULTY)
                            .on(DEPTH)
                            .onConnection(rig.engineConnection().id())
                            .amount(isPrintable));
            pumpUntilHit(rig, garbage);
            rig.pumpUntil("an error", () -> rig.total(FeedCounters.DECODE_ERRORS) == 1);
            rig.pumpUntil("a resync", () -> sync(rig).resyncs() == 1);
            rig.finish();
            assertEquals(1, rig.total(FeedCounters.DECODE_ERRORS));
            assertOthersUntouched(rig);
        });
    }

    @Test
    void shouldDropTheBookOfADiffWithABadNumber() throws IOException {
        run(rig -> {
            pumpUntilHit(rig, rig.inject(FaultKind.BAD_NUMBER, DEPTH));
            rig.pumpUntil("a dead book", () -> rig.state(FaultRig.FAULTY) != BookState.LIVE);
            assertEquals(1, rig.total(FeedCounters.DECODE_ERRORS));
            assertEquals(1, sync(rig).errors(), "by the error, not by the gap that follows");
            assertEquals(0, sync(rig).gaps());
            rig.finish();
            assertEquals(1, sync(rig).resyncs());
            assertOthersUntouched(rig);
        });
    }

    @Test
    void shouldKeepTheBookWhenATickerHasABadNumber() throws IOException {
        run(rig -> {
            pumpUntilHit(rig, rig.inject(FaultKind.BAD_NUMBER, StreamKind.BOOK_TICKER));
            rig.pumpUntil("an error", () -> sync(rig).errors() == 1);
            rig.finish();
            assertEquals(1, rig.total(FeedCounters.DECODE_ERRORS));
            assertEquals(0, sync(rig).resyncs());
            assertOthersUntouched(rig);
        });
    }

    /** Sets a fault of the faulty symbol's snapshots, and leaves a diff out, so that one is asked for. */
    private static ActiveFault spoilSnapshots(FaultRig rig, Fault fault) {
        ActiveFault active = rig.exchange.faults().inject(fault.on(FaultRig.FAULTY));
        pumpUntilHit(rig, depthFault(rig, FaultKind.GAP, 1));
        return active;
    }

    @Test
    void shouldRefuseSnapshotsThatAreTooOld() throws IOException {
        run(rig -> {
            ActiveFault stale =
                    spoilSnapshots(rig, Fault.of(FaultKind.STALE_SNAPSHOT).times(3));
            rig.pumpUntil("stale snapshots", () -> stale.hits() == 3);
            rig.finish();
            assertTrue(sync(rig).snapshotsTooOld() >= 3, sync(rig).toString());
            assertOthersUntouched(rig);
        });
    }

    @Test
    void shouldKeepDiffsWhileASnapshotIsLate() throws IOException {
        run(rig -> {
            long buffered = rig.report(FaultRig.FAULTY).diffs().buffered();
            spoilSnapshots(rig, Fault.of(FaultKind.DELAYED_SNAPSHOT).amount(800));
            rig.pumpUntil(
                    "kept diffs", () -> rig.report(FaultRig.FAULTY).diffs().buffered() >= buffered + 5);
            assertNotEquals(BookState.LIVE, rig.state(FaultRig.FAULTY));
            rig.finish();
            assertEquals(2, sync(rig).snapshotsApplied());
            assertEquals(0, sync(rig).snapshotsFailed());
            assertOthersUntouched(rig);
        });
    }

    @Test
    void shouldAskAgainWhenASnapshotDoesNotComeInTime() throws IOException {
        run(LONG, Duration.ofMillis(500), rig -> {
            ActiveFault delay = spoilSnapshots(
                    rig, Fault.of(FaultKind.DELAYED_SNAPSHOT).amount(3_500).times(1));
            pumpUntilHit(rig, delay);
            rig.pumpUntil("a time-out", () -> sync(rig).snapshotsFailed() > 0);
            // The late answer must not harm a book that lives again.
            rig.pumpFor(4_000);
            rig.finish();
            assertOthersUntouched(rig);
        });
    }

    @Test
    void shouldAskAgainWhenASnapshotIsTorn() throws IOException {
        run(rig -> {
            ActiveFault torn =
                    spoilSnapshots(rig, Fault.of(FaultKind.TORN_SNAPSHOT).times(2));
            rig.pumpUntil("torn snapshots", () -> torn.hits() == 2);
            rig.finish();
            assertTrue(sync(rig).snapshotsFailed() >= 2, sync(rig).toString());
            assertOthersUntouched(rig);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 403})
    void shouldAskAgainWhenTheVenueRefuses(int status) throws IOException {
        run(rig -> {
            ActiveFault refusal = spoilSnapshots(
                    rig, Fault.of(FaultKind.HTTP_STATUS).amount(status).times(2));
            rig.pumpUntil("refusals", () -> refusal.hits() == 2);
            rig.finish();
            assertTrue(sync(rig).snapshotsFailed() >= 2, sync(rig).toString());
            assertOthersUntouched(rig);
        });
    }

    @Test
    void shouldStayRightOnAConnectionThatIsTooSlow() throws IOException {
        run(rig -> {
            pumpUntilHit(
                    rig,
                    rig.exchange
                            .faults()
                            .inject(Fault.of(FaultKind.SLOW)
                                    .onConnection(rig.engineConnection().id())
                                    .amount(4_000)));
            rig.pumpUntil("a queue", () -> rig.engineConnection().queuedBytes() > 20_000);
            rig.finish();
            assertEquals(0, sync(rig).gaps(), "late is not lost");
            assertEquals(0, sync(rig).resyncs());
            assertOthersUntouched(rig);
        });
    }

    @Test
    void shouldMarkBooksStaleOnAConnectionThatCarriesNextToNothing() throws IOException {
        run(SILENCE, LONG, rig -> {
            pumpUntilHit(
                    rig,
                    rig.exchange
                            .faults()
                            .inject(Fault.of(FaultKind.SLOW)
                                    .onConnection(rig.engineConnection().id())
                                    .amount(100)));
            rig.pumpUntil(
                    "stale books",
                    () -> rig.state(FaultRig.FAULTY) != BookState.LIVE && rig.state(FaultRig.SOUND) != BookState.LIVE);
            rig.pumpFor(1_500);
            rig.finish();
            assertTrue(sync(rig).silences() > 0);
        });
    }

    @Test
    void shouldStayRightWhenEverythingGoesWrongAtOnce() throws IOException {
        run(SILENCE, Duration.ofMillis(500), rig -> {
            long before = rig.comparisons();
            FaultKind[] kinds = {
                FaultKind.DROP, FaultKind.DUPLICATE, FaultKind.REORDER, FaultKind.GARBAGE, FaultKind.BAD_NUMBER
            };
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < kinds.length; i++) {
                    rig.exchange
                            .faults()
                            .inject(Fault.of(kinds[i])
                                    .on(DEPTH)
                                    .onConnection(rig.engineConnection().id())
                                    .after(2L * i));
                }
                rig.exchange.faults().inject(Fault.of(FaultKind.STALE_SNAPSHOT));
                rig.exchange.faults().inject(Fault.of(FaultKind.TORN_SNAPSHOT));
                rig.pumpFor(1_000);
            }
            rig.pumpUntil("comparisons", () -> rig.comparisons() > before + 10);
            assertTrue(sync(rig).resyncs() > 0);
        });
    }
}
