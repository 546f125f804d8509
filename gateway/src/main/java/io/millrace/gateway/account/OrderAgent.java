package io.millrace.gateway.account;

import io.millrace.codecs.binance.AccountBodies;
import io.millrace.codecs.binance.AnswerDecoder;
import io.millrace.codecs.port.CommandStamps;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.control.CommandInlet;
import io.millrace.gateway.control.ControlOutbox;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.limits.CircuitBreaker;
import io.millrace.gateway.limits.LedgerMemory;
import io.millrace.gateway.limits.LimitSettings;
import io.millrace.gateway.limits.RateLedger;
import io.millrace.gateway.orders.LinkCounters;
import io.millrace.gateway.orders.LinkEvents;
import io.millrace.gateway.orders.OrderDesk;
import io.millrace.gateway.orders.OrderLinkSettings;
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
 * The order agent: one turn of {@link #doWork()} takes commands and sends them, reads what its sockets have, and looks after
 * the private stream, audits and everything that is due. It owns a loop of its own, apart from market data.
 */
public final class OrderAgent implements Agent {
    private static final long HOUSEKEEPING_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int COMMAND_RING_BYTES = 1024 * 1024;
    private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;

    private final Config config;
    private final Keys keys;
    private final LedgerMemory memory;
    private final IngressClock clock;
    private final RandomGenerator random;
    private final CommandStamps stamps;
    private final ControlOutbox outbox;
    private final InstrumentTable table = new InstrumentTable();
    private final CommandInlet commands = new CommandInlet(COMMAND_RING_BYTES);
    private final OrderStatus status = new OrderStatus();

    private FeedLoop loop;
    private HostResolver resolver;
    private VenueRest rest;
    private OrderDesk desk;
    private Audits audits;
    private PrivateStream stream;
    private AccountSetup setup;
    private LinkEvents linkEvents;
    private long housekeepingNs;
    private long orderToldNs;

    /**
     * The settings that concern it.
     *
     * @param rest the REST interface; its weight is that of {@code limits}.
     * @param link the order link.
     * @param stream the private stream, null for none.
     * @param limits of weight and orders.
     * @param isOneWaySet whether an account in hedge mode is switched to one position a contract; if not, that is only reported.
     * @param transport sockets and TLS.
     * @param slotLength longest event in bytes.
     */
    public record Config(
            RestSettings rest,
            OrderLinkSettings link,
            PrivateSettings stream,
            LimitSettings limits,
            boolean isOneWaySet,
            TransportSettings transport,
            int slotLength) {}

    /**
     * Keys of the account.
     *
     * @param trading places and cancels.
     * @param reading asks; the trading key if there is no other.
     */
    public record Keys(ApiKey trading, ApiKey reading) {}

    /**
     * Makes an agent that has no socket yet.
     *
     * @param config its settings.
     * @param keys of the account.
     * @param memory what was used of the venue's limits.
     * @param control inlet for its events.
     * @param known instruments that have ids already, copied.
     * @param time clock and random source.
     */
    public OrderAgent(Config config, Keys keys, LedgerMemory memory, Inlet control, InstrumentTable known, Time time) {
        this.config = config;
        this.keys = keys;
        this.memory = memory;
        this.clock = time.clock();
        this.random = time.random();
        this.stamps = time.stamps();
        this.outbox = new ControlOutbox(control);
        for (int id = 0; id < known.nextId(); id++) {
            InstrumentSpec spec = known.byId(id);
            if (spec != null) {
                table.put(spec);
            }
        }
    }

    /**
     * What is not of the venue's.
     *
     * @param clock of ingress time; read only.
     * @param random for jitter, masks and keys of the protocol; of the agent's thread.
     * @param stamps hears when what was done with a command.
     */
    public record Time(IngressClock clock, RandomGenerator random, CommandStamps stamps) {
        /**
         * What is not of the venue's, and nobody measures.
         *
         * @param clock of ingress time; read only.
         * @param random of the agent's thread.
         */
        public Time(IngressClock clock, RandomGenerator random) {
            this(clock, random, CommandStamps.NONE);
        }
    }

    /** Returns where egress puts commands, and definitions of instruments before the first command that concerns them. */
    public Inlet commandInlet() {
        return commands;
    }

    /** Returns what other threads may know. */
    public OrderStatus status() {
        return status;
    }

    @Override
    public void onStart() {
        loop = new FeedLoop(config.transport().isNativePreferred(), true);
        resolver = new HostResolver(loop);
        WebSocketContext sockets =
                new WebSocketContext(loop, resolver, new Tls(config.transport()), config.transport(), clock, random);
        RateLedger ledger = new RateLedger(config.limits(), memory);
        CircuitBreaker breaker = new CircuitBreaker(CircuitBreaker.FAILURES, CircuitBreaker.OPEN_NS);
        rest = new VenueRest(new RestClient(sockets, config.rest()), ledger, breaker, clock);
        LinkCounters counters = status.counters();
        linkEvents = new LinkEvents(outbox, clock);
        OrderDesk.Parts parts = new OrderDesk.Parts(
                sockets,
                rest,
                keys.trading(),
                table,
                new AnswerDecoder(table, MAX_ANSWER_BYTES),
                linkEvents,
                counters,
                stamps);
        ApiKey reading = keys.reading() == null ? keys.trading() : keys.reading();
        SharedQueries queries = new SharedQueries(rest, reading, clock, counters);
        Audits.Parts auditing = new Audits.Parts(queries, parts, new AccountBodies(table, config.slotLength()), outbox);
        audits = new Audits(auditing);
        desk = new OrderDesk(config.link(), parts, commands, audits);
        if (config.stream() != null) {
            RestListenKeys listenKeys = new RestListenKeys(rest, reading, clock);
            stream = new PrivateStream(sockets, config.stream(), listenKeys, outbox, table, config.slotLength());
        }
        OrderLinkSettings.Times times = config.link().times();
        Backoff backoff =
                new Backoff(times.firstBackoff().toNanos(), times.maxBackoff().toNanos(), random);
        setup = new AccountSetup(config.isOneWaySet(), auditing, backoff);
    }

    @Override
    public int doWork() {
        // Commands first: what egress has just put here leaves before the sockets are asked for news.
        int work = desk.poll();
        work += loop.run();
        work += outbox.poll();
        work += audits.poll();
        long nowNs = clock.monotonicNs();
        if (nowNs - housekeepingNs >= 0) {
            housekeepingNs = nowNs + HOUSEKEEPING_NS;
            rest.onTick(nowNs);
            desk.onTick(nowNs);
            if (desk.isTimeKnown()) {
                setup.onTick(nowNs);
                if (stream != null) {
                    expectOrders();
                    stream.onTick(nowNs);
                }
            }
            status.update(desk, setup, rest);
            if (stream != null) {
                status.update(stream);
            }
        }
        return work;
    }

    private void expectOrders() {
        if (linkEvents.orderToldNs() != orderToldNs) {
            orderToldNs = linkEvents.orderToldNs();
            stream.expect(orderToldNs);
        }
    }

    @Override
    public void onClose() {
        if (loop == null) {
            return;
        }
        desk.stop();
        audits.stop();
        if (stream != null) {
            stream.stop();
        }
        rest.close();
        loop.run();
        outbox.poll();
        resolver.close();
        loop.close();
    }

    @Override
    public String roleName() {
        return "orders";
    }
}
