package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.ForeignClient.Stream;
import io.millrace.exchange.ReplayedBook;
import io.millrace.exchange.Shape;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.venue.ManualClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {
    private final ForeignClient client = new ForeignClient();
    private SimulatedExchange exchange;

    @BeforeEach
    void open() throws IOException {
        ServerSettings server =
                ServerSettings.loopback().withLimits(ServerSettings.Limits.VENUE.withMessagesPerSecond(10_000));
        exchange = SimulatedExchange.start(
                ExchangeSettings.synthetic(SyntheticSettings.of(3, 7).withEventsPerSecond(3000))
                        .withServer(server));
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@depth@0ms", "@depth@100ms", "@depth", "@depth@500ms"})
    void shouldEndWithTheVenuesBookWhenSnapshotAndDiffsAreReplayed(String speed) {
        Stream stream = client.open(exchange.publicUri(), "/ws/btcusdt" + speed);
        JsonNode first = stream.next();
        ReplayedBook book = new ReplayedBook();
        book.load(client.getJson(exchange.restUri(), "/fapi/v1/depth?symbol=BTCUSDT&limit=1000"));
        book.apply(first);
        while (book.applied < 3) {
            book.apply(stream.next());
        }
        exchange.pause();
        var venue = exchange.bookOf("BTCUSDT");
        while (book.lastUpdateId < venue.lastUpdateId()) {
            book.apply(stream.next());
        }
        book.assertSameAs(venue);
        exchange.resume();
        book.apply(stream.next());
    }

    @Test
    void shouldWrapPayloadsWhenTheConnectionIsCombined() {
        Stream stream = client.open(exchange.publicUri(), "/stream?streams=btcusdt@bookTicker/ethusdt@depth@100ms");
        boolean hasTicker = false;
        boolean hasDepth = false;
        while (!hasTicker || !hasDepth) {
            JsonNode frame = stream.next();
            assertEquals(2, frame.size());
            String name = frame.get("stream").textValue();
            JsonNode data = frame.get("data");
            hasTicker |= name.equals("btcusdt@bookTicker")
                    && data.get("s").textValue().equals("BTCUSDT");
            hasDepth |= name.equals("ethusdt@depth@100ms")
                    && data.get("s").textValue().equals("ETHUSDT");
            assertEquals(1, data.get("st").intValue());
            assertEquals(data.get("s"), data.get("ps"));
        }
        List<ConnectionInfo> connections = exchange.connections();
        assertEquals(1, connections.size());
        assertEquals(Door.PUBLIC, connections.get(0).door());
        assertEquals(
                List.of("btcusdt@bookTicker", "ethusdt@depth@100ms"),
                connections.get(0).streams());
        exchange.pause();
        long sent = exchange.framesSent().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        ForeignClient.await(() -> sent + " frames, got " + stream.texts.size(), () -> stream.texts.size() == sent);
    }

    @ParameterizedTest
    @CsvSource({
        "public, btcusdt@bookTicker, btcusdt@aggTrade",
        "market, btcusdt@aggTrade, btcusdt@bookTicker",
        "none, btcusdt@depth@100ms, btcusdt@markPrice@1s",
        "public, btcusdt@trade, btcusdt@kline_1m",
        "market, btcusdt@trade, btcusdt@depth@0ms"
    })
    void shouldStaySilentWhenAStreamBelongsToAnotherRoute(String route, String heard, String silent) {
        var base = route.equals("none")
                ? exchange.unroutedUri()
                : route.equals("public") ? exchange.publicUri() : exchange.marketUri();
        Stream stream = client.open(base, "/stream");
        JsonNode answer =
                stream.ask("{\"method\":\"SUBSCRIBE\",\"params\":[\"" + silent + "\",\"" + heard + "\"],\"id\":1}");
        assertTrue(answer.get("result").isNull());
        for (int i = 0; i < 20; i++) {
            JsonNode frame = stream.next();
            assertEquals(heard, frame.get("stream").textValue());
        }
        assertEquals(
                2,
                stream.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}")
                        .get("result")
                        .size());
    }

    @Test
    @Covers({
        "REQUEST SUBSCRIBE",
        "REQUEST UNSUBSCRIBE",
        "REQUEST LIST_SUBSCRIPTIONS",
        "REQUEST SET_PROPERTY",
        "REQUEST GET_PROPERTY"
    })
    void shouldAnswerControlMessagesAsDocumented() {
        Stream stream = client.open(exchange.marketUri(), "/ws");
        assertEquals(
                "{\"result\":null,\"id\":11}",
                stream.ask("{\"method\":\"SUBSCRIBE\",\"params\":[\"nobody@depth\"],\"id\":11}")
                        .toString());
        assertEquals(
                "{\"result\":[\"nobody@depth\"],\"id\":13}",
                stream.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":13}").toString());
        assertEquals(
                "{\"result\":null,\"id\":12}",
                stream.ask("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"nobody@depth\"],\"id\":12}")
                        .toString());
        assertEquals(
                "{\"result\":false,\"id\":15}",
                stream.ask("{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":15}")
                        .toString());
        assertEquals(
                "{\"result\":null,\"id\":14}",
                stream.ask("{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],\"id\":14}")
                        .toString());
        assertEquals(
                "{\"result\":true,\"id\":16}",
                stream.ask("{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":16}")
                        .toString());
    }

    @ParameterizedTest
    @Covers({"REQUEST error 0", "REQUEST error 1", "REQUEST error 2", "REQUEST error 3"})
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"method\":\"SET_PROPERTY\",\"params\":[\"nonsense\",true],\"id\":1}|0|Unknown property",
                "{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",1],\"id\":1}|1|expected Boolean",
                "{\"method\":\"SET_PROPERTY\",\"params\":[1,true],\"id\":1}|2|property name must be a string",
                "{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\",1],\"id\":1}|2|too many parameters",
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"a@b\"],\"id\":-1}|2|unsigned integer",
                "{\"method\":\"NONSENSE\",\"id\":1}|2|unknown variant",
                "{\"id\":1}|2|missing field",
                "{\"method\":\"SUBSCRIBE\",\"params\":\"a\",\"id\":1}|2|array",
                "{\"method|3|Invalid JSON",
                "17|3|Invalid JSON"
            })
    void shouldAnswerWithTheDocumentedErrorWhenARequestIsWrong(String request, int code, String text) {
        Stream stream = client.open(exchange.publicUri(), "/ws");
        JsonNode answer = stream.ask(request);
        assertEquals(code, answer.get("code").intValue());
        assertTrue(answer.get("msg").textValue().contains(text), answer.toString());
    }

    @Test
    void shouldRefuseMoreStreamsThanAConnectionMayHave() {
        Stream stream = client.open(exchange.publicUri(), "/ws");
        String names = String.join(
                "\",\"",
                IntStream.range(0, 1024).mapToObj(i -> "s" + i + "@depth").toList());
        assertTrue(stream.ask("{\"method\":\"SUBSCRIBE\",\"params\":[\"" + names + "\"],\"id\":1}")
                .has("result"));
        JsonNode refused = stream.ask("{\"method\":\"SUBSCRIBE\",\"params\":[\"one@more\"],\"id\":2}");
        assertEquals(2, refused.get("code").intValue());
    }

    @Test
    void shouldCountTheWeightOfAMinute() throws IOException {
        ExchangeSettings settings =
                ExchangeSettings.synthetic(2, 7).withClock(new ManualClock(1_795_262_400_000_000_000L));
        try (SimulatedExchange still = SimulatedExchange.start(settings)) {
            HttpResponse<String> ping = client.get(still.restUri(), "/fapi/v1/ping");
            assertEquals("1", ping.headers().firstValue("x-mbx-used-weight-1m").orElseThrow());
            HttpResponse<String> depth = client.get(still.restUri(), "/fapi/v1/depth?symbol=ETHUSDT&limit=1000");
            assertEquals(
                    "21", depth.headers().firstValue("x-mbx-used-weight-1m").orElseThrow());
        }
    }

    @Test
    @Covers({"GET /fapi/v1/ping", "GET /fapi/v1/time", "GET /fapi/v1/exchangeInfo", "GET /fapi/v1/depth"})
    void shouldAnswerRestRequests() {
        HttpResponse<String> ping = client.get(exchange.restUri(), "/fapi/v1/ping");
        assertEquals("{}", ping.body());
        JsonNode time = client.getJson(exchange.restUri(), "/fapi/v1/time");
        Shape.check(time, "serverTime:integer");
        assertTrue(time.get("serverTime").longValue() > 0);
        JsonNode info = client.getJson(exchange.restUri(), "/fapi/v1/exchangeInfo");
        Shape.check(
                info,
                "timezone:text serverTime:integer futuresType:text rateLimits:array exchangeFilters:array assets:array"
                        + " symbols:array");
        for (JsonNode limit : info.get("rateLimits")) {
            Shape.check(limit, "rateLimitType:text interval:text intervalNum:integer limit:integer");
        }
        Shape.check(info.get("assets").get(0), "asset:text marginAvailable:flag autoAssetExchange:decimal");
        assertEquals(3, info.get("symbols").size());
        info.get("symbols").forEach(ProtocolTest::checkContract);
        JsonNode bitcoin = info.get("symbols").get(0);
        assertEquals("BTCUSDT", bitcoin.get("symbol").textValue());
        assertEquals("0.10", bitcoin.get("filters").get(0).get("tickSize").textValue());
        JsonNode book = client.getJson(exchange.restUri(), "/fapi/v1/depth?symbol=ETHUSDT&limit=5");
        Shape.check(book, "lastUpdateId:integer E:integer T:integer bids:array asks:array");
        assertEquals(5, book.get("bids").size());
        for (JsonNode level : book.get("asks")) {
            assertEquals(2, level.size());
            assertTrue(Shape.isDecimal(level.get(0).textValue())
                    && Shape.isDecimal(level.get(1).textValue()));
        }
        assertEquals(404, client.get(exchange.restUri(), "/fapi/v1/nonsense").statusCode());
    }

    private static void checkContract(JsonNode contract) {
        Shape.check(
                contract,
                "symbol:text pair:text contractType:text deliveryDate:integer onboardDate:integer status:text"
                        + " maintMarginPercent:decimal requiredMarginPercent:decimal baseAsset:text quoteAsset:text"
                        + " marginAsset:text pricePrecision:integer quantityPrecision:integer"
                        + " baseAssetPrecision:integer quotePrecision:integer underlyingType:text"
                        + " underlyingSubType:array settlePlan:integer triggerProtect:decimal liquidationFee:decimal"
                        + " marketTakeBound:decimal orderTypes:array timeInForce:array filters:array");
        String[] shapes = {
            "filterType:text minPrice:decimal maxPrice:decimal tickSize:decimal",
            "filterType:text minQty:decimal maxQty:decimal stepSize:decimal",
            "filterType:text minQty:decimal maxQty:decimal stepSize:decimal",
            "filterType:text limit:integer",
            "filterType:text notional:decimal",
            "filterType:text multiplierUp:decimal multiplierDown:decimal multiplierDecimal:decimal"
        };
        for (int i = 0; i < shapes.length; i++) {
            Shape.check(contract.get("filters").get(i), shapes[i]);
        }
    }

    @ParameterizedTest
    @Covers("GET /fapi/v1/depth")
    @CsvSource({
        "/fapi/v1/depth, -1102",
        "/fapi/v1/depth?symbol=NOBODY, -1121",
        "/fapi/v1/depth?symbol=BTCUSDT&limit=7, -1130",
        "/fapi/v1/depth?symbol=BTCUSDT&limit=x, -1100"
    })
    void shouldAnswerWithTheVenuesErrorCodeWhenParametersAreWrong(String path, int code) {
        HttpResponse<String> response = client.get(exchange.restUri(), path);
        assertEquals(400, response.statusCode());
        JsonNode body = ForeignClient.parse(response.body());
        Shape.check(body, "code:integer msg:text");
        assertEquals(code, body.get("code").intValue());
    }

    @Test
    void shouldCloseInGoodOrderWhenTheClientDoes() {
        Stream stream = client.open(exchange.publicUri(), "/ws/btcusdt@bookTicker");
        stream.next();
        assertFalse(stream.isOver());
        stream.socket.sendClose(1000, "bye").join();
        ForeignClient.await("close", stream::isOver);
        assertEquals(1000, stream.closeStatus);
        ForeignClient.await("no connection", () -> exchange.connections().isEmpty());
    }
}
