package io.millrace.exchange.server;

import io.millrace.exchange.api.ApiDispatcher;
import io.millrace.exchange.api.WebSocketApi;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * All connections of the WebSocket API, and what happens to them by the clock.
 *
 * <p><b>Thread:</b> the loop.
 */
final class WebSocketApiDoor {
    private static final long HOUSEKEEPING_MS = 10;

    private final MarketHub hub;
    private final ServerSettings.Limits limits;
    private final WebSocketApi api;
    private final Set<WebSocketApiHandler> connections = new LinkedHashSet<>();

    WebSocketApiDoor(MarketHub hub, ServerSettings.Limits limits, ApiDispatcher dispatcher) {
        this.hub = hub;
        this.limits = limits;
        this.api = new WebSocketApi(dispatcher);
    }

    void start(EventLoop loop) {
        var unused = loop.scheduleAtFixedRate(this::housekeep, HOUSEKEEPING_MS, HOUSEKEEPING_MS, TimeUnit.MILLISECONDS);
    }

    private void housekeep() {
        long nowMs = hub.clockMs();
        List<WebSocketApiHandler> all = new ArrayList<>(connections);
        all.forEach(connection -> connection.housekeep(nowMs));
    }

    /** Ends all connections as a fault wants it: by a close frame with a status, or by a reset for 0; returns how many. */
    int endAll(int status) {
        List<WebSocketApiHandler> all = new ArrayList<>(connections);
        all.forEach(connection -> connection.end(status));
        return all.size();
    }

    void add(WebSocketApiHandler connection) {
        connections.add(connection);
    }

    void remove(WebSocketApiHandler connection) {
        connections.remove(connection);
    }

    MarketHub hub() {
        return hub;
    }

    ServerSettings.Limits limits() {
        return limits;
    }

    WebSocketApi api() {
        return api;
    }
}
