package io.millrace.exchange;

import com.binance.connector.client.common.websocket.adapter.ConnectionWrapper;
import com.binance.connector.client.common.websocket.adapter.stream.StreamConnectionWrapper;
import com.binance.connector.client.common.websocket.configuration.WebSocketClientConfiguration;
import com.binance.connector.client.common.websocket.dtos.RequestWrapperDTO;
import com.google.gson.Gson;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections of the venue's own client that may be answered at once. The client notes a request when its write has returned, and
 * loses an answer that comes before that, which on loopback happens; here the answer waits until the request is noted.
 */
final class PatientConnections {
    private PatientConnections() {}

    @SuppressWarnings({"rawtypes", "serial"}) // as the client declares it; nobody serializes it
    private static final class Requests extends ConcurrentHashMap<String, RequestWrapperDTO> {
        @Override
        public RequestWrapperDTO get(Object id) {
            ForeignClient.await("request " + id, () -> super.get(id) != null);
            return super.get(id);
        }
    }

    static final class Api extends ConnectionWrapper {
        Api(WebSocketClientConfiguration configuration, Gson gson) {
            super(configuration, gson);
            pendingRequest = new Requests();
        }
    }

    static final class Streams extends StreamConnectionWrapper {
        Streams(WebSocketClientConfiguration configuration, Gson gson) {
            super(configuration, gson);
            pendingRequest = new Requests();
        }
    }
}
