package io.millrace.app.crash;

import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.Taps;
import io.millrace.app.terminal.Progress;
import io.millrace.app.trading.TradingSession;
import io.millrace.codecs.event.StopReason;
import io.millrace.engine.pipeline.QuarantineSet;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.keys.KeySource;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A process with one run in it, that may be ended at a {@link CrashPoint}. Says {@code ENABLED} and the milliseconds since its
 * start when trading is enabled, and stops in order when its input ends.
 *
 * <p>Arguments: configuration file, key file, crash point or {@code NONE}, occurrence.
 */
final class CrashingRun {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private CrashingRun() {}

    public static void main(String[] args) throws Exception {
        long startNs = System.nanoTime();
        Config config = ConfigLoader.load(Path.of(args[0]));
        ApiKey key = KeySource.fromFile(Path.of(args[1]));
        Taps taps = args[2].equals("NONE")
                ? Taps.NONE
                : new Crasher(CrashPoint.valueOf(args[2]), Integer.parseInt(args[3]));
        Progress silent =
                new Progress(new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);
        LiveRun.Options options = new LiveRun.Options(
                UnaryOperator.identity(),
                (stage, sequence, error) -> error.printStackTrace(),
                silent,
                QuarantineSet.NONE,
                taps);
        LiveRun run = LiveRun.open(config, Path.of(config.journal().directory()), "crash test", options);
        System.out.println("RECOVERED " + run.recoveredEvents());
        try (TradingSession session = new TradingSession(config, null, run, new OrderAgent.Keys(key, key))) {
            session.start();
            boolean isEnabled = false;
            int shown = -1;
            while (run.isRunning() && System.in.available() == 0) {
                int reasons = run.haltReasonsNow();
                if (reasons != shown) {
                    shown = reasons;
                    System.out.println("HALTED " + HaltReasons.toText(reasons));
                }
                if (!isEnabled && reasons == 0) {
                    isEnabled = true;
                    System.out.println("ENABLED " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
                }
                LockSupport.parkNanos(POLL_NS);
            }
            session.stop(StopReason.ORDERLY);
        }
        if (run.failure() != null) {
            run.failure().printStackTrace();
            System.exit(1);
        }
        System.out.println("STOPPED");
    }
}
