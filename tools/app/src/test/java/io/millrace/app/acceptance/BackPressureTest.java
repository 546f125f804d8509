package io.millrace.app.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AggTradeDecoder;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandDecoder;
import io.millrace.codecs.event.OperatorCommandEncoder;
import io.millrace.codecs.event.TradeDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.pipeline.AgentRole;
import io.millrace.engine.pipeline.EngineThreads;
import io.millrace.engine.pipeline.OutletAgent;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.ThreadSettings;
import io.millrace.engine.pipeline.Topology;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.server.CutReason;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.venue.ManualClock;
import io.millrace.gateway.GatewaySettings;
import io.millrace.gateway.MarketDataGateway;
import io.millrace.gateway.clock.ClockSettings;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.marketdata.InstrumentSettings;
import io.millrace.gateway.marketdata.StreamSettings;
import io.millrace.gateway.transport.ConnectionCounters;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A small ring, an egress that stands still, and a market that does not: over real sockets. The market's time passes only when
 * everything that it said has been heard, and while the egress stands still from one ping to the next.
 */
@Tag("slow")
class BackPressureTest {
    private static final int SLOTS = 64;
    private static final int RESERVED = SLOTS / 4;
    /** Reserved slots for ticks of the clock, one in ten seconds. */
    private static final int TICKS = 6;

    private static final int OPERATORS = RESERVED - TICKS;
    private static final int SYMBOLS = 4;
    private static final int PINGS = 8;
    private static final long PING_MS = 200;
    private static final long PONG_TIMEOUT_MS = 1_500;
    private static final long STEP_MS = 5;
    private static final long START_NS = 1_795_262_400_000_000_000L;
    private static final long SEED = 64;
    private static final Map<String, Integer> TEMPLATES = Map.of(
            "depthUpdate", DepthDiffDecoder.TEMPLATE_ID,
            "bookTicker", BookTickerDecoder.TEMPLATE_ID,
            "aggTrade", AggTradeDecoder.TEMPLATE_ID,
            "trade", TradeDecoder.TEMPLATE_ID);

    private final ManualClock venueTime = new ManualClock(START_NS);
    private final AtomicLongArray inputs = new AtomicLongArray(128);
    private final UnsafeBuffer event = new UnsafeBuffer(new byte[512]);

    /** Stands still when told to: where others share its thread by doing nothing, elsewhere by keeping the thread. */
    private static final class StallableEgress implements Agent {
        private final Agent egress;
        private final boolean isThreadKept;
        private volatile boolean isStalled;

        private StallableEgress(Agent egress, boolean isThreadKept) {
            this.egress = egress;
            this.isThreadKept = isThreadKept;
        }

        @Override
        public int doWork() throws Exception {
            while (isStalled && isThreadKept) {
                LockSupport.parkNanos(100_000);
            }
            return isStalled ? 0 : egress.doWork();
        }

        @Override
        public String roleName() {
            return "stallable";
        }
    }

    private SimulatedExchange exchange() throws java.io.IOException {
        ServerSettings.Limits limits = ServerSettings.Limits.VENUE.withTimes(PING_MS, PONG_TIMEOUT_MS, 3_600_000);
        return SimulatedExchange.start(ExchangeSettings.synthetic(SyntheticSettings.of(SYMBOLS, SEED)
                        .withEventsPerSecond(1_500)
                        .withDepthTicks(100))
                .withServer(ServerSettings.loopback().withLimits(limits))
                .withClock(venueTime));
    }

    private static MarketDataGateway gateway(SimulatedExchange exchange, Engine engine, IngressClock clock) {
        int bits = Streams.bit(Streams.DEPTH)
                | Streams.bit(Streams.BOOK_TICKER)
                | Streams.bit(Streams.AGG_TRADE)
                | Streams.bit(Streams.TRADE);
        InstrumentSettings instruments = new InstrumentSettings(
                List.of(new InstrumentSettings.SymbolClass(List.of(), SYMBOLS, bits)), Duration.ofHours(1));
        StreamSettings streams = StreamSettings.of(exchange.publicUri(), exchange.marketUri());
        GatewaySettings settings = GatewaySettings.of(
                        exchange.restUri(), exchange.publicUri(), exchange.marketUri(), instruments)
                .with(streams.with(
                        new StreamSettings.Limits(200, 10, 100, 4096, Duration.ZERO), StreamSettings.Life.VENUE))
                // The clock's events would take the slots that this test counts.
                .with(new ClockSettings(Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofSeconds(10)));
        return new MarketDataGateway(
                settings,
                engine.marketInlet(),
                engine.controlInlet(),
                new InstrumentTable(),
                clock,
                new SplittableRandom(SEED));
    }

    private EngineThreads start(Topology topology, Engine engine, MarketDataGateway gateway, Agent egress) {
        Map<AgentRole, List<Agent>> agents = new EnumMap<>(AgentRole.class);
        agents.put(AgentRole.FEED, List.of(gateway));
        agents.put(AgentRole.BOOK, List.of(engine.stageAgent(StageIds.BOOK)));
        agents.put(AgentRole.STRATEGY, List.of(engine.stageAgent(StageIds.STRATEGY)));
        agents.put(AgentRole.RISK, List.of(engine.stageAgent(StageIds.RISK)));
        agents.put(
                AgentRole.JOURNAL,
                List.of(new OutletAgent(
                        "journal",
                        engine.inputs(),
                        (sequence, buffer, offset, length) -> {
                            if (EventFlags.isFirst(EventHeader.flags(buffer, offset))) {
                                inputs.incrementAndGet(EventHeader.templateId(buffer, offset));
                            }
                        },
                        64)));
        agents.put(AgentRole.EGRESS, List.of(egress));
        return EngineThreads.start(
                new ThreadSettings(
                        topology, "backoff", List.of(), engine::isDrained, error -> {}, SystemNanoClock.INSTANCE),
                agents);
    }

