package io.millrace.exchange.api;

import io.millrace.exchange.account.ApiKey;

/**
 * One connection of the WebSocket API, and who has logged on over it.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class WebSocketSession {
    private final String address;
    private final long connectedSinceMs;
    private final boolean returnsRateLimits;
    private ApiKey key;
    private long authorizedSinceMs;

    /**
     * Opens a session without a key.
     *
     * @param address of the client.
     * @param connectedSinceMs the venue's time of the handshake, epoch milliseconds.
     * @param returnsRateLimits whether answers carry the limits unless a request says otherwise.
     */
    public WebSocketSession(String address, long connectedSinceMs, boolean returnsRateLimits) {
        this.address = address;
        this.connectedSinceMs = connectedSinceMs;
        this.returnsRateLimits = returnsRateLimits;
    }

    String address() {
        return address;
    }

    long connectedSinceMs() {
        return connectedSinceMs;
    }

    boolean returnsRateLimits() {
        return returnsRateLimits;
    }

    /** Returns the key that is logged on, or null. */
    ApiKey key() {
        return key;
    }

    long authorizedSinceMs() {
        return authorizedSinceMs;
    }

    void logOn(ApiKey newKey, long nowMs) {
        key = newKey;
        authorizedSinceMs = nowMs;
    }

    void logOut() {
        key = null;
        authorizedSinceMs = 0;
    }
}
