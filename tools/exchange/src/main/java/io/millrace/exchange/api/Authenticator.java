package io.millrace.exchange.api;

import io.millrace.exchange.account.ApiKey;
import io.millrace.exchange.trade.VenueException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds out who asks: API key, signature, timestamp, permission, in this order.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class Authenticator {
    /** Furthest that a timestamp may lie ahead of the venue's time, exclusive. */
    static final long AHEAD_MS = 1000;

    private static final long DEFAULT_RECV_WINDOW_MS = 5000;
    private static final long LONGEST_RECV_WINDOW_MS = 60_000;
    private static final String SIGNATURE = "signature";
    private static final Pattern KEY_FORMAT = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final ApiKeys keys;

    Authenticator(ApiKeys keys) {
        this.keys = keys;
    }

    /** Returns the key of an HTTP request, or null where none is asked for. */
    ApiKey authenticate(Security security, ApiRequest request, Parameters parameters) throws VenueException {
        if (!security.isKeyed()) {
            return null;
        }
        ApiKey key = key(request.apiKey(), request.address());
        if (security.isSigned()) {
            long timestampMs = parameters.mandatoryInteger("timestamp");
            long recvWindowMs = recvWindowMs(parameters);
            String signature = parameters.mandatory(SIGNATURE);
            String payload = payload(request);
            if (payload == null || !Signatures.isValid(key, payload, signature)) {
                throw ApiErrors.badSignature();
            }
            checkTime(timestampMs, recvWindowMs, request.timeMs());
        }
        checkPermission(security, key);
        return key;
    }

    /** Returns the key that a request over the WebSocket API names and signs. */
    ApiKey authenticate(Security security, Parameters parameters, String address, long nowMs) throws VenueException {
        ApiKey key = key(parameters.mandatory("apiKey"), address);
        if (security.isSigned()) {
            parameters.mandatoryInteger("timestamp");
            String signature = parameters.mandatory(SIGNATURE);
            if (!Signatures.isValid(key, sortedPayload(parameters), signature)) {
                throw ApiErrors.badSignature();
            }
            checkTime(parameters, nowMs);
        }
        checkPermission(security, key);
        return key;
    }

    /** Returns the key if it is still there and may be used from the address. */
    ApiKey key(String name, String address) throws VenueException {
        if (name == null || !KEY_FORMAT.matcher(name).matches()) {
            throw ApiErrors.badKeyFormat();
        }
        ApiKey key = keys.find(name);
        if (key == null || (!key.addresses().isEmpty() && !key.addresses().contains(address))) {
            throw ApiErrors.rejectedKey();
        }
        return key;
    }

    /** Checks timestamp and window of a request whose session vouches for it. */
    void checkTime(Parameters parameters, long nowMs) throws VenueException {
        checkTime(parameters.mandatoryInteger("timestamp"), recvWindowMs(parameters), nowMs);
    }

    void checkPermission(Security security, ApiKey key) throws VenueException {
        if (!key.isReadAllowed() && !key.isTradeAllowed()) {
            throw ApiErrors.unauthorized();
        }
        if ((security == Security.TRADE && !key.isTradeAllowed())
                || (security == Security.USER_DATA && !key.isReadAllowed())) {
            throw ApiErrors.rejectedKey();
        }
    }

    private static long recvWindowMs(Parameters parameters) throws VenueException {
        return parameters.bounded("recvWindow", DEFAULT_RECV_WINDOW_MS, 1, LONGEST_RECV_WINDOW_MS);
    }

    private static void checkTime(long timestampMs, long recvWindowMs, long nowMs) throws VenueException {
        if (timestampMs >= nowMs + AHEAD_MS) {
            throw ApiErrors.aheadOfServer();
        }
        if (nowMs - timestampMs > recvWindowMs) {
            throw ApiErrors.outsideRecvWindow();
        }
    }

    /**
     * Returns what was signed: query and body as sent, following on each other with nothing between, without the signature at
     * the end of one of them; null if it is not there.
     */
    private static String payload(ApiRequest request) {
        String body = withoutSignature(request.body());
        if (body != null) {
            return request.query() + body;
        }
        String query = withoutSignature(request.query());
        return query == null ? null : query + request.body();
    }

    private static String withoutSignature(String form) {
        int lastPair = form.lastIndexOf('&') + 1;
        return form.startsWith(SIGNATURE + "=", lastPair) ? form.substring(0, Math.max(0, lastPair - 1)) : null;
    }

    private static String sortedPayload(Parameters parameters) {
        StringBuilder payload = new StringBuilder();
        for (Map.Entry<String, String> parameter : new TreeMap<>(parameters.values()).entrySet()) {
            if (!parameter.getKey().equals(SIGNATURE)) {
                payload.append(payload.isEmpty() ? "" : "&")
                        .append(parameter.getKey())
                        .append('=')
                        .append(parameter.getValue());
            }
        }
        return payload.toString();
    }
}
