package io.millrace.app.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.BookState;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.BookSettings;
import io.millrace.engine.pipeline.EgressAgent;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.status.CounterIds;
import io.millrace.engine.strategy.FeatureSettings;
import io.millrace.engine.strategy.FeatureStage;
import io.millrace.engine.universe.UniversePart;
import io.millrace.engine.universe.UniverseSettings;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.server.ConnectionInfo;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.gateway.GatewaySettings;
import io.millrace.gateway.MarketDataGateway;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.marketdata.InstrumentSettings;
import io.millrace.gateway.marketdata.StreamSettings;
import io.millrace.gateway.transport.ConnectionCounters;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The universe with everything that follows it, over real sockets and in a time of its own: the market's shocks decide who is
 * volatile, the engine ranks by the bars that it sees, the gateway subscribes, the books sync. Minutes pass in steps that the exchange has
 * seen, as many as the ranks need: who lets go of a place is up to the made-up market too.
 */
class UniverseOverSocketsTest {
    private static final long SEED = 20250105;
    private static final int SYMBOLS = 8;
    private static final int PLACES = 4;
    private static final int MARGIN = 2;
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long RANK_NS = 2 * MINUTE_NS;
    private static final long STAY_NS = 4 * MINUTE_NS;
    private static final int MOST_MINUTES = 90;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(120);
    private static final String WHITE = "AVAXUSDT";
    private static final String BLACK = "BTCUSDT";

    /** How far the market is moved in a minute. */
    private record Move(String symbol, double percent) {}

    private final SharedTime time = new SharedTime(STEP_NS);
    private final SimulatedExchange exchange;
    private final MarketDataGateway gateway;
    private final Engine engine;
    private final EgressAgent egress;
    private final Agent[] stages = new Agent[StageIds.COUNT];
    private final UniversePart universe;
    private final Map<String, Long> sinceNs = new HashMap<>();
    private int changes;
    private int kept;

    UniverseOverSocketsTest() throws IOException {
        exchange = SimulatedExchange.start(ExchangeSettings.synthetic(SyntheticSettings.of(SYMBOLS, SEED)
                        .withEventsPerSecond(40)
                        .withDepthTicks(40)
                        .withJumpsPerHour(0))
                .withClock(time));
        IngressClock clock = new IngressClock(time::epochNs, time::epochNs);
        engine = new Engine(new EngineContext()
                .ringSlots(4096)
                .nanoClock(clock::nowNs)
                .isClockOfIngress(true)
                .isJournaled(false)
                .books(books())
                .features(FeatureSettings.defaults().with(universe())));
        gateway = new MarketDataGateway(
                settings(),
                engine.marketInlet(),
                engine.controlInlet(),
                new InstrumentTable(),
                clock,
                new SplittableRandom(SEED));
        egress = engine.egressAgent((sequence, buffer, offset, length) -> {}, gateway.commandInlet());
        for (int stage = 0; stage < StageIds.COUNT; stage++) {
            stages[stage] = engine.stageAgent(stage);
        }
        universe = ((FeatureStage) engine.stage(StageIds.STRATEGY)).features().universe();
        gateway.onStart();
    }

    private static UniverseSettings universe() {
        UniverseSettings on = UniverseSettings.of(PLACES, MARGIN);
        return new UniverseSettings(
                true,
                PLACES,
                MARGIN,
                on.streams(),
                10,
                RANK_NS,
                STAY_NS,
                on.maxAgeNs(),
                List.of(WHITE),
                List.of(BLACK));
    }

    private static BookSettings books() {
        long quiet = TimeUnit.HOURS.toNanos(10);
        return BookSettings.defaults()
                .with(new BookSettings.Watch(quiet, quiet, 0, 0, 0, 0, 0, 0, MINUTE_NS, 4 * MINUTE_NS));
    }

