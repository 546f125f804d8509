package io.millrace.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.matching.LatencyModels;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.server.VirtualConnection;
import io.millrace.exchange.trading.LineSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VirtualExchangeTest {
    private static final long START_NS = 1_767_571_200_000_000_000L;
    private static final long MS = 1_000_000L;

    private static ExchangeSettings settings(long seed) {
        return ExchangeSettings.synthetic(3, seed);
    }

    private static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] upgrade(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] streamed(long seed, long stepNs) throws IOException {
        try (VirtualExchange exchange = VirtualExchange.open(settings(seed), START_NS)) {
            VirtualConnection streams = exchange.connectStreams();
            streams.send(upgrade("/public/stream?streams=btcusdt@depth@100ms/ethusdt@bookTicker"));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (long atNs = START_NS; atNs < START_NS + 2000 * MS; ) {
                atNs += stepNs;
                exchange.advanceTo(atNs);
                all.writeBytes(streams.take());
            }
            return all.toByteArray();
        }
    }

    @Test
    void shouldSendTheSameBytesWhenSeedAndStartAreTheSame() throws IOException {
        byte[] once = streamed(7, 100 * MS);

        assertTrue(once.length > 10_000, () -> "only " + once.length + " bytes");
        assertTrue(text(once).startsWith("HTTP/1.1 101"), () -> text(once).substring(0, 100));
        assertArrayEquals(once, streamed(7, 100 * MS));
        assertFalse(Arrays.equals(once, streamed(8, 100 * MS)));
    }

    @Test
    void shouldAnswerRequestsAtTheVirtualTime() throws IOException {
        try (VirtualExchange exchange = VirtualExchange.open(settings(1), START_NS)) {
            exchange.advanceTo(START_NS + 1234 * MS);
            VirtualConnection rest = exchange.connectRest();
            rest.send(get("/fapi/v1/time"));

            String answer = text(rest.take());
            assertTrue(answer.endsWith("{\"serverTime\":" + (START_NS / MS + 1234) + "}"), answer);
            assertTrue(rest.isOpen());
        }
    }

    @Test
    void shouldKeepBytesUnderWayForTheLatencyOfTheLine() throws IOException {
        LineSettings line = new LineSettings(
                () -> LatencyModels.constant(TimeUnit.MILLISECONDS.toNanos(20)),
                () -> LatencyModels.constant(TimeUnit.MILLISECONDS.toNanos(30)),
                () -> LatencyModels.constant(0));
        ServerSettings server = ServerSettings.loopback().withLine(line);
        try (VirtualExchange exchange = VirtualExchange.open(settings(1).withServer(server), START_NS)) {
            VirtualConnection rest = exchange.connectRest();
            rest.send(get("/fapi/v1/time"));
            exchange.advanceTo(START_NS + 49 * MS);
            assertEquals("", text(rest.take()));

            exchange.advanceTo(START_NS + 51 * MS);
            // The venue saw the request when it had arrived.
            String answer = text(rest.take());
            assertTrue(answer.endsWith("{\"serverTime\":" + (START_NS / MS + 20) + "}"), answer);
        }
    }

    @Test
    void shouldEndAConnectionThatAFaultCuts() throws IOException {
        try (VirtualExchange exchange = VirtualExchange.open(settings(1), START_NS)) {
            exchange.faults()
                    .inject(Fault.of(FaultKind.CUT).on(StreamKind.DEPTH_100MS).after(2));
            VirtualConnection streams = exchange.connectStreams();
            streams.send(upgrade("/public/ws/btcusdt@depth@100ms"));
            exchange.advanceTo(START_NS + 1000 * MS);

            assertFalse(streams.isOpen());
            assertEquals(3, text(streams.take()).split("depthUpdate", -1).length - 1);
        }
    }
}
