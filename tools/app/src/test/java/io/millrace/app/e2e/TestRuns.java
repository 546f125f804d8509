package io.millrace.app.e2e;

import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.Taps;
import io.millrace.app.runtime.Venue;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.event.BookState;
import io.millrace.codecs.event.StopReason;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.pipeline.QuarantineSet;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.status.CounterIds;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.gateway.MarketDataGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Runs of the wired engine against a simulated exchange, for tests. */
final class TestRuns {
    /** Seed of all synthetic markets here. */
    static final long SEED = 7;

    private static final String SMALL_FILES =
            "{blockMib: 1, prepareAheadMib: 1, reserveMib: 0, lowWatermarkMib: 2, criticalWatermarkMib: 1}";
    private static final long POLL_NS = 1_000_000;

    private TestRuns() {}

    /** Returns a progress that nobody sees. */
    static Progress silent() {
        return new Progress(new PrintWriter(Writer.nullWriter()), false);
    }

    /** Returns a configuration with an exchange as its venue, small files, and short time limits. */
    static Config config(SimulatedExchange exchange, String topology) {
        return config(exchange, topology, SMALL_FILES);
    }

    /** Returns a configuration with an exchange as its venue and short time limits; the journal's part is YAML. */
    static Config config(SimulatedExchange exchange, String topology, String journal) {
        return config(exchange, topology, journal, 1_500);
    }

    /** The same with the silence in milliseconds after which a book's stream counts as lost. */
    static Config config(SimulatedExchange exchange, String topology, String journal, long depthSilenceMs) {
        return ConfigLoader.parse(
                """
                engine:
                  topology: %s
                  ringSlots: 4096
                  checkpointInterval: 512
                  books: {snapshotWeightPerMinute: 100000, snapshotBurstWeight: 10000, snapshotTimeoutMs: 1000,
                          snapshotRetryMs: 50, snapshotRetryMaxMs: 200, stableMs: 0,
                          depthSilenceMs: %d, tickerSilenceMs: 600000, markPriceSilenceMs: 0}
                journal: %s
                venue:
                  restUri: %s
                  publicUri: %s
                  marketUri: %s
                  symbols: []
                  streams: [depth, bookTicker, aggTrade, markPrice]
                  connectIntervalMs: 0
                telemetry: {intervalMs: 100}
                """.formatted(
                                topology,
                                depthSilenceMs,
                                journal,
                                exchange.restUri(),
                                exchange.publicUri(),
                                exchange.marketUri()),
                "test");
    }

    /** Returns a configuration with the smallest ring there is, whose overload is conflated. */
    static Config conflating(SimulatedExchange exchange) {
        return ConfigLoader.parse(
                """
                engine:
                  topology: fused
                  ringSlots: 64
                  books: {snapshotWeightPerMinute: 100000, snapshotBurstWeight: 10000, stableMs: 0}
                journal: %s
                venue:
                  restUri: %s
                  publicUri: %s
                  marketUri: %s
                  symbols: []
                  streams: [depth, bookTicker, aggTrade, trade, markPrice]
                  connectIntervalMs: 0
                  overload: conflate
                telemetry: {intervalMs: 100}
                """.formatted(SMALL_FILES, exchange.restUri(), exchange.publicUri(), exchange.marketUri()), "test");
    }

    static SimulatedExchange exchange(int symbols, int eventsPerSecond) throws IOException {
        return SimulatedExchange.start(ExchangeSettings.synthetic(SyntheticSettings.of(symbols, SEED)
                .withEventsPerSecond(eventsPerSecond)
                .withDepthTicks(60)));
    }

    /** Runs until so many slots have passed, and stops in order; returns the reasons for a halt. */
    static int record(Path journal, long slots, UnaryOperator<Stage> bookStage) throws IOException {
        try (SimulatedExchange exchange = exchange(3, 1500);
                LiveRun run = open(config(exchange, "single"), journal, bookStage)) {
            MarketDataGateway gateway = Venue.gateway(config(exchange, "single"), null, run);
            run.start(List.of(gateway), gateway.commandInlet());
            await("events", () -> run.engine().counters().get(CounterIds.SLOTS) >= slots);
            // On a slow machine so many events may have gone by in front of the first snapshot.
            await("live books", () -> areLive(run));
            run.stop(StopReason.ORDERLY);
            return run.haltReasons();
        }
    }

    /** Returns whether all books are live; of a stage that is not the engine's own nothing is known. */
    private static boolean areLive(LiveRun run) {
        return !(run.engine().stage(StageIds.BOOK) instanceof BookStage books)
                || (!books.reports().isEmpty()
                        && books.reports().stream().allMatch(report -> report.state() == BookState.LIVE));
    }

    static LiveRun open(Config config, Path journal, UnaryOperator<Stage> bookStage) {
        return LiveRun.open(
                config,
                journal,
                "test",
                new LiveRun.Options(
                        bookStage, (stage, sequence, error) -> {}, silent(), QuarantineSet.NONE, Taps.NONE));
    }

    /** Waits for a condition for up to two minutes. */
    static void await(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("waited 120 s in vain for " + what + ", seed " + SEED);
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }
}
