package io.millrace.exchange.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.account.ApiKey;
import io.millrace.exchange.coverage.Covers;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDispatcherTest {
    private static final long NOW_MS = 1_795_262_400_000L;
    private static final String ADDRESS = "192.0.2.7";
    private static final SignedClient TRADER = SignedClient.hmac("trader", "a secret");
    private static final SignedClient READER = SignedClient.hmac("reader", "another secret");

    private final Map<String, ApiKey> keys = new HashMap<>();
    private RateLimits limits = new RateLimits(RateLimitSettings.VENUE);
    private long nowMs = NOW_MS;

    ApiDispatcherTest() {
        keys.put("trader", ApiKey.hmac("trader", 7, "a secret"));
        keys.put("reader", ApiKey.hmac("reader", 7, "another secret").withPermissions(true, false));
        keys.put("nothing", ApiKey.hmac("nothing", 7, "a secret").withPermissions(false, false));
        keys.put("elsewhere", ApiKey.hmac("elsewhere", 7, "a secret").withAddresses(Set.of("192.0.2.1")));
    }

    private ApiDispatcher dispatcher() {
        return dispatcher(true);
    }

    private ApiDispatcher dispatcher(boolean isStrict) {
        EndpointTable table = new EndpointTable()
                .add(Endpoint.of("GET", "/open").weight(5).takes("limit").serve((call, out) -> out.raw("{}")))
                .add(Endpoint.of("POST", "/key").security(Security.USER_STREAM).serve((call, out) -> out.raw("{}")))
                .add(Endpoint.of("GET", "/data")
                        .security(Security.USER_DATA)
                        .takes("symbol")
                        .serve((call, out) -> {
                            out.raw("{\"account\":").number(call.accountId()).raw(",\"symbol\":");
                            out.quoted(String.valueOf(call.parameters().text("symbol")));
                            out.raw('}');
                        }))
                .add(Endpoint.of("POST", "/order")
                        .security(Security.TRADE)
                        .cost(Cost.orders(5, 1, 0))
                        .takes("symbol", "side")
                        .serve((call, out) -> out.raw("{}")))
                .add(Endpoint.of("GET", "/funding")
                        .cost(Cost.in(Cost.Bucket.FUNDING, 0))
                        .serve((call, out) -> out.raw("[]")));
        return new ApiDispatcher(table, keys::get, limits, isStrict);
    }

    private ApiReply ask(String method, String path, String query, String body, String apiKey) {
        return dispatcher()
                .serve(new ApiRequest(
                        method,
                        path,
                        query,
                        body,
                        apiKey == null ? Map.of() : Map.of(ApiRequest.API_KEY_HEADER, apiKey),
                        ADDRESS,
                        nowMs,
                        nowMs));
    }

    private static void assertRefused(int status, int code, ApiReply reply) {
        JsonNode body = ForeignClient.parse(reply.text());
        assertEquals(code, body.get("code").intValue(), reply::toString);
        assertEquals(status, reply.status(), reply::toString);
        assertEquals(2, body.size());
        assertEquals(true, body.get("msg").isTextual());
    }

    private static void assertServed(ApiReply reply) {
        assertEquals(200, reply.status(), reply::toString);
    }

    @Test
    void shouldVerifySignaturesOfAllKeyTypes() throws NoSuchAlgorithmException {
        String payload = "symbol=BTCUSDT&timestamp=1";
        for (String algorithm : new String[] {"Ed25519", "RSA"}) {
            KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            ApiKey key = ApiKey.asymmetric("k", 1, pair.getPublic());
            String signature = Signatures.sign(key.type(), pair.getPrivate(), payload);
            assertEquals(true, Signatures.isValid(key, payload, signature));
            assertEquals(false, Signatures.isValid(key, payload + "0", signature));
            assertEquals(false, Signatures.isValid(key, payload, "not base 64 %"));
            assertEquals(false, Signatures.isValid(key, payload, ""));
        }
        ApiKey key = keys.get("trader");
        String signature = TRADER.sign(payload);
        assertEquals(true, Signatures.isValid(key, payload, signature.toLowerCase(Locale.ROOT)));
        assertEquals(true, Signatures.isValid(key, payload, signature.toUpperCase(Locale.ROOT)));
        assertEquals(false, Signatures.isValid(key, payload, signature.substring(2)));
        assertEquals(false, Signatures.isValid(key, payload, "zz"));
    }

    @Test
    void shouldServeASignedRequestWhereverItsParametersStand() {
        String query = TRADER.signed(NOW_MS, "symbol", "BTCUSDT", "side", "BUY");
        assertServed(ask("POST", "/order", query, "", "trader"));
        assertServed(ask("POST", "/order", "", query, "trader"));
        // Query and body are signed as they follow on each other, with nothing between.
        String signature = TRADER.sign("symbol=BTCUSDT" + "side=BUY&timestamp=" + NOW_MS);
        assertServed(ask(
                "POST",
                "/order",
                "symbol=BTCUSDT",
                "side=BUY&timestamp=" + NOW_MS + "&signature=" + signature,
                "trader"));
        // The signature may also end the query while a body follows.
        String both = TRADER.sign("timestamp=" + NOW_MS + "symbol=BTCUSDT&side=BUY");
        assertServed(ask(
                "POST", "/order", "timestamp=" + NOW_MS + "&signature=" + both, "symbol=BTCUSDT&side=BUY", "trader"));
    }

    @Test
    void shouldSignWhatWasSentPercentEncoded() {
        String symbol = "币安人生USDT";
        ApiReply reply = ask("GET", "/data", TRADER.signed(NOW_MS, "symbol", symbol), "", "trader");
        assertServed(reply);
        JsonNode body = ForeignClient.parse(reply.text());
        assertEquals(symbol, body.get("symbol").textValue());
        assertEquals(7, body.get("account").intValue());
        String raw = "symbol=" + symbol + "&timestamp=" + NOW_MS;
        String encoded = "symbol=" + SignedClient.encode(symbol) + "&timestamp=" + NOW_MS;
        assertRefused(400, -1022, ask("GET", "/data", encoded + "&signature=" + TRADER.sign(raw), "", "trader"));
    }

    @Test
    @Covers({"ERROR -1022"})
    void shouldRefuseWhenTheSignatureIsNotLast() {
        String payload = "symbol=BTCUSDT&timestamp=" + NOW_MS;
        String signature = "signature=" + TRADER.sign(payload);
        assertServed(ask("GET", "/data", payload + "&" + signature, "", "trader"));
        assertRefused(400, -1022, ask("GET", "/data", signature + "&" + payload, "", "trader"));
        assertRefused(400, -1022, ask("GET", "/data", payload + "&" + signature, "x=1", "trader"));
        assertRefused(400, -1102, ask("GET", "/data", payload, "", "trader"));
        assertRefused(400, -1022, ask("GET", "/data", payload + "&signature=00", "", "trader"));
    }

    @Test
    @Covers({"ERROR -2014", "ERROR -2015", "ERROR -1002", "STATUS 401"})
    void shouldAskForKeysAndPermissions() {
        assertRefused(401, -2014, ask("POST", "/key", "", "", null));
        assertRefused(401, -2014, ask("POST", "/key", "", "", "not a key"));
        assertRefused(401, -2015, ask("POST", "/key", "", "", "nobody"));
        assertRefused(401, -2015, ask("POST", "/key", "", "", "elsewhere"));
        assertRefused(401, -1002, ask("POST", "/key", "", "", "nothing"));
        assertServed(ask("POST", "/key", "", "", "reader"));
        String order = READER.signed(NOW_MS, "symbol", "BTCUSDT");
        assertServed(ask("GET", "/data", order, "", "reader"));
        assertRefused(401, -2015, ask("POST", "/order", order, "", "reader"));
        assertServed(ask("GET", "/open", "", "", null));
    }

    @ParameterizedTest
    @CsvSource({
        "0, , 0",
        "999, , 0",
        "1000, , -1021",
        "-5000, , 0",
        "-5001, , -1021",
        "-2001, 2000, -1021",
        "-60000, 60000, 0",
        "0, 60001, -1130",
        "0, 0, -1130",
        "0, x, -1100"
    })
    @Covers({"ERROR -1021"})
    void shouldAcceptATimestampWithinItsWindow(long offsetMs, String recvWindow, int code) {
        String query = recvWindow == null
                ? TRADER.signed(NOW_MS + offsetMs)
                : TRADER.signed(NOW_MS + offsetMs, "recvWindow", recvWindow);
        ApiReply reply = ask("GET", "/data", query, "", "trader");
        if (code == 0) {
            assertServed(reply);
        } else {
            assertRefused(400, code, reply);
        }
    }

    @Test
    void shouldSayWhichSideOfTheWindowWasMissed() {
        String ahead =
                ask("GET", "/data", TRADER.signed(NOW_MS + 1000), "", "trader").text();
        assertEquals(
                "{\"code\":-1021,\"msg\":\"Timestamp for this request was 1000ms ahead of the server's time.\"}",
                ahead);
        String late =
                ask("GET", "/data", TRADER.signed(NOW_MS - 5001), "", "trader").text();
        assertEquals("{\"code\":-1021,\"msg\":\"Timestamp for this request is outside of the recvWindow.\"}", late);
    }

    @Test
    @Covers({"ERROR -1100", "ERROR -1101", "ERROR -1102", "ERROR -1104", "ERROR -1105"})
    void shouldRefuseMalformedParameters() {
        assertRefused(400, -1102, ask("GET", "/data", "signature=00", "", "trader"));
        assertRefused(400, -1102, ask("GET", "/data", "timestamp=&signature=00", "", "trader"));
        assertRefused(400, -1100, ask("GET", "/data", "timestamp=now&signature=00", "", "trader"));
        assertRefused(400, -1105, ask("GET", "/data", TRADER.signed(NOW_MS, "symbol", ""), "", "trader"));
        assertRefused(400, -1101, ask("GET", "/open", "limit=1&limit=2", "", null));
        assertRefused(400, -1100, ask("GET", "/open", "limit=%zz", "", null));
        assertRefused(400, -1104, ask("GET", "/open", "limit=1&color=red", "", null));
        ApiRequest unread = new ApiRequest("GET", "/open", "color=red", "", Map.of(), ADDRESS, nowMs, nowMs);
        assertServed(dispatcher(false).serve(unread));
    }

    @Test
    void shouldPreferTheQueryWhenANameIsInBoth() {
        String query = "symbol=ETHUSDT&timestamp=" + NOW_MS;
        String body = "symbol=BTCUSDT";
        ApiReply reply = ask("GET", "/data", query, body + "&signature=" + TRADER.sign(query + body), "trader");
        assertEquals("ETHUSDT", ForeignClient.parse(reply.text()).get("symbol").textValue());
    }

    @Test
    @Covers({"ERROR -5000", "STATUS 404"})
    void shouldNameMethodAndPathWhenThereIsNoSuchEndpoint() {
        ApiReply reply = ask("PUT", "/open", "", "", null);
        assertRefused(404, -5000, reply);
        assertEquals("0", reply.headers().get("X-MBX-USED-WEIGHT-1M"));
    }

    @Test
    void shouldCountWeightAndOrdersInFixedWindows() {
        ApiReply first = ask("GET", "/open", "", "", null);
        assertEquals("5", first.headers().get("X-MBX-USED-WEIGHT-1M"));
        assertNull(first.headers().get("X-MBX-ORDER-COUNT-10S"));
        ApiReply order = ask("POST", "/order", TRADER.signed(nowMs), "", "trader");
        assertEquals("5", order.headers().get("X-MBX-USED-WEIGHT-1M"), "an order weighs nothing");
        assertEquals("5", order.headers().get("X-MBX-ORDER-COUNT-10S"));
        assertEquals("1", order.headers().get("X-MBX-ORDER-COUNT-1M"));
        nowMs += 10_000;
        order = ask("POST", "/order", TRADER.signed(nowMs), "", "trader");
        assertEquals("5", order.headers().get("X-MBX-ORDER-COUNT-10S"));
        assertEquals("2", order.headers().get("X-MBX-ORDER-COUNT-1M"));
        nowMs = NOW_MS + 59_999;
        assertEquals("10", ask("GET", "/open", "", "", null).headers().get("X-MBX-USED-WEIGHT-1M"));
        nowMs = NOW_MS + 60_000;
        assertEquals("5", ask("GET", "/open", "", "", null).headers().get("X-MBX-USED-WEIGHT-1M"));
    }

    @Test
    @Covers({"ERROR -1015"})
    void shouldRefuseOrdersAboveTheAccountsLimit() {
        limits = new RateLimits(RateLimitSettings.VENUE.withOrders(10, 3));
        assertServed(ask("POST", "/order", TRADER.signed(nowMs), "", "trader"));
        assertServed(ask("POST", "/order", TRADER.signed(nowMs), "", "trader"));
        assertRefused(429, -1015, ask("POST", "/order", TRADER.signed(nowMs), "", "trader"));
        assertServed(ask("GET", "/data", TRADER.signed(nowMs), "", "trader"));
        nowMs += 10_000;
        ApiReply refused = ask("POST", "/order", TRADER.signed(nowMs), "", "trader");
        assertRefused(429, -1015, refused);
        assertNull(refused.headers().get("X-MBX-ORDER-COUNT-10S"), "a refused order carries no counters");
        nowMs = NOW_MS + 60_000;
        assertServed(ask("POST", "/order", TRADER.signed(nowMs), "", "trader"));
    }

    @Test
    @Covers({"ERROR -1003", "STATUS 418", "STATUS 429"})
    void shouldBanLongerEachTime() {
        limits = new RateLimits(new RateLimitSettings(4, 300, 1200, 500, 1000, 2, 120_000));
        for (long expectedMs = 120_000; expectedMs <= 480_000; expectedMs *= 2) {
            ApiReply limited = ask("GET", "/open", "", "", null);
            assertRefused(429, -1003, limited);
            assertEquals("60", limited.headers().get("Retry-After"));
            assertRefused(429, -1003, ask("GET", "/open", "", "", null));
            ApiReply banned = ask("GET", "/open", "", "", null);
            assertRefused(418, -1003, banned);
            assertEquals(true, banned.text().contains("banned until " + (nowMs + expectedMs)), banned::toString);
            assertEquals(String.valueOf(expectedMs / 1000), banned.headers().get("Retry-After"));
            nowMs += expectedMs - 1;
            assertRefused(418, -1003, ask("GET", "/open", "", "", null));
            assertRefused(418, -1003, ask("GET", "/nowhere", "", "", null));
            nowMs += 1;
        }
    }

    @Test
    void shouldCountFundingRequestsInABucketOfTheirOwn() {
        for (int i = 0; i < 500; i++) {
            assertServed(ask("GET", "/funding", "", "", null));
        }
        ApiReply refused = ask("GET", "/funding", "", "", null);
        assertRefused(429, -1003, refused);
        assertServed(ask("GET", "/open", "", "", null));
        nowMs += 300_000;
        assertServed(ask("GET", "/funding", "", "", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", "1e3", "-1", ".5", "1.", "0x1", "1,5", "١"})
    void shouldRefuseWhatIsNoDecimal(String text) {
        Parameters parameters = Parameters.of(Map.of("price", text));
        try {
            parameters.decimal("price");
            throw new AssertionError(text + " was taken");
        } catch (io.millrace.exchange.trade.VenueException e) {
            assertEquals(-1100, e.code());
        }
    }
}
