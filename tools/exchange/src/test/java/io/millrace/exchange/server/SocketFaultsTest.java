package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.ForeignClient.Stream;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.account.KeyType;
import io.millrace.exchange.api.SignedClient;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultDoor;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.faults.TradingFault;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.exchange.userdata.PrivateEventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see when the clock, keys, sockets, private events, conditional orders and contracts go wrong. */
class SocketFaultsTest {
    private static final String EDWARDS = "edwards";

    private final ForeignClient foreign = new ForeignClient();
    private SimulatedExchange exchange;
    private Trader trader;
    private Trader edwards;

    @BeforeEach
    void open() throws IOException, NoSuchAlgorithmException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
        exchange = SimulatedExchange.start(
                ExchangeSettings.synthetic(SyntheticSettings.of(2, 3).withEventsPerSecond(200))
                        .withClient(ClientSettings.of(Trader.ALIAS, 100_000).withKey(Trader.KEY, Trader.SECRET))
                        .withClient(ClientSettings.of("other", 100_000).withKey(EDWARDS, pem)));
        trader = new Trader(exchange);
        edwards = new Trader(exchange, new SignedClient(EDWARDS, KeyType.ED25519, pair.getPrivate()));
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    private ActiveFault inject(Fault fault) {
        return exchange.faults().inject(fault);
    }

    private Stream listen(Trader client) {
        String key =
                client.served("POST", "/fapi/v1/listenKey").get("listenKey").textValue();
        return foreign.open(exchange.privateUri(), "/ws/" + key);
    }

    /** Returns events until one is as wanted, that one included. */
    private static List<JsonNode> until(Stream stream, Predicate<JsonNode> isLast) {
        List<JsonNode> events = new ArrayList<>();
        do {
            events.add(stream.next());
        } while (!isLast.test(events.get(events.size() - 1)));
        return events;
    }

    private static boolean isUpdate(JsonNode event, String clientOrderId, String status) {
        return event.path("e").asText().equals("ORDER_TRADE_UPDATE")
                && event.path("o").path("c").asText().equals(clientOrderId)
                && event.path("o").path("X").asText().equals(status);
    }

    // --- clock and keys

    @ParameterizedTest
    @ValueSource(longs = {120_000, -120_000})
    void shouldRefuseTimestampsUntilTheClientFollowsTheClock(long driftMs) {
        ActiveFault drift = inject(TradingFault.clockDrift(driftMs));
        HttpResponse<String> refused = trader.place("rest-1");
        assertEquals(400, refused.statusCode());
        assertEquals(-1021, Trader.code(refused));
        Stream socket = foreign.open(exchange.wsApiUri(), "");
        socket.send(trader.frame("1", "order.place", trader.resting("ws-1")));
        assertEquals(-1021, socket.next().path("error").path("code").intValue());
        long serverMs = trader.served("GET", "/fapi/v1/time").get("serverTime").longValue();
        assertTrue(Math.abs(serverMs - System.currentTimeMillis() - driftMs) < 60_000);
        String[] followed = Trader.with(trader.resting("rest-1"), "timestamp", String.valueOf(serverMs));
        assertEquals(200, trader.send("POST", Trader.ORDER, followed).statusCode());
        exchange.faults().clear(drift);
        assertEquals(200, trader.place("rest-2").statusCode());
        assertFalse(trader.hasOrder("ws-1"));
    }

    @Test
    void shouldNotKnowAnAccountsKeysWhileTheyAreExpired() {
        Stream socket = foreign.open(exchange.wsApiUri(), "");
        socket.send(edwards.frame("1", "session.logon"));
        assertEquals(200, socket.next().get("status").intValue());
        ActiveFault expired = inject(TradingFault.expireApiKeys("other"));
        HttpResponse<String> refused = edwards.place("rest-1");
        assertEquals(401, refused.statusCode());
        assertEquals(-2015, Trader.code(refused));
        String balance = "{\"id\":\"2\",\"method\":\"account.balance\",\"params\":{\"timestamp\":"
                + System.currentTimeMillis() + "}}";
        socket.send(balance);
        assertEquals(-2015, socket.next().path("error").path("code").intValue());
        socket.send("{\"id\":\"3\",\"method\":\"session.status\"}");
        assertTrue(socket.next().path("result").path("apiKey").isNull(), "the session is over");
        assertEquals(200, trader.place("rest-1").statusCode());
        exchange.faults().clear(expired);
        assertEquals(200, edwards.place("rest-1").statusCode());
        assertEquals(2, expired.hits());
    }

