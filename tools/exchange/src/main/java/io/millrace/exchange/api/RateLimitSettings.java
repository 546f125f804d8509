package io.millrace.exchange.api;

/**
 * How much a client may ask.
 *
 * @param weightPerMinute request weight of an address in a minute, at least 1.
 * @param ordersPer10s orders of an account in ten seconds, at least 1.
 * @param ordersPerMinute orders of an account in a minute, at least 1.
 * @param fundingPer5Minutes requests of an address to the funding endpoints in five minutes, at least 1.
 * @param dataPer5Minutes requests of an address for statistics in five minutes, at least 1.
 * @param refusalsBeforeBan refusals in a minute after which an address is banned, at least 1.
 * @param banMs length of a first ban in milliseconds; each further one within a day lasts twice as long, up to three days.
 */
public record RateLimitSettings(
        int weightPerMinute,
        int ordersPer10s,
        int ordersPerMinute,
        int fundingPer5Minutes,
        int dataPer5Minutes,
        int refusalsBeforeBan,
        long banMs) {

    /** The limits of the real venue. */
    public static final RateLimitSettings VENUE = new RateLimitSettings(2400, 300, 1200, 500, 1000, 50, 120_000);

    /** Checks the ranges. */
    public RateLimitSettings {
        atLeastOne("weightPerMinute", weightPerMinute);
        atLeastOne("ordersPer10s", ordersPer10s);
        atLeastOne("ordersPerMinute", ordersPerMinute);
        atLeastOne("fundingPer5Minutes", fundingPer5Minutes);
        atLeastOne("dataPer5Minutes", dataPer5Minutes);
        atLeastOne("refusalsBeforeBan", refusalsBeforeBan);
        atLeastOne("banMs", banMs);
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "rate limit " + name + "=" + value + " is below 1, choose at least that");
        }
    }

    /** Returns the limits with others for orders, in ten seconds and in a minute. */
    public RateLimitSettings withOrders(int per10s, int perMinute) {
        return new RateLimitSettings(
                weightPerMinute, per10s, perMinute, fundingPer5Minutes, dataPer5Minutes, refusalsBeforeBan, banMs);
    }
}
