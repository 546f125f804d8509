package io.millrace.exchange.api;

/**
 * How the venue answers requests.
 *
 * @param ordersPer10s orders of an account in ten seconds, at least 1.
 * @param ordersPerMinute orders of an account in a minute, at least 1.
 * @param hasOldFields whether acknowledgements carry {@code avgPrice} and {@code cumQuote}, as they did until July 2026.
 * @param isStrict whether a parameter that the endpoint does not read is refused with -1104; otherwise it is passed over, which
 *     the venue's own clients rely on.
 */
public record ApiSettings(int ordersPer10s, int ordersPerMinute, boolean hasOldFields, boolean isStrict) {
    /** The venue of today. */
    public static final ApiSettings VENUE = new ApiSettings(
            RateLimitSettings.VENUE.ordersPer10s(), RateLimitSettings.VENUE.ordersPerMinute(), false, false);

    /** Returns the settings with other limits for orders, in ten seconds and in a minute. */
    public ApiSettings withOrders(int per10s, int perMinute) {
        return new ApiSettings(per10s, perMinute, hasOldFields, isStrict);
    }

    /** Returns the settings with or without the fields that acknowledgements lost in July 2026. */
    public ApiSettings withOldFields(boolean value) {
        return new ApiSettings(ordersPer10s, ordersPerMinute, value, isStrict);
    }

    /** Returns the settings with or without refusing parameters that are not read. */
    public ApiSettings withStrict(boolean value) {
        return new ApiSettings(ordersPer10s, ordersPerMinute, hasOldFields, value);
    }
}
