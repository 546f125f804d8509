package io.millrace.gateway.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.gateway.StubVenue;
import io.millrace.gateway.TestClock;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketConnectionTest {
    private static final int KIB = 1024;
    private static final int WAIT_SECONDS = 60;
    private static final long IDLE_NS = 10_000;

    private final TestClock time = new TestClock();
    private final StubVenue venue = new StubVenue();
    private final ConnectionCounters counters = new ConnectionCounters();
    private final Listener listener = new Listener();
    private TransportSettings settings = TransportSettings.defaults().withBuffers(16 * KIB, 64 * KIB, 48 * KIB);
    private URI uri = venue.uri("ws", "/public/stream?streams=a@depth");
    private FeedLoop loop;
    private HostResolver resolver;
    private WebSocketConnection connection;

    private static final class Listener implements WebSocketListener {
        final List<String> texts = new ArrayList<>();
        boolean isOpen;
        int budget = Integer.MAX_VALUE;
        Closing closing;

        @Override
        public void onOpen() {
            isOpen = true;
        }

        @Override
        public boolean isDelivering() {
            return texts.size() < budget;
        }

        @Override
        public void onText(DirectBuffer buffer, int offset, int length, long ingressNs) {
            texts.add(buffer.getStringWithoutLengthUtf8(offset, length));
        }

        @Override
        public void onClosed(Closing why) {
            assertEquals(null, closing, "closed twice");
            closing = why;
        }
    }

    @AfterEach
    void tearDown() {
        if (loop != null) {
            resolver.close();
            loop.close();
        }
        venue.close();
    }

    private void connect(boolean isNative) {
        // Of limits by time nothing is over before a test says so.
        time.freeze();
        loop = new FeedLoop(isNative);
        resolver = new HostResolver(loop);
        WebSocketContext context =
                new WebSocketContext(loop, resolver, new Tls(settings), settings, time.ingress(), new Random(1));
        connection = new WebSocketConnection(context, uri, 10, counters, listener);
        connection.connect();
    }

    private StubVenue.Peer open() {
        connect(true);
        pumpUntil("open", () -> listener.isOpen && !venue.peers.isEmpty());
        return venue.peers.remove();
    }

    private void pumpUntil(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("not within " + WAIT_SECONDS + " s: " + what + ", texts="
                        + listener.texts.size() + ", closing=" + listener.closing);
            }
            loop.run();
            connection.onTick(time.monotonicNs());
            LockSupport.parkNanos(IDLE_NS);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDeliverMessagesOnEitherTransport(boolean isNative) throws Exception {
        connect(isNative);
        pumpUntil("open", () -> listener.isOpen);
        StubVenue.Peer peer = venue.peers.take();
        assertEquals("/public/stream?streams=a@depth", peer.target);
        assertTrue(connection.trySend("{\"a\":\"币\"}", 0));
        peer.text("one");
        peer.text("zwei€");
        pumpUntil("two", () -> listener.texts.size() == 2);
        assertEquals(List.of("one", "zwei€"), listener.texts);
        assertEquals(
                "{\"a\":\"币\"}",
                peer.frames.poll(WAIT_SECONDS, TimeUnit.SECONDS).text());
        assertEquals(2, counters.get(ConnectionCounters.TEXT_MESSAGES));
        assertEquals(5 + 9, counters.get(ConnectionCounters.BYTES));
    }

    @Test
    void shouldFindTheHostByItsName() {
        uri = URI.create("ws://localhost:" + uri.getPort() + "/stream");
        open();
    }

    @Test
    void shouldDeliverFramesThatCameTogetherWithTheUpgrade() {
        venue.greeting = text(0x81, "early");
        open();
        pumpUntil("early", () -> listener.texts.size() == 1);
        assertEquals("early", listener.texts.get(0));
        assertEquals(7, counters.get(ConnectionCounters.BYTES));
    }

    @Test
    void shouldDeliverTheSameWhenTheStreamIsCutAtEveryByte() {
        StubVenue.Peer peer = open();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text(0x81, "first"));
        bytes.writeBytes(text(0x01, "frag"));
        bytes.writeBytes(text(0x89, "p"));
        bytes.writeBytes(text(0x80, "mented"));
        bytes.writeBytes(text(0x81, "x".repeat(130)));
        byte[] stream = bytes.toByteArray();
        for (int cut = 1; cut < stream.length; cut++) {
            long bytesBefore = counters.get(ConnectionCounters.BYTES);
            int before = listener.texts.size();
            int at = cut;
            peer.raw(java.util.Arrays.copyOf(stream, at));
            pumpUntil("first part", () -> counters.get(ConnectionCounters.BYTES) == bytesBefore + at);
            peer.raw(java.util.Arrays.copyOfRange(stream, at, stream.length));
            pumpUntil("second part", () -> listener.texts.size() == before + 3);
            assertEquals(List.of("first", "fragmented", "x".repeat(130)), listener.texts.subList(before, before + 3));
        }
        assertEquals(stream.length - 1, counters.get(ConnectionCounters.PINGS));
    }

    @Test
    void shouldAnswerEveryPingWithItsPayloadInTheMiddleOfABurst() throws Exception {
        StubVenue.Peer peer = open();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            bytes.writeBytes(text(0x81, "message " + i));
            if (i % 200 == 100) {
                bytes.writeBytes(text(0x89, "ping " + i));
            }
        }
        peer.raw(bytes.toByteArray());
        pumpUntil("all", () -> listener.texts.size() == 1000);
        for (int i = 100; i < 1000; i += 200) {
            StubVenue.Frame pong = peer.frames.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            assertEquals(FrameParser.PONG, pong.opcode());
            assertEquals("ping " + i, pong.text());
        }
    }

    @Test
    void shouldAnswerTheMostRecentPingLaterWhenThereAreMoreThanTheVenueTakesMessages() throws Exception {
        StubVenue.Peer peer = open();
        for (int i = 0; i < 25; i++) {
            peer.ping("p" + i);
        }
        pumpUntil("pings", () -> counters.get(ConnectionCounters.PINGS) == 25);
        assertEquals(10, counters.get(ConnectionCounters.PONGS));
        time.pass(Duration.ofSeconds(2));
        pumpUntil("the held one", () -> counters.get(ConnectionCounters.PONGS) == 11);
        pumpUntil("arrival", () -> peer.frames.size() == 11);
        for (int i = 0; i < 10; i++) {
            assertEquals("p" + i, peer.frames.take().text());
        }
        assertEquals("p24", peer.frames.take().text());
    }

    @Test
    void shouldAnswerPingsAndStopReadingWhileNobodyTakesMessagesAndLoseNothing() throws Exception {
        StubVenue.Peer peer = open();
        listener.budget = 3;
        int count = 4000;
        String filler = "x".repeat(100);
        Thread writer = new Thread(() -> {
            for (int i = 0; i < count; i++) {
                peer.text(i + filler);
                if (i == 10 || i == 200) {
                    peer.ping("p" + i);
                }
            }
        });
        writer.start();
        pumpUntil("reading stops", connection::isReadStopped);
        assertEquals(3, listener.texts.size());
        assertEquals("p10", peer.frames.poll(WAIT_SECONDS, TimeUnit.SECONDS).text());
        assertEquals("p200", peer.frames.poll(WAIT_SECONDS, TimeUnit.SECONDS).text());
        assertEquals(2, counters.get(ConnectionCounters.PINGS_AHEAD));

        // Then a little at a time: every stop leaves what follows in its place.
        while (listener.texts.size() < count) {
            int before = listener.texts.size();
            listener.budget = before + 7;
            connection.resume();
            pumpUntil("seven more", () -> listener.texts.size() >= Math.min(count, before + 7));
        }
        writer.join();
        for (int i = 0; i < count; i++) {
            assertEquals(i + filler, listener.texts.get(i));
        }
        assertEquals(2, counters.get(ConnectionCounters.PINGS), "answered once each");
        assertTrue(counters.get(ConnectionCounters.READ_STOPS) >= 1);
    }

    @Test
    void shouldDeliverWhatArrivedBeforeTheEndWhenItIsTakenOnlyAfterwards() {
        StubVenue.Peer peer = open();
        listener.budget = 1;
        for (int i = 0; i < 50; i++) {
            peer.text("m" + i);
        }
        pumpUntil("arrival", () -> counters.get(ConnectionCounters.BYTES) == 10 * 4 + 40 * 5);
        peer.cut();
        pumpUntil("the end", () -> !connection.isOpen());
        assertEquals(null, listener.closing);
        listener.budget = Integer.MAX_VALUE;
        connection.resume();
        assertEquals(50, listener.texts.size());
        pumpUntil("closed", () -> listener.closing != null);
        assertEquals(CloseReason.CONNECTION_LOST, listener.closing.reason());
    }

    @Test
    void shouldGrowForAMessageLongerThanTheFirstBufferAndRefuseOneAboveTheLimit() {
        StubVenue.Peer peer = open();
        String longest = "y".repeat(48 * KIB);
        peer.text(longest);
        peer.text("small");
        pumpUntil("both", () -> listener.texts.size() == 2);
        assertEquals(longest, listener.texts.get(0));
        peer.text(longest + "y");
        pumpUntil("closed", () -> listener.closing != null);
        assertEquals(CloseReason.MESSAGE_TOO_LONG, listener.closing.reason());
        assertCloseFrame(peer, CloseCodes.TOO_BIG);
    }

    @ParameterizedTest
    @CsvSource({"131, 1", "193, 1", "128, 1", "9, 0"})
    void shouldCloseWithATypedReasonWhenTheProtocolIsViolated(int first, int length) {
        StubVenue.Peer peer = open();
        peer.text("before");
        peer.raw(StubVenue.frame(first, new byte[length]));
        peer.text("after");
        pumpUntil("closed", () -> listener.closing != null);
        assertEquals(List.of("before"), listener.texts);
        assertEquals(CloseReason.PROTOCOL_VIOLATION, listener.closing.reason());
        assertCloseFrame(peer, CloseCodes.PROTOCOL_ERROR);
        assertEquals(1, counters.get(ConnectionCounters.VIOLATIONS));
    }

    @Test
    void shouldSurviveGarbageBytes() {
        StubVenue.Peer peer = open();
        byte[] garbage = new byte[5000];
        new Random(7).nextBytes(garbage);
        garbage[0] = (byte) 0xFF;
        peer.raw(garbage);
        pumpUntil("closed", () -> listener.closing != null);
        assertEquals(CloseReason.PROTOCOL_VIOLATION, listener.closing.reason());
    }

    @Test
    void shouldRefuseBinaryMessages() {
        StubVenue.Peer peer = open();
        peer.raw(text(0x82, "binary"));
        pumpUntil("closed", () -> listener.closing != null);
        assertEquals(CloseReason.UNSUPPORTED_DATA, listener.closing.reason());
        assertCloseFrame(peer, CloseCodes.UNSUPPORTED_DATA);
    }

    @Test
    void shouldEchoTheCloseCodeAndDeliverWhatCameBeforeIt() {
        StubVenue.Peer peer = open();
        peer.text("last words");
        peer.raw(StubVenue.frame(0x88, new byte[] {0x03, (byte) 0xE9}));
        pumpUntil("closed", () -> listener.closing != null);
        assertEquals(List.of("last words"), listener.texts);
        assertEquals(CloseReason.CLOSED_BY_SERVER, listener.closing.reason());
        assertEquals(CloseCodes.GOING_AWAY, listener.closing.code());
        assertCloseFrame(peer, CloseCodes.GOING_AWAY);
    }

    @ParameterizedTest
    @CsvSource({"429, 7, 7", "418, 120, 120", "403, , 0", "503, soon, 0"})
    void shouldSayHowTheUpgradeWasRefused(int status, String retryAfter, long expectedSeconds) {
        String header = retryAfter == null ? "" : "Retry-After: " + retryAfter + "\r\n";
        venue.onUpgrade = target -> StubVenue.Reply.of(status, header, "no");
        connect(true);
        pumpUntil("closed", () -> listener.closing != null);
        assertFalse(listener.isOpen);
        assertEquals(CloseReason.REFUSED, listener.closing.reason());
        assertEquals(status, listener.closing.code());
        assertEquals(TimeUnit.SECONDS.toNanos(expectedSeconds), listener.closing.retryAfterNs());
    }

    @Test
    void shouldRefuseASwitchOfProtocolsWithTheWrongAcceptKey() {
        venue.onUpgrade = target -> StubVenue.Reply.of(
                101, "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: nonsense\r\n", "");
        connect(true);
        pumpUntil("closed", () -> listener.closing != null);
        assertEquals(CloseReason.REFUSED, listener.closing.reason());
        assertTrue(listener.closing.detail().contains("Sec-WebSocket-Accept"), listener.closing.detail());
    }

    @Test
    void shouldGiveUpWhenTheUpgradeIsNotAnsweredInTime() {
        CountDownLatch isAsked = new CountDownLatch(1);
        venue.onUpgrade = target -> {
            isAsked.countDown();
            return StubVenue.NO_ANSWER;
        };
        connect(true);
        pumpUntil("the request", () -> isAsked.getCount() == 0);
        assertEquals(null, listener.closing);
        time.pass(settings.connectTimeout().plus(settings.handshakeTimeout()).plusMillis(1));
        pumpUntil("closed", () -> listener.closing != null);
        assertEquals(CloseReason.HANDSHAKE_TIMEOUT, listener.closing.reason());
    }

    @Test
    void shouldEndWhenTheServerCutsBeforeTheUpgrade() {
        venue.onUpgrade = target -> StubVenue.Reply.of(-1, "", "");
        connect(true);
        pumpUntil("closed", () -> listener.closing != null);
        assertEquals(CloseReason.CONNECTION_LOST, listener.closing.reason());
    }

    @Test
    void shouldSayWhenNobodyListens() throws Exception {
        // Bound, so that nobody else gets the port, but not listening.
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            uri = URI.create("ws://127.0.0.1:" + nobody.getLocalPort() + "/stream");
            connect(true);
            pumpUntil("closed", () -> listener.closing != null);
        }
        assertEquals(CloseReason.CONNECT_FAILED, listener.closing.reason());
        assertEquals(1, counters.get(ConnectionCounters.FAILURES));
    }

    @Test
    void shouldSendNoMoreThanTenMessagesASecondAndKeepTheReserve() {
        open();
        for (int i = 0; i < 7; i++) {
            assertTrue(connection.trySend("m", 3));
        }
        assertFalse(connection.trySend("m", 3));
        assertTrue(connection.trySend("m", 0));
    }

    private void assertCloseFrame(StubVenue.Peer peer, int code) {
        try {
            StubVenue.Frame frame = peer.frames.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            assertNotNull(frame, "a close frame");
            assertEquals(FrameParser.CLOSE, frame.opcode());
            byte[] payload = frame.bytes();
            assertEquals(code, ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static byte[] text(int first, String text) {
        return StubVenue.frame(first, text.getBytes(StandardCharsets.UTF_8));
    }
}
