package io.millrace.gateway.rest;

import java.util.function.Supplier;

/**
 * One request.
 *
 * @param method of HTTP.
 * @param target path and query; asked for when the connection is ready, so that a time stamp in it is the time of sending.
 * @param apiKey for the header {@code X-MBX-APIKEY}, null for none.
 * @param deadlineNs monotonic time after which its first byte does not leave any more.
 * @param onSent run when its first byte has been handed to the socket.
 */
public record RestRequest(Method method, Supplier<String> target, String apiKey, long deadlineNs, Runnable onSent) {

    /** What HTTP calls it. */
    public enum Method {
        /** Asks; may be repeated when a kept connection turns out to be closed. */
        GET,
        /** Makes. */
        POST,
        /** Changes. */
        PUT,
        /** Takes away. */
        DELETE
    }

    private static final long FOREVER_NS = Long.MAX_VALUE / 4;

    /**
     * Returns a question without a key and without a deadline.
     *
     * @param pathAndQuery behind the base URI.
     * @param nowNs monotonic time.
     * @return the request.
     */
    public static RestRequest get(String pathAndQuery, long nowNs) {
        return new RestRequest(Method.GET, () -> pathAndQuery, null, nowNs + FOREVER_NS, () -> {});
    }

    @Override
    public String toString() {
        // Neither the key nor a signed query may end in a log.
        return "RestRequest[" + method + "]";
    }
}
