package io.millrace.gateway.rest;

import io.millrace.gateway.transport.WebSocketContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Requests on a few connections that are kept alive, each with one request at a time.
 *
 * <p><b>Thread:</b> the loop's.
 */
public final class RestClient {
    private final List<RestConnection> connections = new ArrayList<>();

    /**
     * Makes a client that has not connected.
     *
     * @param sockets loop, resolver, TLS and clock.
     * @param settings of the interface.
     */
    public RestClient(WebSocketContext sockets, RestSettings settings) {
        for (int i = 0; i < settings.connections(); i++) {
            connections.add(new RestConnection(sockets, settings));
        }
    }

    /** Returns whether a request could be sent now. */
    public boolean hasCapacity() {
        return free() != null;
    }

    /**
     * Sends a request.
     *
     * @param request to send.
     * @param onAnswer gets the answer, or that there is none.
     * @throws IllegalStateException if all connections are busy.
     */
    public void send(RestRequest request, Consumer<RestAnswer> onAnswer) {
        RestConnection connection = free();
        if (connection == null) {
            throw new IllegalStateException(
                    "all " + connections.size() + " REST connections are busy: ask hasCapacity() first");
        }
        connection.send(request, onAnswer);
    }

    /**
     * Looks after time limits.
     *
     * @param nowNs monotonic time.
     */
    public void onTick(long nowNs) {
        for (int i = 0; i < connections.size(); i++) {
            connections.get(i).onTick(nowNs);
        }
    }

    /** Closes all connections; requests under way end without an answer. */
    public void close() {
        connections.forEach(RestConnection::close);
    }

    private RestConnection free() {
        for (int i = 0; i < connections.size(); i++) {
            if (!connections.get(i).isBusy()) {
                return connections.get(i);
            }
        }
        return null;
    }
}
