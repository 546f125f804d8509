package io.millrace.exchange.api;

import io.millrace.exchange.account.ApiKey;

/**
 * A request that has passed authentication and limits.
 *
 * @param endpoint asked.
 * @param parameters as sent.
 * @param key that asked; null at endpoints without security.
 * @param address of the client.
 * @param timeMs the venue's time, epoch milliseconds.
 * @param clockMs the time by which limits are counted, epoch milliseconds.
 * @param isWebSocket whether it came over the WebSocket API.
 */
public record ApiCall(
        Endpoint endpoint,
        Parameters parameters,
        ApiKey key,
        String address,
        long timeMs,
        long clockMs,
        boolean isWebSocket) {
    /** Returns the account that asks. */
    public int accountId() {
        return key.accountId();
    }

    /** Returns the same call with other parameters, for one element of a list. */
    ApiCall with(Parameters newParameters) {
        return new ApiCall(endpoint, newParameters, key, address, timeMs, clockMs, isWebSocket);
    }
}
