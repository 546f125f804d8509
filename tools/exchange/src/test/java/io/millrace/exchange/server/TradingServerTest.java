package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.api.SignedClient;
import io.millrace.exchange.api.SignedHttp;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.exchange.venue.VenueClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
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

    @Test
    void shouldTradeAndHearOfItWhenAClientUsesTheVenuesProtocol() throws IOException, InterruptedException {
        ExchangeSettings settings = ExchangeSettings.synthetic(2, 3)
                .withClient(ClientSettings.of("client", 100_000).withKey("key-1", "secret-1"));
        try (SimulatedExchange exchange = SimulatedExchange.start(settings)) {
            SignedHttp rest = new SignedHttp(new ForeignClient(), exchange.restUri(), CLIENT, VenueClock.system());
            String listenKey =
                    rest.served("POST", "/fapi/v1/listenKey").get("listenKey").textValue();
            Heard heard = new Heard();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(exchange.privateUri() + "/ws/" + listenKey), heard)
                    .join();
            JsonNode placed = rest.served(
                    "POST",
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
                String text = heard.texts.poll(60, TimeUnit.SECONDS);
                assertTrue(text != null, () -> "no fill among " + events);
                JsonNode event = JSON.readTree(text);
                events.add(event.get("e").textValue());
                isFilled = events.contains("ORDER_TRADE_UPDATE")
                        && event.path("o").path("X").asText().equals("FILLED");
            }
            assertTrue(events.contains("TRADE_LITE"), events.toString());
            JsonNode position = rest.served("GET", "/fapi/v3/positionRisk", "symbol", "BTCUSDT")
                    .get(0);
            assertEquals("0.010", position.get("positionAmt").textValue());
            JsonNode query = rest.served("GET", "/fapi/v1/order", "symbol", "BTCUSDT", "origClientOrderId", "mine-1");
            assertEquals("FILLED", query.get("status").textValue());
            assertTrue(query.get("avgPrice").asDouble() > 0);
            socket.abort();
        }
    }
}
