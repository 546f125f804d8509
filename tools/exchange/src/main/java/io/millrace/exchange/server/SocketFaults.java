package io.millrace.exchange.server;

import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultDoor;
import io.millrace.exchange.faults.FaultHand;
import io.millrace.exchange.faults.FaultKind;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Ends sockets on demand: of a door, of a client, or all of them, once or for a maintenance.
 *
 * <p><b>Thread:</b> the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has nothing left to close
final class SocketFaults implements FaultHand {
    private static final int GOING_AWAY = 1001;
    private static final AttributeKey<Boolean> IS_CONTROL = AttributeKey.valueOf(SocketFaults.class, "control");

    private final MarketHub hub;
    private final WebSocketApiDoor wsApi;
    private final Function<String, String> listenKeyOf;
    private final Set<Channel> rest = new LinkedHashSet<>();

    /**
     * Makes the part that ends sockets.
     *
     * @param hub has the streams.
     * @param wsApi has the sockets of the WebSocket API.
     * @param listenKeyOf finds a client's listen key by its alias; null if it has none.
     */
    SocketFaults(MarketHub hub, WebSocketApiDoor wsApi, Function<String, String> listenKeyOf) {
        this.hub = hub;
        this.wsApi = wsApi;
        this.listenKeyOf = listenKeyOf;
    }

    /** Remembers a connection of the REST port while it is open. */
    void onRest(Channel channel) {
        rest.add(channel);
        channel.closeFuture().addListener(closed -> rest.remove(channel));
    }

    /** Spares a connection that controls the exchange. */
    static void onControl(Channel channel) {
        channel.attr(IS_CONTROL).set(true);
    }

    @Override
    public boolean takes(FaultKind kind) {
        return kind == FaultKind.DISCONNECTED || kind == FaultKind.MAINTENANCE;
    }

    @Override
    public void check(Fault fault) {
        String alias = fault.target().account();
        if (alias != null && fault.target().door() != FaultDoor.PRIVATE) {
            throw new IllegalArgumentException("fault " + fault.kind() + " with account=" + alias
                    + ": only private streams belong to a client, give door=PRIVATE");
        }
    }

    @Override
    public void begin(ActiveFault fault) {
        boolean isMaintenance = fault.fault().kind() == FaultKind.MAINTENANCE;
        int status = (int) (isMaintenance ? GOING_AWAY : fault.fault().number("status"));
        boolean isReset = isMaintenance ? fault.fault().flag("reset") : status == 0;
        fault.hit(endStreams(fault.fault(), isReset ? 0 : status));
        if (fault.fault().target().isAtDoor(FaultDoor.WS_API)) {
            fault.hit(wsApi.endAll(isReset ? 0 : status));
        }
        if (fault.fault().target().isAtDoor(FaultDoor.REST) && (!isMaintenance || isReset)) {
            fault.hit(endRest(isReset));
        }
    }

    private int endStreams(Fault fault, int status) {
        String alias = fault.target().account();
        String listenKey = alias == null ? null : listenKeyOf.apply(alias);
        int ended = 0;
        for (StreamConnection connection : List.copyOf(hub.connections())) {
            FaultDoor door = connection.door == Door.PRIVATE ? FaultDoor.PRIVATE : FaultDoor.STREAMS;
            boolean isMeant = fault.target().isAtDoor(door)
                    && (fault.connection() == 0 || fault.connection() == connection.id)
                    && (alias == null || connection.streams.containsKey(listenKey));
            if (isMeant && status == 0) {
                hub.cut(connection, CutReason.FAULT);
                ended++;
            } else if (isMeant) {
                hub.close(connection, status, CutReason.FAULT);
                ended++;
            }
        }
        return ended;
    }

    private int endRest(boolean isReset) {
        int ended = 0;
        for (Channel channel : List.copyOf(rest)) {
            if (channel.attr(IS_CONTROL).get() == null) {
                hub.onCut(CutReason.FAULT);
                if (isReset) {
                    Sockets.reset(channel);
                } else {
                    channel.close();
                }
                ended++;
            }
        }
        return ended;
    }
}
