package io.millrace.exchange.server;

import io.millrace.exchange.api.ApiSettings;
import io.millrace.exchange.api.RateLimitSettings;
import io.millrace.exchange.trading.LineSettings;
import java.nio.file.Path;

/**
 * How the exchange's servers behave.
 *
 * @param host address to listen on; loopback unless somebody really wants otherwise.
 * @param restPort port of REST, 0 for any.
 * @param streamPort port of the streams, 0 for any.
 * @param isTls whether both speak TLS, with a certificate made for the occasion.
 * @param tlsDirectory where certificate and key are kept, or null for a temporary directory.
 * @param limits the venue's limits.
 * @param wsApiPort port of the WebSocket API, 0 for any.
 * @param api how requests are answered.
 * @param line how long bytes are under way.
 */
public record ServerSettings(
        String host,
        int restPort,
        int streamPort,
        boolean isTls,
        Path tlsDirectory,
        Limits limits,
        int wsApiPort,
        ApiSettings api,
        LineSettings line) {

    private static final int MAX_PORT = 65_535;

    /**
     * The venue's limits.
     *
     * @param weightPerMinute request weight of an address in a minute, at least 1.
     * @param refusalsBeforeBan refused requests in a minute after which an address is banned, at least 1.
     * @param banMs length of a ban in milliseconds.
     * @param streamsPerConnection most streams of a connection, at least 1.
     * @param messagesPerSecond most messages that a client may send in a second, at least 1.
     * @param pingIntervalMs milliseconds between pings, at least 10.
     * @param pongTimeoutMs milliseconds without a pong after which a connection is cut, above the ping interval.
     * @param lifetimeMs milliseconds after which a connection is closed, at least 10.
     * @param queuedBytes bytes that may wait for a slow reader before it is cut, at least 65,536.
     * @param doors what the doors bear.
     */
    public record Limits(
            int weightPerMinute,
            int refusalsBeforeBan,
            long banMs,
            int streamsPerConnection,
            int messagesPerSecond,
            long pingIntervalMs,
            long pongTimeoutMs,
            long lifetimeMs,
            int queuedBytes,
            DoorLimits doors) {

        private static final long MIN_INTERVAL_MS = 10;
        private static final int MIN_QUEUED_BYTES = 65_536;

        /** The limits of the real venue; 64 MiB for slow readers. */
        public static final Limits VENUE = new Limits(
                2400, 50, 120_000, 1024, 10, 180_000, 600_000, 86_400_000, 64 * 1024 * 1024, DoorLimits.VENUE);

        /** Checks the ranges. */
        public Limits {
            atLeast("weightPerMinute", weightPerMinute, 1);
            atLeast("refusalsBeforeBan", refusalsBeforeBan, 1);
            atLeast("banMs", banMs, 1);
            atLeast("streamsPerConnection", streamsPerConnection, 1);
            atLeast("messagesPerSecond", messagesPerSecond, 1);
            atLeast("pingIntervalMs", pingIntervalMs, MIN_INTERVAL_MS);
            atLeast("pongTimeoutMs", pongTimeoutMs, pingIntervalMs + 1);
            atLeast("lifetimeMs", lifetimeMs, MIN_INTERVAL_MS);
            atLeast("queuedBytes", queuedBytes, MIN_QUEUED_BYTES);
        }

        /** Returns the limits with another weight for a minute. */
        public Limits withWeightPerMinute(int value) {
            return new Limits(
                    value,
                    refusalsBeforeBan,
                    banMs,
                    streamsPerConnection,
                    messagesPerSecond,
                    pingIntervalMs,
                    pongTimeoutMs,
                    lifetimeMs,
                    queuedBytes,
                    doors);
        }

        /** Returns the limits with other times: milliseconds between pings, without a pong, and of a connection's life. */
        public Limits withTimes(long pingMs, long pongMs, long lifeMs) {
            return new Limits(
                    weightPerMinute,
                    refusalsBeforeBan,
                    banMs,
                    streamsPerConnection,
                    messagesPerSecond,
                    pingMs,
                    pongMs,
                    lifeMs,
                    queuedBytes,
                    doors);
        }

        /** Returns the limits with another bound on what waits for a slow reader, in bytes. */
        public Limits withQueuedBytes(int value) {
            return new Limits(
                    weightPerMinute,
                    refusalsBeforeBan,
                    banMs,
                    streamsPerConnection,
                    messagesPerSecond,
                    pingIntervalMs,
                    pongTimeoutMs,
                    lifetimeMs,
                    value,
                    doors);
        }

        /** Returns the limits with others at the doors. */
        public Limits withDoors(DoorLimits value) {
            return new Limits(
                    weightPerMinute,
                    refusalsBeforeBan,
                    banMs,
                    streamsPerConnection,
                    messagesPerSecond,
                    pingIntervalMs,
                    pongTimeoutMs,
                    lifetimeMs,
                    queuedBytes,
                    value);
        }

        /** Returns the limits with another bound on what a client may send in a second. */
        public Limits withMessagesPerSecond(int value) {
            return new Limits(
                    weightPerMinute,
                    refusalsBeforeBan,
                    banMs,
                    streamsPerConnection,
                    value,
                    pingIntervalMs,
                    pongTimeoutMs,
                    lifetimeMs,
                    queuedBytes,
                    doors);
        }

        private static void atLeast(String name, long value, long least) {
            if (value < least) {
                throw new IllegalArgumentException(
                        "exchange limit " + name + "=" + value + " is below " + least + ", choose at least that");
            }
        }
    }

    /** Checks the ranges. */
    public ServerSettings {
        checkPort("restPort", restPort);
        checkPort("streamPort", streamPort);
        checkPort("wsApiPort", wsApiPort);
        checkDifferent("restPort and streamPort", restPort, streamPort);
        checkDifferent("restPort and wsApiPort", restPort, wsApiPort);
        checkDifferent("streamPort and wsApiPort", streamPort, wsApiPort);
    }

    private static void checkDifferent(String names, int port, int other) {
        if (port != 0 && port == other) {
            throw new IllegalArgumentException(names + " are both " + port + ", give them different ports or 0");
        }
    }

    /** Returns servers on free loopback ports with the venue's limits, without TLS. */
    public static ServerSettings loopback() {
        return new ServerSettings(
                "127.0.0.1", 0, 0, false, null, Limits.VENUE, 0, ApiSettings.VENUE, LineSettings.NONE);
    }

    /** Returns the settings with other limits. */
    public ServerSettings withLimits(Limits newLimits) {
        return new ServerSettings(host, restPort, streamPort, isTls, tlsDirectory, newLimits, wsApiPort, api, line);
    }

    /** Returns the settings with other ports, 0 for any. */
    public ServerSettings withPorts(int newRestPort, int newStreamPort) {
        return new ServerSettings(host, newRestPort, newStreamPort, isTls, tlsDirectory, limits, wsApiPort, api, line);
    }

    /**
     * Returns the settings with TLS.
     *
     * @param directory where certificate and key are kept, or null for a temporary directory.
     */
    public ServerSettings withTls(Path directory) {
        return new ServerSettings(host, restPort, streamPort, true, directory, limits, wsApiPort, api, line);
    }

    /** Returns the settings with another port of the WebSocket API, 0 for any. */
    public ServerSettings withWsApiPort(int newWsApiPort) {
        return new ServerSettings(host, restPort, streamPort, isTls, tlsDirectory, limits, newWsApiPort, api, line);
    }

    /** Returns the settings with another way of answering requests. */
    public ServerSettings withApi(ApiSettings newApi) {
        return new ServerSettings(host, restPort, streamPort, isTls, tlsDirectory, limits, wsApiPort, newApi, line);
    }

    /** Returns the settings with another line to the clients. */
    public ServerSettings withLine(LineSettings newLine) {
        return new ServerSettings(host, restPort, streamPort, isTls, tlsDirectory, limits, wsApiPort, api, newLine);
    }

    /** Returns the limits of requests. */
    RateLimitSettings rateLimits() {
        return new RateLimitSettings(
                limits.weightPerMinute(),
                api.ordersPer10s(),
                api.ordersPerMinute(),
                RateLimitSettings.VENUE.fundingPer5Minutes(),
                RateLimitSettings.VENUE.dataPer5Minutes(),
                limits.refusalsBeforeBan(),
                limits.banMs());
    }

    private static void checkPort(String name, int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(name + "=" + port + " is outside 0 to " + MAX_PORT);
        }
    }
}
