package io.millrace.exchange.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.exchange.account.ApiKey;
import io.millrace.exchange.account.KeyType;
import io.millrace.exchange.faults.FaultDoor;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requests and answers in the WebSocket API's envelope. Each method is an endpoint of the table under another name, so that both
 * doors answer alike and share limits; only logging on and out is this door's own.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class WebSocketApi {
    /** What every method reads. */
    static final Set<String> READS = Set.of("apiKey", "timestamp", "recvWindow", "signature", "returnRateLimits");

    /** Weight of a handshake. */
    public static final int HANDSHAKE_WEIGHT = 5;

    private static final Set<String> SESSION = Set.of("session.logon", "session.logout", "session.status");
    private static final byte[] NOTHING = JsonWriter.ascii("{}");
    private static final int SESSION_WEIGHT = 2;
    private static final int OK = 200;
    private static final int FIRST_BYTES = 1024;
    private static final ObjectReader READER = Json.MAPPER
            .reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Methods and the endpoints that they are. */
    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("ping", "GET /fapi/v1/ping"),
            Map.entry("time", "GET /fapi/v1/time"),
            Map.entry("depth", "GET /fapi/v1/depth"),
            Map.entry("ticker.price", "GET /fapi/v2/ticker/price"),
            Map.entry("ticker.book", "GET /fapi/v1/ticker/bookTicker"),
            Map.entry("order.place", "POST /fapi/v1/order"),
            Map.entry("order.modify", "PUT /fapi/v1/order"),
            Map.entry("order.cancel", "DELETE /fapi/v1/order"),
            Map.entry("order.status", "GET /fapi/v1/order"),
            Map.entry("algoOrder.place", "POST /fapi/v1/algoOrder"),
            Map.entry("algoOrder.cancel", "DELETE /fapi/v1/algoOrder"),
            Map.entry("account.position", "GET /fapi/v2/positionRisk"),
            Map.entry("v2/account.position", "GET /fapi/v3/positionRisk"),
            Map.entry("account.balance", "GET /fapi/v2/balance"),
            Map.entry("v2/account.balance", "GET /fapi/v3/balance"),
            Map.entry("account.status", "GET /fapi/v2/account"),
            Map.entry("v2/account.status", "GET /fapi/v3/account"),
            Map.entry("userDataStream.start", "POST /fapi/v1/listenKey"),
            Map.entry("userDataStream.ping", "PUT /fapi/v1/listenKey"),
            Map.entry("userDataStream.stop", "DELETE /fapi/v1/listenKey"));

    private static final Map<String, String> NAMES =
            METHODS.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private final ApiDispatcher dispatcher;
    private final RateLimits limits;
    private final Authenticator authenticator;

    /**
     * Makes the door.
     *
     * @param dispatcher serves the methods.
     */
    public WebSocketApi(ApiDispatcher dispatcher) {
        this.dispatcher = dispatcher;
        this.limits = dispatcher.limits();
        this.authenticator = dispatcher.authenticator();
    }

    /**
     * Charges a handshake.
     *
     * @param address of the client.
     * @param clockMs the time by which limits are counted, epoch milliseconds.
     * @throws VenueException -1003 with status 429 or 418.
     */
    public void onHandshake(String address, long clockMs) throws VenueException {
        limits.charge(address, HANDSHAKE_WEIGHT, Cost.Bucket.NONE, clockMs);
    }

    /**
     * Serves one message.
     *
     * @param session it came over.
     * @param text of the message.
     * @param timeMs the venue's time, epoch milliseconds.
     * @param clockMs the time by which limits are counted, epoch milliseconds.
     * @return the answer: the JSON is its body, the status the one in the envelope.
     */
    public ApiReply serve(WebSocketSession session, String text, long timeMs, long clockMs) {
        Request request = new Request(session, timeMs, clockMs);
        RequestFaults.Struck struck = null;
        VenueException error = null;
        byte[] result = NOTHING;
        try {
            request.read(text);
            struck = strike(request);
            result = struck == null || struck.isExecuted() ? serve(request) : NOTHING;
        } catch (VenueException e) {
            error = e;
        }
        if (struck != null && struck.error() != null) {
            error = struck.error();
        }
        int status = error == null ? OK : error.httpStatus();
        JsonWriter out = new JsonWriter(FIRST_BYTES);
        begin(out, request, status);
        if (error == null) {
            out.raw(",\"result\":").raw(result);
        } else {
            request.isRefused = true;
            out.raw(",\"error\":");
            error(out, error, request, struck == null ? 0 : struck.retryAfterMs());
        }
        rateLimits(out, request);
        out.raw('}');
        ApiReply reply = new ApiReply(status, Map.of(), Arrays.copyOf(out.bytes(), out.length()));
        return struck == null ? reply : reply.with(struck.fate());
    }

    /** Finds what goes wrong with a request, and lets the clock be off. */
    private RequestFaults.Struck strike(Request request) {
        RequestFaults faults = dispatcher.faults();
        if (!faults.isArmed()) {
            return null;
        }
        String named = request.parameters.values().get("apiKey");
        ApiKey key = named == null ? request.session.key() : dispatcher.keys().find(named);
        RequestFaults.Asked asked = new RequestFaults.Asked(
                METHODS.getOrDefault(request.method, request.method),
                request.method,
                request.parameters,
                key,
                FaultDoor.WS_API,
                request.session.address(),
                request.clockMs);
        request.timeMs += faults.driftMs(asked);
        return faults.strike(asked);
    }

    /** Returns the method that an endpoint is, or null if it is none. */
    static String nameOf(String line) {
        return NAMES.get(line);
    }

    /** Says whether a request is called so, or some are if it ends in a star. */
    static boolean isMethod(String method, EndpointTable table) {
        String start = method.endsWith("*") ? method.substring(0, method.length() - 1) : null;
        return Stream.of(
                        METHODS.keySet().stream(),
                        SESSION.stream(),
                        table.rows().stream().map(Endpoint::id))
                .flatMap(names -> names)
                .anyMatch(name -> start == null ? name.equals(method) : name.startsWith(start));
    }

    private static JsonWriter begin(JsonWriter out, Request request, int status) {
        out.raw("{\"id\":");
        Json.tree(out, request.id);
        return out.raw(",\"status\":").number(status);
    }

    private byte[] serve(Request request) throws VenueException {
        if (request.method.startsWith("session.")) {
            limits.charge(request.session.address(), SESSION_WEIGHT, Cost.Bucket.NONE, request.clockMs);
            return session(request);
        }
        String id = METHODS.get(request.method);
        int space = id == null ? -1 : id.indexOf(' ');
        Endpoint endpoint =
                id == null ? null : dispatcher.table().find(id.substring(0, space), id.substring(space + 1));
        if (endpoint == null) {
            limits.charge(request.session.address(), 1, Cost.Bucket.NONE, request.clockMs);
            throw ApiErrors.unsupportedOperation();
        }
        request.endpoint = endpoint;
        Cost cost = endpoint.cost();
        limits.charge(request.session.address(), cost.weightOf(request.parameters), cost.bucket(), request.clockMs);
        request.key = authenticate(endpoint.security(), request);
        return dispatcher.serve(new ApiCall(
                endpoint,
                request.parameters,
                request.key,
                request.session.address(),
                request.timeMs,
                request.clockMs,
                true));
    }

    private ApiKey authenticate(Security security, Request request) throws VenueException {
        if (!security.isKeyed()) {
            return null;
        }
        WebSocketSession session = request.session;
        if (request.parameters.has("apiKey") || session.key() == null) {
            return authenticator.authenticate(security, request.parameters, session.address(), request.timeMs);
        }
        ApiKey key;
        try {
            key = authenticator.key(session.key().key(), session.address());
        } catch (VenueException e) {
            // The key is gone, and with it what it vouched for.
            session.logOut();
            throw e;
        }
        if (security.isSigned()) {
            authenticator.checkTime(request.parameters, request.timeMs);
        }
        authenticator.checkPermission(security, key);
        return key;
    }

    private byte[] session(Request request) throws VenueException {
        WebSocketSession session = request.session;
        switch (request.method) {
            case "session.logon" -> {
                ApiKey named = authenticator.key(request.parameters.mandatory("apiKey"), session.address());
                if (named.type() != KeyType.ED25519) {
                    throw ApiErrors.invalidKeyType();
                }
                ApiKey key = authenticator.authenticate(
                        Security.USER_DATA, request.parameters, session.address(), request.timeMs);
                session.logOn(key, request.timeMs);
            }
            case "session.logout" -> session.logOut();
            case "session.status" -> {
                // Nothing changes.
            }
            default -> throw ApiErrors.unsupportedOperation();
        }
        JsonWriter out = new JsonWriter(FIRST_BYTES);
        Fields fields = new Fields(out);
        if (session.key() == null) {
            fields.number("apiKey", "null").number("authorizedSince", "null");
        } else {
            fields.text("apiKey", session.key().key()).number("authorizedSince", session.authorizedSinceMs());
        }
        fields.number("connectedSince", session.connectedSinceMs())
                .flag("returnRateLimits", session.returnsRateLimits())
                .number("serverTime", request.timeMs)
                .end();
        return Arrays.copyOf(out.bytes(), out.length());
    }

    private void error(JsonWriter out, VenueException error, Request request, long retryAfterMs) {
        out.raw("{\"code\":").number(error.code()).raw(",\"msg\":");
        out.quoted(error.getMessage());
        if (error.httpStatus() == RateLimits.LIMITED || error.httpStatus() == RateLimits.BANNED) {
            long waitMs = retryAfterMs > 0
                    ? retryAfterMs
                    : limits.retryAtMs(request.session.address(), request.clockMs) - request.clockMs;
            out.raw(",\"data\":{\"serverTime\":").number(request.timeMs);
            out.raw(",\"retryAfter\":").number(request.timeMs + waitMs).raw('}');
        }
        out.raw('}');
    }

    private void rateLimits(JsonWriter out, Request request) {
        if (!request.returnsRateLimits) {
            return;
        }
        out.raw(",\"rateLimits\":[");
        RateLimitSettings settings = limits.settings();
        long nowMs = request.clockMs;
        boolean isOrder = request.endpoint != null && request.endpoint.cost().isOrder();
        if (isOrder && request.isRefused) {
            // Weighs nothing, and a refused order carries no counters.
            out.raw(']');
            return;
        }
        if (isOrder) {
            int account = request.key.accountId();
            int in10s = limits.ordersIn10s(account, nowMs);
            int inMinute = limits.ordersInMinute(account, nowMs);
            rateLimit(out, "ORDERS", "SECOND\",\"intervalNum\":10", settings.ordersPer10s(), in10s);
            out.raw(',');
            rateLimit(out, "ORDERS", "MINUTE\",\"intervalNum\":1", settings.ordersPerMinute(), inMinute);
            out.raw(',');
        }
        int used = limits.usedWeight(request.session.address(), nowMs);
        rateLimit(out, "REQUEST_WEIGHT", "MINUTE\",\"intervalNum\":1", settings.weightPerMinute(), used);
        out.raw(']');
    }

    private static void rateLimit(JsonWriter out, String type, String interval, int limit, int count) {
        out.raw("{\"rateLimitType\":\"").raw(type).raw("\",\"interval\":\"").raw(interval);
        out.raw(",\"limit\":").number(limit).raw(",\"count\":").number(count).raw('}');
    }

    /** One message, as far as it could be read. */
    private static final class Request {
        private final WebSocketSession session;
        private long timeMs;
        private final long clockMs;
        private JsonNode id = NullNode.instance;
        private String method = "";
        private Parameters parameters = Parameters.of(Map.of());
        private boolean returnsRateLimits;
        private Endpoint endpoint;
        private ApiKey key;
        private boolean isRefused;

        Request(WebSocketSession session, long timeMs, long clockMs) {
            this.session = session;
            this.timeMs = timeMs;
            this.clockMs = clockMs;
            this.returnsRateLimits = session.returnsRateLimits();
        }

        void read(String text) throws VenueException {
            JsonNode envelope;
            try {
                envelope = READER.readTree(text);
            } catch (JsonProcessingException e) {
                throw ApiErrors.invalidJson();
            }
            if (envelope == null || !envelope.isObject()) {
                throw ApiErrors.invalidJson();
            }
            JsonNode sentId = envelope.path("id");
            if (sentId.isTextual() || sentId.isIntegralNumber()) {
                id = sentId;
            } else if (!sentId.isMissingNode() && !sentId.isNull()) {
                throw ApiErrors.invalidData("id");
            }
            if (!envelope.path("method").isTextual()) {
                throw Errors.parameterMissing("method");
            }
            method = envelope.path("method").textValue();
            JsonNode sent = envelope.path("params");
            if (!sent.isObject() && !sent.isMissingNode() && !sent.isNull()) {
                throw ApiErrors.invalidData("params");
            }
            parameters = parameters(sent);
            JsonNode flag = envelope.path("returnRateLimits");
            returnsRateLimits = parameters.flag("returnRateLimits", flag.asBoolean(session.returnsRateLimits()));
        }

        private static Parameters parameters(JsonNode sent) {
            Map<String, String> values = new LinkedHashMap<>();
            sent.properties().forEach(field -> values.put(field.getKey(), text(field.getValue())));
            return Parameters.of(values);
        }

        private static String text(JsonNode value) {
            if (value.isNull()) {
                return null;
            }
            if (value.isBigDecimal()) {
                return value.decimalValue().toPlainString();
            }
            return value.isValueNode() ? value.asText() : value.toString();
        }
    }
}
