package io.millrace.gateway;

import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.limits.LedgerMemory;
import io.millrace.gateway.marketdata.FeedStatus;
import io.millrace.gateway.marketdata.MarketDataAgent;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.Agent;

/**
 * The venue's market data as an agent: fetches the contracts, publishes their definitions, connects their streams, decodes
 * and publishes what they deliver, executes the engine's FetchSnapshot and Resubscribe commands, and ticks the clock.
 *
 * <p>Everything happens inside {@link #doWork()}, on the thread that called {@link #onStart()}: sockets are read and frames
 * decoded and offered there, with no queue in between. Only {@link #commandInlet()} and {@link #status()} are for other
 * threads.
 */
public final class MarketDataGateway implements Agent {
    private final MarketDataAgent agent;

    /**
     * Makes a gateway; sockets are opened by {@link #onStart()} and {@link #doWork()}.
     *
     * @param settings of all its parts.
     * @param market inlet for market data and snapshots; it may refuse, nothing is lost then.
     * @param control inlet for definitions, stream states, outcomes and the clock.
     * @param known instruments that have ids already, from a journal for example; they keep them.
     * @param clock of ingress time; other threads may read it, only the gateway adjusts it.
     * @param random for jitter, masks and keys; used on the agent's thread only.
     */
    public MarketDataGateway(
            GatewaySettings settings,
            Inlet market,
            Inlet control,
            InstrumentTable known,
            IngressClock clock,
            RandomGenerator random) {
        this(settings, LedgerMemory.inProcess(), new Inlets(market, control), known, clock, random);
    }

    /**
     * Where events go.
     *
     * @param market inlet for market data and snapshots; it may refuse, nothing is lost then.
     * @param control inlet for definitions, stream states, outcomes and the clock.
     */
    public record Inlets(Inlet market, Inlet control) {}

    /**
     * Makes a gateway that shares the venue's limits with others; sockets are opened by {@link #onStart()} and {@link
     * #doWork()}.
     *
     * @param settings of all its parts.
     * @param ledger what was used of the venue's limits, shared with an order gateway or with other processes.
     * @param inlets where events go.
     * @param known instruments that have ids already, from a journal for example; they keep them.
     * @param clock of ingress time; other threads may read it, only the gateway adjusts it.
     * @param random for jitter, masks and keys; used on the agent's thread only.
     */
    public MarketDataGateway(
            GatewaySettings settings,
            LedgerMemory ledger,
            Inlets inlets,
            InstrumentTable known,
            IngressClock clock,
            RandomGenerator random) {
        MarketDataAgent.Config config = new MarketDataAgent.Config(
                settings.rest(),
                settings.streams(),
                settings.instruments(),
                settings.transport(),
                settings.clock(),
                settings.slotLength(),
                ledger,
                settings.statistics());
        this.agent = new MarketDataAgent(config, inlets.market(), inlets.control(), known, clock, random);
    }

    /** Returns where egress puts commands; any number of threads may offer. */
    public Inlet commandInlet() {
        return agent.commandInlet();
    }

    /** Returns counters and state, for any thread. */
    public FeedStatus status() {
        return agent.status();
    }

    @Override
    public void onStart() {
        agent.onStart();
    }

    @Override
    public int doWork() {
        return agent.doWork();
    }

    @Override
    public void onClose() {
        agent.onClose();
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }
}
