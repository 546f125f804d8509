package io.millrace.app.trading;

import io.millrace.app.config.Config;
import io.millrace.app.config.TradingConfig;
import io.millrace.app.demo.DemoExchange;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.TelemetryModel;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.event.StopReason;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.engine.status.CounterIds;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.account.OrderStatus;
import io.millrace.gateway.orders.LinkCounters;
import io.millrace.journal.ProcessLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A run on an account: paper, testnet or live.
 *
 * <p><b>Thread:</b> the command's.
 */
public final class TradingRun {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int TELEMETRY_LIMIT = 1024;
    private static final double NS_PER_S = 1e9;

    private final Config config;
    private final int seconds;
    private final Progress progress;
    private final PrintWriter summary;
    private final String build;
    private final TelemetryModel model = new TelemetryModel();
    private BooleanSupplier isMarketOver = () -> false;
    private volatile boolean isInterrupted;

    /**
     * Makes a run.
     *
     * @param config of everything.
     * @param seconds to run, 0 for until interrupted.
     * @param progress told how far it is.
     * @param summary where the limits are printed before anything is sent.
     * @param build that runs, for the journal.
     */
    public TradingRun(Config config, int seconds, Progress progress, PrintWriter summary, String build) {
        this.config = config;
        this.seconds = seconds;
        this.progress = progress;
        this.summary = summary;
        this.build = build;
    }

    /** Ends the run, in order; from any thread. */
    public void interrupt() {
        isInterrupted = true;
    }

    /**
     * Runs until it is over.
     *
     * @param environment of the process, where keys may be.
     */
    public RunReport run(Map<String, String> environment) throws IOException {
        TradingConfig trading = config.trading();
        if (!trading.hasAccount()) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "trading.mode=none has nothing to run: set it to paper, testnet or live, or use 'millrace record'");
        }
        if (!trading.mode().equals("paper")) {
            OrderAgent.Keys keys = TradingKeys.of(trading, environment);
            ProcessLock account = AccountLock.acquire(config, keys.trading());
            try {
                return run(config, null, keys);
            } finally {
                account.close();
            }
        }
        try (PaperVenue paper = DemoExchange.paper(config)) {
            isMarketOver = paper.exchange()::isExhausted;
            return run(
                    paper.on(config, config.venue().streams()), paper.exchange().certificate(), paper.keys());
        }
    }

    private RunReport run(Config on, Path certificate, OrderAgent.Keys keys) {
        printLimits(on);
        Path journal = Path.of(on.journal().directory());
        LiveRun.Options options = LiveRun.Options.of((stage, sequence, error) -> {}, progress);
        LiveRun run = LiveRun.open(on, journal, build, options);
        try (TradingSession session = new TradingSession(on, certificate, run, keys)) {
            long before = run.engine().nextSequence();
            long startNs = System.nanoTime();
            session.start();
            watch(run, session, startNs);
            AtTheEnd atTheEnd = new AtTheEnd(model.liveBooks(), HaltReasons.toText(run.haltReasonsNow()));
            session.stop(run.isOutOfDisk() ? StopReason.DISK : StopReason.ORDERLY);
            if (run.failure() != null) {
                throw new CommandFailure(
                        ExitCodes.FAULT, "the engine stopped: " + run.failure().getMessage(), run.failure());
            }
            if (!session.isWoundUp()) {
                summary.println("the stop ended with orders under way: see 'millrace orders "
                        + on.journal().directory() + "'");
            }
            return report(run, session, atTheEnd, before, (System.nanoTime() - startNs) / NS_PER_S);
        }
    }

    /** How things were before the connections closed. */
    private record AtTheEnd(int booksLive, String halted) {}

    private void printLimits(Config on) {
        TradingConfig trading = on.trading();
        summary.printf(
                Locale.ROOT,
                "%s on %s: an entry up to %,d USDT, %,d USDT and %d entries in all, leverage %d %s, journal %s%n",
                trading.mode(),
                on.venue().restUri().getHost(),
                trading.maxOrderNotional(),
                trading.maxTotalNotional(),
                trading.maxOpenEntries(),
                trading.leverage(),
                trading.marginType(),
                on.journal().directory());
        summary.flush();
    }

    private void watch(LiveRun run, TradingSession session, long startNs) {
        long endNs = seconds == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(seconds);
        while (run.isRunning()
                && !isInterrupted
                && !isMarketOver.getAsBoolean()
                && System.nanoTime() - startNs < endNs) {
            run.engine().telemetry().poll(model, TELEMETRY_LIMIT);
            if (progress.isDue()) {
                OrderStatus status = session.orderStatus();
                progress.show(String.format(
                        Locale.ROOT,
                        "running: %,d events, %,d books live, entries halted: %s, link %s, %,d requests, %,d"
                                + " weight/min",
                        run.engine().counters().get(CounterIds.SLOTS),
                        model.liveBooks(),
                        HaltReasons.toText(run.haltReasonsNow()),
                        status.link().name().toLowerCase(Locale.ROOT),
                        status.counters().get(LinkCounters.SENT)
                                + status.counters().get(LinkCounters.SLOW),
                        status.weightPerMinute()));
            }
            LockSupport.parkNanos(POLL_NS);
        }
        progress.end();
    }

    private RunReport report(LiveRun run, TradingSession session, AtTheEnd atTheEnd, long before, double ranSeconds) {
        OrderStatus status = session.orderStatus();
        LinkCounters counters = status.counters();
        return new RunReport(
                Math.round(ranSeconds * 10) / 10.0,
                config.trading().mode(),
                config.journal().directory(),
                run.runEpoch(),
                run.engine().nextSequence() - before,
                atTheEnd.booksLive(),
                counters.get(LinkCounters.SENT) + counters.get(LinkCounters.SLOW),
                counters.get(LinkCounters.ANSWERED),
                counters.get(LinkCounters.FAILED),
                counters.get(LinkCounters.UNKNOWN),
                counters.get(LinkCounters.REFUSED) + counters.get(LinkCounters.EXPIRED),
                counters.get(LinkCounters.LOST),
                status.weightPerMinute(),
                atTheEnd.halted());
    }
}
