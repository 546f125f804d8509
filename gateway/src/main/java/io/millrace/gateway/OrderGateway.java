package io.millrace.gateway;

import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.account.OrderStatus;
import io.millrace.gateway.limits.LedgerMemory;
import org.agrona.concurrent.Agent;

/**
 * The venue's trading side as an agent: executes the engine's order commands, each at most once, says what became of every one,
 * carries the account's stream, and answers audits. Sends nothing by itself but questions, the listen key's upkeep and what the
 * setup says.
 *
 * <p>Everything happens inside {@link #doWork()}, on the thread that called {@link #onStart()}. Only {@link #commandInlet()}, {@link
 * #definitionsFrom} and {@link #status()} are for other threads.
 */
public final class OrderGateway implements Agent {
    private final OrderAgent agent;

    /**
     * Makes a gateway; sockets are opened by {@link #onStart()} and {@link #doWork()}.
     *
     * @param settings of all its parts.
     * @param keys of the account.
     * @param ledger what was used of the venue's limits, shared with a {@link MarketDataGateway} or with other processes.
     * @param control inlet for outcomes, reports and states.
     * @param known instruments that have ids already; later ones come as definitions through the command inlet.
     * @param time clock of ingress time, which is only read, and random source, of the agent's thread.
     */
    public OrderGateway(
            OrderSettings settings,
            OrderAgent.Keys keys,
            LedgerMemory ledger,
            Inlet control,
            InstrumentTable known,
            OrderAgent.Time time) {
        this.agent = new OrderAgent(settings.agent(), keys, ledger, control, known, time);
    }

    /**
     * Returns where egress puts commands; any number of threads may offer. InstrumentDefinition messages are taken too, and
     * have to come before the first command that concerns the instrument.
     */
    public Inlet commandInlet() {
        return agent.commandInlet();
    }

    /**
     * Returns an inlet that passes everything on, and hands definitions of instruments to this gateway on the way: to be put
     * in front of the control inlet of a {@link MarketDataGateway}.
     *
     * @param control where everything goes on to.
     */
    public Inlet definitionsFrom(Inlet control) {
        Inlet here = agent.commandInlet();
        return (buffer, offset, length) -> {
            boolean isDefinition = length >= EventHeader.BODY_OFFSET
                    && EventHeader.templateId(buffer, offset) == InstrumentDefinitionDecoder.TEMPLATE_ID;
            if (isDefinition && here.offer(buffer, offset, length) == Inlet.BACK_PRESSURED) {
                return Inlet.BACK_PRESSURED;
            }
            // Offered twice when the second inlet is full: the same definition again changes nothing.
            return control.offer(buffer, offset, length);
        };
    }

    /** Returns counters and state, for any thread. */
    public OrderStatus status() {
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
