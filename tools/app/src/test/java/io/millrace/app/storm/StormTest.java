package io.millrace.app.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.crash.VenueAccount;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.Replay;
import io.millrace.app.runtime.Taps;
import io.millrace.app.terminal.Progress;
import io.millrace.app.trading.AccountPicture;
import io.millrace.app.trading.TradingSession;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.ReconcileDoneDecoder;
import io.millrace.codecs.event.StopReason;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.pipeline.QuarantineSet;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.server.DoorLimits;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.keys.KeySource;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole engine with the probe strategy trades on a simulated exchange of which everything breaks by chance: frames, requests,
 * answers, private events, connections, keys, clock, market. When the faults have stopped, orders, positions and wallet in the
 * journal are the exchange's to the last digit, every order of the exchange is in the journal once and ended there as it ended
 * here, and the journal replays to the same bytes.
 *
 * <p>The build runs a sample; {@code -Dlong} runs {@code -Dmillrace.storm.faults} (1,000) from {@code -Dmillrace.storm.seed}.
 */
class StormTest {
    private static final List<String> SYMBOLS =
            List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "BNBUSDT", "XRPUSDT", "DOGEUSDT");
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long EVERY_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MOST_AT_A_TIME = 8;
    private static final int SAMPLE = 30;
    private static final long LIMIT_S = 180;
    private static final long RESUME_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int CALM_ROUNDS = 2;
    private static final int OPERATORS = HaltReasons.PERMISSION | HaltReasons.REDUCE_ONLY | HaltReasons.DIFFERENCE;

    @TempDir
    Path directory;

    private final Map<FaultKind, Integer> struck = new EnumMap<>(FaultKind.class);
    private final Rounds rounds = new Rounds();
    private long resumedNs = System.nanoTime();
    private final List<String> stageFaults = new ArrayList<>();

    @Test
    @Tag("slow")
    void shouldEndWithTheExchangesAccountWhenAFewThingsBroke() throws Exception {
        storm(Long.getLong("millrace.storm.seed", 20261121), SAMPLE);
    }

    @Test
    @Tag("long")
    void shouldEndWithTheExchangesAccountWhenEverythingBroke() throws Exception {
        storm(Long.getLong("millrace.storm.seed", 20261121), Integer.getInteger("millrace.storm.faults", 1_000));
    }

    private void storm(long seed, int faults) throws Exception {
        ExchangeSettings settings = ExchangeSettings.synthetic(
                        SyntheticSettings.of(SYMBOLS.size(), seed).withEventsPerSecond(2_000))
                .withServer(ServerSettings.loopback()
                        .withLimits(ServerSettings.Limits.VENUE
                                .withWeightPerMinute(1_000_000)
                                .withDoors(DoorLimits.VENUE.withConnectionsPer5Minutes(1_000_000))));
        long startNs = System.nanoTime();
        try (VenueAccount venue = new VenueAccount(settings, directory)) {
            Config config = ConfigLoader.parse(config(venue), "storm");
            ApiKey key = KeySource.fromFile(venue.keyFile);
            LiveRun.Options options = new LiveRun.Options(
                    UnaryOperator.identity(),
                    (stage, sequence, error) -> stageFaults.add(stage + " at " + sequence + ": " + error),
                    silent(),
                    QuarantineSet.NONE,
                    rounds);
            LiveRun run = LiveRun.open(config, journal(), "storm", options);
            try (TradingSession session = new TradingSession(config, null, run, new OrderAgent.Keys(key, key))) {
                session.start();
                await("trading enabled", run, () -> run.haltReasonsNow() == 0);
                breakThings(venue, run, seed, faults);
                calm(venue, run);
                session.stop(StopReason.ORDERLY);
                assertTrue(session.isWoundUp(), "orders were under way at the end");
            }
            assertNull(run.failure(), () -> String.valueOf(run.failure()));
            assertEquals(List.of(), stageFaults);
            compare(venue, seed, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs));
        }
    }

    private Path journal() {
        return directory.resolve("journal");
    }

    private static Progress silent() {
        return new Progress(new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);
    }

    private String config(VenueAccount venue) {
        return """
            engine:
              topology: single
              bars: {warmUp: false}
              books: {snapshotWeightPerMinute: 100000, snapshotBurstWeight: 10000, snapshotTimeoutMs: 1000,
                      snapshotRetryMs: 50, snapshotRetryMaxMs: 200, stableMs: 0, depthSilenceMs: 2000,
                      tickerSilenceMs: 600000, markPriceSilenceMs: 0}
            journal:
              directory: %s
              segment: minute
              blockMib: 1
              prepareAheadMib: 1
              lowWatermarkMib: 64
              criticalWatermarkMib: 32
              reserveMib: 1
            venue:
              restUri: %s
              publicUri: %s
              marketUri: %s
              symbols: []
              streams: [depth, bookTicker, aggTrade, markPrice]
              connectIntervalMs: 0
              weightPerMinute: 100000
            trading:
              mode: testnet
              privateUri: %s
              wsApiUri: %s
              keyFile: %s
              lockDirectory: %s
              maxTotalNotional: 20000
              maxOpenEntries: 64
              maxOrderNotional: 200
              auditSeconds: 2
              onStop: protected
              foreignOrders: note
              probe: {everyTickers: 8, notional: 120, offsetTicks: 5, exitSeconds: 2, maxOpen: 64}
            """.formatted(
                        journal(),
                        venue.exchange.restUri(),
                        venue.exchange.publicUri(),
                        venue.exchange.marketUri(),
                        venue.exchange.privateUri(),
                        venue.exchange.wsApiUri(),
                        venue.keyFile,
                        directory.resolve("locks"));
    }

    /** Sets faults one after the other, a few of them at a time, until so many have struck. */
    private void breakThings(VenueAccount venue, LiveRun run, long seed, int faults) {
        StormFaults storm = new StormFaults(seed, VenueAccount.NAME, SYMBOLS);
        List<ActiveFault> active = new ArrayList<>();
        Fault next = storm.next();
        int done = 0;
        long nextNs = System.nanoTime();
        while (done < faults) {
            assertTrue(run.isRunning(), () -> "the engine stopped: " + run.failure());
            long nowNs = System.nanoTime();
            if (nowNs >= nextNs
                    && active.size() < MOST_AT_A_TIME
                    && (run.haltReasonsNow() == 0 || !StormFaults.isDisruptive(next))) {
                active.add(venue.exchange.faults().inject(next));
                next = storm.next();
                nextNs = nowNs + EVERY_NS;
            }
            for (int i = active.size() - 1; i >= 0; i--) {
                ActiveFault fault = active.get(i);
                if (fault.isSpent() || isOver(fault)) {
                    active.remove(i);
                    venue.exchange.faults().clear(fault);
                    if (fault.hits() > 0) {
                        done++;
                        struck.merge(fault.fault().kind(), 1, Integer::sum);
                    }
                }
            }
            operate(run);
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private static boolean isOver(ActiveFault fault) {
        return fault.leftMs() == 0;
    }

    /** Does what an operator would: goes on when the venue takes the key again. */
    private void operate(LiveRun run) {
        if ((run.haltReasonsNow() & OPERATORS) != 0 && System.nanoTime() - resumedNs > RESUME_NS) {
            resumedNs = System.nanoTime();
            run.operator(OperatorAction.RESUME_ENTRIES, "the storm goes on");
        }
    }

    private void await(String what, LiveRun run, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (!condition.getAsBoolean()) {
            assertTrue(run.isRunning(), () -> "the engine stopped: " + run.failure());
            assertTrue(
                    System.nanoTime() - deadlineNs < 0,
                    () -> "not within " + LIMIT_S + " s: " + what + ", halted: "
                            + HaltReasons.toText(run.haltReasonsNow()));
            operate(run);
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Everything works again: the engine finds its way back, then market and entries stand still. */
    private void calm(VenueAccount venue, LiveRun run) {
        venue.exchange.faults().clearAll();
        await("trading enabled again", run, () -> run.haltReasonsNow() == 0);
        run.operator(OperatorAction.HALT_ENTRIES, "the storm is over");
        await("no entries", run, () -> run.haltReasonsNow() == HaltReasons.OPERATOR);
        venue.exchange.pause();
        int before = rounds.clean;
        await("clean reconciliations", run, () -> rounds.clean >= before + CALM_ROUNDS);
    }

    /** Counts the engine's clean reconciliations. */
    private static final class Rounds implements Taps {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final ReconcileDoneDecoder done = new ReconcileDoneDecoder();
        volatile int clean;

        @Override
        public OutletHandler outputs(OutletHandler outputs) {
            return new OutletHandler() {
                @Override
                public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
                    if (EventHeader.templateId(buffer, offset) == ReconcileDoneDecoder.TEMPLATE_ID) {
                        done.wrapAndApplyHeader(buffer, offset, header);
                        clean = done.clean() == BooleanType.YES ? clean + 1 : clean;
                    }
                    outputs.onMessage(sequence, buffer, offset, length);
                }

                @Override
                public void onBatchEnd(long lastSequence) {
                    outputs.onBatchEnd(lastSequence);
                }
            };
        }
    }

    private void compare(VenueAccount venue, long seed, long seconds) throws Exception {
        AccountPicture picture = AccountPicture.of(journal(), ConfigLoader.defaults(), silent());
        JournalOrders known = new JournalOrders(journal());
        int orders = new VenueComparison(venue, picture, known).run(SYMBOLS);
        assertTrue(new Replay(journal(), ConfigLoader.defaults(), UnaryOperator.identity())
                .run(Long.MAX_VALUE, silent())
                .identical());
        System.out.printf(
                Locale.ROOT,
                "seed %d: %d faults of %d kinds in %d s, %d orders at the venue, %d events%n%s%nintents refused:"
                        + " %s%n%s%n",
                seed,
                struck.values().stream().mapToInt(Integer::intValue).sum(),
                struck.size(),
                seconds,
                orders,
                picture.events(),
                struck,
                known.refusals,
                picture.counts());
    }
}
