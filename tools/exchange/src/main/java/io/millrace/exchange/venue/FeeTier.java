package io.millrace.exchange.venue;

import java.util.List;

/**
 * Fees of one tier of accounts.
 *
 * @param tier 0 for regular accounts.
 * @param makerE8 fee of a resting order for each unit of notional, at 1e-8.
 * @param takerE8 fee of an incoming order, at 1e-8.
 * @param rpiE8 fee of an order for retail flow, at 1e-8.
 */
public record FeeTier(int tier, long makerE8, long takerE8, long rpiE8) {
    /** Fees of all tiers, 0 first. */
    public static final List<FeeTier> STANDARD = List.of(
            new FeeTier(0, 20_000, 50_000, 5_000),
            new FeeTier(1, 16_000, 40_000, 5_000),
            new FeeTier(2, 14_000, 35_000, 5_000),
            new FeeTier(3, 12_000, 32_000, 5_000),
            new FeeTier(4, 10_000, 30_000, 5_000),
            new FeeTier(5, 8_000, 27_000, 5_000),
            new FeeTier(6, 6_000, 25_000, 5_000),
            new FeeTier(7, 4_000, 22_000, 4_000),
            new FeeTier(8, 2_000, 20_000, 2_000),
            new FeeTier(9, 0, 17_000, 0));
}
