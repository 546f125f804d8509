package io.millrace.exchange.api;

import java.util.Set;

/**
 * One row of the endpoint table.
 *
 * @param method of HTTP.
 * @param path of the endpoint.
 * @param security asked for.
 * @param cost of a request.
 * @param parameters that are read, beside those of the security.
 * @param handler serves it.
 */
public record Endpoint(
        String method, String path, Security security, Cost cost, Set<String> parameters, ApiHandler handler) {
    private static final Set<String> SIGNED = Set.of("timestamp", "recvWindow", "signature");

    /** Copies the names. */
    public Endpoint {
        parameters = Set.copyOf(parameters);
    }

    /**
     * Begins a row.
     *
     * @param method of HTTP.
     * @param path of the endpoint.
     */
    public static Builder of(String method, String path) {
        return new Builder(method, path);
    }

    /** Returns what the table is asked by. */
    String id() {
        return id(method, path);
    }

    static String id(String method, String path) {
        return method + " " + path;
    }

    boolean reads(String parameter) {
        return parameters.contains(parameter) || (security.isSigned() && SIGNED.contains(parameter));
    }

    /** A row in the making. */
    public static final class Builder {
        private final String method;
        private final String path;
        private Security security = Security.NONE;
        private Cost cost = Cost.weight(1);
        private Set<String> parameters = Set.of();

        private Builder(String method, String path) {
            this.method = method;
            this.path = path;
        }

        /**
         * Sets what is asked for; nothing otherwise.
         *
         * @param value the security.
         */
        public Builder security(Security value) {
            security = value;
            return this;
        }

        /**
         * Sets the cost; weight 1 otherwise.
         *
         * @param value the cost.
         */
        public Builder cost(Cost value) {
            cost = value;
            return this;
        }

        /**
         * Sets a fixed weight.
         *
         * @param value of a request.
         */
        public Builder weight(int value) {
            return cost(Cost.weight(value));
        }

        /**
         * Names the parameters that are read; none otherwise.
         *
         * @param names beside those of the security.
         */
        public Builder takes(String... names) {
            parameters = Set.of(names);
            return this;
        }

        /**
         * Ends the row.
         *
         * @param handler serves it.
         */
        public Endpoint serve(ApiHandler handler) {
            return new Endpoint(method, path, security, cost, parameters, handler);
        }
    }
}
