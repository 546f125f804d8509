package io.millrace.exchange.api;

import java.util.Map;
import java.util.Objects;

/**
 * One request as it came over the wire.
 *
 * @param method of HTTP, upper case.
 * @param path without host and query.
 * @param query as sent, percent-encoded, without its question mark; empty if none.
 * @param body as sent; empty if none.
 * @param headers by name in lower case.
 * @param address of the client, the unit of request weights and bans.
 * @param timeMs the venue's time, by which timestamps are judged, epoch milliseconds.
 * @param clockMs the time by which limits are counted, epoch milliseconds; another one where a recording tells the venue's time.
 */
public record ApiRequest(
        String method,
        String path,
        String query,
        String body,
        Map<String, String> headers,
        String address,
        long timeMs,
        long clockMs) {

    /** Name of the header that carries the API key. */
    public static final String API_KEY_HEADER = "x-mbx-apikey";

    /** Checks that nothing is missing. */
    public ApiRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(query, "query, use an empty one");
        Objects.requireNonNull(body, "body, use an empty one");
        Objects.requireNonNull(address, "address");
        headers = Map.copyOf(headers);
    }

    /** Returns the API key that came with the request, or null. */
    public String apiKey() {
        return headers.get(API_KEY_HEADER);
    }

    /** Returns the request as if the venue's clock were off by milliseconds. */
    ApiRequest withDriftMs(long driftMs) {
        return driftMs == 0
                ? this
                : new ApiRequest(method, path, query, body, headers, address, timeMs + driftMs, clockMs);
    }
}
