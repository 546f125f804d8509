package io.millrace.exchange.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.account.ApiKey;
import io.millrace.exchange.account.KeyType;
import io.millrace.exchange.coverage.Covers;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketApiTest {
    private static final long NOW_MS = 1_795_262_400_000L;
    private static final String ADDRESS = "192.0.2.7";

    private final Map<String, ApiKey> keys = new HashMap<>();
    private final SignedClient hmac = SignedClient.hmac("hmac", "a secret");
    private final SignedClient ed25519;
    private final WebSocketSession session = new WebSocketSession(ADDRESS, NOW_MS - 5000, true);
    private final WebSocketApi api;

    WebSocketApiTest() throws NoSuchAlgorithmException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        ed25519 = new SignedClient("edwards", KeyType.ED25519, pair.getPrivate());
        keys.put("hmac", ApiKey.hmac("hmac", 7, "a secret"));
        keys.put("edwards", ApiKey.asymmetric("edwards", 8, pair.getPublic()));
        EndpointTable table = new EndpointTable()
                .add(Endpoint.of("GET", "/fapi/v1/ping").serve((call, out) -> out.raw("{}")))
                .add(Endpoint.of("POST", "/fapi/v1/listenKey")
                        .security(Security.USER_STREAM)
                        .serve((call, out) -> out.raw("{\"listenKey\":\"k\"}")))
                .add(Endpoint.of("GET", "/fapi/v1/order")
                        .security(Security.USER_DATA)
                        .takes("symbol", "orderId")
                        .serve((call, out) -> out.raw("{\"account\":")
                                .number(call.accountId())
                                .raw(",\"orderId\":")
                                .number(call.parameters().integer("orderId", 0))
                                .raw('}')))
                .add(Endpoint.of("POST", "/fapi/v1/order")
                        .security(Security.TRADE)
                        .cost(Cost.orders(1, 1, 0))
                        .takes("symbol")
                        .serve((call, out) -> {
                            if (!call.parameters().mandatory("symbol").equals("BTCUSDT")) {
                                throw ApiErrors.of(-1121, "Invalid symbol.");
                            }
                            out.raw("{}");
                        }));
        RateLimits limits = new RateLimits(new RateLimitSettings(40, 300, 1200, 500, 1000, 2, 120_000));
        api = new WebSocketApi(new ApiDispatcher(table, keys::get, limits, true));
    }

    private JsonNode ask(String message) {
        return ForeignClient.parse(api.serve(session, message, NOW_MS, NOW_MS).text());
    }

    private static String message(String method, String params) {
        return "{\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private static String signed(SignedClient client, String... namesAndValues) {
        return client.signedParams(NOW_MS, namesAndValues);
    }

    private static void assertError(int status, int code, JsonNode answer) {
        assertEquals(status, answer.get("status").intValue(), answer::toString);
        assertEquals(code, answer.get("error").get("code").intValue(), answer::toString);
        assertTrue(answer.get("error").get("msg").isTextual());
        assertFalse(answer.has("result"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"r-77\"", "77", "9007199254740993", "null"})
    @Covers("WS ping")
    void shouldEchoTheIdInItsType(String id) {
        String answer = new String(
                api.serve(session, "{\"id\":" + id + ",\"method\":\"ping\"}", NOW_MS, NOW_MS)
                        .body(),
                java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(
                "{\"id\":" + id + ",\"status\":200,\"result\":{},\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\","
                        + "\"interval\":\"MINUTE\",\"intervalNum\":1,\"limit\":40,\"count\":1}]}",
                answer);
    }

    @Test
    @Covers({"ERROR -1135", "ERROR -1020"})
    void shouldAnswerErrorsInTheEnvelope() {
        assertError(400, -1135, ask("nonsense"));
        assertError(400, -1135, ask("[]"));
        assertError(400, -1135, ask(""));
        assertError(400, -1130, ask("{\"id\":{},\"method\":\"ping\"}"));
        assertError(400, -1102, ask("{\"id\":1}"));
        assertError(400, -1130, ask("{\"id\":1,\"method\":\"ping\",\"params\":[]}"));
        assertError(400, -1020, ask("{\"id\":1,\"method\":\"dance\"}"));
        assertError(400, -1020, ask("{\"id\":1,\"method\":\"session.dance\"}"));
        assertError(400, -1102, ask(message("order.status", "{\"symbol\":\"BTCUSDT\"}")));
        assertError(401, -2015, ask(message("order.status", "{\"apiKey\":\"nobody\"}")));
    }

    @Test
    void shouldVerifyTheSignatureOverSortedParameters() {
        for (SignedClient client : new SignedClient[] {hmac, ed25519}) {
            JsonNode answer = ask(message("order.status", signed(client, "symbol", "BTCUSDT", "orderId", "42")));
            assertEquals(200, answer.get("status").intValue(), answer::toString);
            assertEquals(42, answer.get("result").get("orderId").intValue());
        }
        String wrong = signed(hmac, "symbol", "BTCUSDT").replace("BTCUSDT", "ETHUSDT");
        assertError(400, -1022, ask(message("order.status", wrong)));
    }

    @Test
    @Covers({"WS session.logon", "WS session.status", "WS session.logout", "ERROR -4056"})
    void shouldVouchForRequestsOnceAKeyIsLoggedOn() {
        assertTrue(
                ask(message("session.status", "{}")).get("result").get("apiKey").isNull());
        assertError(400, -4056, ask(message("session.logon", signed(hmac))));
        JsonNode logon = ask(message("session.logon", signed(ed25519)));
        assertEquals(200, logon.get("status").intValue(), logon::toString);
        assertEquals(
                "{\"apiKey\":\"edwards\",\"authorizedSince\":" + NOW_MS + ",\"connectedSince\":" + (NOW_MS - 5000)
                        + ",\"returnRateLimits\":true,\"serverTime\":" + NOW_MS + "}",
                logon.get("result").toString());
        String plain = "{\"symbol\":\"BTCUSDT\",\"timestamp\":" + NOW_MS + "}";
        assertEquals(
                8,
                ask(message("order.status", plain)).get("result").get("account").intValue());
        assertError(400, -1102, ask(message("order.status", "{\"symbol\":\"BTCUSDT\"}")));
        assertError(
                400,
                -1021,
                ask(message("order.status", "{\"symbol\":\"BTCUSDT\",\"timestamp\":" + (NOW_MS - 6000) + "}")));
        // A key in the request comes before the session's.
        assertEquals(
                7,
                ask(message("order.status", signed(hmac, "symbol", "BTCUSDT")))
                        .get("result")
                        .get("account")
                        .intValue());
        keys.remove("edwards");
        assertError(401, -2015, ask(message("order.status", plain)));
        assertTrue(
                ask(message("session.status", "{}")).get("result").get("apiKey").isNull(), "the session is over");
    }

    @Test
    void shouldForgetTheKeyWhenLoggedOut() {
        ask(message("session.logon", signed(ed25519)));
        assertTrue(
                ask(message("session.logout", "{}")).get("result").get("apiKey").isNull());
        assertError(400, -1102, ask(message("order.status", "{\"symbol\":\"BTCUSDT\",\"timestamp\":" + NOW_MS + "}")));
    }

    @Test
    void shouldCountOrdersOfTheAccount() {
        JsonNode first = ask(message("order.place", signed(hmac, "symbol", "BTCUSDT")));
        JsonNode limits = first.get("rateLimits");
        assertEquals(3, limits.size());
        assertEquals(
                "{\"rateLimitType\":\"ORDERS\",\"interval\":\"SECOND\",\"intervalNum\":10,\"limit\":300,\"count\":1}",
                limits.get(0).toString());
        assertEquals("MINUTE", limits.get(1).get("interval").textValue());
        assertEquals("REQUEST_WEIGHT", limits.get(2).get("rateLimitType").textValue());
        assertEquals(0, limits.get(2).get("count").intValue(), "an order weighs nothing");
        JsonNode refused = ask(message("order.place", signed(hmac, "symbol", "NOBODY")));
        assertError(400, -1121, refused);
        assertEquals(0, refused.get("rateLimits").size());
    }

    @Test
    void shouldLeaveTheLimitsOutWhenAskedTo() {
        assertFalse(
                ask("{\"id\":1,\"method\":\"ping\",\"returnRateLimits\":false}").has("rateLimits"));
        assertFalse(ask(message("ping", "{\"returnRateLimits\":false}")).has("rateLimits"));
        WebSocketSession quiet = new WebSocketSession(ADDRESS, NOW_MS, false);
        String answer = new String(
                api.serve(quiet, "{\"id\":1,\"method\":\"ping\"}", NOW_MS, NOW_MS)
                        .body(),
                java.nio.charset.StandardCharsets.UTF_8);
        assertEquals("{\"id\":1,\"status\":200,\"result\":{}}", answer);
    }

    @Test
    void shouldRefuseAndBanWithTheTimeToComeBack() {
        for (int i = 0; i < 40; i++) {
            ask("{\"id\":1,\"method\":\"ping\"}");
        }
        JsonNode refused = ask("{\"id\":1,\"method\":\"ping\"}");
        assertError(429, -1003, refused);
        assertEquals(
                NOW_MS + 60_000,
                refused.get("error").get("data").get("retryAfter").longValue());
        assertEquals(NOW_MS, refused.get("error").get("data").get("serverTime").longValue());
        ask("{\"id\":1,\"method\":\"ping\"}");
        JsonNode banned = ask("{\"id\":1,\"method\":\"ping\"}");
        assertError(418, -1003, banned);
        assertEquals(
                NOW_MS + 120_000,
                banned.get("error").get("data").get("retryAfter").longValue());
    }

    @Test
    @Covers("WS userDataStream.start")
    void shouldNeedNoSignatureForAListenKey() {
        JsonNode answer = ask(message("userDataStream.start", "{\"apiKey\":\"hmac\"}"));
        assertEquals("k", answer.get("result").get("listenKey").textValue(), answer::toString);
    }
}
