package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.ForeignClient.Stream;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.venue.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that misbehave, and one that does not, whose streams must not have a hole meanwhile. The venue's time passes only while
 * the test waits, and no faster than the good client reads.
 */
class AbuseTest {
    private static final ServerSettings.Limits VENUE = ServerSettings.Limits.VENUE;
    private static final long STEP_NS = 10_000_000;
    private static final int READ_TIMEOUT_MS = 1;
    private static final long GOOD_CONNECTIONS = 2;

    private final ForeignClient client = new ForeignClient();
    private final ManualClock clock = new ManualClock(1_795_262_400_000_000_000L);
    private SimulatedExchange exchange;
    private Stream book;
    private Stream trades;

    @BeforeEach
    void open() throws IOException {
        ServerSettings.Limits limits = VENUE.withQueuedBytes(256 * 1024)
                .withDoors(DoorLimits.VENUE.withRequestMs(400).withQueuedBytes(1024 * 1024));
        exchange = SimulatedExchange.start(
                ExchangeSettings.synthetic(SyntheticSettings.of(4, 7).withEventsPerSecond(4000))
                        .withServer(ServerSettings.loopback().withLimits(limits))
                        .withClock(clock));
        book = client.open(exchange.publicUri(), "/stream?streams=btcusdt@depth@0ms/ethusdt@depth@100ms");
        trades = client.open(exchange.marketUri(), "/stream?streams=btcusdt@aggTrade/ethusdt@aggTrade");
        await(() -> "the good client's data", () -> book.texts.size() > 5 && trades.texts.size() > 5);
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    private void await(Supplier<String> what, BooleanSupplier condition) {
        ForeignClient.await(what, () -> {
            passTime();
            return condition.getAsBoolean();
        });
    }

    private void passTime() {
        if (goodFramesSent() == book.texts.size() + trades.texts.size()) {
            clock.advance(STEP_NS);
        }
    }

    private long goodFramesSent() {
        return exchange.connections().stream()
                .filter(connection -> connection.id() <= GOOD_CONNECTIONS)
                .flatMap(connection -> connection.framesSent().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The good client has every frame, its chains of ids have no gap, and it goes on hearing. */
    private void assertNobodyElseNoticed() {
        int heard = book.texts.size();
        await(() -> "more of the good client's book", () -> book.texts.size() > heard + 50);
        exchange.pause();
        long sent = goodFramesSent();
        ForeignClient.await(
                () -> sent + " frames, got " + (book.texts.size() + trades.texts.size()),
                () -> book.texts.size() + trades.texts.size() == sent);
        assertTrue(!book.isOver() && !trades.isOver());
        Map<String, Long> last = new LinkedHashMap<>();
        for (String text : List.copyOf(book.texts)) {
            JsonNode frame = ForeignClient.parse(text);
            Long before = last.put(
                    frame.get("stream").textValue(), frame.get("data").get("u").longValue());
            assertTrue(before == null || before == frame.get("data").get("pu").longValue(), text);
        }
        for (String text : List.copyOf(trades.texts)) {
            JsonNode frame = ForeignClient.parse(text);
            Long before = last.put(
                    frame.get("stream").textValue(), frame.get("data").get("a").longValue());
            assertTrue(
                    before == null || before + 1 == frame.get("data").get("a").longValue(), text);
        }
        exchange.resume();
    }

    private static Socket connect(URI uri) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(READ_TIMEOUT_MS);
        // Another address of this machine, so that limits by address do not hit the good client.
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0));
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static void shakeHands(Socket socket, String path) throws IOException {
        send(
                socket,
                "GET " + path + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    }

    /** Shakes hands and waits for the answer, as clients do before they send a frame. */
    private static void upgrade(Socket socket, String path) throws IOException {
        shakeHands(socket, path);
        InputStream in = socket.getInputStream();
        int ends = 0;
        socket.setSoTimeout(0);
        while (ends < 4) {
            int next = in.read();
            assertTrue(next >= 0, "no answer to the handshake");
            ends = next == '\r' || next == '\n' ? ends + 1 : 0;
        }
        socket.setSoTimeout(READ_TIMEOUT_MS);
    }

    /** Lets time pass until the other side ends the connection; returns what came. */
    private String readAll(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        byte[] bytes = new byte[8192];
        int[] count = {0};
        await(() -> "the end of a connection that said " + text, () -> {
            try {
                count[0] = in.read(bytes);
                text.append(new String(bytes, 0, Math.max(0, count[0]), StandardCharsets.ISO_8859_1));
            } catch (SocketTimeoutException e) {
                // Not yet.
            } catch (IOException e) {
                // Reset, which is an end too.
                count[0] = -1;
            }
            return count[0] < 0;
        });
        return text.toString();
    }

    @Test
    void shouldResetWhoConnectsTooOftenWhenAThousandConnectionsAreOpened() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                sockets.add(connect(exchange.publicUri()));
            }
            await(
                    () -> "700 resets, " + exchange.cuts(CutReason.TOO_MANY_CONNECTIONS),
                    () -> exchange.cuts(CutReason.TOO_MANY_CONNECTIONS) == 700);
            assertNobodyElseNoticed();
            // Another address is not concerned.
            Stream other = client.open(exchange.publicUri(), "/ws/btcusdt@bookTicker");
            await(() -> "data for another address", () -> !other.texts.isEmpty());
            await(() -> "the end of those that never shook hands", () -> exchange.cuts(CutReason.SLOW_REQUEST) == 300);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void shouldEndWhoSendsGarbageWhateverTheDoor() throws IOException {
        Random random = new Random(5);
        byte[] noise = new byte[4096];
        for (URI door : List.of(exchange.restUri(), exchange.publicUri(), exchange.marketUri())) {
            for (int i = 0; i < 5; i++) {
                random.nextBytes(noise);
                try (Socket socket = connect(door)) {
                    socket.getOutputStream().write(noise);
                    socket.getOutputStream().write('\n');
                    socket.getOutputStream().write('\n');
                    readAll(socket);
                } catch (SocketException e) {
                    // Cut before everything was sent.
                }
            }
            try (Socket socket = connect(door)) {
                send(socket, "GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n");
                String answer = readAll(socket);
                assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
            }
        }
        long before = exchange.cuts(CutReason.GARBAGE);
        try (Socket socket = connect(exchange.publicUri())) {
            upgrade(socket, "/public/ws/btcusdt@bookTicker");
            // Frames of clients have to be masked.
            socket.getOutputStream().write(new byte[] {(byte) 0x81, 5, 'h', 'e', 'l', 'l', 'o'});
            readAll(socket);
        }
        try (Socket socket = connect(exchange.publicUri())) {
            upgrade(socket, "/public/ws/btcusdt@bookTicker");
            // A frame that would be a gigabyte long.
            socket.getOutputStream()
                    .write(new byte[] {(byte) 0x81, (byte) 0xFF, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4, 'x'});
            readAll(socket);
        }
        await(() -> "two broken frames", () -> exchange.cuts(CutReason.GARBAGE) >= before + 2);
        assertNobodyElseNoticed();
    }

    @Test
    void shouldEndWhoTakesForeverToAsk() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (URI door : List.of(exchange.restUri(), exchange.publicUri())) {
                for (int i = 0; i < 20; i++) {
                    Socket socket = connect(door);
                    sockets.add(socket);
                    send(socket, "GET /fapi/v1/time HTTP/1.1\r\nX-Slow: ");
                }
            }
            for (Socket socket : sockets) {
                assertEquals("", readAll(socket));
            }
            assertEquals(40, exchange.cuts(CutReason.SLOW_REQUEST));
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        assertNobodyElseNoticed();
    }