    private GatewaySettings settings() {
        int streams = Streams.bit(Streams.KLINE) | Streams.bit(Streams.BOOK_TICKER);
        InstrumentSettings instruments = new InstrumentSettings(
                List.of(new InstrumentSettings.SymbolClass(List.of(), SYMBOLS, streams)), Duration.ofHours(1));
        StreamSettings defaults = StreamSettings.of(exchange.publicUri(), exchange.marketUri());
        return GatewaySettings.of(exchange.restUri(), exchange.publicUri(), exchange.marketUri(), instruments)
                .with(defaults.with(
                        new StreamSettings.Limits(200, 10, 100, 4096, Duration.ZERO), StreamSettings.Life.VENUE));
    }

    @AfterEach
    void close() {
        gateway.onClose();
        exchange.close();
    }

    @Test
    void shouldFollowTheMarketAndLeaveTheBooksThatStayAlone() {
        pumpUntil("the first places", () -> in().size() == PLACES && live().equals(in()));
        Set<String> before = in();
        assertTrue(before.contains("ETHUSDT"), "it has the first priority of those that may come: " + before);

        // Those that move least so far come up, and one that may not come is ahead of all.
        assertFalse(before.contains("DOGEUSDT"), "it comes for its moves: " + before);
        passUntil(
                () -> in().containsAll(List.of("ETHUSDT", "DOGEUSDT")),
                new Move("ETHUSDT", 3),
                new Move("DOGEUSDT", 2),
                new Move(BLACK, 4));

        // It moves no more while the others do, and on the way somebody keeps a place in front of one who ranks higher.
        passUntil(
                () -> in().containsAll(List.of("ETHUSDT", "BNBUSDT")) && !in().contains("DOGEUSDT") && kept > 0,
                new Move("ETHUSDT", 3),
                new Move("BNBUSDT", 2),
                new Move("SOLUSDT", 1),
                new Move("ADAUSDT", 1),
                new Move("XRPUSDT", 1),
                new Move(BLACK, 4));
        assertEquals(0, rankOf(BLACK), "it moves most, and stays out: " + ranks());
        assertTrue(changes >= 2, "only " + changes + " changes");

        exchange.pause();
        pumpUntil("the venue's books", () -> in().stream().allMatch(this::isAtVenue));
        for (int stage = 0; stage < StageIds.COUNT; stage++) {
            assertEquals(0, engine.counters().get(CounterIds.faultsOf(stage)), "faults of stage " + stage);
        }
    }

    /** Lets minutes pass, with moves in each of them, until the ranks have it so; looks at what every ranking does. */
    private void passUntil(BooleanSupplier condition, Move... moves) {
        for (int minute = 0; !condition.getAsBoolean(); minute++) {
            assertTrue(minute < MOST_MINUTES, in() + ", ranks " + ranks() + ", kept " + kept + ", seed " + SEED);
            for (Move move : moves) {
                shock(move.symbol, minute % 2 == 0 ? move.percent : -move.percent);
            }
            long endNs = time.epochNs() + MINUTE_NS;
            Set<String> before = in();
            Map<String, BookReport> were = reports();
            long rankings = universe.rankings();
            pumpUntil("a ranking or a minute", () -> universe.rankings() != rankings || time.epochNs() >= endNs);
            if (universe.rankings() != rankings) {
                checkPlaces(before);
            }
            pumpUntil("the gateway and the books", () -> subscribed().equals(in()) && live().equals(in()));
            checkBooks(before, were);
            pumpUntil("the minute's end", () -> time.epochNs() >= endNs);
        }
    }

