package io.millrace.gateway.marketdata;

import io.millrace.gateway.transport.Checks;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Where the streams are and how their connections live. The venue's own limits stand beside each value.
 *
 * @param publicUri base of the route for books, {@code wss://fstream.binance.com/public} for example.
 * @param marketUri base of the route for everything else.
 * @param depthSpeed of the diff stream: 0ms (unthrottled, undocumented), 100ms, 250ms or 500ms.
 * @param markPriceSpeed 1s or 3s.
 * @param limits what the venue allows a connection.
 * @param life how long connections live and how they come back.
 * @param overload what becomes of market data that the engine does not take.
 */
public record StreamSettings(
        URI publicUri,
        URI marketUri,
        String depthSpeed,
        String markPriceSpeed,
        Limits limits,
        Life life,
        Overload overload) {

    private static final Set<String> DEPTH_SPEEDS = Set.of("0ms", "100ms", "250ms", "500ms");
    private static final Set<String> MARK_PRICE_SPEEDS = Set.of("1s", "3s");

    /**
     * What the venue allows.
     *
     * @param streamsPerConnection 1 to 1024.
     * @param messagesPerSecond frames sent on one connection, pongs included, 5 to 10.
     * @param streamsPerRequest names in one SUBSCRIBE, 1 to 200.
     * @param maxUrlBytes longest URL; streams beyond it are subscribed by message. 512 to 8192.
     * @param connectInterval between two attempts to connect, on all connections together; the venue is assumed to allow
     *     one a second.
     */
    public record Limits(
            int streamsPerConnection,
            int messagesPerSecond,
            int streamsPerRequest,
            int maxUrlBytes,
            Duration connectInterval) {

        /** What a production venue takes: 200 streams a connection, one attempt a second. */
        public static final Limits VENUE = new Limits(200, 10, 100, 4096, Duration.ofSeconds(1));

        /** Checks the ranges. */
        public Limits {
            Checks.range("streams.limits.streamsPerConnection", streamsPerConnection, 1, 1024);
            Checks.range("streams.limits.messagesPerSecond", messagesPerSecond, 5, 10);
            Checks.range("streams.limits.streamsPerRequest", streamsPerRequest, 1, 200);
            Checks.range("streams.limits.maxUrlBytes", maxUrlBytes, 512, 8192);
            Checks.range("streams.limits.connectInterval", connectInterval, Duration.ZERO, Duration.ofMinutes(5));
        }
    }

    /**
     * How connections live.
     *
     * @param subscribeTimeout until a SUBSCRIBE is answered, 100 ms to 60 s.
     * @param silence without one byte after which a connection is given up, 100 ms to 1 h. The venue pings every 3 minutes.
     * @param lifetime after which a connection is replaced, 100 ms to 24 h; the venue cuts it at 24 h.
     * @param lifetimeJitter by how much less each connection may get, so that they are not replaced together, up to
     *     12 h; never more than half of the lifetime is taken.
     * @param handover longest time for which both connections may deliver before the old one is closed, 100 ms to 10 min.
     * @param firstBackoff longest wait after the first failure, 1 ms to 60 s.
     * @param maxBackoff longest wait of all, up to 10 min.
     */
    public record Life(
            Duration subscribeTimeout,
            Duration silence,
            Duration lifetime,
            Duration lifetimeJitter,
            Duration handover,
            Duration firstBackoff,
            Duration maxBackoff) {

        /** What suits a production venue. */
        public static final Life VENUE = new Life(
                Duration.ofSeconds(5),
                Duration.ofSeconds(200),
                Duration.ofHours(23).plusMinutes(30),
                Duration.ofMinutes(90),
                Duration.ofMinutes(2),
                Duration.ofMillis(250),
                Duration.ofSeconds(30));

        /** Checks the ranges. */
        public Life {
            Duration tenthOfSecond = Duration.ofMillis(100);
            Checks.range("streams.life.subscribeTimeout", subscribeTimeout, tenthOfSecond, Duration.ofMinutes(1));
            Checks.range("streams.life.silence", silence, tenthOfSecond, Duration.ofHours(1));
            Checks.range("streams.life.lifetime", lifetime, tenthOfSecond, Duration.ofHours(24));
            Checks.range("streams.life.lifetimeJitter", lifetimeJitter, Duration.ZERO, Duration.ofHours(12));
            Checks.range("streams.life.handover", handover, tenthOfSecond, Duration.ofMinutes(10));
            Checks.range("streams.life.firstBackoff", firstBackoff, Duration.ofMillis(1), Duration.ofMinutes(1));
            Checks.range("streams.life.maxBackoff", maxBackoff, firstBackoff, Duration.ofMinutes(10));
        }
    }

    /** Checks the values. */
    public StreamSettings {
        checkUri("streams.publicUri", publicUri);
        checkUri("streams.marketUri", marketUri);
        checkChoice("streams.depthSpeed", depthSpeed, DEPTH_SPEEDS);
        checkChoice("streams.markPriceSpeed", markPriceSpeed, MARK_PRICE_SPEEDS);
    }

    /**
     * Returns the settings of a venue with everything else as a production venue has it.
     *
     * @param publicUri base of the route for books.
     * @param marketUri base of the route for everything else.
     * @return the settings.
     */
    public static StreamSettings of(URI publicUri, URI marketUri) {
        return new StreamSettings(publicUri, marketUri, "100ms", "1s", Limits.VENUE, Life.VENUE, Overload.BLOCK);
    }

    /** Returns these settings with other limits and another life. */
    public StreamSettings with(Limits newLimits, Life newLife) {
        return new StreamSettings(publicUri, marketUri, depthSpeed, markPriceSpeed, newLimits, newLife, overload);
    }

    /** Returns these settings with another speed of the depth stream. */
    public StreamSettings withDepthSpeed(String newSpeed) {
        return new StreamSettings(publicUri, marketUri, newSpeed, markPriceSpeed, limits, life, overload);
    }

    /** Returns these settings with another way to treat what the engine does not take. */
    public StreamSettings withOverload(Overload newOverload) {
        return new StreamSettings(publicUri, marketUri, depthSpeed, markPriceSpeed, limits, life, newOverload);
    }

    /** Returns the most streams of one connection. */
    public int streamsPerConnection() {
        return limits.streamsPerConnection();
    }

    /** Returns the base of a route. */
    public URI base(Route route) {
        return route == Route.PUBLIC ? publicUri : marketUri;
    }

    private static void checkUri(String name, URI uri) {
        boolean isWebSocket =
                uri != null && uri.getHost() != null && ("ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme()));
        if (!isWebSocket || uri.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    name + "=" + uri + " is not a ws:// or wss:// URI with a host and without a query");
        }
    }

    private static void checkChoice(String name, String value, Set<String> choices) {
        if (value == null || !choices.contains(value)) {
            throw new IllegalArgumentException(name + "=" + value + " is not one of "
                    + choices.stream().sorted().toList());
        }
    }
}
