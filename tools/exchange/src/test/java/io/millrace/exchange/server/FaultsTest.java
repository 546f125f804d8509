package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.ForeignClient.Stream;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.venue.ManualClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {
    private static final long MS = 1_000_000L;
    private static final String DEPTH = "/fapi/v1/depth?symbol=BTCUSDT&limit=5";

    private final ForeignClient client = new ForeignClient();
    private final ManualClock clock = new ManualClock(1_795_262_400_000_000_000L);
    private SimulatedExchange exchange;

    @BeforeEach
    void open() throws IOException {
        exchange = SimulatedExchange.start(
                ExchangeSettings.synthetic(SyntheticSettings.of(2, 11).withEventsPerSecond(2000))
                        .withClock(clock));
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    /** Lets time pass until the stream has so many frames more. */
    private List<JsonNode> listen(Stream stream, int frames) {
        int from = stream.texts.size();
        ForeignClient.await("frames", () -> {
            clock.advance(MS);
            return stream.texts.size() >= from + frames;
        });
        return List.copyOf(stream.texts).subList(from, from + frames).stream()
                .map(ForeignClient::parse)
                .toList();
    }

    private Stream depth() {
        return client.open(exchange.publicUri(), "/ws/btcusdt@depth@0ms");
    }

    private static int brokenChains(List<JsonNode> diffs) {
        int broken = 0;
        for (int i = 1; i < diffs.size(); i++) {
            broken += diffs.get(i).get("pu").longValue()
                            == diffs.get(i - 1).get("u").longValue()
                    ? 0
                    : 1;
        }
        return broken;
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP", "GAP"})
    void shouldBreakTheChainOnceWhenADiffIsLeftOut(FaultKind kind) {
        Stream stream = depth();
        ActiveFault fault = exchange.faults()
                .inject(Fault.of(kind).on("BTCUSDT").on(StreamKind.DEPTH_0MS).after(5));
        List<JsonNode> diffs = listen(stream, 20);
        assertEquals(1, brokenChains(diffs));
        assertNotEquals(diffs.get(4).get("u"), diffs.get(5).get("pu"));
        assertTrue(fault.isSpent());
        exchange.faults().clearAll();
        assertEquals(0, brokenChains(listen(stream, 20)));
    }

    @Test
    void shouldSendTwiceWhenAFrameIsDuplicated() {
        Stream stream = depth();
        exchange.faults().inject(Fault.of(FaultKind.DUPLICATE).after(2).times(2));
        List<JsonNode> diffs = listen(stream, 8);
        assertEquals(diffs.get(2), diffs.get(3));
        assertEquals(diffs.get(4), diffs.get(5));
        assertNotEquals(diffs.get(1), diffs.get(2));
        assertNotEquals(diffs.get(6), diffs.get(7));
    }

    @Test
    void shouldSwapNeighboursWhenAFrameIsReordered() {
        Stream stream = depth();
        exchange.faults().inject(Fault.of(FaultKind.REORDER).after(3));
        List<JsonNode> diffs = listen(stream, 8);
        assertEquals(diffs.get(4).get("u"), diffs.get(3).get("pu"), "the later one comes first");
        assertEquals(diffs.get(3).get("u"), diffs.get(5).get("pu"));
    }

    @Test
    void shouldSilenceOneStreamOnlyWhenItIsStalled() {
        Stream stream = client.open(exchange.publicUri(), "/stream?streams=btcusdt@depth@0ms/btcusdt@bookTicker");
        ActiveFault fault = exchange.faults().inject(Fault.of(FaultKind.STALL).on(StreamKind.DEPTH_0MS));
        assertTrue(listen(stream, 50).stream()
                .allMatch(frame -> frame.get("stream").textValue().equals("btcusdt@bookTicker")));
        assertTrue(fault.hits() > 20);
        exchange.faults().clear(fault);
        ForeignClient.await("the stream again", () -> {
            clock.advance(MS);
            return List.copyOf(stream.texts).stream().anyMatch(text -> text.contains("btcusdt@depth@0ms"));
        });
    }

    @Test
    void shouldSpoilOneNumberWhenAskedTo() {
        Stream stream = depth();
        exchange.faults().inject(Fault.of(FaultKind.BAD_NUMBER).after(1));
        List<JsonNode> diffs = listen(stream, 3);
        assertTrue(
                diffs.get(1).toString().matches(".*\"[0-9]+x[0-9]+\".*"),
                diffs.get(1).toString());
        assertFalse(diffs.get(0).toString().matches(".*\"[0-9]+x[0-9]+\".*"));
    }

    @Test
    void shouldSendGarbageOfTheSameLengthWhenAskedTo() {
        Stream stream = depth();
        exchange.faults().inject(Fault.of(FaultKind.GARBAGE).amount(1).after(1));
        ForeignClient.await("three frames", () -> {
            clock.advance(MS);
            return stream.texts.size() >= 3;
        });
        assertThrows(RuntimeException.class, () -> ForeignClient.parse(stream.texts.get(1)));
        ForeignClient.parse(stream.texts.get(2));
        exchange.faults().inject(Fault.of(FaultKind.GARBAGE));
        ForeignClient.await("a client that gives up on bytes that are no text", () -> {
            clock.advance(MS);
            return stream.isOver();
        });
    }

    @Test
    void shouldBreakTheConnectionWithoutACloseFrameWhenItIsCut() {
        Stream victim = depth();
        Stream other = depth();
        int id = exchange.connections().get(0).id();
        exchange.faults().inject(Fault.of(FaultKind.CUT).onConnection(id).after(3));
        ForeignClient.await("the cut", () -> {
            clock.advance(MS);
            return victim.isOver();
        });
        assertTrue(victim.error != null, "no close frame");
        listen(other, 10);
        assertEquals(1, exchange.connections().size());
        assertEquals(1, exchange.cuts(CutReason.FAULT));
    }

    @Test
    void shouldCloseWithAStatusWhenAskedTo() {
        Stream stream = depth();
        exchange.faults().inject(Fault.of(FaultKind.CLOSE).amount(1012).after(2));
        ForeignClient.await("the close", () -> {
            clock.advance(MS);
            return stream.isOver();
        });
        assertEquals(1012, stream.closeStatus);
        assertEquals(3, stream.texts.size());
    }

    @Test
    void shouldCarryOnlySoManyBytesWhenAConnectionIsSlow() {
        Stream stream = depth();
        ActiveFault fault = exchange.faults().inject(Fault.of(FaultKind.SLOW).amount(1000));
        for (int i = 0; i < 100; i++) {
            clock.advance(20 * MS);
            exchange.connections();
        }
        ForeignClient.await("a queue", () -> {
            clock.advance(MS);
            return exchange.connections().get(0).queuedBytes() > 50_000;
        });
        assertTrue(stream.texts.size() < 100, "frames: " + stream.texts.size());
        exchange.faults().clear(fault);
        exchange.pause();
        long sent = exchange.framesSent().get("depthUpdate");
        ForeignClient.await("the rest", () -> {
            clock.advance(20 * MS);
            return stream.texts.size() == sent;
        });
    }

    @Test
    void shouldAnswerWithTheBookOfThenWhenSnapshotsAreStale() {
        long then = exchange.bookOf("BTCUSDT").lastUpdateId();
        exchange.faults()
                .inject(Fault.of(FaultKind.STALE_SNAPSHOT).on("BTCUSDT").times(2));
        listen(depth(), 30);
        assertEquals(
                then,
                client.getJson(exchange.restUri(), DEPTH).get("lastUpdateId").longValue());
        assertEquals(
                then,
                client.getJson(exchange.restUri(), DEPTH).get("lastUpdateId").longValue());
        assertTrue(client.getJson(exchange.restUri(), DEPTH).get("lastUpdateId").longValue() > then);
    }

    @Test
    void shouldAnswerLateOrTornWhenAskedTo() {
        ActiveFault delay =
                exchange.faults().inject(Fault.of(FaultKind.DELAYED_SNAPSHOT).amount(150));
        CompletableFuture<HttpResponse<String>> late =
                CompletableFuture.supplyAsync(() -> client.get(exchange.restUri(), DEPTH));
        ForeignClient.await("the request", () -> delay.hits() == 1);
        // The server's thread may stand between the count and the look at the clock: another answer shows that it does
        // not.
        assertEquals(200, client.get(exchange.restUri(), "/fapi/v1/ping").statusCode());
        clock.advance(149 * MS);
        assertEquals(200, client.get(exchange.restUri(), DEPTH).statusCode(), "one that came later");
        assertFalse(late.isDone());
        clock.advance(MS);
        assertEquals(200, late.join().statusCode());
        exchange.faults().inject(Fault.of(FaultKind.TORN_SNAPSHOT));
        assertThrows(RuntimeException.class, () -> client.getJson(exchange.restUri(), DEPTH));
        assertTrue(client.getJson(exchange.restUri(), DEPTH).has("bids"));
    }

    @Test
    @Covers({"STATUS 403"})
    void shouldAnswerWithAStatusWhenAskedTo() {
        for (int status : new int[] {429, 418, 403, 503}) {
            exchange.faults().inject(Fault.of(FaultKind.HTTP_STATUS).amount(status));
            HttpResponse<String> response = client.get(exchange.restUri(), DEPTH);
            assertEquals(status, response.statusCode());
            assertEquals(status == 429 || status == 418, response.body().contains("-1003"));
        }
        assertEquals(200, client.get(exchange.restUri(), DEPTH).statusCode());
    }

    @Test
    void shouldRefuseConnectionsWhenAskedTo() {
        // The JDK's client tries again by itself.
        ActiveFault fault = exchange.faults().inject(Fault.of(FaultKind.REFUSE).times(1000));
        assertThrows(RuntimeException.class, this::depth);
        exchange.faults().clear(fault);
        listen(depth(), 3);
        exchange.faults().inject(Fault.of(FaultKind.REFUSE).amount(1).times(1000));
        assertThrows(RuntimeException.class, () -> new ForeignClient().get(exchange.restUri(), DEPTH));
        listen(depth(), 3);
    }

    @Test
    void shouldRejectAFaultThatCannotBe() {
        assertThrows(
                IllegalArgumentException.class, () -> Fault.of(FaultKind.GAP).on(StreamKind.TRADE));
        assertThrows(
                IllegalArgumentException.class, () -> Fault.of(FaultKind.DROP).times(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> Fault.of(FaultKind.HTTP_STATUS).amount(200));
    }
}
