package io.millrace.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.config.Config;
import io.millrace.app.config.VenueConfig;
import io.millrace.app.demo.DemoReport.ReplayVerdict;
import io.millrace.app.inspect.CaptureInspection;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.TelemetryModel;
import io.millrace.app.runtime.Wiring;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Progress;
import io.millrace.app.trading.PaperVenue;
import io.millrace.app.trading.TradingSession;
import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.event.BookState;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.StopReason;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.engine.Engine;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.engine.status.LatencySeries;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.journal.JournalScan;
import io.millrace.journal.JournalScanner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One demonstration, from opening the exchange to the verdict on the replay.
 *
 * <p><b>Thread:</b> the command's.
 */
public final class Demo {
    private static final long VIEW_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int TELEMETRY_LIMIT = 1024;
    /** What ends trading before its time; that the connections are closed at the end is as it should be. */
    private static final int HALTS = HaltReasons.FAULT
            | HaltReasons.OPERATOR
            | HaltReasons.DISK_LOW
            | HaltReasons.DISK_CRITICAL
            | HaltReasons.PERMISSION
            | HaltReasons.REDUCE_ONLY
            | HaltReasons.DIFFERENCE;

    private static final double NS_PER_S = 1e9;

    private final DemoSettings settings;
    private final PrintWriter view;
    private final boolean isTerminal;
    private final String build;
    private final TelemetryModel model = new TelemetryModel();
    private int symbols;
    private volatile boolean isInterrupted;

    /**
     * Makes a demonstration.
     *
     * @param settings what it is to do.
     * @param view where the live view goes.
     * @param isTerminal whether that is a terminal.
     * @param build that runs, for the journal.
     */
    public Demo(DemoSettings settings, PrintWriter view, boolean isTerminal, String build) {
        this.settings = settings;
        this.view = view;
        this.isTerminal = isTerminal;
        this.build = build;
    }

    /** Ends the run early, in order; from any thread. */
    public void interrupt() {
        isInterrupted = true;
    }

    /** Runs it all and returns what was found. */
    public DemoReport run() throws IOException, InterruptedException {
        Path journal = settings.journal() == null ? Files.createTempDirectory("millrace-demo-") : settings.journal();
        try {
            return run(journal);
        } finally {
            if (settings.journal() == null) {
                TemporaryFiles.delete(journal);
            }
        }
    }

    private DemoReport run(Path journal) throws IOException, InterruptedException {
        if (settings.capture() == null) {
            symbols = settings.config().exchange().symbols();
            Config config = settings.config();
            try (PaperVenue paper = DemoExchange.withAccount(config.exchange())) {
                return run(journal, paper.on(config, config.venue().streams()), paper.exchange(), paper.keys());
            }
        }
        symbols = CaptureInspection.symbols(settings.capture(), new Progress(view, isTerminal))
                .size();
        try (SimulatedExchange exchange = DemoExchange.play(settings, symbols)) {
            return run(journal, at(exchange), exchange, null);
        }
    }

    private DemoReport run(Path journal, Config config, SimulatedExchange exchange, OrderAgent.Keys keys)
            throws IOException, InterruptedException {
        LiveRun.Options options = LiveRun.Options.of(this::onFault, new Progress(view, isTerminal));
        LiveRun run = LiveRun.open(config, journal, build, options);
        long startNs = System.nanoTime();
        try (TradingSession session = new TradingSession(config, exchange.certificate(), run, keys)) {
            session.start();
            watch(run, keys != null, exchange, startNs);
            String entriesHalted = keys == null ? "none" : HaltReasons.toText(run.haltReasonsNow());
            session.windUp();
            exchange.pause();
            settle(run, exchange);
            Books books = Books.of(run.engine(), exchange);
            DemoTrading.AtTheEnd account = keys == null
                    ? null
                    : new DemoTrading.AtTheEnd(
                            session.orderStatus(),
                            entriesHalted,
                            session.isWoundUp(),
                            VenueAccount.ask(exchange, keys.reading()));
            double seconds = (System.nanoTime() - startNs) / NS_PER_S;
            run.stop(run.isOutOfDisk() ? StopReason.DISK : StopReason.ORDERLY);
            drainTelemetry(run);
            return report(run, exchange, journal, new Found(seconds, books, account));
        }
    }

