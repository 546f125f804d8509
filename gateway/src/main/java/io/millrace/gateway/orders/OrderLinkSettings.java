package io.millrace.gateway.orders;

import io.millrace.gateway.transport.Checks;
import java.net.URI;
import java.time.Duration;

/**
 * The order link.
 *
 * @param wsApi address of the WebSocket API, {@code wss://ws-fapi.binance.com/ws-fapi/v1} for example; null for REST alone.
 * @param recvWindowMs how old a request may be when the venue looks at it, 100 to 60000.
 * @param maxInFlight requests under way on the fast way, 16 to 65536.
 * @param times how long things may take.
 */
public record OrderLinkSettings(URI wsApi, int recvWindowMs, int maxInFlight, Times times) {

    /**
     * How long things may take.
     *
     * @param answer until a request without an answer is unknown, 100 ms to 60 s.
     * @param stall that the socket may take nothing before the connection is given up, 10 ms to 60 s.
     * @param ping of silence after which the venue is asked for a sign of life, 100 ms to 5 min.
     * @param silence after which a connection is dead, above {@code ping}, to 10 min.
     * @param lifetime after which a connection is replaced, 1 s to 24 h; the venue cuts it at 24 h.
     * @param firstBackoff longest wait after the first failure, 1 ms to 1 min.
     * @param maxBackoff longest wait of all, {@code firstBackoff} to 10 min.
     */
    public record Times(
            Duration answer,
            Duration stall,
            Duration ping,
            Duration silence,
            Duration lifetime,
            Duration firstBackoff,
            Duration maxBackoff) {

        /** What suits a production venue. */
        public static final Times VENUE = new Times(
                Duration.ofSeconds(5),
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Duration.ofSeconds(12),
                Duration.ofHours(23),
                Duration.ofMillis(500),
                Duration.ofSeconds(30));

        /** Checks the ranges. */
        public Times {
            Checks.range("orders.times.answer", answer, Duration.ofMillis(100), Duration.ofMinutes(1));
            Checks.range("orders.times.stall", stall, Duration.ofMillis(10), Duration.ofMinutes(1));
            Checks.range("orders.times.ping", ping, Duration.ofMillis(100), Duration.ofMinutes(5));
            Checks.range("orders.times.silence", silence, ping.plusMillis(1), Duration.ofMinutes(10));
            Checks.range("orders.times.lifetime", lifetime, Duration.ofSeconds(1), Duration.ofHours(24));
            Checks.range("orders.times.firstBackoff", firstBackoff, Duration.ofMillis(1), Duration.ofMinutes(1));
            Checks.range("orders.times.maxBackoff", maxBackoff, firstBackoff, Duration.ofMinutes(10));
        }

        /** Returns these times with another one for answers. */
        public Times withAnswer(Duration newAnswer) {
            return new Times(newAnswer, stall, ping, silence, lifetime, firstBackoff, maxBackoff);
        }

        /** Returns these times with another one for a stall. */
        public Times withStall(Duration newStall) {
            return new Times(answer, newStall, ping, silence, lifetime, firstBackoff, maxBackoff);
        }

        /** Returns these times with another lifetime. */
        public Times withLifetime(Duration newLifetime) {
            return new Times(answer, stall, ping, silence, newLifetime, firstBackoff, maxBackoff);
        }

        /** Returns these times with other ones for signs of life. */
        public Times withSilence(Duration newPing, Duration newSilence) {
            return new Times(answer, stall, newPing, newSilence, lifetime, firstBackoff, maxBackoff);
        }

        /** Returns these times with other waits between attempts to connect. */
        public Times withBackoff(Duration newFirst, Duration newMax) {
            return new Times(answer, stall, ping, silence, lifetime, newFirst, newMax);
        }
    }

    /** Checks the ranges. */
    public OrderLinkSettings {
        Checks.range("orders.recvWindowMs", recvWindowMs, 100, 60_000);
        Checks.range("orders.maxInFlight", maxInFlight, 16, 65_536);
        boolean isWebSocket = wsApi == null || "ws".equals(wsApi.getScheme()) || "wss".equals(wsApi.getScheme());
        if (!isWebSocket) {
            throw new IllegalArgumentException(
                    "orders.wsApi=" + wsApi + " is no ws:// or wss:// URI: give the WebSocket API's address");
        }
    }

    /**
     * Returns what suits a production venue.
     *
     * @param wsApi address of the WebSocket API, null for REST alone.
     * @return two seconds for a request to arrive, 1024 under way.
     */
    public static OrderLinkSettings of(URI wsApi) {
        return new OrderLinkSettings(wsApi, 2000, 1024, Times.VENUE);
    }

    /** Returns these settings with other times. */
    public OrderLinkSettings with(Times newTimes) {
        return new OrderLinkSettings(wsApi, recvWindowMs, maxInFlight, newTimes);
    }
}
