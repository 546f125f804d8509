package io.millrace.app.replay;

import io.millrace.app.config.Config;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.TelemetryModel;
import io.millrace.app.runtime.Venue;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.StopReason;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.engine.status.CounterIds;
import io.millrace.gateway.MarketDataGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A run on a venue's market data with nothing to trade: all that it leaves is the journal. */
public final class Recording {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int TELEMETRY_LIMIT = 1024;
    private static final double NS_PER_S = 1e9;

    private final Config config;
    private final int seconds;
    private final Progress progress;
    private final String build;
    private final TelemetryModel model = new TelemetryModel();
    private int booksLive;
    private volatile boolean isInterrupted;

    /**
     * Makes a recording.
     *
     * @param config names venue and journal.
     * @param seconds to run, 0 for until interrupted.
     * @param progress told how far it is.
     * @param build that runs, for the journal.
     */
    public Recording(Config config, int seconds, Progress progress, String build) {
        this.config = config;
        this.seconds = seconds;
        this.progress = progress;
        this.build = build;
    }

    /** Ends the run, in order; from any thread. */
    public void interrupt() {
        isInterrupted = true;
    }

    /** Runs until it is over. */
    public RecordingReport run() {
        Path journal = Path.of(config.journal().directory());
        LiveRun.Options options = LiveRun.Options.of((stage, sequence, error) -> {}, progress);
        try (LiveRun run = LiveRun.open(config, journal, build, options)) {
            long before = run.engine().nextSequence();
            long startNs = System.nanoTime();
            MarketDataGateway gateway = Venue.gateway(config, null, run);
            run.start(List.of(gateway), gateway.commandInlet());
            watch(run, gateway, startNs);
            run.stop(run.isOutOfDisk() ? StopReason.DISK : StopReason.ORDERLY);
            if (run.failure() != null) {
                throw new CommandFailure(
                        ExitCodes.FAULT, "the engine stopped: " + run.failure().getMessage(), run.failure());
            }
            return report(run, before, (System.nanoTime() - startNs) / NS_PER_S);
        }
    }

    private void watch(LiveRun run, MarketDataGateway gateway, long startNs) {
        long endNs = seconds == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(seconds);
        while (run.isRunning() && !isInterrupted && System.nanoTime() - startNs < endNs) {
            run.engine().telemetry().poll(model, TELEMETRY_LIMIT);
            if (progress.isDue()) {
                progress.show(String.format(
                        Locale.ROOT,
                        "recording: %,d events, %s, %,d books live",
                        run.engine().counters().get(CounterIds.SLOTS),
                        gateway.status().isUp() ? "all streams up" : "connecting",
                        model.liveBooks()));
            }
            LockSupport.parkNanos(POLL_NS);
        }
        progress.end();
        // What is told from here on is told while connections close.
        booksLive = model.liveBooks();
    }

    private RecordingReport report(LiveRun run, long before, double ranSeconds) {
        long gaps = model.books().values().stream()
                .mapToLong(TelemetryModel.Book::gaps)
                .sum();
        return new RecordingReport(
                Math.round(ranSeconds * 10) / 10.0,
                config.journal().directory(),
                run.runEpoch(),
                run.engine().nextSequence() - before,
                model.books().size(),
                booksLive,
                gaps,
                run.engine().counters().events(DecodeErrorDecoder.TEMPLATE_ID),
                HaltReasons.toText(run.haltReasons()));
    }
}