    @ParameterizedTest
    @EnumSource(Topology.class)
    void shouldStopReadingTheMarketAndLetTheRestPassWhileEgressStandsStill(Topology topology) throws Exception {
        IngressClock clock = IngressClock.system();
        Engine engine = new Engine(
                new EngineContext().ringSlots(SLOTS).nanoClock(clock::nowNs).isClockOfIngress(true));
        try (SimulatedExchange exchange = exchange()) {
            MarketDataGateway gateway = gateway(exchange, engine, clock);
            StallableEgress egress = new StallableEgress(
                    engine.egressAgent((sequence, buffer, offset, length) -> {}, gateway.commandInlet()),
                    topology != Topology.SINGLE);
            try (EngineThreads threads = start(topology, engine, gateway, egress)) {
                await(
                        "trades and diffs of all books",
                        threads,
                        () -> pass(exchange)
                                && gateway.status().isUp()
                                && inputs.get(DepthDiffDecoder.TEMPLATE_ID) > 50
                                && inputs.get(TradeDecoder.TEMPLATE_ID) > 5);

                egress.isStalled = true;
                await("a refused offer", threads, () -> pass(exchange) && engine.freeSlots() < 2 * RESERVED);
                stall(threads, engine, gateway);
                assertEquals(0, exchange.cuts(CutReason.PONG_TIMEOUT));
                egress.isStalled = false;

                exchange.pause();
                await("all that was sent", threads, () -> isComplete(exchange));
                await("an empty ring", threads, engine::isDrained);
                assertTrue(gateway.status().total(ConnectionCounters.PINGS_AHEAD) > 0, "pings ahead of messages");
                assertEquals(0, gateway.status().total(ConnectionCounters.FAILURES));
                assertEquals(OPERATORS, inputs.get(OperatorCommandDecoder.TEMPLATE_ID));
                TEMPLATES.forEach((type, template) -> assertEquals(
                        exchange.framesSent().get(type), engine.counters().events(template), type));
                assertNull(threads.failure());
            }
        }
    }

    /** The market waits outside at three quarters, operators get in, pings are answered. */
    private void stall(EngineThreads threads, Engine engine, MarketDataGateway gateway) {
        answerPings(threads, gateway);
        long free = engine.freeSlots();
        assertTrue(free >= RESERVED - TICKS, "free slots " + free);
        for (int i = 0; i < OPERATORS; i++) {
            assertEquals(Inlet.ACCEPTED, engine.controlInlet().offer(event, 0, operatorEvent()));
        }
        await("operators in the journal", threads, () -> inputs.get(OperatorCommandDecoder.TEMPLATE_ID) == OPERATORS);
        // What stood in front of them has passed too.
        long market = marketInputs();
        answerPings(threads, gateway);
        assertEquals(market, marketInputs(), "nothing of the market may pass");
    }

    /** For longer than the exchange bears without a pong. */
    private void answerPings(EngineThreads threads, MarketDataGateway gateway) {
        for (int i = 0; i < PINGS; i++) {
            long pongs = gateway.status().total(ConnectionCounters.PONGS);
            venueTime.advance(TimeUnit.MILLISECONDS.toNanos(PING_MS));
            await(
                    "pongs on both connections",
                    threads,
                    () -> gateway.status().total(ConnectionCounters.PONGS) >= pongs + 2);
        }
    }

    /** Lets the market go on if all that it said has been journaled; always true. */
    private boolean pass(SimulatedExchange exchange) {
        if (isComplete(exchange)) {
            venueTime.advance(TimeUnit.MILLISECONDS.toNanos(STEP_MS));
        }
        return true;
    }

    private long marketInputs() {
        return TEMPLATES.values().stream().mapToLong(inputs::get).sum();
    }

    private boolean isComplete(SimulatedExchange exchange) {
        Map<String, Long> sent = exchange.framesSent();
        return TEMPLATES.entrySet().stream()
                .allMatch(type -> sent.getOrDefault(type.getKey(), 0L) == inputs.get(type.getValue()));
    }

    private int operatorEvent() {
        OperatorCommandEncoder command = new OperatorCommandEncoder();
        command.wrapAndApplyHeader(event, 0, new MessageHeaderEncoder())
                .targetSequence(-1)
                .action(OperatorAction.HALT_ENTRIES)
                .stage((short) 255)
                .reason("test");
        int length = MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength();
        EventHeader.length(event, 0, length);
        EventHeader.flags(event, 0, EventFlags.WHOLE);
        EventHeader.producer(event, 0, Producers.OPERATOR);
        EventHeader.instrumentId(event, 0, EventHeader.NO_INSTRUMENT);
        return length;
    }

    private void await(String what, EngineThreads threads, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            if (threads.failure() != null) {
                throw new AssertionError("failed while waiting for " + what, threads.failure());
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("waited in vain for " + what + ", seed " + SEED + ", inputs " + inputs);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
