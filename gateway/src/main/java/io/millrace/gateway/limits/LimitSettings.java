package io.millrace.gateway.limits;

import io.millrace.gateway.transport.Checks;

/**
 * How much of the venue's limits one view of the ledger may use.
 *
 * @param weightPerMinute request weight of the address, 20 to 100000; the venue allows 2400.
 * @param ordersPer10s orders and amendments of the account in ten seconds, 1 to 100000; the venue allows 300.
 * @param ordersPerMinute orders and amendments in a minute, 1 to 100000; the venue allows 1200.
 * @param reserves what lower lanes leave to higher ones.
 * @param warnPercent use of any limit from which on the ledger is near it, 1 to 100.
 */
public record LimitSettings(
        int weightPerMinute, int ordersPer10s, int ordersPerMinute, Reserves reserves, int warnPercent) {

    private static final int MAX = 100_000;

    /**
     * What each lane leaves unused, so that those above it find room. The lane of cancels leaves nothing.
     *
     * @param protection weight that protection leaves to cancels.
     * @param entry weight that entries leave to those above, at least {@code protection}.
     * @param query weight that queries leave to those above, at least {@code entry}.
     * @param history weight that everything else leaves, at least {@code query}, below the limit.
     * @param ordersPercent share of both order limits that entries leave to protection, 0 to 90.
     */
    public record Reserves(int protection, int entry, int query, int history, int ordersPercent) {
        /** Checks the ranges. */
        public Reserves {
            Checks.range("limits.reserves.protection", protection, 0, MAX);
            Checks.range("limits.reserves.entry", entry, protection, MAX);
            Checks.range("limits.reserves.query", query, entry, MAX);
            Checks.range("limits.reserves.history", history, query, MAX);
            Checks.range("limits.reserves.ordersPercent", ordersPercent, 0, 90);
        }
    }

    /** Checks the ranges. */
    public LimitSettings {
        Checks.range("limits.weightPerMinute", weightPerMinute, 20, MAX);
        Checks.range("limits.ordersPer10s", ordersPer10s, 1, MAX);
        Checks.range("limits.ordersPerMinute", ordersPerMinute, 1, MAX);
        Checks.range("limits.reserves.history", reserves.history(), 0, weightPerMinute - 1);
        Checks.range("limits.warnPercent", warnPercent, 1, 100);
    }

    /** What a production venue allows, with room kept for cancels, protection and entries, in this order. */
    public static final LimitSettings VENUE =
            new LimitSettings(2400, 300, 1200, new Reserves(20, 100, 200, 600, 10), 80);

    /**
     * Returns settings for a view that only asks for market data.
     *
     * @param weightPerMinute request weight that it may use.
     * @param reserve part of it that is not for the lane of history.
     * @return the settings.
     */
    public static LimitSettings ofWeight(int weightPerMinute, int reserve) {
        return new LimitSettings(weightPerMinute, 1, 1, new Reserves(0, 0, 0, reserve, 0), 100);
    }

    /** Returns these settings with other limits and the same reserves. */
    public LimitSettings withLimits(int newWeightPerMinute, int newOrdersPer10s, int newOrdersPerMinute) {
        return new LimitSettings(newWeightPerMinute, newOrdersPer10s, newOrdersPerMinute, reserves, warnPercent);
    }

    /** Returns these settings with other reserves. */
    public LimitSettings withReserves(Reserves newReserves) {
        return new LimitSettings(weightPerMinute, ordersPer10s, ordersPerMinute, newReserves, warnPercent);
    }
}
