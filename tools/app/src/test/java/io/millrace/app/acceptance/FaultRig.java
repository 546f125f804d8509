package io.millrace.app.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.BookState;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.BookSettings;
import io.millrace.engine.book.OrderBook;
import io.millrace.engine.pipeline.EgressAgent;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.status.CounterIds;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.server.ConnectionInfo;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.venue.BookImage;
import io.millrace.gateway.GatewaySettings;
import io.millrace.gateway.MarketDataGateway;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.marketdata.InstrumentSettings;
import io.millrace.gateway.marketdata.StreamSettings;
import io.millrace.gateway.transport.ConnectionCounters;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.Agent;

/**
 * Exchange, gateway and engine over real sockets, in a time of their own. The engine runs on the test's own thread, in {@link
 * #pumpUntil}, so the test may look at its books whenever it has the word. Time passes there, and only when the exchange has seen
 * where it stands: whatever thread the machine holds up, nobody is late.
 */
final class FaultRig implements AutoCloseable {
    /** The symbol that faults are aimed at. */
    static final String FAULTY = "BTCUSDT";
    /** The other one. */
    static final String SOUND = "ETHUSDT";

    static final long SEED = 20240808;
    static final int ORACLE_CONNECTION = 1;

    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long STEP_NS = 2_000_000;
    private static final long IDLE_NS = 100_000;

    private final SharedTime time = new SharedTime(STEP_NS);
    final SimulatedExchange exchange;
    final VenueOracle oracle;
    final MarketDataGateway gateway;
    private final CheckedBooks books;
    private final Engine engine;
    private final EgressAgent egress;
    private final Agent[] stages = new Agent[StageIds.COUNT];
    private boolean isFinished;

    /** Starts everything and waits until both books are live. */
    FaultRig(Duration silence, Duration answerTimeout) throws IOException {
        exchange = SimulatedExchange.start(ExchangeSettings.synthetic(
                        SyntheticSettings.of(2, SEED).withEventsPerSecond(500).withDepthTicks(60))
                .withClock(time));
        oracle = new VenueOracle(exchange, List.of(FAULTY, SOUND));
        books = new CheckedBooks(settings(silence, answerTimeout), oracle);
        IngressClock clock = new IngressClock(time::epochNs, time::epochNs);
        engine = new Engine(new EngineContext()
                .ringSlots(4096)
                .nanoClock(clock::nowNs)
                .isClockOfIngress(true)
                .isJournaled(false)
                .stage(books));
        gateway = new MarketDataGateway(
                settings(exchange),
                engine.marketInlet(),
                engine.controlInlet(),
                new InstrumentTable(),
                clock,
                new SplittableRandom(SEED));
        egress = engine.egressAgent((sequence, buffer, offset, length) -> {}, gateway.commandInlet());
        for (int stage = 0; stage < StageIds.COUNT; stage++) {
            stages[stage] = engine.stageAgent(stage);
        }
        gateway.onStart();
        pumpUntil("live books", this::isLive);
    }

    private static BookSettings settings(Duration silence, Duration answerTimeout) {
        return BookSettings.defaults()
                .with(new BookSettings.Snapshots(
                        1000,
                        20,
                        1_000_000,
                        1_000_000,
                        4,
                        TimeUnit.SECONDS.toNanos(2),
                        answerTimeout.toNanos(),
                        TimeUnit.MILLISECONDS.toNanos(50),
                        TimeUnit.MILLISECONDS.toNanos(400),
                        TimeUnit.SECONDS.toNanos(60),
                        true))
                .with(new BookSettings.Watch(
                        silence.toNanos(),
                        silence.toNanos(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        TimeUnit.SECONDS.toNanos(1),
                        TimeUnit.SECONDS.toNanos(4)));
    }

    private static GatewaySettings settings(SimulatedExchange exchange) {
        int streams = Streams.bit(Streams.DEPTH) | Streams.bit(Streams.BOOK_TICKER);
        InstrumentSettings instruments = InstrumentSettings.of(List.of(FAULTY, SOUND), streams);
        StreamSettings defaults = StreamSettings.of(exchange.publicUri(), exchange.marketUri());
        StreamSettings.Life life = new StreamSettings.Life(
                Duration.ofSeconds(5),
                Duration.ofSeconds(100),
                Duration.ofHours(1),
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofMillis(5),
                Duration.ofMillis(50));
        return GatewaySettings.of(exchange.restUri(), exchange.publicUri(), exchange.marketUri(), instruments)
                .with(defaults.with(new StreamSettings.Limits(200, 10, 100, 4096, Duration.ZERO), life));
    }

    /** Aims a fault at a stream of the faulty symbol, on the engine's connection only. */
    ActiveFault inject(FaultKind kind, StreamKind stream) {
        return exchange.faults()
                .inject(Fault.of(kind)
                        .on(FAULTY)
                        .on(stream)
                        .onConnection(engineConnection().id()));
    }

    /** Returns the engine's connection to the exchange. */
    ConnectionInfo engineConnection() {
        return exchange.connections().stream()
                .filter(connection -> connection.id() != ORACLE_CONNECTION)
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("the engine is not connected"));
    }