    /** What was found before the run stopped; no account with a capture. */
    private record Found(double seconds, Books books, DemoTrading.AtTheEnd account) {}

    private void watch(LiveRun run, boolean hasAccount, SimulatedExchange exchange, long startNs) {
        LiveView live = new LiveView(view, isTerminal, model, symbols, startNs);
        long endNs = settings.seconds() == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(settings.seconds());
        long shownNs = startNs;
        while (run.isRunning() && !isInterrupted && !exchange.isExhausted()) {
            long nowNs = System.nanoTime();
            // On a busy machine the first snapshots may take longer than the whole demonstration was to be.
            boolean isShown = model.liveBooks() >= symbols && (!hasAccount || hasTraded(run.engine()));
            if (nowNs - startNs >= endNs && (isShown || nowNs - startNs - endNs >= PATIENCE_NS)) {
                break;
            }
            drainTelemetry(run);
            if (nowNs - shownNs >= VIEW_NS) {
                shownNs += VIEW_NS;
                live.show(title(nowNs - startNs), nowNs);
            }
            LockSupport.parkNanos(POLL_NS);
        }
        drainTelemetry(run);
        live.show(title(System.nanoTime() - startNs), System.nanoTime());
        live.end();
        requireRunning(run);
    }

    /** Whether an order that a ticker caused has been answered. */
    private static boolean hasTraded(Engine engine) {
        return engine.orderStamps().latencies().causes().contains(BookTickerDecoder.TEMPLATE_ID);
    }

    /**
     * The books while the exchange stands still and the ring is empty: nothing changes them then but clock ticks, which
     * leave levels alone. When the connections close they are not live any more.
     */
    private record Books(int live, int equal, long gaps, long resyncs) {
        static Books of(Engine engine, SimulatedExchange exchange) {
            int live = 0;
            long gaps = 0;
            long resyncs = 0;
            if (engine.stage(StageIds.BOOK) instanceof BookStage stage) {
                for (BookReport book : stage.reports()) {
                    gaps += book.sync().gaps();
                    resyncs += book.sync().resyncs();
                    live += book.state() == BookState.LIVE ? 1 : 0;
                }
            }
            return new Books(live, BookCompare.equalBooks(engine, exchange), gaps, resyncs);
        }
    }

