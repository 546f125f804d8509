package io.millrace.exchange.api;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All endpoints of the venue. Whoever serves a part of them adds its rows before the first request.
 *
 * <p><b>Thread:</b> filled by one thread, then read by the venue's.
 */
public final class EndpointTable {
    private final Map<String, Endpoint> rows = new LinkedHashMap<>();

    /**
     * Adds a row.
     *
     * @param endpoint not in the table yet.
     */
    public EndpointTable add(Endpoint endpoint) {
        if (rows.putIfAbsent(endpoint.id(), endpoint) != null) {
            throw new IllegalArgumentException("the table has two rows for " + endpoint.id() + ", keep one");
        }
        return this;
    }

    /**
     * Adds rows.
     *
     * @param endpoints not in the table yet.
     */
    public EndpointTable addAll(Collection<Endpoint> endpoints) {
        endpoints.forEach(this::add);
        return this;
    }

    /**
     * Returns a row, or null if there is none.
     *
     * @param method of HTTP.
     * @param path of the endpoint.
     */
    public Endpoint find(String method, String path) {
        return rows.get(Endpoint.id(method, path));
    }

    /** Returns all rows in the order they were added. */
    public Collection<Endpoint> rows() {
        return rows.values();
    }
}