    BookReport report(String symbol) {
        return books.reports().stream()
                .filter(report -> report.symbol().equals(symbol))
                .findFirst()
                .orElseThrow(() -> new AssertionError(symbol + " is not defined"));
    }

    BookState state(String symbol) {
        return report(symbol).state();
    }

    long total(int counter) {
        return gateway.status().total(counter);
    }

    /** Returns how many books were compared with the venue's so far. */
    long comparisons() {
        return books.comparisons();
    }

    private boolean isLive() {
        List<BookReport> reports = books.reports();
        return reports.size() == 2 && reports.stream().allMatch(report -> report.state() == BookState.LIVE);
    }

    /** Runs the engine until a condition holds, comparing on the way. */
    void pumpUntil(String what, BooleanSupplier condition) {
        if (!pump(condition)) {
            throw new AssertionError("waited in vain for " + what + ", seed " + SEED + ", " + books.reports());
        }
    }

    /** Runs the engine for some of its time. */
    void pumpFor(long millis) {
        long endNs = nowNs() + TimeUnit.MILLISECONDS.toNanos(millis);
        pumpUntil("time to pass", () -> nowNs() >= endNs);
    }

    /** Returns the time of exchange and engine. */
    long nowNs() {
        return time.epochNs();
    }

    private boolean pump(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                return false;
            }
            if (cycle() == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
        return true;
    }

    private int cycle() {
        time.pass();
        int work = gateway.doWork();
        try {
            for (Agent stage : stages) {
                work += stage.doWork();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        work += egress.doWork();
        books.rethrow();
        return work;
    }

    /** Clears all faults and waits until both books stand where the venue's do, level by level, with the market at rest. */
    void finish() {
        if (isFinished) {
            return;
        }
        isFinished = true;
        exchange.faults().clearAll();
        long before = books.comparisons();
        pumpUntil("live books after the fault", () -> isLive() && books.comparisons() > before + 4);
        boolean isEqual = false;
        for (int attempt = 0; attempt < 10 && !isEqual; attempt++) {
            // A book that starts again just now needs a market that moves.
            exchange.resume();
            pumpUntil("live books", this::isLive);
            exchange.pause();
            long endNs = nowNs() + TimeUnit.SECONDS.toNanos(2);
            pumpUntil("the venue's books", () -> nowNs() > endNs || (isAtVenue(FAULTY) && isAtVenue(SOUND)));
            isEqual = isAtVenue(FAULTY) && isAtVenue(SOUND);
        }
        assertTrue(isEqual, () -> "books do not get to where the venue's are: " + books.reports());
        assertLevels(FAULTY);
        assertLevels(SOUND);
        assertEquals(0, total(ConnectionCounters.VIOLATIONS), "violations of the protocol");
        for (int stage = 0; stage < StageIds.COUNT; stage++) {
            assertEquals(0, engine.counters().get(CounterIds.faultsOf(stage)), "faults of stage " + stage);
        }
    }

    private boolean isAtVenue(String symbol) {
        BookReport report = report(symbol);
        return report.state() == BookState.LIVE
                && report.lastUpdateId() == exchange.bookOf(symbol).lastUpdateId();
    }

    private void assertLevels(String symbol) {
        BookImage image = exchange.bookOf(symbol);
        OrderBook book = books.book(report(symbol).instrumentId());
        assertLevels(symbol + " bids", book, OrderBook.BID, image.bidTicks(), image.bidLots());
        assertLevels(symbol + " asks", book, OrderBook.ASK, image.askTicks(), image.askLots());
    }

    private static void assertLevels(String name, OrderBook book, int side, long[] ticks, long[] lots) {
        assertEquals(ticks.length, book.levels(side), name);
        for (int i = 0; i < ticks.length; i++) {
            assertEquals(lots[i], book.lotsAt(side, ticks[i]), name + " at " + ticks[i] + " ticks");
        }
    }

    @Override
    public void close() {
        gateway.onClose();
        oracle.close();
        exchange.close();
    }
}
