package io.millrace.app.runtime;

import io.millrace.app.config.BarsConfig;
import io.millrace.app.config.BooksConfig;
import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigException;
import io.millrace.app.config.CoresConfig;
import io.millrace.app.config.EngineConfig;
import io.millrace.app.config.JournalConfig;
import io.millrace.app.config.ProbeConfig;
import io.millrace.app.config.TelemetryConfig;
import io.millrace.app.config.TradingConfig;
import io.millrace.app.config.UniverseConfig;
import io.millrace.codecs.event.MarginType;
import io.millrace.engine.EngineContext;
import io.millrace.engine.bars.BarSettings;
import io.millrace.engine.bars.BarSource;
import io.millrace.engine.book.BookSettings;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.orders.OrderSettings;
import io.millrace.engine.pipeline.AgentRole;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.Topology;
import io.millrace.engine.strategy.FeatureSettings;
import io.millrace.engine.strategy.probe.ProbeSettings;
import io.millrace.engine.universe.UniverseSettings;
import io.millrace.journal.JournalSettings;
import io.millrace.journal.SyncPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** From the configuration's records to the settings of each part. */
public final class Wiring {
    private static final long MIB = 1L << 20;
    private static final int KIB = 1 << 10;
    private static final int BUFFER_BLOCK_BYTES = 16 * KIB;
    private static final int SPIN_CORES = 4;
    private static final long E8 = 100_000_000L;
    private static final int STALE_AUDITS = 3;

    private Wiring() {}

    /**
     * Returns an engine's settings, with nothing said about sequences, clock and quarantine.
     *
     * @param config where outputs do not depend on it: ring, telemetry.
     * @param determinants what outputs depend on: the configuration that the journal carries.
     * @param bookStage makes the book stage from the one that the settings give; tests put a faulty one there.
     */
    public static EngineContext engine(Config config, Config determinants, UnaryOperator<Stage> bookStage) {
        return new EngineContext()
                .ringSlots(config.engine().ringSlots())
                .slotLength(determinants.engine().slotLengthBytes())
                .checkpointInterval(determinants.engine().checkpointInterval())
                .orders(orders(determinants.trading()))
                .probe(probe(determinants.trading()))
                .telemetryLength(config.telemetry().bufferBytes())
                .sampleShift(Integer.numberOfTrailingZeros(config.telemetry().latencySampleEvery()))
                .features(features(determinants.engine()))
                .stage(bookStage.apply(new BookStage(books(determinants.engine().books()))));
    }

    /** Returns the settings of the strategy stage's parts. */
    public static FeatureSettings features(EngineConfig engine) {
        return FeatureSettings.defaults().with(bars(engine.bars())).with(universe(engine.universe()));
    }

    private static BarSettings bars(BarsConfig bars) {
        BarSettings settings = BarSettings.defaults();
        BarSettings.WarmUp base = BarSettings.WarmUp.byRest();
        int deep = bars.deepBars();
        int wide = bars.wideBars();
        return new BarSettings(
                BarSource.valueOf(bars.source().toUpperCase(Locale.ROOT)),
                bars.deepInstruments(),
                new BarSettings.Depths(deep, deep, deep, deep, deep, deep),
                new BarSettings.Depths(bars.wideMinutes(), wide, wide, wide, wide, wide),
                bars.graceMs(),
                settings.closesPerTick(),
                new BarSettings.WarmUp(
                        bars.warmUp(),
                        bars.warmUpInFlight(),
                        bars.warmUpWeightPerMinute(),
                        base.maxAgeNs(),
                        base.answerTimeoutNs(),
                        base.maxAttempts()));
    }

    private static UniverseSettings universe(UniverseConfig universe) {
        UniverseSettings base = UniverseSettings.defaults();
        try {
            return new UniverseSettings(
                    universe.on(),
                    universe.places(),
                    // Off, nobody looks at the margin; a small universe need not say one.
                    universe.on() ? universe.margin() : 0,
                    base.streams(),
                    base.bars(),
                    TimeUnit.MINUTES.toNanos(universe.rankMinutes()),
                    TimeUnit.MINUTES.toNanos(universe.minStayMinutes()),
                    base.maxAgeNs(),
                    universe.white(),
                    universe.black());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("engine.universe: " + e.getMessage(), e);
        }
    }

    /** Returns the settings of the book stage. */
    public static BookSettings books(BooksConfig books) {
        BookSettings settings = BookSettings.defaults();
        BookSettings.Snapshots base = settings.snapshots();
        BookSettings.Watch watch = settings.watch();
        try {
            return new BookSettings(
                    books.maxLevelsPerSide(),
                    new BookSettings.Snapshots(
                            books.snapshotLevels(),
                            books.snapshotWeight(),
                            books.snapshotWeightPerMinute(),
                            books.snapshotBurstWeight(),
                            books.snapshotsInFlight(),
                            base.maxAgeNs(),
                            TimeUnit.MILLISECONDS.toNanos(books.snapshotTimeoutMs()),
                            TimeUnit.MILLISECONDS.toNanos(books.snapshotRetryMs()),
                            TimeUnit.MILLISECONDS.toNanos(books.snapshotRetryMaxMs()),
                            TimeUnit.MILLISECONDS.toNanos(books.stableMs()),
                            base.isBridgedByPrevious()),
                    new BookSettings.Buffer(
                            books.bufferKib() * KIB, BUFFER_BLOCK_BYTES, books.bufferKibPerBook() * KIB),
                    new BookSettings.Watch(
                            TimeUnit.MILLISECONDS.toNanos(books.depthSilenceMs()),
                            TimeUnit.MILLISECONDS.toNanos(books.tickerSilenceMs()),
                            watch.aggTradeNs(),
                            watch.tradeNs(),
                            TimeUnit.MILLISECONDS.toNanos(books.markPriceSilenceMs()),
                            watch.klineNs(),
                            watch.forceOrderNs(),
                            watch.ticker24hNs(),
                            watch.resubscribeNs(),
                            watch.maxResubscribeNs()),
                    books.resyncOnTickerMismatch(),
                    books.costNotional() * E8);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("engine.books: " + e.getMessage(), e);
        }
    }

