package io.millrace.gateway;

import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.account.PrivateSettings;
import io.millrace.gateway.account.SetupSettings;
import io.millrace.gateway.limits.LimitSettings;
import io.millrace.gateway.orders.OrderLinkSettings;
import io.millrace.gateway.rest.RestSettings;
import io.millrace.gateway.transport.TransportSettings;
import java.net.URI;
import java.time.Duration;

/**
 * Everything that the order gateway can be told.
 *
 * @param agent the settings of its agent.
 */
public record OrderSettings(OrderAgent.Config agent) {
    private static final int CONNECTIONS = 4;
    private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    /**
     * Returns settings for a venue, everything else as a production venue has it.
     *
     * @param restUri base of the REST interface.
     * @param wsApiUri address of the WebSocket API; null for REST alone.
     * @param privateUri base of the private streams.
     * @return the settings.
     */
    public static OrderSettings of(URI restUri, URI wsApiUri, URI privateUri) {
        LimitSettings limits = LimitSettings.VENUE;
        RestSettings rest = new RestSettings(
                restUri,
                CONNECTIONS,
                Duration.ofSeconds(5),
                limits.weightPerMinute(),
                limits.reserves().history(),
                MAX_ANSWER_BYTES);
        return new OrderSettings(new OrderAgent.Config(
                rest,
                OrderLinkSettings.of(wsApiUri),
                PrivateSettings.of(privateUri),
                limits,
                SetupSettings.CHECK_ONLY,
                TransportSettings.defaults(),
                GatewaySettings.DEFAULT_SLOT_LENGTH));
    }

    /** Returns these settings with another link. */
    public OrderSettings with(OrderLinkSettings link) {
        return new OrderSettings(new OrderAgent.Config(
                agent.rest(),
                link,
                agent.stream(),
                agent.limits(),
                agent.setup(),
                agent.transport(),
                agent.slotLength()));
    }

    /** Returns these settings with other limits. */
    public OrderSettings with(LimitSettings limits) {
        return new OrderSettings(new OrderAgent.Config(
                agent.rest(),
                agent.link(),
                agent.stream(),
                limits,
                agent.setup(),
                agent.transport(),
                agent.slotLength()));
    }

    /** Returns these settings with another REST interface. */
    public OrderSettings with(RestSettings rest) {
        return new OrderSettings(new OrderAgent.Config(
                rest,
                agent.link(),
                agent.stream(),
                agent.limits(),
                agent.setup(),
                agent.transport(),
                agent.slotLength()));
    }

    /** Returns these settings with another private stream. */
    public OrderSettings with(PrivateSettings stream) {
        return new OrderSettings(new OrderAgent.Config(
                agent.rest(),
                agent.link(),
                stream,
                agent.limits(),
                agent.setup(),
                agent.transport(),
                agent.slotLength()));
    }

    /** Returns these settings with another setup of the account. */
    public OrderSettings with(SetupSettings setup) {
        return new OrderSettings(new OrderAgent.Config(
                agent.rest(),
                agent.link(),
                agent.stream(),
                agent.limits(),
                setup,
                agent.transport(),
                agent.slotLength()));
    }

    /** Returns these settings with another transport. */
    public OrderSettings with(TransportSettings transport) {
        return new OrderSettings(new OrderAgent.Config(
                agent.rest(),
                agent.link(),
                agent.stream(),
                agent.limits(),
                agent.setup(),
                transport,
                agent.slotLength()));
    }

    /** Returns these settings with another slot length. */
    public OrderSettings withSlotLength(int slotLength) {
        return new OrderSettings(new OrderAgent.Config(
                agent.rest(),
                agent.link(),
                agent.stream(),
                agent.limits(),
                agent.setup(),
                agent.transport(),
                slotLength));
    }
}
