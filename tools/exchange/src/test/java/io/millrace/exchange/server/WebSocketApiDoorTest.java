package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.ForeignClient.Stream;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.venue.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class WebSocketApiDoorTest {
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

    private static JsonNode ask(Stream stream, String message) {
        stream.send(message);
        return stream.next();
    }

    @Test
    @Covers({"WS time", "WS depth"})
    void shouldShareAnswersAndLimitsWithRest() throws IOException {
        try (SimulatedExchange exchange = open(VENUE)) {
            exchange.pause();
            Stream stream = client.open(exchange.wsApiUri(), "");
            JsonNode time = ask(stream, "{\"id\":\"t\",\"method\":\"time\"}");
            assertEquals(START_NS / MS, time.get("result").get("serverTime").longValue());
            assertEquals(6, time.get("rateLimits").get(0).get("count").intValue(), "the handshake weighs 5");
            JsonNode depth =
                    ask(stream, "{\"id\":2,\"method\":\"depth\",\"params\":{\"symbol\":\"BTCUSDT\",\"limit\":1000}}");
            var rest = client.get(exchange.restUri(), "/fapi/v1/depth?symbol=BTCUSDT&limit=1000");
            assertEquals(ForeignClient.parse(rest.body()), depth.get("result"));
            assertEquals(26, depth.get("rateLimits").get(0).get("count").intValue());
            assertEquals("46", rest.headers().firstValue("x-mbx-used-weight-1m").orElseThrow());
        }
    }

    @Test
    void shouldRefuseTheHandshakeWhenTheWeightIsUsedUp() throws IOException {
        try (SimulatedExchange exchange = open(VENUE.withWeightPerMinute(7))) {
            client.open(exchange.wsApiUri(), "");
            assertThrows(CompletionException.class, () -> client.open(exchange.wsApiUri(), ""));
            URI elsewhere = URI.create(exchange.wsApiUri().toString().replace("/ws-fapi/v1", "/ws-fapi/v9"));
            assertThrows(CompletionException.class, () -> client.open(elsewhere, ""));
        }
    }

    @Test
    void shouldTakeReturnRateLimitsFromTheAddress() throws IOException {
        try (SimulatedExchange exchange = open(VENUE)) {
            Stream stream = client.open(exchange.wsApiUri(), "?returnRateLimits=false");
            assertEquals(3, ask(stream, "{\"id\":1,\"method\":\"ping\"}").size());
        }
    }

    @Test
    void shouldKeepAliveWhoeverEchoesThePing() throws IOException {
        try (SimulatedExchange exchange = open(VENUE.withTimes(1000, 5000, 86_400_000))) {
            exchange.pause();
            Stream answering = client.open(exchange.wsApiUri(), "");
            for (int i = 1; i <= 8; i++) {
                int expected = i;
                // The answer to a request comes after the connection was taken in, and after the client's pong was
                // read.
                ask(answering, "{\"id\":1,\"method\":\"ping\"}");
                clock.advance(1000 * MS);
                ForeignClient.await("ping " + i, () -> answering.pings.size() >= expected);
            }
            assertEquals(0, exchange.cuts(CutReason.PONG_TIMEOUT));
        }
    }

    @Test
    void shouldCloseWhoeverSendsTooManyPings() throws IOException {
        try (SimulatedExchange exchange = open(VENUE)) {
            Stream stream = client.open(exchange.wsApiUri(), "");
            ByteBuffer payload = ByteBuffer.wrap("x".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 6; i++) {
                stream.socket
                        .sendPing(payload.duplicate())
                        .exceptionally(e -> null)
                        .join();
            }
            ForeignClient.await("the close", stream::isOver);
            assertEquals(1008, stream.closeStatus);
            assertEquals(1, exchange.cuts(CutReason.FLOOD));
        }
    }

    @Test
    void shouldCloseAConnectionWhenItIsADayOld() throws IOException {
        try (SimulatedExchange exchange = open(VENUE.withTimes(180_000, 2 * 86_400_000L, 86_400_000))) {
            exchange.pause();
            Stream stream = client.open(exchange.wsApiUri(), "");
            clock.advance(86_400_000 * MS);
            ForeignClient.await("the close", stream::isOver);
            assertEquals(1000, stream.closeStatus);
            assertTrue(exchange.cuts(CutReason.LIFETIME) >= 1);
        }
    }
}