    @Test
    void shouldEndAListenKeyWithOrWithoutAWord() {
        Stream told = listen(trader);
        ActiveFault expired = inject(TradingFault.expireListenKey(Trader.ALIAS));
        assertEquals("listenKeyExpired", told.next().get("e").textValue());
        assertEquals(1, expired.hits());
        assertEquals(-1125, Trader.code(trader.send("PUT", "/fapi/v1/listenKey")));
        Stream silent = listen(trader);
        inject(TradingFault.killListenKey(Trader.ALIAS));
        assertEquals(-1125, Trader.code(trader.send("PUT", "/fapi/v1/listenKey")));
        assertEquals(200, trader.place("unheard").statusCode());
        Stream fresh = listen(trader);
        assertEquals(200, trader.place("heard").statusCode());
        until(fresh, event -> isUpdate(event, "heard", "NEW"));
        assertTrue(silent.texts.isEmpty() && !silent.isOver(), "open and silent");
        assertFalse(told.isOver());
    }

    // --- sockets

    @Test
    void shouldEndTheSocketsOfADoor() {
        Stream market = foreign.open(exchange.publicUri(), "/ws/btcusdt@depth@100ms");
        Stream mine = listen(trader);
        Stream others = listen(edwards);
        Stream api = foreign.open(exchange.wsApiUri(), "");
        assertEquals(
                1,
                inject(TradingFault.disconnect(FaultDoor.PRIVATE).onAccount(Trader.ALIAS))
                        .hits());
        ForeignClient.await("the private socket", mine::isOver);
        assertFalse(others.isOver());
        inject(TradingFault.disconnect(FaultDoor.STREAMS).with("status", 1012));
        ForeignClient.await("the market's socket", market::isOver);
        assertEquals(1012, market.closeStatus);
        assertEquals(1, inject(TradingFault.disconnect(FaultDoor.WS_API)).hits());
        ForeignClient.await("the API's socket", api::isOver);
        assertFalse(others.isOver());
        assertTrue(inject(TradingFault.disconnect(FaultDoor.REST)).hits() >= 1, "those that the clients keep alive");
        assertEquals(200, trader.place("after").statusCode());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldServeNobodyDuringMaintenance(boolean isReset) {
        Stream market = foreign.open(exchange.publicUri(), "/ws/btcusdt@depth@100ms");
        Stream mine = listen(trader);
        Stream api = foreign.open(exchange.wsApiUri(), "");
        ActiveFault maintenance = inject(TradingFault.maintenance(3_600_000).with("reset", isReset));
        for (Stream stream : List.of(market, mine, api)) {
            ForeignClient.await("the end of a socket", stream::isOver);
            assertEquals(isReset ? -1 : 1001, stream.closeStatus);
        }
        if (isReset) {
            assertThrows(CompletionException.class, () -> trader.place("during"));
        } else {
            HttpResponse<String> answer = trader.place("during");
            assertEquals(503, answer.statusCode());
            assertTrue(answer.body().contains("Service Unavailable."), answer.body());
        }
        assertThrows(CompletionException.class, () -> foreign.open(exchange.wsApiUri(), ""));
        assertThrows(CompletionException.class, () -> foreign.open(exchange.publicUri(), "/ws/btcusdt@trade"));
        assertTrue(maintenance.hits() >= 6, () -> "hits " + maintenance.hits());
        exchange.faults().clear(maintenance);
        assertEquals(200, trader.place("after").statusCode());
        assertFalse(trader.hasOrder("during"));
        foreign.open(exchange.wsApiUri(), "");
    }

    @Test
    void shouldEndMaintenanceByItself() {
        ActiveFault maintenance = inject(TradingFault.maintenance(200));
        ForeignClient.await("the end", () -> trader.place("any").statusCode() != 503);
        ForeignClient.await("the fault's end", maintenance::isSpent);
    }

    // --- private events

    @Test
    void shouldLoseDoubleAndReorderPrivateEvents() {
        Stream stream = listen(trader);
        Fault updates = TradingFault.loseEvent().on(PrivateEventType.ORDER_TRADE_UPDATE);
        ActiveFault lost = inject(updates.onAccount(Trader.ALIAS));
        trader.place("lost");
        trader.place("told");
        List<JsonNode> events = until(stream, event -> isUpdate(event, "told", "NEW"));
        assertTrue(events.stream().noneMatch(event -> isUpdate(event, "lost", "NEW")), events.toString());
        assertEquals(1, lost.hits());
        assertTrue(trader.hasOrder("lost"));
        inject(TradingFault.repeatEvent().on(PrivateEventType.ORDER_TRADE_UPDATE));
        trader.place("twice");
        until(stream, event -> isUpdate(event, "twice", "NEW"));
        until(stream, event -> isUpdate(event, "twice", "NEW"));
        inject(TradingFault.reorderEvent().on(PrivateEventType.ORDER_TRADE_UPDATE));
        trader.place("first");
        trader.place("second");
        events = until(stream, event -> isUpdate(event, "first", "NEW"));
        assertTrue(events.stream().anyMatch(event -> isUpdate(event, "second", "NEW")), events.toString());
    }

    @Test
    void shouldDelayPrivateEvents() {
        Stream stream = listen(trader);
        inject(TradingFault.delayEvent(400)
                .on(PrivateEventType.ORDER_TRADE_UPDATE)
                .on("BTCUSDT"));
        long beganNs = System.nanoTime();
        trader.place("late");
        until(stream, event -> isUpdate(event, "late", "NEW"));
        assertTrue(System.nanoTime() - beganNs >= 400_000_000L);
    }

    // --- conditional orders

    private String[] stop(String id, double ofTheMark) {
        double mark = trader.served("GET", "/fapi/v1/premiumIndex", "symbol", "BTCUSDT")
                .get("markPrice")
                .asDouble();
        return new String[] {
            "algoType",
            "CONDITIONAL",
            "symbol",
            "BTCUSDT",
            "side",
            "SELL",
            "type",
            "STOP_MARKET",
            "quantity",
            "0.010",
            "workingType",
            "MARK_PRICE",
            "triggerPrice",
            String.valueOf(Math.round(mark * ofTheMark)),
            "clientAlgoId",
            id
        };
    }

    private static boolean isAlgo(JsonNode event, String id, String status) {
        return event.path("e").asText().equals("ALGO_UPDATE")
                && event.path("o").path("caid").asText().equals(id)
                && event.path("o").path("X").asText().equals(status);
    }

    @Test
    void shouldRejectLateOrLeaveTriggeringAConditionalOrder() {
        Stream stream = listen(trader);
        inject(TradingFault.rejectAlgoLate(50).with("reason", "Too late."));
        trader.served("POST", "/fapi/v1/algoOrder", stop("rejected", 0.9));
        List<JsonNode> events = until(stream, event -> isAlgo(event, "rejected", "REJECTED"));
        assertEquals(
                "Too late.", events.get(events.size() - 1).path("o").path("rm").textValue());
        trader.served("POST", "/fapi/v1/algoOrder", stop("stuck", 0.95));
        ActiveFault stuck = inject(TradingFault.stickAlgo().onAccount(Trader.ALIAS));
        inject(TradingFault.markOff("BTCUSDT", -10));
        until(stream, event -> isAlgo(event, "stuck", "TRIGGERING"));
        ForeignClient.await("the fault", stuck::isSpent);
        JsonNode order = trader.served("GET", "/fapi/v1/algoOrder", "clientAlgoId", "stuck");
        assertEquals("TRIGGERING", order.get("algoStatus").textValue());
        assertEquals(-4117, Trader.code(trader.send("DELETE", "/fapi/v1/algoOrder", "clientAlgoId", "stuck")));
    }

    // --- contracts

    @Test
    void shouldRefuseNewOrdersOfAHaltedContractAndLetCancelsGo() {
        assertEquals(200, trader.place("resting").statusCode());
        ActiveFault halt = inject(TradingFault.halt("BTCUSDT"));
        assertEquals(400, trader.place("refused").statusCode());
        assertEquals(
                200,
                trader.send("DELETE", Trader.ORDER, "symbol", "BTCUSDT", "origClientOrderId", "resting")
                        .statusCode());
        exchange.faults().clear(halt);
        assertEquals(200, trader.place("again").statusCode());
        assertTrue(halt.isSpent());
        assertNull(exchange.faults().held(FaultKind.HALTED));
    }

    @Test
    void shouldTellOfItsFaultsFromAnotherProcess() {
        String script = """
                seed: 5
                faults:
                  - {kind: UNAVAILABLE_503, method: order.place, count: 1}
                  - {kind: HALTED, symbol: ETHUSDT, for: 1h}
                random: {ANSWER_LATE: 1, for: 2s}
                """;
        control("POST", "faults/script", script);
        assertEquals(503, trader.place("a").statusCode());
        JsonNode list = control("GET", "faults", "").get("faults");
        assertEquals(2, list.size());
        assertEquals("order.place", list.get(0).get("method").textValue());
        assertEquals(1, list.get(0).get("hits").intValue());
        assertEquals("PRE_SETTLE", list.get(1).get("status").textValue());
        assertEquals(1, control("GET", "faults/hits", "").get("UNAVAILABLE_503").intValue());
        control("DELETE", "faults", "");
        assertEquals(0, control("GET", "faults", "").get("faults").size());
    }

    private JsonNode control(String method, String path, String body) {
        try {
            return ForeignClient.parse(java.net.http.HttpClient.newHttpClient()
                    .send(
                            java.net.http.HttpRequest.newBuilder(
                                            java.net.URI.create(exchange.restUri() + "/control/" + path))
                                    .method(method, java.net.http.HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
