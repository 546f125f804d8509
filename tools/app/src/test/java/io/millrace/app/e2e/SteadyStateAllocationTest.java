package io.millrace.app.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.app.SharedData;
import io.millrace.app.inspect.CaptureFeed;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.pipeline.EgressAgent;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.status.CounterIds;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalAgent;
import io.millrace.journal.JournalSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wired engine on one thread, as topology single runs it: decode, ring, stages, journal of inputs, egress with the journal
 * of outputs; over a million capture events with updates in chunks, resyncs and decode errors in every window. What is
 * allocated per event is nothing; what Chronicle allocates per mapped block and per segment is bounded apart.
 */
@Tag("slow")
class SteadyStateAllocationTest {
    /** A few passes over the capture; the row of clean windows holds a million events. */
    private static final long WINDOW = 1_000_000 / AllocationWindows.CLEAN_IN_A_ROW;

    private static final long MIB = 1L << 20;
    /** Mapping the next block makes a few objects. */
    private static final long BYTES_PER_BLOCK = 8L << 10;
    /** New files, mappings and names of both journals, once in an hour or a day. */
    private static final long BYTES_PER_ROLL = 256L << 10;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    private final CaptureFeed feed = CaptureFeed.of(SharedData.file(SharedData.BTC));
    private final AtomicLong clockMs = new AtomicLong(1_700_000_000_000L);
    private Engine engine;
    private Agent[] agents;

    @Test
    void shouldAllocateNothingPerEventAndLittlePerRoll() throws Exception {
        try (Journal journal = open(256 * MIB)) {
            wire(journal);
            AllocationWindows.assertNothing(WINDOW + " capture events", () -> run(WINDOW));

            long segments = segments();
            clockMs.addAndGet(60_000);
            long bytes = bytesOf(WINDOW);
            assertEquals(segments + 2, segments(), "both journals roll");
            assertTrue(bytes < BYTES_PER_ROLL, bytes + " bytes with a roll of the journals");

            int passes = feed.passes();
            assertTrue(engine.counters().events(DecodeErrorDecoder.TEMPLATE_ID) >= passes);
            BookReport book = engine.bookStage().reports().get(0);
            assertTrue(book.sync().snapshotsApplied() >= passes, book.toString());
            assertTrue(
                    book.diffs().applied() > engine.counters().events(DepthDiffDecoder.TEMPLATE_ID) / 2,
                    book.toString());
            System.out.println("steady state: 0 bytes, " + bytes + " bytes with a roll of the journals, " + passes
                    + " passes over the capture");
        }
    }

    @Test
    void shouldAllocateLittlePerMappedBlock() throws Exception {
        try (Journal journal = open(MIB)) {
            wire(journal);
            run(2 * WINDOW);
            long from = segmentBytes();
            long bytes = bytesOf(WINDOW);
            long blocks = (segmentBytes() - from) / MIB;
            System.out.println("steady state: " + bytes / blocks + " bytes per mapped block, " + blocks + " blocks");
            assertTrue(blocks > 10, blocks + " blocks");
            assertTrue(bytes / blocks < BYTES_PER_BLOCK, bytes + " bytes for " + blocks + " mapped blocks");
        }
    }

    private Journal open(long blockBytes) {
        JournalSettings settings = JournalSettings.defaults()
                .withRollCycle("MINUTELY")
                .withSegments((int) blockBytes, Math.min(blockBytes, 16 * MIB))
                .withDisk(0, 0, 0);
        return Journal.open(directory.resolve("journal"), settings, clockMs::get);
    }

    private void wire(Journal journal) {
        engine = new Engine(new EngineContext());
        EgressAgent egress = engine.egressAgent(journal.outputAppender(), (buffer, offset, length) -> Inlet.ACCEPTED);
        agents = new Agent[] {
            feed.agent(engine.marketInlet(), engine.controlInlet()),
            engine.stageAgent(StageIds.BOOK),
            engine.stageAgent(StageIds.STRATEGY),
            engine.stageAgent(StageIds.RISK),
            new JournalAgent(engine.inputs(), journal),
            egress
        };
    }

    private void run(long events) throws Exception {
        long end = engine.counters().get(CounterIds.SLOTS) + events;
        while (engine.counters().get(CounterIds.SLOTS) < end) {
            for (Agent agent : agents) {
                agent.doWork();
            }
        }
    }

    private long bytesOf(long events) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(events);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private long segments() throws IOException {
        return segmentFiles().size();
    }

    private long segmentBytes() throws IOException {
        long bytes = 0;
        for (Path file : segmentFiles()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private List<Path> segmentFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".cq4")).toList();
        }
    }
}