    @Test
    void shouldCutSlowReadersAndFloodersOfStreams() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                Socket socket = connect(exchange.publicUri());
                sockets.add(socket);
                shakeHands(
                        socket, "/public/ws/btcusdt@depth@0ms/ethusdt@depth@0ms/solusdt@depth@0ms/bnbusdt@depth@0ms");
            }
            Socket flooder = connect(exchange.publicUri());
            sockets.add(flooder);
            upgrade(flooder, "/public/ws");
            // Masked pings without a body, all in one piece.
            byte[] pings = new byte[30 * 6];
            for (int i = 0; i < pings.length; i += 6) {
                pings[i] = (byte) 0x89;
                pings[i + 1] = (byte) 0x80;
            }
            flooder.getOutputStream().write(pings);
            await(() -> "the flooder's end", () -> exchange.cuts(CutReason.FLOOD) == 1);
            await(
                    () -> "slow readers' end, " + exchange.cuts(CutReason.SLOW_READER),
                    () -> exchange.cuts(CutReason.SLOW_READER) >= 3);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        assertNobodyElseNoticed();
    }

    @Test
    void shouldRefuseThenBanWhoFloodsRest() throws IOException {
        String request = "GET /fapi/v1/depth?symbol=BTCUSDT&limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n";
        String answers;
        try (Socket socket = connect(exchange.restUri())) {
            send(socket, request.repeat(400));
            answers = readAll(socket);
        } catch (SocketException e) {
            answers = "";
        }
        assertTrue(answers.contains("HTTP/1.1 418"), "banned and cut after " + answers.length() + " bytes");
        try (Socket socket = connect(exchange.restUri())) {
            send(socket, request);
            assertTrue(readAll(socket).startsWith("HTTP/1.1 418"));
        }
        assertEquals(200, client.get(exchange.restUri(), "/fapi/v1/ping").statusCode(), "another address");
        assertNobodyElseNoticed();
    }
}
