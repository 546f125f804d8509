package io.millrace.gateway.account;

import java.net.URI;
import java.time.Duration;

/**
 * Settings of the account's stream.
 *
 * @param uri base of the private route, {@code wss://fstream.binance.com/private}.
 * @param connections that carry the stream at the same time, 1 to 4; two, so that one may be lost without a gap.
 * @param renewal time from one renewal of the listen key to the next, well below the key's sixty minutes.
 * @param silence a connection on which not even a ping came for so long is given up; the venue pings every three minutes.
 * @param patience for the stream to tell of an order that the venue has answered; after it the key is looked at.
 * @param lifetime age at which a connection is replaced, below the venue's twenty-four hours; the connections take turns.
 * @param firstBackoff longest wait after the first failure.
 * @param maxBackoff longest wait after many.
 */
public record PrivateSettings(
        URI uri,
        int connections,
        Duration renewal,
        Duration silence,
        Duration patience,
        Duration lifetime,
        Duration firstBackoff,
        Duration maxBackoff) {

    private static final int MAX_CONNECTIONS = 4;

    /** Checks the ranges. */
    public PrivateSettings {
        if (connections < 1 || connections > MAX_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "private.connections=" + connections + " is outside 1 to " + MAX_CONNECTIONS);
        }
        requirePositive("private.renewal", renewal);
        requirePositive("private.silence", silence);
        requirePositive("private.patience", patience);
        requirePositive("private.lifetime", lifetime);
        requirePositive("private.firstBackoff", firstBackoff);
        if (maxBackoff.compareTo(firstBackoff) < 0) {
            throw new IllegalArgumentException(
                    "private.maxBackoff=" + maxBackoff + " is below private.firstBackoff=" + firstBackoff);
        }
    }

    /** Returns the defaults for a venue. */
    public static PrivateSettings of(URI uri) {
        return new PrivateSettings(
                uri,
                2,
                Duration.ofMinutes(30),
                Duration.ofMinutes(7),
                Duration.ofSeconds(2),
                Duration.ofHours(23),
                Duration.ofMillis(500),
                Duration.ofSeconds(30));
    }

    /** Returns these settings with another time between renewals. */
    public PrivateSettings withRenewal(Duration other) {
        return new PrivateSettings(uri, connections, other, silence, patience, lifetime, firstBackoff, maxBackoff);
    }

    /** Returns these settings with another lifetime of connections. */
    public PrivateSettings withLifetime(Duration other) {
        return new PrivateSettings(uri, connections, renewal, silence, patience, other, firstBackoff, maxBackoff);
    }

    /** Returns these settings with other waits after failures. */
    public PrivateSettings withBackoff(Duration first, Duration max) {
        return new PrivateSettings(uri, connections, renewal, silence, patience, lifetime, first, max);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + "=" + value + " must be above 0");
        }
    }
}
