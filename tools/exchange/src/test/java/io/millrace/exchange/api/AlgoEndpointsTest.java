package io.millrace.exchange.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.coverage.Covers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlgoEndpointsTest {
    private static final String ALGO = "/fapi/v1/algoOrder";
    private static final String[] STOP = {
        "algoType",
        "CONDITIONAL",
        "symbol",
        "BTCUSDT",
        "side",
        "SELL",
        "type",
        "STOP_MARKET",
        "quantity",
        "0.050",
        "triggerPrice",
        "60000.00",
        "workingType",
        "MARK_PRICE",
        "reduceOnly",
        "true",
        "clientAlgoId",
        "e1-sl-0091"
    };
    private static final String PLACED = """
            algoId:n clientAlgoId:s algoType:s orderType:s symbol:s side:s positionSide:s timeInForce:s quantity:s
            algoStatus:s triggerPrice:s price:s icebergQuantity:null selfTradePreventionMode:s workingType:s priceMatch:s
            closePosition:b priceProtect:b reduceOnly:b activatePrice:s callbackRate:s createTime:n updateTime:n
            triggerTime:n goodTillDate:n""";
    private static final String QUERIED =
            PLACED + " actualOrderId:s actualPrice:s actualQty:s actualType:s tpOrderType:s";

    private final ApiFixture api = new ApiFixture();

    private static String[] with(String[] base, String name, String value) {
        var pairs = SignedClient.pairs(base);
        if (value == null) {
            pairs.remove(name);
        } else {
            pairs.put(name, value);
        }
        return pairs.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new);
    }

    @Test
    @Covers("POST /fapi/v1/algoOrder")
    void shouldPlaceAConditionalOrder() {
        ApiReply reply = api.ask("POST", ALGO, STOP);
        assertEquals("1", reply.headers().get("X-MBX-ORDER-COUNT-10S"), reply::toString);
        JsonNode order = io.millrace.exchange.ForeignClient.parse(reply.text());
        ApiFixture.assertShape(PLACED, order);
        assertEquals("STOP_MARKET", order.get("orderType").textValue());
        assertEquals("NEW", order.get("algoStatus").textValue());
        assertEquals("60000.00", order.get("triggerPrice").textValue());
        assertEquals("0", order.get("price").textValue());
        assertEquals("NONE", order.get("selfTradePreventionMode").textValue());
        assertEquals("", order.get("callbackRate").textValue());
    }

    @Test
    @Covers("POST /fapi/v1/algoOrder")
    void shouldPlaceATrailingStop() {
        JsonNode order = api.served(
                "POST",
                ALGO,
                "algoType",
                "CONDITIONAL",
                "symbol",
                "BTCUSDT",
                "side",
                "SELL",
                "type",
                "TRAILING_STOP_MARKET",
                "quantity",
                "0.05",
                "activatePrice",
                "70000",
                "callbackRate",
                "1.5");
        assertEquals("70000.00", order.get("activatePrice").textValue());
        assertEquals("1.5", order.get("callbackRate").textValue());
    }

    @ParameterizedTest
    @CsvSource({
        "algoType, , -1102",
        "algoType, VP, -1130",
        "symbol, NOBODY, -1121",
        "side, , -1102",
        "type, LIMIT, -1116",
        "type, NONSENSE, -1116",
        "quantity, 0.0505, -1111",
        "triggerPrice, , -1102",
        "triggerPrice, 0, -4006",
        "triggerPrice, 60000.05, -4014",
        "triggerPrice, 70000, -2021",
        "workingType, INDEX, -4031",
        "callbackRate, 0.15, -2007",
        "closePosition, true, -4137",
        "positionSide, SHORT, -4061",
        "stopPrice, 1, -1104"
    })
    @Covers("POST /fapi/v1/algoOrder")
    void shouldRefuseWhatCannotBeRead(String name, String value, int code) {
        api.refused(code, "POST", ALGO, with(STOP, name, value));
    }

    @Test
    @Covers({"GET /fapi/v1/algoOrder", "DELETE /fapi/v1/algoOrder"})
    void shouldQueryAndCancelOne() {
        String id = api.served("POST", ALGO, STOP).get("algoId").asText();
        JsonNode order = api.served("GET", ALGO, "algoId", id);
        ApiFixture.assertShape(QUERIED, order);
        assertEquals("", order.get("actualOrderId").textValue());
        assertEquals(
                "{\"algoId\":" + id + ",\"clientAlgoId\":\"e1-sl-0091\",\"code\":\"200\",\"msg\":\"success\"}",
                api.served("DELETE", ALGO, "clientAlgoId", "e1-sl-0091").toString());
        assertEquals(
                "CANCELED",
                api.served("GET", ALGO, "clientAlgoId", "e1-sl-0091")
                        .get("algoStatus")
                        .textValue());
        api.refused(-2011, "DELETE", ALGO, "algoId", id);
        api.refused(-2013, "GET", ALGO, "algoId", "1");
        api.refused(-1102, "GET", ALGO);
        api.refused(-1102, "DELETE", ALGO);
    }

    @Test
    @Covers({"GET /fapi/v1/openAlgoOrders", "GET /fapi/v1/allAlgoOrders", "DELETE /fapi/v1/algoOpenOrders"})
    void shouldListAndCancelAll() {
        String first = api.served("POST", ALGO, STOP).get("algoId").asText();
        api.venue.nowMs += 1000;
        String second = api.served("POST", ALGO, with(STOP, "clientAlgoId", "other"))
                .get("algoId")
                .asText();
        assertNotEquals(first, second);
        JsonNode open = api.served("GET", "/fapi/v1/openAlgoOrders");
        assertEquals(2, open.size());
        ApiFixture.assertShape(QUERIED + " tpTriggerPrice:s tpPrice:s slTriggerPrice:s slPrice:s", open.get(0));
        assertEquals(
                1,
                api.served("GET", "/fapi/v1/openAlgoOrders", "algoId", second).size());
        assertEquals(
                0,
                api.served("GET", "/fapi/v1/openAlgoOrders", "symbol", "ETHUSDT")
                        .size());
        assertEquals(
                200,
                api.served("DELETE", "/fapi/v1/algoOpenOrders", "symbol", "BTCUSDT")
                        .get("code")
                        .intValue());
        assertEquals(0, api.served("GET", "/fapi/v1/openAlgoOrders").size());
        String path = "/fapi/v1/allAlgoOrders";
        assertEquals(2, api.served("GET", path, "symbol", "BTCUSDT").size());
        assertEquals(
                1,
                api.served("GET", path, "symbol", "BTCUSDT", "algoId", second).size());
        String start = String.valueOf(api.venue.nowMs);
        assertEquals(
                1,
                api.served("GET", path, "symbol", "BTCUSDT", "startTime", start).size());
        api.refused(-1102, "GET", path);
        api.refused(-1127, "GET", path, "symbol", "BTCUSDT", "startTime", "1", "endTime", start);
    }
}
