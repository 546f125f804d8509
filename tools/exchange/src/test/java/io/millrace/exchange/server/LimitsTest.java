package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.ForeignClient.Stream;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.VenueSettings;
import io.millrace.exchange.venue.ManualClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final long START_NS = 1_795_262_400_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final ServerSettings.Limits VENUE = ServerSettings.Limits.VENUE;

    private final ForeignClient client = new ForeignClient();
    private final ManualClock clock = new ManualClock(START_NS);

    private SimulatedExchange open(ServerSettings.Limits limits) throws IOException {
        return SimulatedExchange.start(
                ExchangeSettings.synthetic(SyntheticSettings.of(2, 3).withEventsPerSecond(2000))
                        .withServer(ServerSettings.loopback().withLimits(limits))
                        .withClock(clock));
    }

    private static void shakeHands(Socket socket, String path) throws IOException {
        String request = String.join(
                "\r\n",
                "GET " + path + " HTTP/1.1",
                "Host: localhost",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
                "",
                "");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldRefuseAndThenBanWhenAnAddressAsksTooMuch() throws IOException {
        ServerSettings.Limits limits = new ServerSettings.Limits(
                50, 3, 120_000, 1024, 10, 180_000, 600_000, 86_400_000, 1 << 20, DoorLimits.VENUE);
        try (SimulatedExchange exchange = open(limits)) {
            String depth = "/fapi/v1/depth?symbol=BTCUSDT&limit=1000";
            assertEquals(200, client.get(exchange.restUri(), depth).statusCode());
            assertEquals(200, client.get(exchange.restUri(), depth).statusCode());
            HttpResponse<String> refused = client.get(exchange.restUri(), depth);
            assertEquals(429, refused.statusCode());
            assertEquals(-1003, ForeignClient.parse(refused.body()).get("code").intValue());
            assertEquals("60", refused.headers().firstValue("retry-after").orElseThrow());
            clock.advance(60_000 * MS);
            assertEquals(200, client.get(exchange.restUri(), depth).statusCode(), "a new minute");
            client.get(exchange.restUri(), depth);
            for (int i = 0; i < 3; i++) {
                assertEquals(429, client.get(exchange.restUri(), depth).statusCode());
            }
            HttpResponse<String> banned = client.get(exchange.restUri(), depth);
            assertEquals(418, banned.statusCode());
            assertTrue(banned.body().contains("banned until " + (START_NS / MS + 180_000)), banned.body());
            clock.advance(119_999 * MS);
            assertEquals(418, client.get(exchange.restUri(), depth).statusCode());
            clock.advance(MS);
            assertEquals(200, client.get(exchange.restUri(), depth).statusCode());
        }
    }

    @Test
    void shouldCutAConnectionWhenItSendsTooManyMessages() throws IOException {
        try (SimulatedExchange exchange = open(VENUE)) {
            Stream stream = client.open(exchange.publicUri(), "/ws");
            for (int i = 0; i < 10; i++) {
                stream.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
            }
            clock.advance(1000 * MS);
            stream.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
            for (int i = 0; i < 10; i++) {
                stream.socket
                        .sendText("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}", true)
                        .exceptionally(e -> null)
                        .join();
            }
            ForeignClient.await("the cut", stream::isOver);
            assertEquals(1, exchange.cuts(CutReason.FLOOD));
        }
    }

    @Test
    void shouldPingAndCutWhoeverDoesNotAnswer() throws IOException {
        try (SimulatedExchange exchange = open(VENUE.withTimes(1000, 5000, 86_400_000))) {
            Stream answering = client.open(exchange.publicUri(), "/ws");
            // An answer says that the exchange has taken the connection in.
            answering.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
            clock.advance(1000 * MS);
            ForeignClient.await("a ping", () -> answering.pings.size() == 1);
            // The answer to a request comes after the client's pong was read.
            answering.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
            clock.advance(4999 * MS);
            // The JDK's client answers pings by itself: the connection lives on.
            ForeignClient.await("another ping", () -> answering.pings.size() == 2);
            assertEquals(1, exchange.connections().size());
            assertEquals(0, exchange.cuts(CutReason.PONG_TIMEOUT));
        }
        try (SimulatedExchange exchange = open(VENUE.withTimes(1000, 5000, 86_400_000))) {
            // Never reads, so never answers.
            try (var socket = new Socket(
                    exchange.publicUri().getHost(), exchange.publicUri().getPort())) {
                shakeHands(socket, "/public/ws");
                ForeignClient.await("a connection", () -> exchange.connections().size() == 1);
                clock.advance(5000 * MS);
                ForeignClient.await("the cut", () -> exchange.cuts(CutReason.PONG_TIMEOUT) == 1);
                assertEquals(0, exchange.connections().size());
            }
        }
    }

    @Test
    void shouldCloseAConnectionWhenItIsADayOld() throws IOException {
        try (SimulatedExchange exchange = open(VENUE.withTimes(180_000, 2 * 86_400_000L, 86_400_000))) {
            Stream stream = client.open(exchange.publicUri(), "/ws");
            exchange.pause();
            clock.advance(86_400_000 * MS - 20 * MS);
            assertEquals(1, exchange.connections().size());
            clock.advance(20 * MS);
            ForeignClient.await("the close", stream::isOver);
            assertEquals(1000, stream.closeStatus);
            assertEquals(1, exchange.cuts(CutReason.LIFETIME));
        }
    }

    @Test
    void shouldCutASlowReaderAndNobodyElse() throws IOException {
        try (SimulatedExchange exchange = open(VENUE.withQueuedBytes(65_536))) {
            Stream good = client.open(exchange.publicUri(), "/ws/btcusdt@depth@0ms");
            try (var socket = new Socket()) {
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress(
                        exchange.publicUri().getHost(), exchange.publicUri().getPort()));
                shakeHands(socket, "/public/ws/btcusdt@depth@0ms");
                ForeignClient.await("a connection", () -> exchange.connections().size() == 2);
                ForeignClient.await("the cut", () -> {
                    // No faster than the good one reads.
                    Map<String, Long> sent = exchange.connections().get(0).framesSent();
                    if (sent.getOrDefault("depthUpdate", 0L) == good.texts.size()) {
                        clock.advance(20 * MS);
                    }
                    return exchange.cuts(CutReason.SLOW_READER) == 1;
                });
            }
            assertEquals(1, exchange.connections().size());
            assertTrue(!good.isOver());
        }
    }

    @Test
    void shouldNameValueLimitAndCureWhenASettingIsWrong() {
        String message = assertThrows(IllegalArgumentException.class, () -> VENUE.withQueuedBytes(1))
                .getMessage();
        assertTrue(message.contains("queuedBytes=1") && message.contains("65536"), message);
        assertThrows(IllegalArgumentException.class, () -> VENUE.withTimes(100, 50, 1000));
        assertThrows(
                IllegalArgumentException.class, () -> ServerSettings.loopback().withPorts(7, 7));
        assertThrows(
                IllegalArgumentException.class, () -> ServerSettings.loopback().withPorts(-1, 7));
        assertThrows(IllegalArgumentException.class, () -> SyntheticSettings.of(0, 1));
        assertThrows(
                IllegalArgumentException.class, () -> SyntheticSettings.of(1, 1).withDepthTicks(5000));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ExchangeSettings(
                        null,
                        null,
                        null,
                        ServerSettings.loopback(),
                        clock,
                        VenueSettings.of(1),
                        List.of(),
                        io.millrace.exchange.faults.FaultScript.NONE,
                        java.util.function.UnaryOperator.identity()));
    }
}
