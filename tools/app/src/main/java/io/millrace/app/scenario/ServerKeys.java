package io.millrace.app.scenario;

import io.millrace.app.config.Key;

/**
 * Doors and limits of the servers.
 *
 * @param port of REST.
 * @param streamPort of the streams.
 * @param wsApiPort of the WebSocket API.
 * @param tls whether they speak TLS.
 * @param tlsDirectory where certificate and key are kept.
 * @param oldFields shape of acknowledgements.
 * @param strict whether unknown parameters are refused.
 * @param weightPerMinute request weight.
 * @param ordersPer10s orders of an account.
 * @param ordersPerMinute orders of an account.
 * @param messagesPerSecond of a stream connection.
 * @param pingIntervalMs of stream connections.
 * @param pongTimeoutMs of stream connections.
 * @param lifetimeMs of stream connections.
 */
public record ServerKeys(
        @Key(value = "Port of REST on loopback; 0 takes a free one.", byDefault = "0", min = 0, max = 65_535)
        int port,

        @Key(
                value = "Port of the streams (`/public`, `/market`, `/private`); 0 takes a free one.",
                byDefault = "0",
                min = 0,
                max = 65_535)
        int streamPort,

        @Key(value = "Port of the WebSocket API; 0 takes a free one.", byDefault = "0", min = 0, max = 65_535)
        int wsApiPort,

        @Key(value = "TLS at all doors, with a certificate made at the start.", byDefault = "false")
        boolean tls,

        @Key(
                value =
                        "Where certificate and key are kept, so that clients can go on trusting them; empty makes new ones each "
                                + "time.",
                byDefault = "''",
                mayBeEmpty = true)
        String tlsDirectory,

        @Key(
                value = "Acknowledgements with `avgPrice` and `cumQuote`, as they were until July 2026.",
                byDefault = "false")
        boolean oldFields,

        @Key(
                value =
                        "Parameters that an endpoint does not read are refused with -1104, instead of being passed over.",
                byDefault = "false")
        boolean strict,

        @Key(
                value = "Request weight of an address.",
                byDefault = "2400",
                unit = "weight/min",
                min = 1,
                max = 1_000_000_000)
        int weightPerMinute,

        @Key(
                value = "Orders of an account in ten seconds.",
                byDefault = "300",
                unit = "orders",
                min = 1,
                max = 1_000_000)
        int ordersPer10s,

        @Key(value = "Orders of an account in a minute.", byDefault = "1200", unit = "orders", min = 1, max = 1_000_000)
        int ordersPerMinute,

        @Key(
                value = "What a client may send on a stream connection; beyond that it is cut.",
                byDefault = "10",
                unit = "messages/s",
                min = 1,
                max = 1_000_000)
        int messagesPerSecond,

        @Key(
                value = "Between two pings on a stream connection.",
                byDefault = "180000",
                unit = "ms",
                min = 10,
                max = 86_400_000)
        long pingIntervalMs,

        @Key(
                value = "Without a pong a connection is cut after this; above `pingIntervalMs`.",
                byDefault = "600000",
                unit = "ms",
                min = 11,
                max = 86_400_000)
        long pongTimeoutMs,

        @Key(
                value = "Age at which a connection is closed.",
                byDefault = "86400000",
                unit = "ms",
                min = 10,
                max = 8_640_000_000L)
        long lifetimeMs) {}
