package io.millrace.exchange.api;

import io.millrace.exchange.trade.VenueException;

/**
 * What a request costs.
 *
 * @param weight of the request, charged to the address.
 * @param ordersPer10s charged to the account's window of ten seconds.
 * @param ordersPerMinute charged to the account's window of a minute.
 * @param bucket whose own limit it counts against.
 */
public record Cost(Weight weight, int ordersPer10s, int ordersPerMinute, Bucket bucket) {
    /** Limits of their own beside the request weight, each by address in windows of five minutes. */
    public enum Bucket {
        /** No other limit. */
        NONE,
        /** The funding endpoints together. */
        FUNDING,
        /** The statistics under {@code /futures/data}. */
        DATA
    }

    /** Request weight as a function of the parameters. */
    @FunctionalInterface
    public interface Weight {
        /**
         * Returns the weight.
         *
         * @param parameters as sent.
         * @throws VenueException if the parameters that decide are malformed; the request then weighs 1.
         */
        int of(Parameters parameters) throws VenueException;
    }

    /**
     * Returns a weight that never changes.
     *
     * @param weight of each request.
     */
    public static Cost weight(int weight) {
        return new Cost(parameters -> weight, 0, 0, Bucket.NONE);
    }

    /**
     * Returns a weight that depends on whether one symbol or all are asked for.
     *
     * @param withSymbol weight with a symbol.
     * @param without weight without one.
     */
    public static Cost bySymbol(int withSymbol, int without) {
        return new Cost(parameters -> parameters.has("symbol") ? withSymbol : without, 0, 0, Bucket.NONE);
    }

    /**
     * Returns a weight that depends on the parameters.
     *
     * @param weight as a function of them.
     */
    public static Cost weight(Weight weight) {
        return new Cost(weight, 0, 0, Bucket.NONE);
    }

    /**
     * Returns what placing or modifying orders costs.
     *
     * @param per10s counted in ten seconds.
     * @param perMinute counted in a minute.
     * @param weight of the request.
     */
    public static Cost orders(int per10s, int perMinute, int weight) {
        return new Cost(parameters -> weight, per10s, perMinute, Bucket.NONE);
    }

    /**
     * Returns a cost that counts against a limit of its own.
     *
     * @param bucket counted in.
     * @param weight of the request beside.
     */
    public static Cost in(Bucket bucket, int weight) {
        return new Cost(parameters -> weight, 0, 0, bucket);
    }

    /** Says whether it counts as an order. */
    boolean isOrder() {
        return ordersPer10s > 0;
    }

    int weightOf(Parameters parameters) {
        try {
            return weight.of(parameters);
        } catch (VenueException e) {
            return 1;
        }
    }
}
