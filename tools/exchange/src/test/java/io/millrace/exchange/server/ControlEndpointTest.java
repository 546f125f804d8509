package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.SimulatedExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ControlEndpointTest {
    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> send(SimulatedExchange exchange, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(exchange.restUri() + "/control/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldSetListAndClearFaultsFromAnotherProcess() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(ExchangeSettings.synthetic(1, 9))) {
            ForeignClient client = new ForeignClient();
            HttpResponse<String> set =
                    send(exchange, "POST", "faults", "{\"kind\":\"HTTP_STATUS\",\"amount\":503,\"count\":1}");
            assertEquals(200, set.statusCode());
            assertEquals(503, client.get(exchange.restUri(), "/fapi/v1/ping").statusCode());
            send(exchange, "POST", "faults", "{\"kind\":\"STALL\",\"symbol\":\"BTCUSDT\",\"stream\":\"@bookTicker\"}");
            JsonNode list = ForeignClient.parse(
                            send(exchange, "GET", "faults", "").body())
                    .get("faults");
            assertEquals(2, list.size());
            assertTrue(list.get(0).get("isSpent").booleanValue());
            assertEquals("@bookTicker", list.get(1).get("stream").textValue());
            send(exchange, "DELETE", "faults", "");
            assertEquals(
                    0,
                    ForeignClient.parse(send(exchange, "GET", "faults", "").body())
                            .get("faults")
                            .size());
            assertEquals(200, send(exchange, "POST", "pause", "").statusCode());
            JsonNode status =
                    ForeignClient.parse(send(exchange, "GET", "status", "").body());
            assertEquals(0, status.get("connections").size());
            assertEquals(200, send(exchange, "POST", "resume", "").statusCode());
        }
    }

    @Test
    void shouldSayWhatIsWrongWhenAFaultCannotBe() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(ExchangeSettings.synthetic(1, 9))) {
            for (String body : new String[] {
                "{\"kind\":\"NONSENSE\"}",
                "nonsense",
                "{\"kind\":\"DROP\",\"colour\":1}",
                "{\"kind\":\"DROP\",\"stream\":\"@x\"}"
            }) {
                HttpResponse<String> refused = send(exchange, "POST", "faults", body);
                assertEquals(400, refused.statusCode());
                assertTrue(
                        ForeignClient.parse(refused.body())
                                        .get("msg")
                                        .textValue()
                                        .length()
                                > 10,
                        refused.body());
            }
            assertEquals(404, send(exchange, "GET", "nonsense", "").statusCode());
        }
    }
}
