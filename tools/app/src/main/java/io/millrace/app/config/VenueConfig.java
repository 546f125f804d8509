package io.millrace.app.config;

import java.net.URI;
import java.util.List;

/**
 * Where market data comes from.
 *
 * @param restUri base of the REST interface.
 * @param publicUri base of the route for books.
 * @param marketUri base of the route for everything else.
 * @param symbols to follow.
 * @param streams to subscribe for each.
 * @param depthSpeedMs speed of the depth stream.
 * @param streamsPerConnection most streams of one connection.
 * @param weightPerMinute request weight that may be used.
 * @param connectIntervalMs between two attempts to connect.
 * @param overload what becomes of market data that the engine does not take.
 * @param rolloverHours age at which a connection is replaced.
 * @param trustAllCertificates whether certificates are not checked.
 * @param pollPrioritised contracts that are polled often.
 */
public record VenueConfig(
        @Key(
                value = "Base of the REST interface.",
                byDefault = "https://fapi.binance.com",
                schemes = {"https", "http"})
        URI restUri,

        @Key(
                value = "Base of the WebSocket route for books (depth, bookTicker).",
                byDefault = "wss://fstream.binance.com/public",
                schemes = {"wss", "ws"})
        URI publicUri,

        @Key(
                value = "Base of the WebSocket route for trades, mark prices, bars, liquidations.",
                byDefault = "wss://fstream.binance.com/market",
                schemes = {"wss", "ws"})
        URI marketUri,

        @Key(
                value = "Symbols to follow, in order of need. Empty: every perpetual that trades.",
                byDefault = "[BTCUSDT, ETHUSDT]")
        List<String> symbols,

        @Key(
                value = "Streams of each symbol.",
                byDefault = "[depth, bookTicker, aggTrade, markPrice]",
                oneOf = {"depth", "bookTicker", "aggTrade", "trade", "markPrice", "kline", "forceOrder", "ticker24h"})
        List<String> streams,

        @Key(
                value = "Speed of the depth stream: 0 (as it happens), 100, 250 or 500.",
                byDefault = "100",
                unit = "ms",
                min = 0,
                max = 500)
        int depthSpeedMs,

        @Key(
                value = "Most streams of one connection. The venue refuses more than 1024.",
                byDefault = "200",
                unit = "streams",
                min = 1,
                max = 1024)
        int streamsPerConnection,

        @Key(
                value = "REST request weight that may be used. The venue bans addresses that use more than 2400.",
                byDefault = "2000",
                unit = "weight/min",
                min = 20,
                max = 100_000)
        int weightPerMinute,

        @Key(
                value = "Time between two attempts to connect, all connections together.",
                byDefault = "1000",
                unit = "ms",
                min = 0,
                max = 60_000)
        int connectIntervalMs,

        @Key(
                value =
                        "What becomes of market data while the ring is too full for it. `block`: sockets are not read, and "
                                + "what the venue sends waits there. `conflate`: diffs of a symbol are merged, of its tickers the "
                                + "newest is kept; trades and everything else wait as they came.",
                byDefault = "block",
                oneOf = {"block", "conflate"})
        String overload,

        @Key(
                value = "Age at which a connection is replaced by a fresh one, without a gap. The venue cuts at 24.",
                byDefault = "23",
                unit = "hours",
                min = 1,
                max = 23)
        int rolloverHours,

        @Key(
                value = "Accept any certificate. For the simulated exchange's self-made one only: refused for "
                        + "addresses that are not loopback.",
                byDefault = "false")
        boolean trustAllCertificates,

        @Key(
                value =
                        "Contracts whose open interest and long/short ratio are polled often (every minute, every 5 minutes), "
                                + "in the order of need; all others every 15 minutes and every hour. 0 polls nothing, no funding history either.",
                byDefault = "0",
                unit = "contracts",
                min = 0,
                max = 1024)
        int pollPrioritised) {
    /**
     * Returns these settings with a simulated exchange as the venue: all that it lists, connected to at once.
     *
     * @param rest base of its REST interface.
     * @param books base of its route for books.
     * @param others base of its route for everything else.
     * @param wanted streams of each symbol.
     */
    public VenueConfig at(URI rest, URI books, URI others, List<String> wanted) {
        return new VenueConfig(
                rest,
                books,
                others,
                List.of(),
                wanted,
                depthSpeedMs,
                streamsPerConnection,
                weightPerMinute,
                0,
                overload,
                rolloverHours,
                false,
                pollPrioritised);
    }
}
