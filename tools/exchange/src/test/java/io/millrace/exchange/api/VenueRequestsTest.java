package io.millrace.exchange.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.coverage.Covers;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to a whole venue in virtual time. */
class VenueRequestsTest {
    private static final String ORDER = VenueApi.ORDER;
    private static final String HUGE = "99999999999999999999";

    private final VenueApi api = new VenueApi();

    private static BigDecimal decimal(JsonNode object, String name) {
        return new BigDecimal(object.get(name).textValue());
    }

    @ParameterizedTest
    @CsvSource({
        HUGE + ", 1",
        "60000, " + HUGE,
        HUGE + ", " + HUGE,
        "922337203685477580.7, 0.001",
        "60000, 9223372036854775.807"
    })
    @Covers("POST /fapi/v1/order")
    void shouldRefuseNumbersThatAreTooLargeForAnything(String price, String qty) {
        String[] limit = {
            "symbol", "BTCUSDT", "side", "BUY", "type", "LIMIT", "timeInForce", "GTC", "price", price, "quantity", qty
        };
        ApiReply reply = api.ask("POST", ORDER, limit);
        assertEquals(400, reply.status(), reply::toString);
        String[] stop = {
            "algoType",
            "CONDITIONAL",
            "symbol",
            "BTCUSDT",
            "side",
            "BUY",
            "type",
            "STOP_MARKET",
            "triggerPrice",
            price,
            "quantity",
            qty
        };
        reply = api.ask("POST", "/fapi/v1/algoOrder", stop);
        assertEquals(400, reply.status(), reply::toString);
    }

    @Test
    @Covers({
        "POST /fapi/v1/order",
        "GET /fapi/v1/userTrades",
        "GET /fapi/v1/income",
        "GET /fapi/v3/positionRisk",
        "GET /fapi/v3/balance"
    })
    void shouldTellTheSameStoryEverywhere() {
        api.served("POST", "/fapi/v1/leverage", "symbol", "BTCUSDT", "leverage", "10");
        JsonNode order = api.served(
                "POST",
                ORDER,
                "symbol",
                "BTCUSDT",
                "side",
                "BUY",
                "type",
                "MARKET",
                "quantity",
                "0.500",
                "newOrderRespType",
                "RESULT");
        assertEquals("FILLED", order.get("status").textValue());
        api.pass(10);
        BigDecimal qty = BigDecimal.ZERO;
        BigDecimal commission = BigDecimal.ZERO;
        for (JsonNode fill : api.served("GET", "/fapi/v1/userTrades", "symbol", "BTCUSDT")) {
            assertEquals(order.get("orderId"), fill.get("orderId"));
            qty = qty.add(decimal(fill, "qty"));
            commission = commission.add(decimal(fill, "commission"));
        }
        assertEquals(0, qty.compareTo(new BigDecimal("0.5")));
        BigDecimal paid = BigDecimal.ZERO;
        for (JsonNode row : api.served("GET", "/fapi/v1/income", "incomeType", "COMMISSION")) {
            paid = paid.add(decimal(row, "income"));
        }
        assertEquals(0, paid.add(commission).signum());
        BigDecimal wallet = decimal(api.served("GET", "/fapi/v3/balance").get(0), "balance");
        assertEquals(0, wallet.add(commission).compareTo(new BigDecimal("100000")));
        JsonNode position =
                api.served("GET", "/fapi/v3/positionRisk", "symbol", "BTCUSDT").get(0);
        assertEquals("0.500", position.get("positionAmt").textValue());
        assertTrue(decimal(position, "maintMargin").signum() > 0);
        JsonNode queried = api.served(
                "GET",
                ORDER,
                "symbol",
                "BTCUSDT",
                "orderId",
                order.get("orderId").asText());
        assertEquals(0, decimal(queried, "avgPrice").compareTo(decimal(position, "entryPrice")));
    }

    @Test
    @Covers("POST /fapi/v1/countdownCancelAll")
    void shouldCancelWhenTheCountdownEnds() {
        api.served(
                "POST",
                ORDER,
                "symbol",
                "BTCUSDT",
                "side",
                "BUY",
                "type",
                "LIMIT",
                "timeInForce",
                "GTC",
                "price",
                "60000",
                "quantity",
                "0.01");
        api.served("POST", "/fapi/v1/countdownCancelAll", "symbol", "BTCUSDT", "countdownTime", "5000");
        api.pass(4900);
        assertEquals(
                1, api.served("GET", "/fapi/v1/openOrders", "symbol", "BTCUSDT").size());
        api.pass(200);
        assertEquals(
                0, api.served("GET", "/fapi/v1/openOrders", "symbol", "BTCUSDT").size());
    }
}
