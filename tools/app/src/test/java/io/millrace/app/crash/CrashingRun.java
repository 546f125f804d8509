package io.millrace.app.crash;

import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.terminal.Json;
import io.millrace.app.terminal.Progress;
import io.millrace.app.trading.AccountPicture;
import io.millrace.app.trading.TradingSession;
import io.millrace.codecs.event.StopReason;
import io.millrace.engine.orders.OrdersReport;
import io.millrace.engine.orders.RiskStage;
import io.millrace.engine.pipeline.QuarantineSet;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.keys.KeySource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A process with one run in it, that may be ended at a {@link CrashPoint}. Says {@code ENABLED} when trading is enabled, and
 * does what the characters of its input say: {@link #SHOW} the engine's picture of the account, {@link #GO}, {@link #STOP} in
 * order. Entries are held back until it is told to go.
 *
 * <p>Arguments: configuration file, key file, crash point or {@code NONE}, occurrence, whether to count from the start.
 */
final class CrashingRun {
    /** Asks for a picture: {@code PICTURE} and JSON. */
    static final char SHOW = 'p';
    /** Lets entries go. */
    static final char GO = 'g';
    /** Ends the run in order. */
    static final char STOP = 's';

    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final LiveRun run;
    private final Crasher crasher;
    private volatile boolean isEnabled;
    private volatile boolean isWanted;
    private volatile OrdersReport picture;

    private CrashingRun(String[] args) {
        Config config = ConfigLoader.load(Path.of(args[0]));
        CrashPoint point = args[2].equals("NONE") ? null : CrashPoint.valueOf(args[2]);
        crasher = new Crasher(point, Integer.parseInt(args[3]), Boolean.parseBoolean(args[4]), this::onCycle);
        Progress silent =
                new Progress(new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);
        LiveRun.Options options = new LiveRun.Options(
                UnaryOperator.identity(),
                (stage, sequence, error) -> error.printStackTrace(),
                silent,
                QuarantineSet.NONE,
                crasher);
        run = LiveRun.open(config, Path.of(config.journal().directory()), "crash test", options);
    }

    public static void main(String[] args) throws Exception {
        ApiKey key = KeySource.fromFile(Path.of(args[1]));
        CrashingRun here = new CrashingRun(args);
        System.out.println("RECOVERED " + here.run.recoveredEvents());
        try (TradingSession session = new TradingSession(
                ConfigLoader.load(Path.of(args[0])), null, here.run, new OrderAgent.Keys(key, key))) {
            session.start();
            here.watch();
            session.stop(StopReason.ORDERLY);
        }
        if (here.run.failure() != null) {
            here.run.failure().printStackTrace();
            System.exit(1);
        }
        System.out.println("STOPPED");
    }

    /** On the engine's thread, between two duty cycles. */
    private void onCycle() {
        if (!isEnabled && run.haltReasonsNow() == 0) {
            // What is shown before the run's first event is what the last run left.
            OrdersReport report = report();
            isEnabled = report.runEpoch() == run.runEpoch() && report.haltReasons() == 0;
        }
        if (isWanted) {
            isWanted = false;
            picture = report();
        }
    }

    private OrdersReport report() {
        return ((RiskStage) run.engine().stage(StageIds.RISK)).report();
    }

    private void watch() throws IOException {
        int shown = -1;
        boolean isTold = false;
        while (run.isRunning()) {
            int reasons = run.haltReasonsNow();
            if (reasons != shown) {
                shown = reasons;
                System.out.println("HALTED " + HaltReasons.toText(reasons));
            }
            if (isEnabled && !isTold) {
                isTold = true;
                System.out.println("ENABLED");
            }
            OrdersReport taken = picture;
            if (taken != null) {
                picture = null;
                System.out.println("PICTURE " + Json.line(AccountPicture.of("", 0, taken, run.instruments())));
            }
            if (System.in.available() > 0) {
                int wish = System.in.read();
                if (wish == STOP) {
                    return;
                }
                if (wish == SHOW) {
                    isWanted = true;
                } else if (wish == GO) {
                    crasher.open();
                }
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }
}
