package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.api.SignedClient;
import io.millrace.exchange.trading.ClientSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client that trades over real sockets. */
class TradingServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SignedClient CLIENT = SignedClient.hmac("key-1", "secret-1");

    private final HttpClient http = HttpClient.newHttpClient();

    /** What the private stream said. */
    private static final class Heard implements WebSocket.Listener {
        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
            partial.append(data);
            if (isLast) {
                texts.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    private JsonNode send(String method, URI base, String path, String... parameters)
            throws IOException, InterruptedException {
        // A listen key is asked for with the key alone.
        boolean isSigned = !path.endsWith("listenKey");
        String query = isSigned ? "?" + CLIENT.signed(System.currentTimeMillis(), parameters) : "";
        URI uri = URI.create(base + path + query);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri)
                        .header("X-MBX-APIKEY", CLIENT.apiKey())
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    @Test
    void shouldTradeAndHearOfItWhenAClientUsesTheVenuesProtocol() throws IOException, InterruptedException {
        ExchangeSettings settings = ExchangeSettings.synthetic(2, 3)
                .withClient(ClientSettings.of("client", 100_000).withKey("key-1", "secret-1"));
        try (SimulatedExchange exchange = SimulatedExchange.start(settings)) {
            URI rest = exchange.restUri();
            String listenKey =
                    send("POST", rest, "/fapi/v1/listenKey").get("listenKey").textValue();
            Heard heard = new Heard();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(exchange.privateUri() + "/ws/" + listenKey), heard)
                    .join();
            JsonNode placed = send(
                    "POST",
                    rest,
                    "/fapi/v1/order",
                    "symbol",
                    "BTCUSDT",
                    "side",
                    "BUY",
                    "type",
                    "MARKET",
                    "quantity",
                    "0.010",
                    "newClientOrderId",
                    "mine-1");
            assertEquals("mine-1", placed.get("clientOrderId").textValue());
            List<String> events = new ArrayList<>();
            boolean isFilled = false;
            while (!isFilled) {
                String text = heard.texts.poll(20, TimeUnit.SECONDS);
                assertTrue(text != null, () -> "no fill among " + events);
                JsonNode event = JSON.readTree(text);
                events.add(event.get("e").textValue());
                isFilled = events.contains("ORDER_TRADE_UPDATE")
                        && event.path("o").path("X").asText().equals("FILLED");
            }
            assertTrue(events.contains("TRADE_LITE"), events.toString());
            JsonNode position = send("GET", rest, "/fapi/v3/positionRisk", "symbol", "BTCUSDT")
                    .get(0);
            assertEquals("0.010", position.get("positionAmt").textValue());
            JsonNode query = send("GET", rest, "/fapi/v1/order", "symbol", "BTCUSDT", "origClientOrderId", "mine-1");
            assertEquals("FILLED", query.get("status").textValue());
            assertTrue(query.get("avgPrice").asDouble() > 0);
            socket.abort();
        }
    }
}
