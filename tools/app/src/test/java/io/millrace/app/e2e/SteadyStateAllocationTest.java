package io.millrace.app.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.app.SharedData;
import io.millrace.app.inspect.CaptureFeed;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.port.Inlet;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.pipeline.EgressAgent;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.status.CounterIds;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalAgent;
import io.millrace.journal.JournalSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wired engine on one thread, as topology single runs it: decode, ring, stages, journal of inputs, egress with the journal
 * of outputs; over a million capture events with updates in chunks, a resync and a decode error in every pass, and a roll of
 * the journal. The JVM's own counter says what the thread allocated.
 */
@Tag("slow")
class SteadyStateAllocationTest {
    private static final int WARM_UP_PASSES = 4;
    private static final long EVENTS = 1_000_000;
    /** A million events fill a few blocks of the journals' files; mapping the next block makes a few objects, some 8 KiB. */
    private static final long MAPPING_BYTES = 128L << 10;
    /** A new segment's files, mappings and names, once in an hour or a day. */
    private static final long ROLL_BYTES = 2L << 20;

    @TempDir
    Path directory;

    @Test
    void shouldAllocateNothingPerEvent() throws Exception {
        CaptureFeed feed = CaptureFeed.of(SharedData.file(SharedData.BTC));
        AtomicLong clockMs = new AtomicLong(1_700_000_000_000L);
        JournalSettings settings =
                JournalSettings.defaults().withRollCycle("MINUTELY").withDisk(0, 0, 0);
        try (Journal journal = Journal.open(directory.resolve("journal"), settings, clockMs::get)) {
            Engine engine = new Engine(new EngineContext());
            EgressAgent egress =
                    engine.egressAgent(journal.outputAppender(), (buffer, offset, length) -> Inlet.ACCEPTED);
            Agent[] agents = {
                feed.agent(engine.marketInlet(), engine.controlInlet()),
                engine.stageAgent(StageIds.BOOK),
                engine.stageAgent(StageIds.STRATEGY),
                engine.stageAgent(StageIds.RISK),
                new JournalAgent(engine.inputs(), journal),
                egress
            };
            runUntil(agents, () -> feed.passes() >= WARM_UP_PASSES);

            long steady = bytesAllocated(agents, engine, EVENTS);
            clockMs.addAndGet(60_000);
            long withRoll = bytesAllocated(agents, engine, EVENTS / 10);

            assertEquals(0, steady / EVENTS, "bytes per event, " + steady + " in all");
            assertTrue(steady < MAPPING_BYTES, steady + " bytes over " + EVENTS + " events");
            assertTrue(withRoll < ROLL_BYTES, withRoll + " bytes with a roll of the journal");
            assertTrue(engine.counters().events(DecodeErrorDecoder.TEMPLATE_ID) >= WARM_UP_PASSES);
            BookReport book = engine.bookStage().reports().get(0);
            assertTrue(book.sync().snapshotsApplied() > WARM_UP_PASSES, book.toString());
            assertTrue(
                    book.diffs().applied() > engine.counters().events(DepthDiffDecoder.TEMPLATE_ID) / 2,
                    book.toString());
            System.out.println("steady state: " + steady + " bytes over " + EVENTS + " events, " + withRoll
                    + " bytes with a roll of the journal");
        }
    }

    private static long bytesAllocated(Agent[] agents, Engine engine, long events) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long endSlots = engine.counters().get(CounterIds.SLOTS) + events;
        long before = threads.getCurrentThreadAllocatedBytes();
        runUntil(agents, () -> engine.counters().get(CounterIds.SLOTS) >= endSlots);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void runUntil(Agent[] agents, BooleanSupplier end) throws Exception {
        while (!end.getAsBoolean()) {
            for (Agent agent : agents) {
                agent.doWork();
            }
        }
    }
}