    /** Waits until everything that the exchange has sent is on the ring; the exchange sends no more. */
    private void settle(LiveRun run, SimulatedExchange exchange) {
        long deadlineNs = System.nanoTime() + SETTLE_NS;
        while (run.isRunning() && System.nanoTime() - deadlineNs < 0) {
            drainTelemetry(run);
            if (FrameCounts.sent(exchange.framesSent())
                    .equals(FrameCounts.onRing(run.engine().counters()))) {
                return;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        requireRunning(run);
    }

    private static void requireRunning(LiveRun run) {
        if (run.failure() != null) {
            throw new CommandFailure(
                    ExitCodes.FAULT, "the engine stopped: " + run.failure().getMessage(), run.failure());
        }
    }

    private DemoReport report(LiveRun run, SimulatedExchange exchange, Path journal, Found found)
            throws IOException, InterruptedException {
        Engine engine = run.engine();
        Map<String, Long> sent = FrameCounts.sent(exchange.framesSent());
        Map<String, Long> journaled = FrameCounts.journaled(journal);
        Books books = found.books();
        return new DemoReport(
                Math.round(found.seconds() * 10) / 10.0,
                Wiring.topology(settings.config().engine()).name().toLowerCase(Locale.ROOT),
                symbols,
                books.live(),
                settings.capture() == null ? books.equal() : null,
                engine.nextSequence(),
                sent,
                journaled,
                sent.equals(journaled),
                books.gaps(),
                books.resyncs(),
                latencies(engine),
                found.account() == null ? null : DemoTrading.of(engine, instruments(journal), found.account()),
                HaltReasons.toText(run.haltReasons() & HALTS),
                journal.toString(),
                settings.isReplayed() ? replay(journal) : null);
    }

    private static InstrumentTable instruments(Path journal) {
        InstrumentTable table = new InstrumentTable();
        for (JournalScan.Definition definition : JournalScanner.scan(journal).definitions()) {
            table.put(InstrumentCodec.decode(new UnsafeBuffer(definition.message()), 0));
        }
        return table;
    }

    private static Map<String, Map<String, Map<String, Long>>> latencies(Engine engine) {
        Map<String, Map<String, Map<String, Long>>> latencies = new LinkedHashMap<>();
        for (LatencySeries series : engine.latencySeries()) {
            Histogram histogram = series.histogram();
            Map<String, Long> percentiles = new LinkedHashMap<>();
            percentiles.put("count", histogram.getTotalCount());
            percentiles.put("p50", histogram.getValueAtPercentile(50));
            percentiles.put("p90", histogram.getValueAtPercentile(90));
            percentiles.put("p99", histogram.getValueAtPercentile(99));
            percentiles.put("p99.9", histogram.getValueAtPercentile(99.9));
            percentiles.put("max", histogram.getMaxValue());
            latencies
                    .computeIfAbsent(series.scope(), scope -> new LinkedHashMap<>())
                    .put(series.hop(), percentiles);
        }
        return latencies;
    }

    private ReplayVerdict replay(Path journal) throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        ChildJvm.Result child = ChildJvm.run(List.of(
                "replay",
                journal.toString(),
                "--json",
                "--topology",
                Wiring.topology(settings.config().engine()).name().toLowerCase(Locale.ROOT)));
        if (child.exitCode() != ExitCodes.OK && child.exitCode() != ExitCodes.NEGATIVE) {
            throw new CommandFailure(
                    child.exitCode(), "the replay in a JVM of its own ended with exit code " + child.exitCode());
        }
        JsonNode verdict = new ObjectMapper().readTree(child.out());
        JsonNode difference = verdict.path("firstDifference");
        return new ReplayVerdict(
                verdict.path("identical").asBoolean(),
                verdict.path("events").asLong(),
                verdict.path("stateHash").asText(),
                difference.isNull() ? null : difference.toString(),
                Math.round((System.nanoTime() - startNs) / NS_PER_S * 10) / 10.0);
    }

    private void drainTelemetry(LiveRun run) {
        while (run.engine().telemetry().poll(model, TELEMETRY_LIMIT) > 0) {
            // Until there is no more.
        }
    }

    private String title(long elapsedNs) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(elapsedNs);
        return String.format(
                Locale.ROOT,
                "millrace demo  %02d:%02d%s",
                seconds / 60,
                seconds % 60,
                settings.seconds() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, " of %02d:%02d", settings.seconds() / 60, settings.seconds() % 60));
    }

    private void onFault(int stage, long sequence, Throwable error) {
        view.println("HALT: stage " + StageIds.name(stage) + " threw at sequence " + sequence
                + ", no new entries; quarantine it with 'millrace quarantine': " + error);
        view.flush();
    }

    /** Returns the configuration with the exchange as its venue. */
    private Config at(SimulatedExchange exchange) {
        Config config = settings.config();
        VenueConfig simulated = config.venue()
                .at(exchange.restUri(), exchange.publicUri(), exchange.marketUri(), DemoExchange.ALL_STREAMS);
        return new Config(
                config.engine(), config.journal(), simulated, config.exchange(), config.trading(), config.telemetry());
    }
}
