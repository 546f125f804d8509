package io.millrace.exchange;

import io.millrace.exchange.capture.CaptureSettings;
import io.millrace.exchange.faults.FaultScript;
import io.millrace.exchange.klines.KlineSettings;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.exchange.trading.VenueSettings;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.VenueClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a simulated exchange is made of.
 *
 * @param synthetic the market that is made up, or null if one is played.
 * @param capture the recording that is played, or null.
 * @param klines the files of bars that are played, or null.
 * @param server how the exchange is reached, and its limits.
 * @param clock decides how fast the market goes.
 * @param venue how trading works.
 * @param clients who trade.
 * @param faults what goes wrong, counted from the opening.
 * @param rules makes the rules of each contract at the opening of those that the market has.
 */
public record ExchangeSettings(
        SyntheticSettings synthetic,
        CaptureSettings capture,
        KlineSettings klines,
        ServerSettings server,
        VenueClock clock,
        VenueSettings venue,
        List<ClientSettings> clients,
        FaultScript faults,
        UnaryOperator<ContractRules> rules) {
    private static final long DEFAULT_SEED = 1;

    /** Checks that nothing is missing. */
    public ExchangeSettings {
        clients = List.copyOf(clients);
        long markets =
                Stream.of(synthetic, capture, klines).filter(Objects::nonNull).count();
        if (markets != 1) {
            throw new IllegalArgumentException("an exchange has one market: give synthetic=" + synthetic + ", capture="
                    + capture + " or klines=" + klines + ", and only one of them");
        }
        Objects.requireNonNull(server, "server settings are missing, use ServerSettings.loopback()");
        Objects.requireNonNull(faults, "faults are missing, use FaultScript.NONE");
        Objects.requireNonNull(rules, "rules are missing, use UnaryOperator.identity()");
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
        return new ExchangeSettings(
                settings,
                null,
                null,
                ServerSettings.loopback(),
                VenueClock.system(),
                VenueSettings.of(settings.seed()),
                List.of(),
                FaultScript.NONE,
                UnaryOperator.identity());
    }

    /**
     * Returns a recorded market on free loopback ports.
     *
     * @param settings what is played, and how.
     */
    public static ExchangeSettings capture(CaptureSettings settings) {
        return new ExchangeSettings(
                null,
                settings,
                null,
                ServerSettings.loopback(),
                VenueClock.system(),
                VenueSettings.of(DEFAULT_SEED),
                List.of(),
                FaultScript.NONE,
                UnaryOperator.identity());
    }

    /**
     * Returns played bars on free loopback ports.
     *
     * @param settings what is played, and how.
     */
    public static ExchangeSettings klines(KlineSettings settings) {
        return new ExchangeSettings(
                null,
                null,
                settings,
                ServerSettings.loopback(),
                VenueClock.system(),
                VenueSettings.of(settings.seed()),
                List.of(),
                FaultScript.NONE,
                UnaryOperator.identity());
    }

    /** Returns the settings with other servers. */
    public ExchangeSettings withServer(ServerSettings newServer) {
        return new ExchangeSettings(synthetic, capture, klines, newServer, clock, venue, clients, faults, rules);
    }

    /** Returns the settings with another clock. */
    public ExchangeSettings withClock(VenueClock newClock) {
        return new ExchangeSettings(synthetic, capture, klines, server, newClock, venue, clients, faults, rules);
    }

    /** Returns the settings with another way of trading. */
    public ExchangeSettings withVenue(VenueSettings newVenue) {
        return new ExchangeSettings(synthetic, capture, klines, server, clock, newVenue, clients, faults, rules);
    }

    /** Returns the settings with one more client. */
    public ExchangeSettings withClient(ClientSettings client) {
        List<ClientSettings> more = new ArrayList<>(clients);
        more.add(client);
        return new ExchangeSettings(synthetic, capture, klines, server, clock, venue, more, faults, rules);
    }

    /** Returns the settings with faults from the opening on. */
    public ExchangeSettings withFaults(FaultScript newFaults) {
        return new ExchangeSettings(synthetic, capture, klines, server, clock, venue, clients, newFaults, rules);
    }

    /** Returns the settings with other rules: made, contract by contract, of those that the market has. */
    public ExchangeSettings withRules(UnaryOperator<ContractRules> newRules) {
        return new ExchangeSettings(synthetic, capture, klines, server, clock, venue, clients, faults, newRules);
    }
}
