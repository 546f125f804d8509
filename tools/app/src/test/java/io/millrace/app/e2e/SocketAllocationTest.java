package io.millrace.app.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.config.Config;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.Venue;
import io.millrace.codecs.event.BookState;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.pipeline.AgentRole;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.Topology;
import io.millrace.engine.status.CounterIds;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.gateway.MarketDataGateway;
import io.millrace.gateway.transport.ConnectionCounters;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine as it runs live, from the socket's bytes to journaled outputs, with telemetry and counters: no thread of it
 * allocates. Threads that only look after it (disk, files, telemetry) and the exchange are not the engine's.
 */
@Tag("slow")
class SocketAllocationTest {
    private static final int SYMBOLS = 2;
    private static final int EVENTS_PER_SECOND = 5_000;
    private static final long WINDOW_SLOTS = 5_000;
    /** Windows in which a machine of any speed catches up with what came while bars were warmed up. */
    private static final int MOST_WINDOWS = 60;
    /** A book that starts again because the machine stood still would allocate. */
    private static final long SILENCE_MS = 600_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(
            value = Topology.class,
            names = {"SINGLE", "PIPELINED"})
    void shouldAllocateNothingFromTheSocketToTheJournal(Topology topology) throws Exception {
        try (SimulatedExchange exchange = TestRuns.exchange(SYMBOLS, EVENTS_PER_SECOND)) {
            Config config = TestRuns.config(
                    exchange,
                    topology.name().toLowerCase(Locale.ROOT),
                    "{blockMib: 256, prepareAheadMib: 64, reserveMib: 0, lowWatermarkMib: 2, criticalWatermarkMib: 1}",
                    SILENCE_MS);
            try (LiveRun run = TestRuns.open(config, directory.resolve("journal"), UnaryOperator.identity())) {
                MarketDataGateway gateway = Venue.gateway(config, null, run);
                run.start(List.of(gateway), gateway.commandInlet());
                TestRuns.await("live books", () -> areLive(run));
                catchUp(gateway, run);
                List<Thread> threads = engineThreads(topology);

                AllocationWindows.assertNothing(
                        WINDOW_SLOTS + " slots on topology " + topology, threads, () -> pass(run));

                assertTrue(areLive(run), "a book that started again has asked for a snapshot");
                assertTrue(run.engine().counters().events(DepthDiffDecoder.TEMPLATE_ID) > 0);
                System.out.println("sockets, " + topology + ": 0 bytes on " + threads.size() + " threads, "
                        + run.engine().counters().get(CounterIds.SLOTS) + " slots in all");
            }
        }
    }

    /** While the warm-up's answers are taken the ring fills, and Netty makes two objects when a socket is not read for that. */
    private static void catchUp(MarketDataGateway gateway, LiveRun run) {
        long stops = -1;
        for (int i = 0; i < MOST_WINDOWS && stops != gateway.status().total(ConnectionCounters.READ_STOPS); i++) {
            stops = gateway.status().total(ConnectionCounters.READ_STOPS);
            pass(run);
        }
    }

    private static void pass(LiveRun run) {
        long end = run.engine().counters().get(CounterIds.SLOTS) + WINDOW_SLOTS;
        TestRuns.await("events", () -> run.engine().counters().get(CounterIds.SLOTS) >= end);
    }

    private static boolean areLive(LiveRun run) {
        BookStage books = (BookStage) run.engine().stage(StageIds.BOOK);
        return books.reports().size() == SYMBOLS
                && books.reports().stream().allMatch(report -> report.state() == BookState.LIVE);
    }

    private static List<Thread> engineThreads(Topology topology) {
        Set<String> names = topology.threads().stream()
                .map(roles -> roles.size() == AgentRole.values().length
                        ? "millrace"
                        : "millrace-" + roles.get(0).name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> names.contains(thread.getName()))
                .toList();
        assertEquals(names.size(), threads.size(), names.toString());
        return threads;
    }
}