    /** Returns the settings of orders and positions. */
    public static OrderSettings orders(TradingConfig trading) {
        OrderSettings settings = OrderSettings.defaults();
        if (!trading.hasAccount()) {
            return settings;
        }
        OrderSettings.Times base = settings.times();
        long auditNs = TimeUnit.SECONDS.toNanos(trading.auditSeconds());
        try {
            return settings.enabled()
                    .with(new OrderSettings.Limits(
                            trading.maxOrderNotional() * E8, trading.maxTotalNotional() * E8, trading.maxOpenEntries()))
                    .with(new OrderSettings.Times(
                            base.entryMaxAgeNs(),
                            base.reduceMaxAgeNs(),
                            base.answerNs(),
                            TimeUnit.MILLISECONDS.toNanos(trading.receiveWindowMs()),
                            base.graceNs(),
                            base.missingFillNs(),
                            auditNs,
                            Math.min(base.recheckNs(), auditNs),
                            auditNs * STALE_AUDITS,
                            TimeUnit.SECONDS.toNanos(trading.retainSeconds()),
                            TimeUnit.SECONDS.toNanos(trading.countdownSeconds())))
                    .with(new OrderSettings.Policy(
                            choice(trading.unexpectedOrders()),
                            choice(trading.foreignOrders()),
                            choice(trading.positions()),
                            trading.onStop().equals("flat"),
                            trading.probe().stopBps()))
                    .with(new OrderSettings.Setup(
                            trading.leverage(),
                            trading.marginType().equals("isolated") ? MarginType.ISOLATED : MarginType.CROSSED));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("trading: " + e.getMessage(), e);
        }
    }

    /** Returns the settings of the probe strategy. */
    public static ProbeSettings probe(TradingConfig trading) {
        ProbeConfig probe = trading.probe();
        return trading.hasAccount()
                ? new ProbeSettings(
                        probe.everyTickers(),
                        probe.notional() * E8,
                        probe.offsetTicks(),
                        probe.stopBps(),
                        TimeUnit.SECONDS.toNanos(probe.exitSeconds()),
                        probe.maxOpen())
                : ProbeSettings.off();
    }

    private static OrderSettings.Choice choice(String text) {
        return OrderSettings.Choice.valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Returns the topology, picked by the number of cores if the configuration leaves it open. */
    public static Topology topology(EngineConfig engine) {
        return engine.topology().equals("auto")
                ? Topology.auto(Runtime.getRuntime().availableProcessors())
                : Topology.valueOf(engine.topology().toUpperCase(Locale.ROOT));
    }

    /** Returns the name of the idle strategy, picked by the number of cores if the configuration leaves it open. */
    public static String idleStrategy(EngineConfig engine) {
        return switch (engine.idle()) {
            case "spin" -> "busy-spin";
            case "auto" -> Runtime.getRuntime().availableProcessors() > SPIN_CORES ? "busy-spin" : "backoff";
            default -> engine.idle();
        };
    }

    /** Returns the core of each thread of a topology: that of the first of its roles which has one; empty if none has. */
    public static List<Integer> cores(CoresConfig cores, Topology topology) {
        List<Integer> byThread = topology.threads().stream()
                .map(roles -> roles.stream()
                        .map(role -> core(cores, role))
                        .filter(core -> core >= 0)
                        .findFirst()
                        .orElse(-1))
                .toList();
        return byThread.stream().allMatch(core -> core < 0) ? List.of() : byThread;
    }

    /** Returns the settings of the journal. */
    public static JournalSettings journal(JournalConfig journal, String build) {
        String rollCycle = switch (journal.segment()) {
            case "minute" -> "MINUTELY";
            case "day" -> "FAST_DAILY";
            default -> "FAST_HOURLY";
        };
        SyncPolicy sync = switch (journal.sync()) {
            case "batch" -> SyncPolicy.BATCH;
            case "interval" -> new SyncPolicy(SyncPolicy.Kind.INTERVAL, journal.syncIntervalMs());
            default -> SyncPolicy.NONE;
        };
        return new JournalSettings(
                rollCycle,
                sync,
                (int) (journal.blockMib() * MIB),
                journal.prepareAheadMib() * MIB,
                journal.lowWatermarkMib() * MIB,
                journal.criticalWatermarkMib() * MIB,
                journal.reserveMib() * MIB,
                build);
    }

    /** Returns where latencies are written, null for nowhere. */
    public static Path latencyDirectory(TelemetryConfig telemetry, Path journal) {
        return telemetry.latencyDirectory().equals("none") ? null : journal.resolve(telemetry.latencyDirectory());
    }

    private static int core(CoresConfig cores, AgentRole role) {
        return switch (role) {
            case FEED -> cores.feed();
            case BOOK -> cores.book();
            case STRATEGY -> cores.strategy();
            case RISK -> cores.risk();
            case JOURNAL -> cores.journal();
            case EGRESS -> cores.egress();
        };
    }
}
