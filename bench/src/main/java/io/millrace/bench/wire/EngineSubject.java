package io.millrace.bench.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.Taps;
import io.millrace.app.terminal.Progress;
import io.millrace.app.trading.TradingSession;
import io.millrace.codecs.event.StopReason;
import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.pipeline.QuarantineSet;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.engine.status.CounterIds;
import io.millrace.engine.status.LatencySeries;
import io.millrace.gateway.OrderSettings;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.keys.KeySource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

/** The product as the command line wires it for trading, told apart from it only in that its journals can be left out. */
final class EngineSubject {
    private static final int ORDERS = 100_000;
    private static final long READY_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final String ENGINE_THREADS = "millrace";

    private final LiveRun run;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<String, Histogram> seriesAtMark = new HashMap<>();
    private final Map<String, Long> bytesAtMark = new HashMap<>();
    private final List<Double> windows = new ArrayList<>();
    private long eventsAtMark;
    private volatile boolean isOver;

    private EngineSubject(LiveRun run) {
        this.run = run;
    }

    /**
     * Runs until told to stop.
     *
     * @param args configuration, {@code true} or {@code false} for the journals, and with TLS the certificate to trust.
     */
    public static void main(String[] args) throws IOException {
        Config config = ConfigLoader.load(Path.of(args[0]));
        boolean isJournaled = Boolean.parseBoolean(args[1]);
        LiveRun.Options options = new LiveRun.Options(
                UnaryOperator.identity(),
                (stage, sequence, error) -> error.printStackTrace(),
                new Progress(new PrintWriter(Writer.nullWriter()), false),
                QuarantineSet.NONE,
                isJournaled ? Taps.NONE : new NoJournal());
        ApiKey key = KeySource.fromFile(Path.of(config.trading().keyFile()));
        LiveRun run = LiveRun.open(config, Path.of(config.journal().directory()), "wire", options);
        Path certificate = args.length > 2 ? Path.of(args[2]) : null;
        try (TradingSession session = new TradingSession(
                config, certificate, run, new OrderAgent.Keys(key, key), EngineSubject::withoutOrderLimits)) {
            session.start();
            new EngineSubject(run).serve();
        }
        System.exit(0);
    }

    /** The account's limits on orders would bound the rate at which answers can be measured. */
    private static OrderSettings withoutOrderLimits(OrderSettings settings) {
        return settings.with(settings.agent().limits().withLimits(ORDERS, ORDERS, ORDERS));
    }

    private void serve() throws IOException {
        long deadlineNs = System.nanoTime() + READY_NS;
        while (run.haltReasonsNow() != 0 && run.isRunning() && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(POLL_NS);
        }
        if (run.haltReasonsNow() != 0) {
            throw new IllegalStateException("the engine does not trade: halted by "
                    + HaltReasons.toText(run.haltReasonsNow()) + ", failure " + run.failure());
        }
        SubjectConsole.say(SubjectProcess.READY);
        new SubjectConsole().serve(this::mark);
        Map<String, Object> report = report();
        run.stop(StopReason.ORDERLY);
        report.put("stages", stages());
        SubjectConsole.say(new ObjectMapper().writeValueAsString(report));
    }

    private void mark() {
        bytesAtMark.putAll(allocatedBytes());
        eventsAtMark = run.engine().counters().get(CounterIds.SLOTS);
        for (LatencySeries series : run.engine().latencySeries()) {
            seriesAtMark.put(series.name(), series.histogram());
        }
        Thread counting = new Thread(this::countWindows, "windows");
        counting.setDaemon(true);
        counting.start();
    }

    /** Counts bytes of each half second by itself: what comes with events is in every one, what comes once is in one. */
    private void countWindows() {
        long bytes = sum(allocatedBytes());
        long events = run.engine().counters().get(CounterIds.SLOTS);
        while (!isOver) {
            LockSupport.parkNanos(WINDOW_NS);
            long bytesNow = sum(allocatedBytes());
            long eventsNow = run.engine().counters().get(CounterIds.SLOTS);
            if (eventsNow > events) {
                synchronized (windows) {
                    windows.add((double) (bytesNow - bytes) / (eventsNow - events));
                }
            }
            bytes = bytesNow;
            events = eventsNow;
        }
    }

    private static long sum(Map<String, Long> bytesByThread) {
        return bytesByThread.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns what each stage took since the mark: of sampled events, and of every order, by the type of its cause too. */
    private List<Map<String, Object>> stages() {
        List<Map<String, Object>> stages = new ArrayList<>();
        for (LatencySeries series : run.engine().latencySeries()) {
            Histogram histogram = series.histogram();
            Histogram before = seriesAtMark.get(series.name());
            if (before != null) {
                histogram.subtract(before);
            }
            if (histogram.getTotalCount() > 0) {
                Map<String, Object> stage = new LinkedHashMap<>();
                stage.put("stage", series.name());
                stage.put("count", histogram.getTotalCount());
                stage.put("min", histogram.getMinValue());
                stage.put("p50", histogram.getValueAtPercentile(50));
                stage.put("p90", histogram.getValueAtPercentile(90));
                stage.put("p99", histogram.getValueAtPercentile(99));
                stage.put("p99.9", histogram.getValueAtPercentile(99.9));
                stage.put("max", histogram.getMaxValue());
                stages.add(stage);
            }
        }
        return stages;
    }

    private Map<String, Object> report() {
        isOver = true;
        Map<String, Object> report = new LinkedHashMap<>();
        Map<String, Long> bytes = allocatedBytes();
        bytes.replaceAll((thread, now) -> now - bytesAtMark.getOrDefault(thread, 0L));
        report.put("bytes", sum(bytes));
        report.put("bytesByThread", bytes);
        report.put("events", run.engine().counters().get(CounterIds.SLOTS) - eventsAtMark);
        synchronized (windows) {
            report.put("bytesPerEventByWindow", List.copyOf(windows));
        }
        report.put("halted", HaltReasons.toText(run.haltReasonsNow()));
        report.put("failure", String.valueOf(run.failure()));
        return report;
    }

    /** Returns what each of the engine's threads has allocated on the heap; housekeeping is none of them. */
    private Map<String, Long> allocatedBytes() {
        Map<String, Long> bytes = new TreeMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && thread.getThreadName().startsWith(ENGINE_THREADS)
                    && !thread.getThreadName().endsWith("telemetry")) {
                bytes.put(thread.getThreadName(), threads.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return bytes;
    }

    /** Takes what goes to the journals and keeps none of it. */
    private static final class NoJournal implements Taps {
        private static final OutletHandler NOWHERE = new OutletHandler() {
            @Override
            public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
                // Let go.
            }

            @Override
            public void onBatchEnd(long lastSequence) {
                // Nothing was kept.
            }
        };

        @Override
        public Outlet inputs(Outlet inputs) {
            return (handler, limit) -> inputs.poll(NOWHERE, limit);
        }

        @Override
        public OutletHandler outputs(OutletHandler outputs) {
            return NOWHERE;
        }
    }
}
