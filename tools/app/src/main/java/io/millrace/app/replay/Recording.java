package io.millrace.app.replay;

import io.millrace.app.config.Config;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.Venue;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.event.BookState;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.StopReason;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.engine.status.CounterIds;
import io.millrace.gateway.MarketDataGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A run on a venue's market data with nothing to trade: all that it leaves is the journal. */
public final class Recording {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final double NS_PER_S = 1e9;

    private final Config config;
    private final int seconds;
    private final Progress progress;
    private final String build;
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
        LiveRun.Options options =
                new LiveRun.Options(UnaryOperator.identity(), (stage, sequence, error) -> {}, progress);
        try (LiveRun run = LiveRun.open(config, journal, build, options)) {
            long before = run.engine().nextSequence();
            long startNs = System.nanoTime();
            MarketDataGateway gateway = Venue.gateway(config, null, run);
            run.start(List.of(gateway), gateway.commandInlet());
            watch(run, gateway, startNs);
            run.stop(StopReason.ORDERLY);
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
            // Nobody reads telemetry here; it drops what does not fit.
            if (progress.isDue()) {
                progress.show(String.format(
                        Locale.ROOT,
                        "recording: %,d events, %s",
                        run.engine().counters().get(CounterIds.SLOTS),
                        gateway.status().isUp() ? "all streams up" : "connecting"));
            }
            LockSupport.parkNanos(POLL_NS);
        }
        progress.end();
    }

    private RecordingReport report(LiveRun run, long before, double ranSeconds) {
        int instruments = 0;
        int live = 0;
        long gaps = 0;
        if (run.engine().stage(StageIds.BOOK) instanceof BookStage books) {
            for (BookReport book : books.reports()) {
                instruments++;
                live += book.state() == BookState.LIVE ? 1 : 0;
                gaps += book.sync().gaps();
            }
        }
        return new RecordingReport(
                Math.round(ranSeconds * 10) / 10.0,
                config.journal().directory(),
                run.runEpoch(),
                run.engine().nextSequence() - before,
                instruments,
                live,
                gaps,
                run.engine().counters().events(DecodeErrorDecoder.TEMPLATE_ID),
                HaltReasons.toText(run.haltReasons()));
    }
}
