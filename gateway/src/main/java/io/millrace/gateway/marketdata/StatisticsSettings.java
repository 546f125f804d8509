package io.millrace.gateway.marketdata;

import io.millrace.gateway.transport.Checks;
import java.time.Duration;

/**
 * How often is polled what no stream tells. With the defaults and 648 contracts: open interest 64 + 39 requests a minute of weight 1, ratios 13 + 10 and
 * funding history 11 in buckets of their own: about a twentieth of the shared weight.
 *
 * @param prioritised so many contracts, in the order of need, are polled often; 0 polls nothing at all.
 * @param interestOften distance of open interest for those; 10 s to 1 h.
 * @param interestSeldom distance for all others, up to a day.
 * @param ratioOften distance of the long/short ratio for the prioritised, 1 min to 1 day: the venue makes one every 5 minutes.
 * @param ratioSeldom distance for all others, up to a day.
 * @param fundingEvery distance of settled funding rates, funding rules and insurance funds, 10 min to 1 day.
 * @param spacing least time between two requests, 50 ms to 1 min.
 */
public record StatisticsSettings(
        int prioritised,
        Duration interestOften,
        Duration interestSeldom,
        Duration ratioOften,
        Duration ratioSeldom,
        Duration fundingEvery,
        Duration spacing) {

    /** Nothing is polled. */
    public static final StatisticsSettings OFF = of(0);

    /** Checks the ranges. */
    public StatisticsSettings {
        Checks.range("statistics.prioritised", prioritised, 0, 1024);
        Checks.range("statistics.interestOften", interestOften, Duration.ofSeconds(10), Duration.ofHours(1));
        Checks.range("statistics.interestSeldom", interestSeldom, interestOften, Duration.ofDays(1));
        Checks.range("statistics.ratioOften", ratioOften, Duration.ofMinutes(1), Duration.ofDays(1));
        Checks.range("statistics.ratioSeldom", ratioSeldom, ratioOften, Duration.ofDays(1));
        Checks.range("statistics.fundingEvery", fundingEvery, Duration.ofMinutes(10), Duration.ofDays(1));
        Checks.range("statistics.spacing", spacing, Duration.ofMillis(50), Duration.ofMinutes(1));
    }

    /**
     * Returns the default cadences: open interest every minute and every 15 minutes, ratios every 5 minutes and every hour, funding every hour, four
     * requests a second at most.
     *
     * @param prioritised so many contracts are polled often; 0 polls nothing at all.
     */
    public static StatisticsSettings of(int prioritised) {
        return new StatisticsSettings(
                prioritised,
                Duration.ofMinutes(1),
                Duration.ofMinutes(15),
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofMillis(250));
    }
}
