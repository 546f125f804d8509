package io.millrace.exchange.api;

import io.millrace.exchange.account.ApiKey;

/** The API keys of all accounts. */
@FunctionalInterface
public interface ApiKeys {
    /**
     * Returns a key, or null if there is none of that name.
     *
     * @param key as the client names it.
     */
    ApiKey find(String key);
}
