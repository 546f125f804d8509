package io.millrace.exchange.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderEndpointsTest {
    private static final String ORDER = "/fapi/v1/order";
    private static final String BATCH = "/fapi/v1/batchOrders";
    private static final String[] LIMIT = {
        "symbol",
        "BTCUSDT",
        "side",
        "BUY",
        "type",
        "LIMIT",
        "timeInForce",
        "GTX",
        "quantity",
        "0.050",
        "price",
        "64000.10",
        "newClientOrderId",
        "e1-000000417"
    };
    private static final String[] MARKET = {
        "symbol", "BTCUSDT", "side", "SELL", "type", "MARKET", "quantity", "0.003", "newClientOrderId", "m-1"
    };
    private static final String QUERIED = """
            orderId:n symbol:s pair:s status:s clientOrderId:s price:s avgPrice:s origQty:s executedQty:s cumQuote:s
            cumBase:s timeInForce:s type:s reduceOnly:b closePosition:b side:s positionSide:s stopPrice:s workingType:s
            priceProtect:b origType:s priceMatch:s selfTradePreventionMode:s goodTillDate:n time:n updateTime:n""";

    private final ApiFixture api = new ApiFixture();

    private static String[] with(String[] base, String... changes) {
        var pairs = SignedClient.pairs(base);
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                pairs.remove(changes[i]);
            } else {
                pairs.put(changes[i], changes[i + 1]);
            }
        }
        return pairs.entrySet().stream()
                .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new);
    }

    @Test
    @Covers("POST /fapi/v1/order")
    void shouldAcknowledgeAnOrderInTodaysShape() {
        ApiReply reply = api.ask("POST", ORDER, LIMIT);
        assertEquals(
                "{\"orderId\":900711223344,\"symbol\":\"BTCUSDT\",\"status\":\"NEW\",\"clientOrderId\":\"e1-000000417\","
                        + "\"price\":\"64000.10\",\"origQty\":\"0.050\",\"executedQty\":\"0\",\"cumQty\":\"0\","
                        + "\"timeInForce\":\"GTX\",\"type\":\"LIMIT\",\"reduceOnly\":false,\"closePosition\":false,"
                        + "\"side\":\"BUY\",\"positionSide\":\"BOTH\",\"stopPrice\":\"0\","
                        + "\"workingType\":\"CONTRACT_PRICE\",\"priceProtect\":false,\"origType\":\"LIMIT\","
                        + "\"priceMatch\":\"NONE\",\"selfTradePreventionMode\":\"EXPIRE_MAKER\",\"goodTillDate\":0,"
                        + "\"updateTime\":1795262400000}",
                reply.text());
        assertEquals("1", reply.headers().get("X-MBX-ORDER-COUNT-10S"));
        assertEquals("0", reply.headers().get("X-MBX-USED-WEIGHT-1M"));
    }

    @Test
    @Covers("POST /fapi/v1/order")
    void shouldTellTheFinalStateOnlyWhenAskedForTheResult() {
        JsonNode ack = api.served("POST", ORDER, MARKET);
        assertEquals("NEW", ack.get("status").textValue());
        assertEquals("0", ack.get("executedQty").textValue());
        JsonNode result = api.served("POST", ORDER, with(MARKET, "newOrderRespType", "RESULT"));
        assertEquals("FILLED", result.get("status").textValue());
        assertEquals("0.003", result.get("executedQty").textValue());
        assertEquals("0.003", result.get("cumQty").textValue());
        assertFalse(result.has("avgPrice"));
    }

    @Test
    void shouldAnswerInTheOldShapeWhenSet() {
        ApiFixture old = new ApiFixture(ApiSettings.VENUE.withOldFields(true));
        JsonNode result = old.served("POST", ORDER, with(MARKET, "newOrderRespType", "RESULT"));
        assertEquals("64250.33333333", result.get("avgPrice").textValue());
        assertEquals("192.751", result.get("cumQuote").textValue());
        assertTrue(old.served("POST", ORDER, LIMIT).has("cumQuote"));
    }

    @ParameterizedTest
    @CsvSource({
        "symbol, , -1102",
        "symbol, NOBODY, -1121",
        "side, , -1102",
        "side, HOLD, -1117",
        "type, , -1102",
        "type, ICEBERG, -1116",
        "type, LIQUIDATION, -1116",
        "type, STOP, -4120",
        "type, STOP_MARKET, -4120",
        "type, TAKE_PROFIT, -4120",
        "type, TAKE_PROFIT_MARKET, -4120",
        "type, TRAILING_STOP_MARKET, -4120",
        "timeInForce, , -1102",
        "timeInForce, DAY, -1115",
        "timeInForce, GTD, -1102",
        "quantity, , -1102",
        "quantity, 0, -4003",
        "quantity, -1, -1100",
        "quantity, 0.0005, -1111",
        "price, , -1102",
        "price, 0, -4001",
        "price, 64000.15, -4014",
        "price, 64000.123, -1111",
        "price, 1e5, -1100",
        "positionSide, LEFT, -4060",
        "positionSide, LONG, -4061",
        "newClientOrderId, 'a b', -1100",
        "newClientOrderId, 1234567890123456789012345678901234567, -4015",
        "newOrderRespType, FULL, -1136",
        "selfTradePreventionMode, SOME, -5039",
        "priceMatch, BEST, -5037",
        "priceMatch, QUEUE, -5037",
        "reduceOnly, yes, -1130",
        "stopPrice, 64000, -1106",
        "colour, red, -1104"
    })
    @Covers("POST /fapi/v1/order")
    void shouldRefuseAnOrderThatCannotBeRead(String name, String value, int code) {
        api.refused(code, "POST", ORDER, with(LIMIT, name, value));
        assertEquals(0, api.venue.orders.size());
    }

    @Test
    @Covers("POST /fapi/v1/order")
    void shouldRefuseWhatAMarketOrderDoesNotTake() {
        api.refused(-1106, "POST", ORDER, with(MARKET, "price", "64000"));
        api.refused(-1106, "POST", ORDER, with(MARKET, "timeInForce", "GTC"));
        api.refused(-5038, "POST", ORDER, with(MARKET, "priceMatch", "QUEUE"));
        api.refused(-4136, "POST", ORDER, with(MARKET, "closePosition", "true"));
        String soon = String.valueOf(ApiFixture.NOW_MS + 600_000);
        api.refused(-5040, "POST", ORDER, with(LIMIT, "timeInForce", "GTD", "goodTillDate", soon));
    }

    @Test
    @Covers("POST /fapi/v1/order")
    void shouldPassOnWhatTheVenueSays() {
        api.venue.refusal = Errors.gtxRejected();
        ApiReply reply = api.ask("POST", ORDER, LIMIT);
        assertEquals(400, reply.status());
        assertEquals(-5022, ForeignClient.parse(reply.text()).get("code").intValue());
    }

    @Test
    @Covers("POST /fapi/v1/order")
    void shouldReadEverythingThatALimitOrderTakes() {
        String until = String.valueOf(ApiFixture.NOW_MS + 700_123);
        JsonNode order = api.served(
                "POST",
                ORDER,
                with(
                        LIMIT,
                        "timeInForce",
                        "GTD",
                        "goodTillDate",
                        until,
                        "reduceOnly",
                        "true",
                        "selfTradePreventionMode",
                        "EXPIRE_BOTH",
                        "priceMatch",
                        "QUEUE_5",
                        "price",
                        null,
                        "newClientOrderId",
                        null));
        assertTrue(order.get("clientOrderId").textValue().matches("[0-9A-Za-z]{22}"));
        assertEquals(ApiFixture.NOW_MS + 700_000, order.get("goodTillDate").longValue(), "to the second");
        assertTrue(order.get("reduceOnly").booleanValue());
        assertEquals("EXPIRE_BOTH", order.get("selfTradePreventionMode").textValue());
        assertEquals("QUEUE_5", order.get("priceMatch").textValue());
    }

    @Test
    @Covers("PUT /fapi/v1/order")
    void shouldModifyAnOrder() {
        api.served("POST", ORDER, LIMIT);
        String[] change = {
            "symbol",
            "BTCUSDT",
            "side",
            "BUY",
            "origClientOrderId",
            "e1-000000417",
            "quantity",
            "0.070",
            "price",
            "63999.9",
            "modifyId",
            "77"
        };
        JsonNode order = api.served("PUT", ORDER, change);
        assertEquals("0.070", order.get("origQty").textValue());
        assertEquals("63999.90", order.get("price").textValue());
        assertEquals(77, order.get("modifyId").intValue());
        api.refused(-1102, "PUT", ORDER, with(change, "origClientOrderId", null));
        api.refused(-1102, "PUT", ORDER, with(change, "quantity", null));
        api.refused(-1102, "PUT", ORDER, with(change, "price", null));
        api.refused(-1102, "PUT", ORDER, with(change, "side", null));
        api.refused(-2013, "PUT", ORDER, with(change, "origClientOrderId", "nobody"));
    }

    @Test
    @Covers("DELETE /fapi/v1/order")
    void shouldCancelAnOrder() {
        JsonNode placed = api.served("POST", ORDER, LIMIT);
        String id = placed.get("orderId").asText();
        JsonNode cancelled = api.served("DELETE", ORDER, "symbol", "BTCUSDT", "orderId", id);
        assertEquals("CANCELED", cancelled.get("status").textValue());
        assertEquals(placed.size(), cancelled.size());
        api.refused(-2011, "DELETE", ORDER, "symbol", "BTCUSDT", "orderId", id);
        api.refused(-1102, "DELETE", ORDER, "symbol", "BTCUSDT");
        api.refused(-1100, "DELETE", ORDER, "symbol", "BTCUSDT", "orderId", "first");
    }

    @Test
    @Covers("GET /fapi/v1/order")
    void shouldTellAnOrdersFillsWhenAsked() {
        api.served("POST", ORDER, MARKET);
        JsonNode order = api.served("GET", ORDER, "symbol", "BTCUSDT", "origClientOrderId", "m-1");
        ApiFixture.assertShape(QUERIED, order);
        assertEquals("64250.33333333", order.get("avgPrice").textValue());
        assertEquals("192.751", order.get("cumQuote").textValue());
        assertEquals("0", order.get("price").textValue());
        api.refused(-2013, "GET", ORDER, "symbol", "BTCUSDT", "orderId", "1");
        api.refused(-2013, "GET", ORDER, "symbol", "ETHUSDT", "origClientOrderId", "m-1");
        api.refused(-1102, "GET", ORDER, "symbol", "BTCUSDT");
    }

    @Test
    @Covers("GET /fapi/v1/order")
    void shouldForgetCancelledOrdersAfterThreeDays() {
        String id = api.served("POST", ORDER, LIMIT).get("orderId").asText();
        api.served("POST", ORDER, MARKET);
        api.served("DELETE", ORDER, "symbol", "BTCUSDT", "orderId", id);
        api.venue.nowMs += 3 * 86_400_000L;
        api.served("GET", ORDER, "symbol", "BTCUSDT", "orderId", id);
        api.venue.nowMs += 1;
        api.refused(-2013, "GET", ORDER, "symbol", "BTCUSDT", "orderId", id);
        api.served("GET", ORDER, "symbol", "BTCUSDT", "origClientOrderId", "m-1");
    }

    @Test
    @Covers({"GET /fapi/v1/openOrder", "GET /fapi/v1/openOrders", "DELETE /fapi/v1/allOpenOrders"})
    void shouldListAndCancelOpenOrders() {
        JsonNode placed = api.served("POST", ORDER, LIMIT);
        api.served("POST", ORDER, with(LIMIT, "symbol", "ETHUSDT", "price", "3100", "newClientOrderId", "eth"));
        api.served("POST", ORDER, MARKET);
        JsonNode one =
                api.served("GET", "/fapi/v1/openOrder", "symbol", "BTCUSDT", "origClientOrderId", "e1-000000417");
        ApiFixture.assertShape(QUERIED, one);
        assertEquals(placed.get("orderId"), one.get("orderId"));
        api.refused(-2013, "GET", "/fapi/v1/openOrder", "symbol", "BTCUSDT", "origClientOrderId", "m-1");
        assertEquals(2, api.served("GET", "/fapi/v1/openOrders").size());
        JsonNode bitcoin = api.served("GET", "/fapi/v1/openOrders", "symbol", "BTCUSDT");
        assertEquals(1, bitcoin.size());
        ApiFixture.assertShape(QUERIED, bitcoin.get(0));
        assertEquals(
                "{\"code\":200,\"msg\":\"The operation of cancel all open order is done.\"}",
                api.served("DELETE", "/fapi/v1/allOpenOrders", "symbol", "BTCUSDT")
                        .toString());
        assertEquals(1, api.served("GET", "/fapi/v1/openOrders").size());
        api.refused(-1102, "DELETE", "/fapi/v1/allOpenOrders");
    }

    @Test
    @Covers("GET /fapi/v1/openOrders")
    void shouldWeighMoreWithoutASymbol() {
        assertEquals(
                "1",
                api.ask("GET", "/fapi/v1/openOrders", "symbol", "BTCUSDT")
                        .headers()
                        .get("X-MBX-USED-WEIGHT-1M"));
        assertEquals("41", api.ask("GET", "/fapi/v1/openOrders").headers().get("X-MBX-USED-WEIGHT-1M"));
    }

    @Test
    @Covers({"GET /fapi/v1/allOrders", "ERROR -1023", "ERROR -1127", "ERROR -1130"})
    void shouldListAllOrders() {
        for (int i = 0; i < 5; i++) {
            api.served("POST", ORDER, with(LIMIT, "newClientOrderId", "o" + i));
            api.venue.nowMs += 1000;
        }
        String path = "/fapi/v1/allOrders";
        assertEquals(5, api.served("GET", path).size());
        JsonNode latest = api.served("GET", path, "symbol", "BTCUSDT", "limit", "2");
        assertEquals("o3", latest.get(0).get("clientOrderId").textValue());
        ApiFixture.assertShape(QUERIED, latest.get(0));
        Order second = api.venue.orders.get(1);
        JsonNode from = api.served("GET", path, "symbol", "BTCUSDT", "orderId", "" + second.orderId(), "limit", "2");
        assertEquals("o1", from.get(0).get("clientOrderId").textValue());
        String start = String.valueOf(second.createTimeMs());
        String end = String.valueOf(second.createTimeMs() + 1000);
        assertEquals(
                2,
                api.served("GET", path, "symbol", "BTCUSDT", "startTime", start, "endTime", end)
                        .size());
        api.refused(-1023, "GET", path, "symbol", "BTCUSDT", "startTime", end, "endTime", start);
        api.refused(-1127, "GET", path, "symbol", "BTCUSDT", "startTime", "1", "endTime", end);
        api.refused(-1130, "GET", path, "symbol", "BTCUSDT", "limit", "1001");
        JsonNode oldest = api.served("GET", path, "symbol", "BTCUSDT", "startTime", start, "limit", "2");
        assertEquals("o1", oldest.get(0).get("clientOrderId").textValue(), "from a time on the oldest come first");
        api.venue.nowMs += 7 * 86_400_000L;
        assertEquals(0, api.served("GET", path, "symbol", "BTCUSDT").size(), "without times a week");
        assertEquals(
                2,
                api.served("GET", path, "symbol", "BTCUSDT", "startTime", start, "limit", "2")
                        .size());
    }

    @Test
    @Covers({"GET /fapi/v1/userTrades", "ERROR -1128"})
    void shouldListFills() {
        api.served("POST", ORDER, MARKET);
        String path = "/fapi/v1/userTrades";
        JsonNode trades = api.served("GET", path, "symbol", "BTCUSDT");
        assertEquals(2, trades.size());
        ApiFixture.assertShape("""
                symbol:s pair:s id:n orderId:n side:s positionSide:s price:s qty:s quoteQty:s baseQty:s realizedPnl:s
                commission:s commissionAsset:s marginAsset:s buyer:b maker:b time:n""", trades.get(0));
        JsonNode second = trades.get(1);
        assertEquals("64250.50", second.get("price").textValue());
        assertEquals("0.002", second.get("qty").textValue());
        assertEquals("128.501", second.get("quoteQty").textValue());
        assertEquals("-1.50000000", second.get("realizedPnl").textValue());
        assertEquals("0.00001234", second.get("commission").textValue());
        assertEquals("0", trades.get(0).get("realizedPnl").textValue());
        assertEquals(
                12,
                api.served("GET", path, "symbol", "BTCUSDT", "fromId", "12")
                        .get(0)
                        .get("id")
                        .intValue());
        assertEquals(
                0, api.served("GET", path, "symbol", "BTCUSDT", "orderId", "1").size());
        api.refused(-1128, "GET", path, "symbol", "BTCUSDT", "fromId", "12", "startTime", "1");
        api.refused(-1102, "GET", path);
    }

    @Test
    @Covers("GET /fapi/v1/orderAmendment")
    void shouldListAmendments() {
        JsonNode placed = api.served("POST", ORDER, LIMIT);
        String id = placed.get("orderId").asText();
        api.served(
                "PUT",
                ORDER,
                "symbol",
                "BTCUSDT",
                "side",
                "BUY",
                "orderId",
                id,
                "quantity",
                "0.06",
                "price",
                "64000.1");
        JsonNode list = api.served("GET", "/fapi/v1/orderAmendment", "symbol", "BTCUSDT", "orderId", id);
        assertEquals(1, list.size());
        ApiFixture.assertShape(
                "amendmentId:n symbol:s pair:s orderId:n clientOrderId:s time:n amendment:o", list.get(0));
        assertEquals(
                "{\"price\":{\"before\":\"64000.10\",\"after\":\"64000.10\"},"
                        + "\"origQty\":{\"before\":\"0.050\",\"after\":\"0.060\"},\"count\":1}",
                list.get(0).get("amendment").toString());
        api.refused(-1102, "GET", "/fapi/v1/orderAmendment", "symbol", "BTCUSDT");
    }

    @Test
    @Covers("POST /fapi/v1/order/test")
    void shouldCheckAnOrderWithoutPlacingIt() {
        assertEquals("{}", api.served("POST", ORDER + "/test", LIMIT).toString());
        assertEquals(0, api.venue.orders.size());
        api.venue.refusal = Errors.marginInsufficient();
        api.refused(-2019, "POST", ORDER + "/test", LIMIT);
        api.refused(-4120, "POST", ORDER + "/test", with(LIMIT, "type", "STOP"));
    }

    @Test
    @Covers("POST /fapi/v1/batchOrders")
    void shouldPlaceAListWithAnAnswerForEach() {
        String good = "{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"type\":\"LIMIT\",\"timeInForce\":\"GTC\","
                + "\"quantity\":\"0.010\",\"price\":\"64000\",\"newClientOrderId\":\"b1\"}";
        String bad = good.replace("64000", "64000.01");
        String unquoted = good.replace("\"0.010\"", "0.010").replace("b1", "b2");
        ApiReply reply = api.ask("POST", BATCH, "batchOrders", "[" + good + "," + bad + "," + unquoted + "]");
        assertEquals(200, reply.status(), reply::toString);
        JsonNode list = ForeignClient.parse(reply.text());
        assertEquals("b1", list.get(0).get("clientOrderId").textValue());
        assertEquals("NONE", list.get(0).get("selfTradePreventionMode").textValue());
        assertEquals(-4014, list.get(1).get("code").intValue());
        assertEquals("b2", list.get(2).get("clientOrderId").textValue());
        assertEquals("5", reply.headers().get("X-MBX-ORDER-COUNT-10S"));
        assertEquals("1", reply.headers().get("X-MBX-ORDER-COUNT-1M"));
        assertEquals("5", reply.headers().get("X-MBX-USED-WEIGHT-1M"));
        String six = String.join(",", java.util.Collections.nCopies(6, good));
        api.refused(-4082, "POST", BATCH, "batchOrders", "[" + six + "]");
        api.refused(-4082, "POST", BATCH, "batchOrders", "[]");
        api.refused(-1130, "POST", BATCH, "batchOrders", "nonsense");
        api.refused(-1102, "POST", BATCH);
    }

    @Test
    @Covers({"PUT /fapi/v1/batchOrders", "DELETE /fapi/v1/batchOrders"})
    void shouldModifyAndCancelLists() {
        String first = api.served("POST", ORDER, LIMIT).get("orderId").asText();
        JsonNode changed = api.served(
                "PUT",
                BATCH,
                "batchOrders",
                "[{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"orderId\":" + first
                        + ",\"quantity\":\"0.2\",\"price\":\"64001\"},{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\","
                        + "\"orderId\":1,\"quantity\":\"0.2\",\"price\":\"64001\"}]");
        assertEquals("0.200", changed.get(0).get("origQty").textValue());
        assertEquals(-2013, changed.get(1).get("code").intValue());
        JsonNode cancelled = api.served("DELETE", BATCH, "symbol", "BTCUSDT", "orderIdList", "[" + first + ",1]");
        assertEquals("CANCELED", cancelled.get(0).get("status").textValue());
        assertEquals(-2011, cancelled.get(1).get("code").intValue());
        api.served("POST", ORDER, LIMIT);
        JsonNode byName =
                api.served("DELETE", BATCH, "symbol", "BTCUSDT", "origClientOrderIdList", "[\"e1-000000417\"]");
        assertEquals("CANCELED", byName.get(0).get("status").textValue());
        api.refused(-1102, "DELETE", BATCH, "symbol", "BTCUSDT");
        api.refused(-1130, "DELETE", BATCH, "symbol", "BTCUSDT", "orderIdList", "[1,2,3,4,5,6,7,8,9,10,11]");
    }

    @Test
    @Covers("POST /fapi/v1/countdownCancelAll")
    void shouldStartACountdown() {
        assertEquals(
                "{\"symbol\":\"BTCUSDT\",\"countdownTime\":\"30000\"}",
                api.served("POST", "/fapi/v1/countdownCancelAll", "symbol", "BTCUSDT", "countdownTime", "30000")
                        .toString());
        assertEquals("[countdown 0 30000]", api.venue.calls.toString());
        api.refused(-1102, "POST", "/fapi/v1/countdownCancelAll", "symbol", "BTCUSDT");
    }
}
