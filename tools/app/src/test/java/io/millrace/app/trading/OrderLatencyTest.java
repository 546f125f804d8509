package io.millrace.app.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.LatencyFiles;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.event.StopReason;
import io.millrace.engine.status.LatencySeries;
import io.millrace.engine.status.OrderLatencies;
import io.millrace.engine.status.OrderStamps;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probe's orders over loopback sockets: measured at every stage, and to be read while the engine runs and afterwards. */
class OrderLatencyTest {
    private static final long SEED = 7;
    private static final int ORDERS = 6;

    @TempDir
    Path directory;

    private Config config() {
        return ConfigLoader.parse("""
                engine: {topology: single, bars: {warmUp: false}, books: {snapshotWeightPerMinute: 100000, stableMs: 0}}
                journal: {blockMib: 1, prepareAheadMib: 1, reserveMib: 0, lowWatermarkMib: 2, criticalWatermarkMib: 1}
                venue: {streams: [depth, bookTicker], connectIntervalMs: 0}
                telemetry: {intervalMs: 100, latencySampleEvery: 1}
                trading:
                  mode: paper
                  probe: {everyTickers: 5, notional: 120, offsetTicks: 5, exitSeconds: 1, maxOpen: 4}
                """, "test");
    }

    private static void await(String what, LiveRun run, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0 || !run.isRunning()) {
                throw new AssertionError("waited in vain for " + what + ", seed " + SEED, run.failure());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private static long count(List<LatencySeries> series, String name) {
        return series.stream()
                .filter(each -> each.name().equals(name))
                .mapToLong(each -> each.histogram().getTotalCount())
                .sum();
    }

    @Test
    void shouldMeasureEveryStageOfEveryOrderAndDumpOnRequestAndAtTheEnd() throws Exception {
        ExchangeSettings market = ExchangeSettings.synthetic(
                SyntheticSettings.of(2, SEED).withEventsPerSecond(200).withDepthTicks(60));
        Path files = directory.resolve("journal").resolve("latency");
        try (PaperVenue paper = PaperVenue.open(market)) {
            Config config = paper.on(config(), List.of("depth", "bookTicker"));
            LiveRun.Options options = LiveRun.Options.of(
                    (stage, sequence, error) -> {}, new Progress(new PrintWriter(Writer.nullWriter()), false));
            LiveRun run = LiveRun.open(config, directory.resolve("journal"), "test", options);
            try (TradingSession session = new TradingSession(config, null, run, paper.keys())) {
                session.start();
                await("orders", run, () -> count(run.engine().latencySeries(), "orders/answer") >= ORDERS);
                Files.createDirectories(files);
                Path request = Files.createFile(files.resolve(LatencyFiles.REQUEST));
                await("a dump", run, () -> !Files.exists(request));
                assertTrue(LatencyFiles.read(files.resolve("latency-1.hlog"))
                                .get("orders/answer")
                                .getTotalCount()
                        >= ORDERS);
                session.stop(StopReason.ORDERLY);
            }
            List<LatencySeries> series = run.engine().latencySeries();
            Map<String, Histogram> written = LatencyFiles.read(files.resolve("latency-1.hlog"));
            assertEquals(series.stream().map(LatencySeries::name).sorted().toList(), List.copyOf(written.keySet()));
            for (LatencySeries each : series) {
                Histogram read = written.get(each.name());
                assertEquals(each.histogram().getTotalCount(), read.getTotalCount(), each.name());
                assertEquals(each.histogram().getMaxValue(), read.getMaxValue(), each.name());
            }
            for (int hop = 0; hop < OrderLatencies.hops(); hop++) {
                assertTrue(count(series, "orders.ticker/" + OrderLatencies.name(hop)) > 0, OrderLatencies.name(hop));
            }
        }
        assertRows(Files.readAllLines(files.resolve("orders-1.csv")));
    }

    /** Every order that the venue answered has every stamp, each not before the one that it waits for. */
    private static void assertRows(List<String> lines) {
        List<String> head = Arrays.asList(lines.get(0).split(","));
        int first = head.indexOf("readNs");
        int answered = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertEquals(head.size(), cells.length, line);
            if (cells[first + OrderStamps.ANSWERED].isEmpty()) {
                continue;
            }
            answered++;
            long beforeNs = 0;
            for (int point = 1; point < OrderStamps.POINTS; point++) {
                String cell = cells[first + point];
                assertFalse(cell.isEmpty(), line);
                // The input journal works beside the stages.
                if (point != OrderStamps.INPUTS) {
                    assertTrue(Long.parseLong(cell) >= beforeNs, line);
                    beforeNs = Long.parseLong(cell);
                }
            }
        }
        assertTrue(answered >= ORDERS, lines.toString());
    }
}
