package io.millrace.exchange.synthetic;

import io.millrace.exchange.venue.LadderBook;

/**
 * What a synthetic market is like.
 *
 * @param symbols number of contracts, 1 to {@value #MAX_SYMBOLS}; BTCUSDT is the first.
 * @param seed decides everything that happens.
 * @param eventsPerSecond order-flow events a second over all symbols in quiet times, clusters come on top; 0 picks 300 x
 *     sqrt(symbols).
 * @param depthTicks how far a side reaches from its best price, 0 or 20 to 1,000 ticks; about 80 % of them hold a level. 0
 *     picks 1,000 for the eight liveliest symbols and 320 for the rest.
 * @param jumpsPerHour sudden moves of each symbol in an hour, 0 to 3,600.
 * @param hasCurrentFields whether payloads carry the fields that came in 2026 ({@code st}, {@code ps}, {@code nq}, {@code
 *     ap}).
 */
public record SyntheticSettings(
        int symbols, long seed, double eventsPerSecond, int depthTicks, double jumpsPerHour, boolean hasCurrentFields) {

    /** Most symbols of one market. */
    public static final int MAX_SYMBOLS = 2048;

    private static final int MIN_DEPTH_TICKS = 20;
    private static final double MAX_EVENTS_PER_SECOND = 10_000_000;
    private static final double MAX_JUMPS_PER_HOUR = 3600;
    private static final double AUTO_RATE = 300;
    private static final int AUTO_DEEP_SYMBOLS = 8;
    private static final int AUTO_DEPTH_TICKS = 320;

    /** Checks the ranges. */
    public SyntheticSettings {
        require(symbols >= 1 && symbols <= MAX_SYMBOLS, "symbols", symbols, "1 to " + MAX_SYMBOLS);
        require(
                eventsPerSecond >= 0 && eventsPerSecond <= MAX_EVENTS_PER_SECOND,
                "eventsPerSecond",
                eventsPerSecond,
                "0 to " + MAX_EVENTS_PER_SECOND);
        require(
                depthTicks == 0 || (depthTicks >= MIN_DEPTH_TICKS && depthTicks <= LadderBook.MAX_DEPTH_TICKS),
                "depthTicks",
                depthTicks,
                "0 or " + MIN_DEPTH_TICKS + " to " + LadderBook.MAX_DEPTH_TICKS);
        require(
                jumpsPerHour >= 0 && jumpsPerHour <= MAX_JUMPS_PER_HOUR,
                "jumpsPerHour",
                jumpsPerHour,
                "0 to " + MAX_JUMPS_PER_HOUR);
    }

    /**
     * Returns the settings of an ordinary market.
     *
     * @param symbols number of contracts.
     * @param seed of the market.
     */
    public static SyntheticSettings of(int symbols, long seed) {
        return new SyntheticSettings(symbols, seed, 0, 0, 12, true);
    }

    /**
     * Returns the same market at another pace.
     *
     * @param newEventsPerSecond order-flow events a second over all symbols.
     */
    public SyntheticSettings withEventsPerSecond(double newEventsPerSecond) {
        return new SyntheticSettings(symbols, seed, newEventsPerSecond, depthTicks, jumpsPerHour, hasCurrentFields);
    }

    /**
     * Returns the same market with other books.
     *
     * @param newDepthTicks reach of a side in ticks.
     */
    public SyntheticSettings withDepthTicks(int newDepthTicks) {
        return new SyntheticSettings(symbols, seed, eventsPerSecond, newDepthTicks, jumpsPerHour, hasCurrentFields);
    }

    /**
     * Returns the same market with more or fewer sudden moves.
     *
     * @param newJumpsPerHour of each symbol.
     */
    public SyntheticSettings withJumpsPerHour(double newJumpsPerHour) {
        return new SyntheticSettings(symbols, seed, eventsPerSecond, depthTicks, newJumpsPerHour, hasCurrentFields);
    }

    /** Returns the pace in events a second, chosen if the settings leave it open. */
    double effectiveRate() {
        return eventsPerSecond > 0 ? eventsPerSecond : AUTO_RATE * StrictMath.sqrt(symbols);
    }

    /** Returns the reach of a symbol's book in ticks. */
    int effectiveDepthTicks(int symbol) {
        if (depthTicks > 0) {
            return depthTicks;
        }
        return symbol < AUTO_DEEP_SYMBOLS ? LadderBook.MAX_DEPTH_TICKS : AUTO_DEPTH_TICKS;
    }

    private static void require(boolean isValid, String name, Object value, String range) {
        if (!isValid) {
            throw new IllegalArgumentException(
                    "synthetic " + name + "=" + value + " is outside " + range + ", choose a value in that range");
        }
    }
}
