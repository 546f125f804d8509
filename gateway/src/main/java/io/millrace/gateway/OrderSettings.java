package io.millrace.gateway;

import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.account.PrivateSettings;
import io.millrace.gateway.limits.LimitSettings;
import io.millrace.gateway.orders.OrderLinkSettings;
import io.millrace.gateway.rest.RestSettings;
import io.millrace.gateway.transport.TransportSettings;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** Everything that the order gateway can be told. Does not change; each {@code with} returns a copy. */
public final class OrderSettings {
    private static final int CONNECTIONS = 4;
    private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    private RestSettings rest;
    private OrderLinkSettings link;
    private PrivateSettings stream;
    private LimitSettings limits = LimitSettings.VENUE;
    private boolean isOneWaySet;
    private TransportSettings transport = TransportSettings.defaults();
    private int slotLength = GatewaySettings.DEFAULT_SLOT_LENGTH;

    private OrderSettings() {}

    /**
     * Returns settings for a venue, everything else as a production venue has it.
     *
     * @param restUri base of the REST interface.
     * @param wsApiUri address of the WebSocket API; null for REST alone.
     * @param privateUri base of the private streams; null for none, where something is only asked.
     * @return the settings.
     */
    public static OrderSettings of(URI restUri, URI wsApiUri, URI privateUri) {
        OrderSettings settings = new OrderSettings();
        settings.rest = new RestSettings(
                restUri,
                CONNECTIONS,
                Duration.ofSeconds(5),
                settings.limits.weightPerMinute(),
                settings.limits.reserves().history(),
                MAX_ANSWER_BYTES);
        settings.link = OrderLinkSettings.of(wsApiUri);
        settings.stream = privateUri == null ? null : PrivateSettings.of(privateUri);
        return settings;
    }

    /** Returns the settings of the agent. */
    public OrderAgent.Config agent() {
        return new OrderAgent.Config(rest, link, stream, limits, isOneWaySet, transport, slotLength);
    }

    /** Returns these settings with another link. */
    public OrderSettings with(OrderLinkSettings other) {
        return changed(copy -> copy.link = other);
    }

    /** Returns these settings with other limits. */
    public OrderSettings with(LimitSettings other) {
        return changed(copy -> copy.limits = other);
    }

    /** Returns these settings with another private stream. */
    public OrderSettings with(PrivateSettings other) {
        return changed(copy -> copy.stream = other);
    }

    /** Returns these settings for an account that is switched to one position a contract, should it be in hedge mode. */
    public OrderSettings withOneWaySet() {
        return changed(copy -> copy.isOneWaySet = true);
    }

    /** Returns these settings with another transport. */
    public OrderSettings with(TransportSettings other) {
        return changed(copy -> copy.transport = other);
    }

    /** Returns these settings with another slot length, in bytes. */
    public OrderSettings withSlotLength(int other) {
        return changed(copy -> copy.slotLength = other);
    }

    private OrderSettings changed(Consumer<OrderSettings> change) {
        OrderSettings copy = new OrderSettings();
        copy.rest = rest;
        copy.link = link;
        copy.stream = stream;
        copy.limits = limits;
        copy.isOneWaySet = isOneWaySet;
        copy.transport = transport;
        copy.slotLength = slotLength;
        change.accept(copy);
        return copy;
    }
}
