package io.millrace.engine.pipeline;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.book.OrderBook;
import java.util.Random;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine's own stages, one live book, diffs whole and in chunks, on the calling thread. */
@Tag("slow")
class WholeEngineAllocationTest {
    private static final int DIFFS = 512;
    private static final int WINDOW = 200_000;
    private static final OutletHandler NO_JOURNAL = (sequence, buffer, offset, length) -> {};

    private final MutableDirectBuffer event = Events.buffer();
    private final MutableDirectBuffer[] diffs = new MutableDirectBuffer[DIFFS];
    private final int[] lengths = new int[DIFFS];
    private final TinyVenue venue = new TinyVenue(0, new Random(1));
    private long snapshotCommandId = -1;
    private long nowNs = 1_000_000_000_000L;
    private long updateId;
    private Engine engine;
    private EgressAgent egress;

    private void offer(MutableDirectBuffer buffer, int length) throws Exception {
        assertEquals(Inlet.ACCEPTED, engine.marketInlet().offer(buffer, 0, length));
        for (int stage = 0; stage < StageIds.COUNT; stage++) {
            engine.stageAgent(stage).doWork();
        }
        engine.inputs().poll(NO_JOURNAL, 100);
        egress.doWork();
    }

    /** Offers the diffs again and again, each time with the ids and times that follow. */
    private void run(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            MutableDirectBuffer diff = diffs[i % DIFFS];
            int length = lengths[i % DIFFS];
            nowNs += 1_000_000;
            for (int offset = 0; offset < length; offset += EventHeader.length(diff, offset)) {
                diff.putLong(offset + EventHeader.BODY_OFFSET, updateId + 1, LITTLE_ENDIAN);
                diff.putLong(offset + EventHeader.BODY_OFFSET + 8, updateId + 1, LITTLE_ENDIAN);
                diff.putLong(offset + EventHeader.BODY_OFFSET + 16, updateId, LITTLE_ENDIAN);
                EventHeader.ingressNs(diff, offset, nowNs);
            }
            updateId++;
            offer(diff, length);
        }
    }

    private void goLive() throws Exception {
        engine = new Engine(
                new EngineContext().ringSlots(1024).isClockOfIngress(true).nanoClock(() -> nowNs));
        egress = engine.egressAgent(NO_JOURNAL, (buffer, offset, length) -> {
            snapshotCommandId = buffer.getLong(offset + EgressAgent.COMMAND_ID_OFFSET);
            return Inlet.ACCEPTED;
        });
        offer(event, Events.runStarted(event, 0, 1, -1));
        offer(event, venue.definition(event, nowNs));
        for (int i = 0; i < DIFFS; i++) {
            diffs[i] = Events.buffer();
            lengths[i] = venue.diff(diffs[i], nowNs, i % 8 == 0);
        }
        updateId = 1_000_000;
        run(10);
        int snapshot = venue.snapshot(event, snapshotCommandId, nowNs);
        event.putLong(EventHeader.BODY_OFFSET, updateId, LITTLE_ENDIAN);
        offer(event, snapshot);
        run(10);
    }

    @Test
    void shouldAllocateNothingPerEventWithItsOwnStages() throws Exception {
        goLive();
        assertTrue(snapshotCommandId >= 0);
        assertEquals(
                TinyVenue.BEST_BID, engine.bookStage().book(0).bestTicks(OrderBook.BID), "the book has to be live");
        AllocationWindows.assertNothing(WINDOW + " events of the engine's own stages", () -> run(WINDOW));
        assertEquals(TinyVenue.BEST_BID, engine.bookStage().book(0).bestTicks(OrderBook.BID));
    }
}
