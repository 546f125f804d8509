package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.ForeignClient.Stream;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.userdata.AccountUpdate;
import io.millrace.exchange.userdata.ExecutionType;
import io.millrace.exchange.userdata.LeverageUpdate;
import io.millrace.exchange.userdata.OrderUpdate;
import io.millrace.exchange.userdata.PrivateEvent;
import io.millrace.exchange.venue.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The private door over real sockets, with all its traps. */
class PrivateStreamTest {
    private static final int ACCOUNT = 1;
    private static final long START_NS = 1_795_262_400_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final long MINUTE_MS = 60_000L;
    private static final String LIST = "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}";

    private final ForeignClient client = new ForeignClient();
    private final ManualClock clock = new ManualClock(START_NS);
    private final ExchangeServer server;

    PrivateStreamTest() throws IOException {
        // Pings would be late by hours of the test's clock.
        server = open(ServerSettings.Limits.VENUE.withTimes(86_400_000L, 2 * 86_400_000L, 86_400_000L));
    }

    private ExchangeServer open(ServerSettings.Limits limits) throws IOException {
        SyntheticMarket market = new SyntheticMarket(SyntheticSettings.of(2, 3).withEventsPerSecond(50), START_NS);
        return new ExchangeServer(ServerSettings.loopback().withLimits(limits), market, clock, null);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String key(int accountId) {
        return server.call(() -> server.userData().openListenKey(accountId, clock.epochNs()));
    }

    /** Lets events happen and a little time pass, in which they are delivered. */
    private void publish(int accountId, PrivateEvent... events) {
        server.call(() -> {
            for (PrivateEvent event : events) {
                server.userData().publish(accountId, event, clock.epochNs());
            }
            return null;
        });
        clock.advance(10 * MS);
    }

    private PrivateEvent leverage(int leverage) {
        return new LeverageUpdate(clock.epochNs() / MS, 0, leverage);
    }

    private PrivateEvent account() {
        return new AccountUpdate(clock.epochNs() / MS, AccountUpdate.Reason.ORDER, -1, List.of(), List.of());
    }

    private PrivateEvent fill() {
        long nowMs = clock.epochNs() / MS;
        Order order = new Order(
                9, OrderRequest.of(ACCOUNT, 0, Side.BUY).limit(5, 900_000).build(), 900_000, nowMs);
        order.fill(900_000, 5, nowMs);
        return OrderUpdate.of(
                order,
                ExecutionType.TRADE,
                new OrderUpdate.Fill(77, 900_000, 5, true, 1, "USDT", 0),
                OrderUpdate.OpenNotional.NONE,
                null);
    }

    private static int leverage(JsonNode event) {
        assertEquals("ACCOUNT_CONFIG_UPDATE", event.path("e").textValue(), event.toString());
        return event.get("ac").get("l").intValue();
    }

    /** Asserts that nothing came before the answer to a request that is sent now. */
    private static void assertSilent(Stream stream) {
        int before = stream.texts.size();
        stream.send(LIST);
        ForeignClient.await("the answer", () -> stream.texts.size() > before);
        assertTrue(stream.texts.get(before).startsWith("{\"result\":"), stream.texts.get(before));
        assertEquals(before + 1, stream.texts.size());
        assertFalse(stream.isOver(), "the socket stays open");
    }

    private List<Stream> everyWayIn(String key) {
        List<Stream> streams = new ArrayList<>();
        for (String path : List.of("/ws/" + key, "/ws?listenKey=" + key, "/stream?listenKey=" + key)) {
            streams.add(client.open(server.privateUri(), path));
        }
        streams.add(client.open(server.privateUri(), "/stream?streams=" + key));
        return streams;
    }

    @Covers("STREAM /private/ws")
    @Test
    void shouldTellEveryConnectionOfAKeyEverythingHoweverItCameIn() {
        String key = key(ACCOUNT);
        List<Stream> streams = everyWayIn(key);
        publish(ACCOUNT, leverage(11));
        for (int i = 0; i < streams.size(); i++) {
            JsonNode frame = streams.get(i).next();
            if (i >= 2) {
                assertEquals(key, frame.get("stream").textValue());
                frame = frame.get("data");
            }
            assertEquals(11, leverage(frame));
            assertTrue(frame.get("E").longValue() > frame.get("T").longValue());
        }
        assertEquals(4, server.framesSent().get("ACCOUNT_CONFIG_UPDATE"));
        assertEquals(Door.PRIVATE, server.connections().get(0).door());
        assertEquals(List.of(key), server.connections().get(0).streams());
    }

    @Test
    void shouldTellAFillInShortFirst() {
        Stream stream = client.open(server.privateUri(), "/ws/" + key(ACCOUNT));
        publish(ACCOUNT, fill());
        JsonNode lite = stream.next();
        JsonNode full = stream.next();
        assertEquals("TRADE_LITE", lite.get("e").textValue());
        assertEquals("ORDER_TRADE_UPDATE", full.get("e").textValue());
        assertEquals(77, lite.get("t").longValue());
        assertEquals(77, full.get("o").get("t").longValue());
        assertTrue(lite.get("E").longValue() <= full.get("E").longValue());
    }

    @Covers("STREAM /private/stream")
    @Test
    void shouldTellOnlyTheKindsThatAreAskedFor() {
        String first = key(ACCOUNT);
        String second = key(ACCOUNT + 1);
        Stream both = client.open(
                server.privateUri(),
                "/stream?listenKey=" + first + "&events=ACCOUNT_UPDATE/TRADE_LITE&listenKey=" + second);
        Stream one = client.open(server.privateUri(), "/ws?listenKey=" + first + "&events=ORDER_TRADE_UPDATE");
        Stream none = client.open(server.privateUri(), "/ws?listenKey=" + first + "&events=NO_SUCH_EVENT");
        publish(ACCOUNT, fill(), leverage(2));
        assertEquals("ORDER_TRADE_UPDATE", one.next().get("e").textValue());
        assertEquals("TRADE_LITE", both.next().get("data").get("e").textValue());
        publish(ACCOUNT, account());
        JsonNode frame = both.next();
        assertEquals(first, frame.get("stream").textValue());
        assertEquals("ACCOUNT_UPDATE", frame.get("data").get("e").textValue());
        publish(ACCOUNT + 1, leverage(3));
        JsonNode other = both.next();
        assertEquals(second, other.get("stream").textValue());
        assertEquals(3, leverage(other.get("data")));
        assertSilent(one);
        assertSilent(none);
    }

    @Test
    void shouldTakeABogusKeyAndStaySilent() {
        Stream good = client.open(server.privateUri(), "/ws/" + key(ACCOUNT));
        List<Stream> bogus = everyWayIn("x".repeat(64));
        bogus.add(client.open(server.privateUri(), "/ws"));
        bogus.add(client.open(server.privateUri(), "/stream?listenKey=&events=ORDER_TRADE_UPDATE"));
        publish(ACCOUNT, leverage(4));
        assertEquals(4, leverage(good.next()));
        bogus.forEach(PrivateStreamTest::assertSilent);
    }

    @Test
    void shouldDeliverNothingPrivateByAnyOtherDoorAndNothingPublicByThisOne() {
        String key = key(ACCOUNT);
        Stream good = client.open(server.privateUri(), "/ws/" + key);
        List<Stream> silent = List.of(
                client.open(server.unroutedUri(), "/ws/" + key),
                client.open(server.unroutedUri(), "/stream?streams=" + key),
                client.open(server.publicUri(), "/ws/" + key),
                client.open(server.marketUri(), "/ws?listenKey=" + key),
                client.open(server.privateUri(), "/ws/btcusdt@depth@0ms"),
                client.open(server.privateUri(), "/stream?streams=btcusdt@trade/btcusdt@aggTrade"));
        Stream market = client.open(server.publicUri(), "/ws/btcusdt@depth@0ms");
        publish(ACCOUNT, leverage(5));
        assertEquals(5, leverage(good.next()));
        clock.advance(1000 * MS);
        assertEquals("depthUpdate", market.next().get("e").textValue());
        silent.forEach(PrivateStreamTest::assertSilent);
    }

    @Covers("EVENT listenKeyExpired")
    @Test
    void shouldSayThatTheKeyRanOutAndFallSilentWithTheSocketOpen() {
        String key = key(ACCOUNT);
        Stream first = client.open(server.privateUri(), "/ws/" + key);
        Stream second = client.open(server.privateUri(), "/stream?listenKey=" + key);
        clock.advance(60 * MINUTE_MS * MS - 20 * MS);
        publish(ACCOUNT, leverage(6));
        assertEquals(6, leverage(first.next()));
        second.next();
        clock.advance(20 * MS);
        JsonNode expired = first.next();
        assertEquals("listenKeyExpired", expired.get("e").textValue());
        assertEquals(key, expired.get("listenKey").textValue());
        assertTrue(expired.get("E").isNumber());
        assertEquals("listenKeyExpired", second.next().get("data").get("e").textValue());
        String next = key(ACCOUNT);
        assertNotEquals(key, next);
        Stream fresh = client.open(server.privateUri(), "/ws/" + next);
        publish(ACCOUNT, leverage(7));
        assertEquals(7, leverage(fresh.next()));
        assertSilent(first);
        assertSilent(second);
    }

    @Test
    void shouldLiveOnWhenTheKeyIsAskedForAgain() {
        String key = key(ACCOUNT);
        Stream stream = client.open(server.privateUri(), "/ws/" + key);
        for (int i = 0; i < 3; i++) {
            clock.advance(59 * MINUTE_MS * MS);
            assertEquals(key, key(ACCOUNT));
        }
        publish(ACCOUNT, leverage(8));
        assertEquals(8, leverage(stream.next()));
    }

    @Test
    void shouldFallSilentForEverybodyWhenOneProcessDeletesTheKey() {
        String key = key(ACCOUNT);
        List<Stream> streams = everyWayIn(key);
        server.call(() -> {
            server.userData().closeListenKey(ACCOUNT, clock.epochNs());
            return null;
        });
        Stream fresh = client.open(server.privateUri(), "/ws/" + key(ACCOUNT));
        publish(ACCOUNT, leverage(9));
        assertEquals(9, leverage(fresh.next()));
        streams.forEach(PrivateStreamTest::assertSilent);
    }

    @Test
    void shouldTakeKeysByRequestToo() {
        String key = key(ACCOUNT);
        Stream stream = client.open(server.privateUri(), "/ws");
        Stream other = client.open(server.privateUri(), "/ws/" + key);
        stream.ask("{\"method\":\"SUBSCRIBE\",\"params\":[\"" + key + "\"],\"id\":1}");
        assertEquals(key, stream.ask(LIST).get("result").get(0).textValue());
        publish(ACCOUNT, leverage(10));
        assertEquals(10, leverage(stream.next()));
        stream.ask("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"" + key + "\"],\"id\":2}");
        publish(ACCOUNT, leverage(11));
        assertEquals(10, leverage(other.next()));
        assertEquals(11, leverage(other.next()));
        assertSilent(stream);
        other.socket.abort();
        ForeignClient.await("the end", () -> server.connections().size() == 1);
        publish(ACCOUNT, leverage(12));
        assertSilent(stream);
    }

    @Test
    void shouldGuardTheDoorAsTheOthers() throws IOException {
        try (ExchangeServer strict = open(ServerSettings.Limits.VENUE.withTimes(1000, 5000, 20_000L))) {
            Stream flooding = client.open(strict.privateUri(), "/ws/abc");
            Stream calm = client.open(strict.privateUri(), "/ws/abc");
            for (int i = 0; i < 11; i++) {
                flooding.socket.sendText(LIST, true).exceptionally(e -> null).join();
            }
            ForeignClient.await("the cut", flooding::isOver);
            assertEquals(1, strict.cuts(CutReason.FLOOD));
            clock.advance(1000 * MS);
            ForeignClient.await("a ping", () -> calm.pings.size() == 1);
            // The answer to a request comes after the client's pong was read.
            calm.ask(LIST);
            for (int i = 0; i < 9 && !calm.isOver(); i++) {
                int before = calm.pings.size();
                clock.advance(3000 * MS);
                ForeignClient.await("another ping", () -> calm.pings.size() > before || calm.isOver());
                if (!calm.isOver()) {
                    calm.ask(LIST);
                }
            }
            ForeignClient.await("the close after a lifetime", calm::isOver);
            assertEquals(1000, calm.closeStatus);
            assertEquals(1, strict.cuts(CutReason.LIFETIME));
        }
    }

    @Test
    void shouldNotKnowOtherPaths() {
        assertThrows(CompletionException.class, () -> client.open(server.privateUri(), "/other"));
    }
}
