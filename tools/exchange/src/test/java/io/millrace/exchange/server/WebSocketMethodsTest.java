package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.ForeignClient.Stream;
import io.millrace.exchange.Shape;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.api.SignedClient;
import io.millrace.exchange.api.SignedHttp;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.exchange.venue.ManualClock;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every method of the WebSocket API over its socket: status, fields, types, error codes, and that REST tells the same. */
class WebSocketMethodsTest {
    private static final long START_NS = 1_795_262_400_000_000_000L;
    private static final long NOW_MS = START_NS / 1_000_000;
    private static final String SYMBOL = "BTCUSDT";
    private static final String ORDER = "orderId:integer symbol:text status:text clientOrderId:text price:decimal"
            + " origQty:decimal executedQty:decimal cumQty:decimal timeInForce:text type:text reduceOnly:flag"
            + " closePosition:flag side:text positionSide:text stopPrice:decimal workingType:text priceProtect:flag"
            + " origType:text priceMatch:text selfTradePreventionMode:text goodTillDate:integer updateTime:integer";
    private static final String BALANCE = "accountAlias:text asset:text balance:decimal crossWalletBalance:decimal"
            + " crossUnPnl:decimal availableBalance:decimal maxWithdrawAmount:decimal marginAvailable:flag"
            + " updateTime:integer";

    private final ForeignClient sockets = new ForeignClient();
    private final ManualClock clock = new ManualClock(START_NS);
    private final SignedClient client = SignedClient.hmac("key", "a secret");
    private final SignedClient reader = SignedClient.hmac("reader", "another secret");
    private SimulatedExchange exchange;
    private Stream stream;

