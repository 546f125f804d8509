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
import io.millrace.exchange.faults.FaultDoor;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.faults.FaultScript;
import io.millrace.exchange.faults.TradingFault;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.ClientSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see, and what has become of their orders, when answers go wrong. */
class AnswerFaultsTest {
    private static final String PLACE = "order.place";

    private final ForeignClient foreign = new ForeignClient();
    private SimulatedExchange exchange;
    private Trader trader;

    @BeforeEach
    void open() throws IOException {
        exchange = SimulatedExchange.start(settings());
        trader = new Trader(exchange);
    }

    private static ExchangeSettings settings() {
        return ExchangeSettings.synthetic(SyntheticSettings.of(2, 3).withEventsPerSecond(200))
                .withClient(ClientSettings.of(Trader.ALIAS, 100_000).withKey(Trader.KEY, Trader.SECRET));
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    private ActiveFault inject(Fault fault) {
        return exchange.faults().inject(fault);
    }

    private static void awaitHit(ActiveFault fault) {
        ForeignClient.await("the fault to strike", () -> fault.hits() > 0);
    }

    private Stream api() {
        return foreign.open(exchange.wsApiUri(), "");
    }

    private void sendOrder(Stream socket, String id) {
        socket.send(trader.frame(id, PLACE, trader.resting(id)));
    }

    private static String idOf(JsonNode answer) {
        return answer.get("id").textValue();
    }

    // --- lost

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNeverAnswerWhenTheAnswerOrTheRequestIsLost(boolean isExecuted) {
        Fault lost = isExecuted ? TradingFault.loseAnswer(PLACE) : TradingFault.loseRequest(PLACE);
        ActiveFault rest = inject(lost.on(FaultDoor.REST).times(1));
        ActiveFault wsApi = inject(lost.on(FaultDoor.WS_API).times(1));
        CompletableFuture<HttpResponse<String>> answer = trader.beginPlacing("rest-1");
        awaitHit(rest);
        assertEquals(isExecuted, trader.hasOrder("rest-1"));
        assertFalse(answer.isDone());
        Stream socket = api();
        sendOrder(socket, "ws-1");
        sendOrder(socket, "ws-2");
        assertEquals("ws-2", idOf(socket.next()), "nothing is said of ws-1, and the socket lives");
        assertEquals(isExecuted, trader.hasOrder("ws-1"));
        assertTrue(wsApi.isSpent());
        assertEquals(200, trader.place("rest-2").statusCode());
        assertFalse(answer.isDone());
    }

    @Test
    void shouldAnswerNothingMoreOnAConnectionWhoseAnswerIsLost() throws IOException {
        inject(TradingFault.loseAnswer("ping"));
        try (Socket socket = connect()) {
            socket.getOutputStream().write(get("ping", ""));
            socket.getOutputStream().write(get("ping", ""));
            assertEquals(200, trader.send("GET", "/fapi/v1/ping").statusCode());
            socket.setSoTimeout(300);
            assertThrows(
                    java.net.SocketTimeoutException.class,
                    () -> socket.getInputStream().read());
        }
    }

    private static byte[] get(String name, String header) {
        return String.format("GET /fapi/v1/%s HTTP/1.1\r\nHost: x\r\n%s\r\n", name, header)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private Socket connect() throws IOException {
        URI rest = exchange.restUri();
        return new Socket(rest.getHost(), rest.getPort());
    }

    // --- late, twice, in another order

    @Test
    void shouldAnswerLateWhenToldSo() {
        long delayMs = 300;
        inject(TradingFault.delayAnswer(PLACE, delayMs).times(2));
        long beganNs = System.nanoTime();
        assertEquals(200, trader.place("rest-1").statusCode());
        assertTrue(System.nanoTime() - beganNs >= delayMs * 1_000_000);
        Stream socket = api();
        beganNs = System.nanoTime();
        sendOrder(socket, "ws-1");
        assertEquals("ws-1", idOf(socket.next()));
        assertTrue(System.nanoTime() - beganNs >= delayMs * 1_000_000);
        assertTrue(trader.hasOrder("rest-1") && trader.hasOrder("ws-1"));
    }

    @Test
    void shouldAnswerTwiceWhenToldSo() throws IOException {
        ActiveFault twice = inject(TradingFault.repeatAnswer("ping").on(FaultDoor.WS_API));
        Stream socket = api();
        socket.send(trader.frame("1", "ping"));
        socket.send(trader.frame("2", "ping"));
        assertEquals(List.of("1", "1", "2"), List.of(idOf(socket.next()), idOf(socket.next()), idOf(socket.next())));
        assertEquals(1, twice.hits());
        inject(TradingFault.repeatAnswer("ping"));
        try (Socket rest = connect()) {
            rest.getOutputStream().write(get("ping", "Connection: close\r\n"));
            String all = new String(rest.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertEquals(3, all.split("HTTP/1.1 200", -1).length, all);
        }
    }

    @Test
    void shouldAnswerAfterTheNextWhenReordered() {
        Fault reordered = TradingFault.reorderAnswer(PLACE).with("delay", "60s");
        inject(reordered.on(FaultDoor.WS_API));
        Stream socket = api();
        sendOrder(socket, "ws-1");
        sendOrder(socket, "ws-2");
        assertEquals(List.of("ws-2", "ws-1"), List.of(idOf(socket.next()), idOf(socket.next())));
        ActiveFault rest = inject(reordered.on(FaultDoor.REST));
        CompletableFuture<HttpResponse<String>> first = trader.beginPlacing("rest-1");
        awaitHit(rest);
        assertFalse(first.isDone());
        assertEquals(200, trader.place("rest-2").statusCode());
        assertEquals(200, first.join().statusCode());
    }

    @Test
    void shouldWaitNoLongerThanToldForTheNextAnswer() {
        inject(TradingFault.reorderAnswer(PLACE).with("delay", 50));
        assertEquals(200, trader.place("alone").statusCode());
    }

    // --- cut

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCutBetweenRequestAndAnswer(boolean isExecuted) {
        Fault cut = TradingFault.cutBeforeAnswer(PLACE).executing(isExecuted);
        inject(cut);
        assertThrows(CompletionException.class, () -> trader.place("rest-1"));
        assertEquals(isExecuted, trader.hasOrder("rest-1"));
        inject(cut);
        Stream socket = api();
        sendOrder(socket, "ws-1");
        ForeignClient.await("the cut", socket::isOver);
        assertTrue(socket.texts.isEmpty());
        assertEquals(isExecuted, trader.hasOrder("ws-1"));
        assertEquals(2, exchange.cuts(CutReason.FAULT));
    }

    @Test
    void shouldSendAPartBeforeTheCutWhenToldSo() throws IOException {
        Fault torn = TradingFault.cutBeforeAnswer("time").with("part", 50);
        inject(torn.on(FaultDoor.REST));
        try (Socket rest = connect()) {
            rest.getOutputStream().write(get("time", ""));
            String all = new String(rest.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(all.contains("{\"serv") && !all.contains("}"), all);
        }
        inject(torn.on(FaultDoor.WS_API));
        URI api = exchange.wsApiUri();
        try (Socket raw = new Socket(api.getHost(), api.getPort())) {
            String handshake =
                    "GET " + api.getPath() + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade"
                            + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            byte[] request = "{\"id\":1,\"method\":\"time\"}".getBytes(StandardCharsets.US_ASCII);
            raw.setSoTimeout(60_000);
            raw.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
            StringBuilder switching = new StringBuilder();
            while (switching.indexOf("\r\n\r\n") < 0) {
                switching.append((char) raw.getInputStream().read());
            }
            // One masked frame; a mask of zeros leaves the text as it is.
            raw.getOutputStream().write(new byte[] {(byte) 0x81, (byte) (0x80 | request.length), 0, 0, 0, 0});
            raw.getOutputStream().write(request);
            String frame = new String(raw.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertEquals(0x81, frame.charAt(0));
            assertTrue(frame.contains("{\"id\":1") && !frame.endsWith("}"), frame);
        }
    }

    // --- refusals and unknown outcomes

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_503, 503, -1000, Unknown error",
        "REQUEST_UNKNOWN_503, 503, -1000, Request occur unknown error.",
        "UNEXPECTED_RESPONSE, 500, -1006, execution status unknown",
        "TIMEOUT, 408, -1007, execution status unknown"
    })
    @Covers({"ERROR -1000", "ERROR -1006", "ERROR -1007", "STATUS 408", "STATUS 500", "STATUS 503"})
    void shouldExecuteOrNotWhenTheOutcomeIsUnknown(FaultKind kind, int status, int code, String text) {
        for (boolean isExecuted : new boolean[] {true, false}) {
            inject(Fault.of(kind).onMethod(PLACE).executing(isExecuted).times(2));
            HttpResponse<String> answer = trader.place("rest-" + isExecuted);
            assertEquals(status, answer.statusCode());
            assertEquals(code, Trader.code(answer));
            assertTrue(
                    answer.body().toLowerCase(java.util.Locale.ROOT).contains(text.toLowerCase(java.util.Locale.ROOT)));
            assertEquals(isExecuted, trader.hasOrder("rest-" + isExecuted));
            Stream socket = api();
            sendOrder(socket, "ws-" + isExecuted);
            JsonNode envelope = socket.next();
            assertEquals(status, envelope.get("status").intValue());
            assertEquals(code, envelope.get("error").get("code").intValue());
            assertEquals(isExecuted, trader.hasOrder("ws-" + isExecuted));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE_503, -1008, Service Unavailable.",
        "INTERNAL_503, -1001, Internal error; unable to process your request. Please try again.",
        "THROTTLED_503, -1008, 'Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again.'"
    })
    @Covers({"ERROR -1001", "ERROR -1008", "STATUS 503"})
    void shouldNeverExecuteWhenTheRefusalIsDefinite(FaultKind kind, int code, String text) {
        inject(Fault.of(kind).onMethod(PLACE).times(2));
        HttpResponse<String> answer = trader.place("rest-1");
        assertEquals(503, answer.statusCode());
        assertEquals(code, Trader.code(answer));
        assertEquals(text, ForeignClient.parse(answer.body()).get("msg").textValue());
        Stream socket = api();
        sendOrder(socket, "ws-1");
        assertEquals(503, socket.next().get("status").intValue());
        assertFalse(trader.hasOrder("rest-1") || trader.hasOrder("ws-1"));
        assertEquals(200, trader.place("rest-1").statusCode());
    }

    @Test
    void shouldSpareWhatReducesWhenThrottled() {
        ActiveFault throttled = inject(TradingFault.throttled503(PLACE).times(100));
        assertEquals(503, trader.place("plain").statusCode());
        HttpResponse<String> exit =
                trader.send("POST", Trader.ORDER, Trader.with(trader.resting("exit"), "reduceOnly", "true"));
        assertEquals(-2022, Trader.code(exit), exit.body());
        assertEquals(1, throttled.hits());
    }

    @Test
    @Covers({"ERROR -1003", "ERROR -1015", "STATUS 429"})
    void shouldAskToWaitWhenRateLimited() {
        inject(TradingFault.rateLimited(7).onMethod(PLACE).times(2));
        HttpResponse<String> answer = trader.place("rest-1");
        assertEquals(429, answer.statusCode());
        assertEquals(-1003, Trader.code(answer));
        assertEquals("7", answer.headers().firstValue("Retry-After").orElseThrow());
        Stream socket = api();
        sendOrder(socket, "ws-1");
        JsonNode error = socket.next().get("error");
        JsonNode data = error.get("data");
        assertEquals(
                7000,
                data.get("retryAfter").longValue() - data.get("serverTime").longValue());
        inject(TradingFault.tooManyOrders(PLACE));
        assertEquals(-1015, Trader.code(trader.place("rest-1")));
        assertFalse(trader.hasOrder("rest-1") || trader.hasOrder("ws-1"));
    }

    @Test
    @Covers({"STATUS 418"})
    void shouldServeNobodyWhileBanned() {
        ActiveFault ban = inject(TradingFault.banned(3_600_000));
        for (String path : List.of("/fapi/v1/ping", "/fapi/v1/openOrders")) {
            HttpResponse<String> answer = trader.send("GET", path);
            assertEquals(418, answer.statusCode());
            assertTrue(answer.body().contains("banned until"), answer.body());
            long waitSeconds =
                    Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
            assertTrue(waitSeconds > 60 && waitSeconds <= 3600, () -> "Retry-After " + waitSeconds);
        }
        exchange.faults().clear(ban);
        assertEquals(200, trader.send("GET", "/fapi/v1/openOrders").statusCode());
        assertEquals(2, ban.hits());
    }

    // --- aim, chance, seed

    @Test
    void shouldHitOnlyWhatItIsAimedAt() {
        ActiveFault cancels =
                inject(TradingFault.unavailable503("order.c*").on("BTCUSDT").onAccount(Trader.ALIAS));
        ActiveFault others =
                inject(TradingFault.unavailable503("POST /fapi/v1/order").on("ETHUSDT"));
        assertEquals(200, trader.place("a").statusCode());
        assertEquals(
                503,
                trader.send("DELETE", Trader.ORDER, "symbol", "BTCUSDT", "origClientOrderId", "a")
                        .statusCode());
        assertEquals(
                200,
                trader.send("DELETE", Trader.ORDER, "symbol", "BTCUSDT", "origClientOrderId", "a")
                        .statusCode());
        assertEquals(1, cancels.hits());
        assertEquals(0, others.hits());
        ActiveFault second = inject(TradingFault.unavailable503(PLACE).after(1));
        assertEquals(200, trader.place("b").statusCode());
        assertEquals(503, trader.place("c").statusCode());
        assertTrue(second.isSpent());
        assertEquals(2, exchange.faults().hits(FaultKind.UNAVAILABLE_503));
    }

    @Test
    void shouldRefuseAFaultThatIsAimedAtNothing() {
        for (Fault fault : List.of(
                TradingFault.loseAnswer("order.plac"),
                TradingFault.loseAnswer(PLACE).onAccount("nobody"),
                TradingFault.loseEvent().onAccount("nobody"),
                TradingFault.halt("NOSUCH"),
                TradingFault.fundingSpike("BTCUSDT", "0.5"),
                TradingFault.disconnect(FaultDoor.REST).onAccount(Trader.ALIAS))) {
            IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> inject(fault));
            assertFalse(refusal.getMessage().contains("\n"));
            assertTrue(refusal.getMessage().startsWith("fault " + fault.kind()), refusal.getMessage());
        }
        assertTrue(exchange.faults().active().isEmpty());
    }

    private static String fates(long seed) throws IOException {
        StringBuilder fates = new StringBuilder();
        Fault unknown = TradingFault.unknown503(PLACE).chance(0.7).times(100);
        try (SimulatedExchange exchange =
                SimulatedExchange.start(settings().withFaults(FaultScript.of(seed, unknown)))) {
            Trader trader = new Trader(exchange);
            for (int i = 0; i < 16; i++) {
                fates.append(trader.place("o-" + i).statusCode() == 200 ? '.' : trader.hasOrder("o-" + i) ? 'x' : '-');
            }
        }
        return fates.toString();
    }

    @Test
    void shouldDecideByTheSeedWhatIsLeftToChance() throws IOException {
        String first = fates(7);
        assertTrue(first.contains("x") && first.contains("-") && first.contains("."), first);
        assertEquals(first, fates(7));
        assertNotEquals(first, fates(8));
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWER_LATE", "ANSWER_TWICE", "ANSWER_LOST"})
    void shouldKeepTheOrderOfAnswersOnAnHttpConnection(FaultKind kind) throws IOException {
        inject(Fault.of(kind).onMethod("time"));
        List<String> answers = new ArrayList<>();
        try (Socket rest = connect()) {
            rest.getOutputStream().write(get("time", ""));
            rest.getOutputStream().write(get("ping", "Connection: close\r\n"));
            if (kind == FaultKind.ANSWER_LOST) {
                rest.setSoTimeout(300);
                assertThrows(
                        java.net.SocketTimeoutException.class,
                        () -> rest.getInputStream().read());
                return;
            }
            String all = new String(rest.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            for (String answer : all.split("HTTP/1.1 200", -1)) {
                answers.add(answer.contains("serverTime") ? "time" : answer.endsWith("{}") ? "ping" : "");
            }
        }
        List<String> expected =
                kind == FaultKind.ANSWER_TWICE ? List.of("", "time", "time", "ping") : List.of("", "time", "ping");
        assertEquals(expected, answers);
    }
}
