package io.millrace.exchange.api;

import io.millrace.exchange.account.ApiKey;
import io.millrace.exchange.faults.FaultDoor;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.VenueException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes requests through limits and authentication to the endpoint that serves them.
 *
 * <p>An unknown path is not charged. A known one is charged its weight before anything else is looked at, and its orders once it
 * is known whose they are, whether it is then served or refused.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class ApiDispatcher {
    private static final String RETRY_AFTER = "Retry-After";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int FIRST_BYTES = 64 * 1024;

    private final EndpointTable table;
    private final RateLimits limits;
    private final Authenticator authenticator;
    private final boolean isStrict;
    private final ApiKeys keys;
    private final RequestFaults faults;
    private final JsonWriter out = new JsonWriter(FIRST_BYTES);

    /**
     * Makes a dispatcher.
     *
     * @param table all endpoints.
     * @param keys of all accounts.
     * @param limits shared by all doors.
     * @param isStrict whether parameters that no endpoint reads are refused.
     */
    public ApiDispatcher(EndpointTable table, ApiKeys keys, RateLimits limits, boolean isStrict) {
        this(table, keys, limits, isStrict, RequestFaults.none());
    }

    /**
     * Makes a dispatcher whose requests and answers can go wrong.
     *
     * @param table all endpoints, the same during its life.
     * @param keys of all accounts.
     * @param limits shared by all doors.
     * @param isStrict whether parameters that no endpoint reads are refused.
     * @param faults decides what goes wrong.
     */
    public ApiDispatcher(EndpointTable table, ApiKeys keys, RateLimits limits, boolean isStrict, RequestFaults faults) {
        this.table = table;
        this.limits = limits;
        this.keys = keys;
        this.authenticator = new Authenticator(name -> {
            ApiKey key = keys.find(name);
            return key == null || faults.isExpired(key) ? null : key;
        });
        this.isStrict = isStrict;
        this.faults = faults;
        faults.methods(method -> WebSocketApi.isMethod(method, table));
    }

    /**
     * Serves an HTTP request.
     *
     * @param request as it came.
     */
    public ApiReply serve(ApiRequest request) {
        if (!faults.isArmed()) {
            return serveInOrder(request);
        }
        RequestFaults.Asked asked = asked(request);
        ApiRequest judged = request.withDriftMs(faults.driftMs(asked));
        RequestFaults.Struck struck = faults.strike(asked);
        if (struck == null) {
            return serveInOrder(judged);
        }
        ApiReply reply = struck.isExecuted() ? serveInOrder(judged) : new ApiReply(OK, Map.of(), new byte[0]);
        if (struck.error() != null) {
            int status = struck.error().httpStatus();
            Map<String, String> headers = headers(null, null, status, request.address(), request.clockMs());
            if (struck.retryAfterMs() > 0) {
                headers.put(RETRY_AFTER, seconds(struck.retryAfterMs()));
            }
            reply = new ApiReply(status, headers, error(struck.error()));
        }
        return reply.with(struck.fate());
    }

    private RequestFaults.Asked asked(ApiRequest request) {
        Parameters parameters = null;
        try {
            parameters = Parameters.parse(request.query(), request.body());
        } catch (VenueException e) {
            // The refusal of what cannot be read comes where it always does; faults take it as a request without
            // parameters.
            assert e.code() != 0;
        }
        String line = Endpoint.id(request.method(), request.path());
        ApiKey key = request.apiKey() == null ? null : keys.find(request.apiKey());
        return new RequestFaults.Asked(
                line, WebSocketApi.nameOf(line), parameters, key, FaultDoor.REST, request.address(), request.clockMs());
    }

    private ApiReply serveInOrder(ApiRequest request) {
        Endpoint endpoint = table.find(request.method(), request.path());
        ApiKey key = null;
        boolean isServed = false;
        int status = OK;
        byte[] body;
        try {
            if (endpoint == null) {
                limits.charge(request.address(), 0, Cost.Bucket.NONE, request.clockMs());
                throw ApiErrors.noSuchPath(request.method(), request.path());
            }
            Parameters parameters = chargedParameters(endpoint, request);
            key = authenticator.authenticate(endpoint.security(), request, parameters);
            body = serve(new ApiCall(
                    endpoint, parameters, key, request.address(), request.timeMs(), request.clockMs(), false));
            isServed = true;
        } catch (VenueException e) {
            status = e.httpStatus();
            body = error(e);
        }
        Map<String, String> headers =
                headers(endpoint, isServed ? key : null, status, request.address(), request.clockMs());
        return new ApiReply(status, headers, body);
    }

    /**
     * Returns how the venue would refuse a request with a status, for faults.
     *
     * @param status 429, 418 or 503; the venue has no words of its own for others.
     * @param address of the client.
     * @param clockMs the time by which limits are counted, epoch milliseconds.
     */
    public Optional<ApiReply> refusal(int status, String address, long clockMs) {
        VenueException error = switch (status) {
            case RateLimits.LIMITED ->
                ApiErrors.tooManyRequests(address, limits.settings().weightPerMinute());
            case RateLimits.BANNED -> ApiErrors.banned(address, limits.retryAtMs(address, clockMs));
            case UNAVAILABLE -> ApiErrors.unavailable();
            default -> null;
        };
        return error == null
                ? Optional.empty()
                : Optional.of(new ApiReply(status, headers(null, null, status, address, clockMs), error(error)));
    }

    private Parameters chargedParameters(Endpoint endpoint, ApiRequest request) throws VenueException {
        Parameters parameters;
        try {
            parameters = Parameters.parse(request.query(), request.body());
        } catch (VenueException e) {
            limits.charge(request.address(), 1, endpoint.cost().bucket(), request.clockMs());
            throw e;
        }
        Cost cost = endpoint.cost();
        limits.charge(request.address(), cost.weightOf(parameters), cost.bucket(), request.clockMs());
        return parameters;
    }

    /** Serves a request that is charged to its address and whose sender is known; returns the JSON of the answer. */
    byte[] serve(ApiCall call) throws VenueException {
        Endpoint endpoint = call.endpoint();
        if (isStrict) {
            checkAllRead(endpoint, call.parameters(), call.isWebSocket());
        }
        if (endpoint.cost().isOrder()) {
            limits.chargeOrders(call.accountId(), endpoint.cost(), call.clockMs());
        }
        out.clear();
        endpoint.handler().serve(call, out);
        return Arrays.copyOf(out.bytes(), out.length());
    }

    private static void checkAllRead(Endpoint endpoint, Parameters parameters, boolean isWebSocket)
            throws VenueException {
        int read = 0;
        for (String name : parameters.names()) {
            read += endpoint.reads(name) || (isWebSocket && WebSocketApi.READS.contains(name)) ? 1 : 0;
        }
        if (read < parameters.names().size()) {
            throw ApiErrors.unreadParameters(read, parameters.names().size());
        }
    }

    EndpointTable table() {
        return table;
    }

    RateLimits limits() {
        return limits;
    }

    RequestFaults faults() {
        return faults;
    }

    ApiKeys keys() {
        return keys;
    }

    Authenticator authenticator() {
        return authenticator;
    }

    private Map<String, String> headers(Endpoint endpoint, ApiKey servedKey, int status, String address, long nowMs) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-MBX-USED-WEIGHT-1M", String.valueOf(limits.usedWeight(address, nowMs)));
        if (servedKey != null && endpoint.cost().isOrder()) {
            headers.put("X-MBX-ORDER-COUNT-10S", String.valueOf(limits.ordersIn10s(servedKey.accountId(), nowMs)));
            headers.put("X-MBX-ORDER-COUNT-1M", String.valueOf(limits.ordersInMinute(servedKey.accountId(), nowMs)));
        }
        if (status == RateLimits.LIMITED || status == RateLimits.BANNED) {
            long waitMs = limits.retryAtMs(address, nowMs) - nowMs;
            headers.put(RETRY_AFTER, seconds(waitMs));
        }
        return headers;
    }

    private static String seconds(long waitMs) {
        return String.valueOf(Math.max(1, waitMs / 1000));
    }

    /**
     * Returns the body of an error.
     *
     * @param error of the venue.
     */
    public static byte[] error(VenueException error) {
        JsonWriter json = new JsonWriter(128);
        json.raw("{\"code\":").number(error.code()).raw(",\"msg\":");
        json.quoted(error.getMessage());
        json.raw('}');
        return Arrays.copyOf(json.bytes(), json.length());
    }
}
