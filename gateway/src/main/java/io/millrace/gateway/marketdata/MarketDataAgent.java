package io.millrace.gateway.marketdata;

import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.clock.ClockSettings;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.control.CommandInlet;
import io.millrace.gateway.control.ControlOutbox;
import io.millrace.gateway.limits.CircuitBreaker;
import io.millrace.gateway.limits.LedgerMemory;
import io.millrace.gateway.limits.LimitSettings;
import io.millrace.gateway.limits.RateLedger;
import io.millrace.gateway.rest.RestClient;
import io.millrace.gateway.rest.RestSettings;
import io.millrace.gateway.rest.VenueRest;
import io.millrace.gateway.transport.Backoff;
import io.millrace.gateway.transport.FeedLoop;
import io.millrace.gateway.transport.HostResolver;
import io.millrace.gateway.transport.Tls;
import io.millrace.gateway.transport.TransportSettings;
import io.millrace.gateway.transport.WebSocketContext;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.Agent;

/**
 * The feed agent: one turn of {@link #doWork()} reads what the sockets have, decodes it, offers it to the engine, and looks
 * after everything else that is due. It owns sockets, loop and tables; all of it lives on the thread that runs it.
 */
public final class MarketDataAgent implements Agent {
    private static final long HOUSEKEEPING_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int COMMAND_RING_BYTES = 256 * 1024;

    private final Config config;
    private final Inlet market;
    private final IngressClock clock;
    private final RandomGenerator random;
    private final ControlOutbox outbox;
    private final ControlEvents events;
    private final InstrumentTable table = new InstrumentTable();
    private final CommandInlet commands = new CommandInlet(COMMAND_RING_BYTES);
    private final FeedStatus status = new FeedStatus();
    private final ClockAgent ticker;

    private FeedLoop loop;
    private HostResolver resolver;
    private VenueRest rest;
    private MarketPublisher publisher;
    private MarketFeed feed;
    private InstrumentLoader loader;
    private CommandExecutor executor;
    private StatisticsPoller statistics;
    private long housekeepingNs;

    /**
     * The settings that concern it.
     *
     * @param rest the REST interface.
     * @param streams the WebSocket streams.
     * @param instruments which are followed.
     * @param transport sockets and TLS.
     * @param clock ticks and anchoring.
     * @param slotLength longest event in bytes.
     * @param ledger what was used of the venue's limits, perhaps shared with others.
     * @param statistics what is polled.
     */
    public record Config(
            RestSettings rest,
            StreamSettings streams,
            InstrumentSettings instruments,
            TransportSettings transport,
            ClockSettings clock,
            int slotLength,
            LedgerMemory ledger,
            StatisticsSettings statistics) {}

    /**
     * Makes an agent that has no socket yet.
     *
     * @param config its settings.
     * @param market inlet for market data.
     * @param control inlet for everything else.
     * @param known instruments that already have ids, copied; they keep them.
     * @param clock of ingress time; this agent alone may adjust it.
     * @param random for jitter, masks and keys.
     */
    public MarketDataAgent(
            Config config,
            Inlet market,
            Inlet control,
            InstrumentTable known,
            IngressClock clock,
            RandomGenerator random) {
        this.config = config;
        this.market = market;
        this.clock = clock;
        this.random = random;
        this.outbox = new ControlOutbox(control);
        this.events = new ControlEvents(outbox, clock, config.slotLength());
        this.ticker = new ClockAgent(config.clock(), clock, events, status);
        for (int id = 0; id < known.nextId(); id++) {
            InstrumentSpec spec = known.byId(id);
            if (spec != null) {
                table.put(spec);
            }
        }
    }

    /** Returns where egress puts commands; any thread may offer. */
    public Inlet commandInlet() {
        return commands;
    }

    /** Returns what other threads may know. */
    public FeedStatus status() {
        return status;
    }

    @Override
    public void onStart() {
        loop = new FeedLoop(config.transport().isNativePreferred());
        resolver = new HostResolver(loop);
        WebSocketContext sockets =
                new WebSocketContext(loop, resolver, new Tls(config.transport()), config.transport(), clock, random);
        RestSettings restSettings = config.rest();
        LimitSettings limits = LimitSettings.ofWeight(restSettings.weightPerMinute(), restSettings.weightReserve());
        RateLedger ledger = new RateLedger(limits, config.ledger());
        CircuitBreaker breaker = new CircuitBreaker(CircuitBreaker.FAILURES, CircuitBreaker.OPEN_NS);
        rest = new VenueRest(new RestClient(sockets, restSettings), ledger, breaker, clock);
        MarketDecoder decoder = new MarketDecoder(table, config.slotLength());
        Conflator conflator = config.streams().overload() == Overload.CONFLATE
                ? new Conflator(config.slotLength(), Conflator.DEFAULT_PLACES)
                : null;
        publisher = new MarketPublisher(decoder, market, outbox, events, clock, conflator);
        ConnectPacer pacer =
                new ConnectPacer(config.streams().limits().connectInterval().toNanos());
        FeedContext context =
                new FeedContext(sockets, config.streams(), publisher, events, pacer, new FeedContext.ConnectionIds());
        feed = new MarketFeed(context);
        CommandExecutor.Parts parts = new CommandExecutor.Parts(commands, rest, feed, publisher, events);
        executor = new CommandExecutor(parts, table, clock, config.slotLength());
        StreamSettings.Life life = config.streams().life();
        Backoff backoff =
                new Backoff(life.firstBackoff().toNanos(), life.maxBackoff().toNanos(), random);
        InstrumentLoader.Plan plan = new InstrumentLoader.Plan(
                new SymbolChoice(config.instruments()),
                backoff,
                config.instruments().refresh().toNanos());
        loader = new InstrumentLoader(parts, outbox, table, clock, plan);
        statistics = new StatisticsPoller(config.statistics(), rest, table, clock, outbox);
    }

    @Override
    public int doWork() {
        int work = loop.run();
        work += outbox.poll();
        work += publisher.poll();
        work += feed.resumeIfOpened();
        long nowNs = clock.monotonicNs();
        if (nowNs - housekeepingNs >= 0) {
            housekeepingNs = nowNs + HOUSEKEEPING_NS;
            ticker.onTick(nowNs);
            rest.onTick(nowNs);
            loader.onTick(nowNs);
            statistics.onTick(nowNs, loader.isStarted());
            feed.onTick(nowNs);
            status.update(feed, publisher, rest.ledger());
        }
        return work + executor.poll();
    }

    @Override
    public void onClose() {
        if (loop == null) {
            return;
        }
        executor.stop();
        feed.stop();
        rest.close();
        loop.run();
        resolver.close();
        loop.close();
    }

    @Override
    public String roleName() {
        return "feed";
    }
}