    @BeforeEach
    void open() throws IOException {
        exchange = SimulatedExchange.start(
                ExchangeSettings.synthetic(SyntheticSettings.of(2, 3).withEventsPerSecond(2000))
                        .withClock(clock)
                        .withClient(ClientSettings.of("client", 10_000)
                                .withKey("key", "a secret")
                                .withReadOnlyKey("reader", "another secret")));
        stream = sockets.open(exchange.wsApiUri(), "");
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    private JsonNode ask(String method, String params) {
        stream.send("{\"id\":\"r\",\"method\":\"" + method + "\",\"params\":" + params + "}");
        JsonNode answer = stream.next();
        assertEquals("r", answer.get("id").textValue());
        return answer;
    }

    /** Returns the result of a request that was served. */
    private JsonNode served(String method, String... namesAndValues) {
        JsonNode answer = ask(method, client.signedParams(NOW_MS, namesAndValues));
        assertEquals(200, answer.get("status").intValue(), answer::toString);
        assertFalse(answer.get("rateLimits").isEmpty(), answer::toString);
        return answer.get("result");
    }

    private void refused(int code, String method, String... namesAndValues) {
        refused(400, code, ask(method, client.signedParams(NOW_MS, namesAndValues)));
    }

    private static void refused(int status, int code, JsonNode answer) {
        assertEquals(status, answer.get("status").intValue(), answer::toString);
        Shape.check(answer.get("error"), "code:integer msg:text");
        assertEquals(code, answer.get("error").get("code").intValue(), answer::toString);
        assertFalse(answer.has("result"), answer::toString);
    }

    /** Only a signature, of a key that exists, opens a private method. */
    private void refusedWithoutTheRightKey(String method, String... namesAndValues) {
        refused(400, -1102, ask(method, "{\"timestamp\":" + NOW_MS + "}"));
        refused(401, -2015, ask(method, SignedClient.hmac("nobody", "x").signedParams(NOW_MS, namesAndValues)));
        refused(400, -1022, ask(method, SignedClient.hmac("key", "wrong").signedParams(NOW_MS, namesAndValues)));
        refused(400, -1021, ask(method, client.signedParams(NOW_MS - 6000, namesAndValues)));
    }

    private JsonNode rest(String path, String... namesAndValues) {
        return new SignedHttp(sockets, exchange.restUri(), client, clock).get(path, namesAndValues);
    }

    private String[] limit(String clientOrderId, String... more) {
        String[] order = {
            "symbol",
            SYMBOL,
            "side",
            "BUY",
            "type",
            "LIMIT",
            "timeInForce",
            "GTC",
            "price",
            "60000.1",
            "quantity",
            "0.050",
            "newClientOrderId",
            clientOrderId
        };
        String[] all = java.util.Arrays.copyOf(order, order.length + more.length);
        System.arraycopy(more, 0, all, order.length, more.length);
        return all;
    }

    @Test
    @Covers({"WS ping", "WS time", "WS depth", "WS ticker.price", "WS ticker.book"})
    void shouldTellOfTheMarket() {
        assertEquals("{}", ask("ping", "{}").get("result").toString());
        Shape.check(ask("time", "{}").get("result"), "serverTime:integer");
        String symbol = "{\"symbol\":\"" + SYMBOL + "\"}";
        JsonNode depth =
                ask("depth", "{\"symbol\":\"" + SYMBOL + "\",\"limit\":5}").get("result");
        Shape.check(depth, "lastUpdateId:integer E:integer T:integer bids:array asks:array");
        assertEquals(5, depth.get("bids").size());
        refused(400, -1121, ask("depth", "{\"symbol\":\"NOBODY\"}"));
        refused(400, -1102, ask("depth", "{}"));
        JsonNode price = ask("ticker.price", symbol).get("result");
        Shape.check(price, "symbol:text price:decimal time:integer");
        assertEquals(SYMBOL, price.get("symbol").textValue());
        assertEquals(2, ask("ticker.price", "{}").get("result").size());
        refused(400, -1121, ask("ticker.price", "{\"symbol\":\"NOBODY\"}"));
        JsonNode touch = ask("ticker.book", symbol).get("result");
        Shape.check(touch, "symbol:text bidPrice:decimal bidQty:decimal askPrice:decimal askQty:decimal time:integer");
        assertEquals(depth.get("bids").get(0).get(0), touch.get("bidPrice"));
        assertEquals(2, ask("ticker.book", "{}").get("result").size());
        refused(400, -1121, ask("ticker.book", "{\"symbol\":\"NOBODY\"}"));
    }

    @Test
    @Covers({"WS order.place", "WS order.modify", "WS order.status", "WS order.cancel"})
    void shouldPlaceModifyAndCancelAnOrder() {
        JsonNode placed = served("order.place", limit("ws-1"));
        Shape.check(placed, ORDER);
        assertEquals("NEW", placed.get("status").textValue());
        String id = placed.get("orderId").asText();
        JsonNode changed = served(
                "order.modify",
                "symbol",
                SYMBOL,
                "side",
                "BUY",
                "orderId",
                id,
                "quantity",
                "0.060",
                "price",
                "60000.2",
                "modifyId",
                "77");
        Shape.check(changed, ORDER.replace(" updateTime", " modifyId:integer updateTime"));
        assertEquals("60000.20", changed.get("price").textValue());
        assertEquals("0.060", changed.get("origQty").textValue());
        assertEquals(77, changed.get("modifyId").intValue());
        refused(
                -5027,
                "order.modify",
                "symbol",
                SYMBOL,
                "side",
                "BUY",
                "orderId",
                id,
                "quantity",
                "0.060",
                "price",
                "60000.2");
        refused(-1102, "order.modify", "symbol", SYMBOL, "side", "BUY", "quantity", "0.060", "price", "60000.2");
        JsonNode queried = served("order.status", "symbol", SYMBOL, "origClientOrderId", "ws-1");
        Shape.check(
                queried,
                "orderId:integer symbol:text pair:text status:text clientOrderId:text price:decimal avgPrice:decimal"
                        + " origQty:decimal executedQty:decimal cumQuote:decimal cumBase:decimal timeInForce:text"
                        + " type:text reduceOnly:flag closePosition:flag side:text positionSide:text stopPrice:decimal"
                        + " workingType:text priceProtect:flag origType:text priceMatch:text"
                        + " selfTradePreventionMode:text goodTillDate:integer time:integer updateTime:integer");
        assertEquals(rest("/fapi/v1/order", "symbol", SYMBOL, "orderId", id), queried);
        JsonNode cancelled = served("order.cancel", "symbol", SYMBOL, "orderId", id);
        assertEquals("CANCELED", cancelled.get("status").textValue());
        refused(-2011, "order.cancel", "symbol", SYMBOL, "orderId", id);
        refused(-2013, "order.status", "symbol", SYMBOL, "orderId", "1");
        refused(-1116, "order.place", "symbol", SYMBOL, "side", "BUY", "type", "X", "quantity", "0.05");
        refused(-4120, "order.place", "symbol", SYMBOL, "side", "BUY", "type", "STOP_MARKET", "quantity", "0.05");
        refusedWithoutTheRightKey("order.place", limit("ws-2"));
        refused(401, -2015, ask("order.place", reader.signedParams(NOW_MS, limit("ws-2"))));
    }

    @Test
    @Covers({"WS algoOrder.place", "WS algoOrder.cancel"})
    void shouldPlaceAndCancelAConditionalOrder() {
        String[] stop = {
            "algoType",
            "CONDITIONAL",
            "symbol",
            SYMBOL,
            "side",
            "SELL",
            "type",
            "STOP_MARKET",
            "quantity",
            "0.050",
            "triggerPrice",
            "50000",
            "clientAlgoId",
            "stop-1"
        };
        JsonNode placed = served("algoOrder.place", stop);
        assertEquals("NEW", placed.get("algoStatus").textValue());
        assertEquals("STOP_MARKET", placed.get("orderType").textValue());
        assertTrue(placed.get("algoId").isIntegralNumber());
        assertEquals("50000.00", placed.get("triggerPrice").textValue());
        assertTrue(placed.get("icebergQuantity").isNull());
        assertEquals(1, rest("/fapi/v1/openAlgoOrders", "symbol", SYMBOL).size());
        refused(-4116, "algoOrder.place", stop);
        stop[11] = "200000";
        stop[13] = "stop-2";
        refused(-2021, "algoOrder.place", stop);
        JsonNode cancelled = served("algoOrder.cancel", "clientAlgoId", "stop-1");
        Shape.check(cancelled, "algoId:integer clientAlgoId:text code:text msg:text");
        assertEquals("200", cancelled.get("code").textValue());
        refused(-2011, "algoOrder.cancel", "clientAlgoId", "stop-1");
        refusedWithoutTheRightKey("algoOrder.place", stop);
    }

    @Test
    @Covers({
        "WS account.position",
        "WS v2/account.position",
        "WS account.balance",
        "WS v2/account.balance",
        "WS account.status",
        "WS v2/account.status"
    })
    void shouldTellOfTheAccountAsRestDoes() {
        served("order.place", "symbol", SYMBOL, "side", "BUY", "type", "MARKET", "quantity", "0.010");
        JsonNode positions = served("v2/account.position");
        assertEquals(1, positions.size(), "only what is active");
        Shape.check(
                positions.get(0),
                "symbol:text positionSide:text positionAmt:decimal entryPrice:decimal breakEvenPrice:decimal"
                        + " markPrice:decimal unRealizedProfit:decimal liquidationPrice:decimal isolatedMargin:decimal"
                        + " notional:decimal marginAsset:text isolatedWallet:decimal initialMargin:decimal"
                        + " maintMargin:decimal positionInitialMargin:decimal openOrderInitialMargin:decimal"
                        + " adl:integer bidNotional:decimal askNotional:decimal updateTime:integer");
        assertEquals("0.010", positions.get(0).get("positionAmt").textValue());
        assertEquals(2, served("account.position").size(), "every contract");
        assertTrue(served("account.position", "symbol", SYMBOL).get(0).has("leverage"));
        refused(-1121, "account.position", "symbol", "NOBODY");
        Shape.check(served("account.balance").get(0), BALANCE);
        Shape.check(served("v2/account.balance").get(0), BALANCE);
        assertTrue(served("account.status").get("positions").get(0).has("leverage"), "the old form has settings");
        JsonNode status = served("v2/account.status");
        assertFalse(status.get("positions").get(0).has("leverage"));
        assertEquals("USDT", status.get("assets").get(0).get("asset").textValue());
        for (String[] pair : new String[][] {
            {"account.position", "/fapi/v2/positionRisk"},
            {"v2/account.position", "/fapi/v3/positionRisk"},
            {"account.balance", "/fapi/v2/balance"},
            {"v2/account.balance", "/fapi/v3/balance"},
            {"account.status", "/fapi/v2/account"},
            {"v2/account.status", "/fapi/v3/account"}
        }) {
            assertEquals(rest(pair[1]), served(pair[0]), pair[0]);
            refusedWithoutTheRightKey(pair[0]);
            assertEquals(
                    200, ask(pair[0], reader.signedParams(NOW_MS)).get("status").intValue(), "reading is enough");
        }
    }

    @Test
    @Covers({"WS userDataStream.start", "WS userDataStream.ping", "WS userDataStream.stop"})
    void shouldKeepAListenKey() {
        String key = "{\"apiKey\":\"key\"}";
        JsonNode started = ask("userDataStream.start", key).get("result");
        Shape.check(started, "listenKey:text");
        assertEquals(started, ask("userDataStream.start", key).get("result"), "one key for an account");
        assertEquals(started, ask("userDataStream.ping", key).get("result"));
        assertEquals("{}", ask("userDataStream.stop", key).get("result").toString());
        refused(400, -1125, ask("userDataStream.ping", key));
        refused(401, -2015, ask("userDataStream.start", "{\"apiKey\":\"nobody\"}"));
        refused(400, -1102, ask("userDataStream.ping", "{}"));
    }

    @Test
    @Covers({"ERROR -1020"})
    void shouldRefuseMethodsThatTheVenueHasNot() {
        for (String method : new String[] {"order.cancelAll", "order.batch", "userDataStream.subscribe", "klines"}) {
            refused(400, -1020, ask(method, client.signedParams(NOW_MS)));
        }
    }
}
