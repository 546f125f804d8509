package io.millrace.exchange;

import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.venue.VenueClock;
import java.util.Objects;

/**
 * What a simulated exchange is made of.
 *
 * @param synthetic the market that is made up.
 * @param server how the exchange is reached, and its limits.
 * @param clock decides how fast the market goes.
 */
public record ExchangeSettings(SyntheticSettings synthetic, ServerSettings server, VenueClock clock) {
    /** Checks that nothing is missing. */
    public ExchangeSettings {
        Objects.requireNonNull(server, "server settings are missing, use ServerSettings.loopback()");
        Objects.requireNonNull(clock, "the clock is missing, use VenueClock.system()");
    }

    /**
     * Returns a synthetic market on free loopback ports, in real time.
     *
     * @param symbols number of contracts.
     * @param seed of the market.
     */
    public static ExchangeSettings synthetic(int symbols, long seed) {
        return synthetic(SyntheticSettings.of(symbols, seed));
    }

    /**
     * Returns a synthetic market on free loopback ports, in real time.
     *
     * @param settings of the market.
     */
    public static ExchangeSettings synthetic(SyntheticSettings settings) {
        return new ExchangeSettings(settings, ServerSettings.loopback(), VenueClock.system());
    }

    /** Returns the settings with other servers. */
    public ExchangeSettings withServer(ServerSettings newServer) {
        return new ExchangeSettings(synthetic, newServer, clock);
    }

    /** Returns the settings with another clock. */
    public ExchangeSettings withClock(VenueClock newClock) {
        return new ExchangeSettings(synthetic, server, newClock);
    }
}
