package io.millrace.gateway.rest;

import io.millrace.gateway.transport.Checks;
import java.net.URI;
import java.time.Duration;

/**
 * The REST interface.
 *
 * @param uri base, {@code https://fapi.binance.com} for example.
 * @param connections kept alive at most, 1 to 8; each carries one request at a time.
 * @param timeout of one request, 100 ms to 60 s.
 * @param weightPerMinute request weight that this process may use, 20 to 100000; the venue allows 2400 for the address, and
 *     says less in exchangeInfo where it allows less.
 * @param weightReserve part of it that only what matters most may use, below {@code weightPerMinute}.
 * @param maxAnswerBytes longest answer, 64 KiB to 256 MiB; exchangeInfo has some 2 MiB.
 */
public record RestSettings(
        URI uri, int connections, Duration timeout, int weightPerMinute, int weightReserve, int maxAnswerBytes) {

    private static final int MIB = 1024 * 1024;

    /** Checks the ranges. */
    public RestSettings {
        boolean isHttp = uri != null
                && uri.getHost() != null
                && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        if (!isHttp) {
            throw new IllegalArgumentException("rest.uri=" + uri + " is not an http:// or https:// URI with a host");
        }
        Checks.range("rest.connections", connections, 1, 8);
        Checks.range("rest.timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        Checks.range("rest.weightPerMinute", weightPerMinute, 20, 100_000);
        Checks.range("rest.weightReserve", weightReserve, 0, weightPerMinute - 1);
        Checks.range("rest.maxAnswerBytes", maxAnswerBytes, 64 * 1024, 256 * MIB);
    }

    /**
     * Returns what suits a production venue.
     *
     * @param uri base.
     * @return two connections, ten seconds, 2000 of the 2400 a minute, 100 of them in reserve.
     */
    public static RestSettings of(URI uri) {
        return new RestSettings(uri, 2, Duration.ofSeconds(10), 2000, 100, 32 * MIB);
    }
}