    /** What a ranking may do to the places. */
    private void checkPlaces(Set<String> before) {
        String what = "from " + before + " to " + in() + ", ranks " + ranks() + ", seed " + SEED;
        assertEquals(PLACES, in().size(), what);
        assertTrue(in().contains(WHITE), what);
        assertFalse(in().contains(BLACK), what);
        changes += in().equals(before) ? 0 : 1;
        long nowNs = time.epochNs();
        for (BookReport report : engine.bookStage().reports()) {
            String symbol = report.symbol();
            int rank = universe.rank(report.instrumentId());
            boolean isIn = in().contains(symbol);
            if (isIn && !before.contains(symbol)) {
                assertTrue(symbol.equals(WHITE) || rank < PLACES + MARGIN, symbol + " came " + what);
                sinceNs.put(symbol, nowNs);
            } else if (!isIn && before.contains(symbol)) {
                assertTrue(nowNs - sinceNs.getOrDefault(symbol, 0L) >= STAY_NS - RANK_NS / 2, symbol + " left " + what);
            } else if (!isIn && !symbol.equals(BLACK)) {
                // Out, and in front of somebody who is in by its rank.
                kept += in().stream().anyMatch(other -> !other.equals(WHITE) && rankOf(other) > rank) ? 1 : 0;
            }
        }
    }

    /** Who stays has the book that it had: no gap, no snapshot, no silence. */
    private void checkBooks(Set<String> before, Map<String, BookReport> were) {
        reports().forEach((symbol, report) -> {
            if (in().contains(symbol) && before.contains(symbol)) {
                BookReport was = were.get(symbol);
                assertEquals(was.sync(), report.sync(), symbol + " stayed");
                assertEquals(was.diffs().buffered(), report.diffs().buffered(), symbol + " stayed");
                assertEquals(was.diffs().dropped(), report.diffs().dropped(), symbol + " stayed");
                assertTrue(report.lastUpdateId() >= was.lastUpdateId(), symbol + " stayed");
            }
        });
        assertEquals(0, gateway.status().total(ConnectionCounters.FAILURES));
    }

    private boolean isAtVenue(String symbol) {
        return reports().get(symbol).lastUpdateId() == exchange.bookOf(symbol).lastUpdateId();
    }

    private Map<String, BookReport> reports() {
        return engine.bookStage().reports().stream().collect(Collectors.toMap(BookReport::symbol, report -> report));
    }

    private int rankOf(String symbol) {
        return universe.rank(reports().get(symbol).instrumentId());
    }

    private String ranks() {
        return reports().keySet().stream()
                .sorted(Comparator.comparing(this::rankOf))
                .toList()
                .toString();
    }

    private void shock(String symbol, double percent) {
        exchange.faults()
                .inject(Fault.of(FaultKind.FLASH_CRASH)
                        .on(symbol)
                        .times(1)
                        .with("percent", percent)
                        .with("over", "1s"));
    }

    private Set<String> in() {
        TreeSet<String> in = new TreeSet<>();
        for (BookReport report : engine.bookStage().reports()) {
            if (universe.isIn(report.instrumentId())) {
                in.add(report.symbol());
            }
        }
        return in;
    }

    private Set<String> live() {
        TreeSet<String> live = new TreeSet<>();
        for (BookReport report : engine.bookStage().reports()) {
            if (report.state() == BookState.LIVE) {
                live.add(report.symbol());
            }
        }
        return live;
    }

    /** Returns whose depth the exchange delivers. */
    private Set<String> subscribed() {
        TreeSet<String> symbols = new TreeSet<>();
        for (ConnectionInfo connection : exchange.connections()) {
            for (String stream : connection.streams()) {
                if (stream.contains("@depth")) {
                    symbols.add(stream.substring(0, stream.indexOf('@')).toUpperCase(Locale.ROOT));
                }
            }
        }
        return symbols;
    }

    private void pumpUntil(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("waited in vain for " + what + ", seed " + SEED + ", "
                        + engine.bookStage().reports());
            }
            boolean hasPassed = time.pass();
            if (cycle() == 0 && !hasPassed) {
                LockSupport.parkNanos(20_000);
            }
        }
    }

    private int cycle() {
        int work = gateway.doWork();
        try {
            for (Agent stage : stages) {
                work += stage.doWork();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return work + egress.doWork();
    }
}
