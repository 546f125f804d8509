package io.millrace.exchange.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.account.ApiKey;
import io.millrace.exchange.conditional.AlgoService;
import io.millrace.exchange.userdata.DeliverySettings;
import io.millrace.exchange.userdata.UserData;
import java.util.Map;

/** All endpoints over a venue without a market. */
final class ApiFixture {
    static final long NOW_MS = 1_795_262_400_000L;
    private static final SignedClient CLIENT = SignedClient.hmac("trader", "a secret");
    private static final ApiKey KEY = ApiKey.hmac("trader", FakeVenue.ACCOUNT, "a secret");

    final FakeVenue venue = new FakeVenue();
    final AlgoService algo = venue.algo;
    private final ApiDispatcher dispatcher;

    ApiFixture() {
        this(ApiSettings.VENUE.withStrict(true));
    }

    ApiFixture(ApiSettings settings) {
        venue.nowMs = NOW_MS;
        RateLimits limits = new RateLimits(RateLimitSettings.VENUE);
        TradingEndpoints.Ports ports = new TradingEndpoints.Ports(
                venue, venue, algo, new UserData(DeliverySettings.immediate(1)), () -> venue.nowMs * 1_000_000L, 1);
        EndpointTable table = new EndpointTable().addAll(TradingEndpoints.rows(ports, settings, limits));
        dispatcher = new ApiDispatcher(table, name -> name.equals("trader") ? KEY : null, limits, settings.isStrict());
    }

    ApiReply ask(String method, String path, String... namesAndValues) {
        String query = CLIENT.signed(venue.nowMs, namesAndValues);
        return send(method, path, query);
    }

    ApiReply send(String method, String path, String query) {
        return dispatcher.serve(
                new ApiRequest(method, path, query, "", CLIENT.headers(), "192.0.2.7", venue.nowMs, venue.nowMs));
    }

    /** Returns the answer's body after checking that the request was served. */
    JsonNode served(String method, String path, String... namesAndValues) {
        ApiReply reply = ask(method, path, namesAndValues);
        assertEquals(200, reply.status(), reply::toString);
        return ForeignClient.parse(reply.text());
    }

    void refused(int code, String method, String path, String... namesAndValues) {
        ApiReply reply = ask(method, path, namesAndValues);
        JsonNode body = ForeignClient.parse(reply.text());
        assertEquals(400, reply.status(), reply::toString);
        assertEquals(code, body.path("code").intValue(), reply::toString);
    }

    /** Checks names and JSON types of all fields: s text, n number, b boolean, a array, o object, null. */
    static void assertShape(String expected, JsonNode object) {
        StringBuilder shape = new StringBuilder();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            shape.append(shape.isEmpty() ? "" : " ")
                    .append(field.getKey())
                    .append(':')
                    .append(type(field.getValue()));
        }
        assertEquals(expected.replaceAll("\\s+", " ").trim(), shape.toString());
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "s";
            case NUMBER -> "n";
            case BOOLEAN -> "b";
            case ARRAY -> "a";
            case OBJECT -> "o";
            default -> "null";
        };
    }
}
