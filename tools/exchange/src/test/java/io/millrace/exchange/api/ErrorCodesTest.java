package io.millrace.exchange.api;

import static io.millrace.exchange.api.VenueApi.ALGO;
import static io.millrace.exchange.api.VenueApi.ORDER;
import static io.millrace.exchange.api.VenueApi.SYMBOL;
import static io.millrace.exchange.api.VenueApi.limit;
import static io.millrace.exchange.api.VenueApi.market;
import static io.millrace.exchange.api.VenueApi.stop;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.venue.ContractStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a whole venue refuses, each with its code, through the endpoints. */
class ErrorCodesTest {
    private static final long E8 = 100_000_000L;
    private static final int BTC = 0;

    private final VenueApi api = new VenueApi();

    @ParameterizedTest
    @CsvSource({
        "symbol=NOBODY, -1121",
        "symbol=, -1102",
        "side=, -1102",
        "side=HOLD, -1117",
        "type=X, -1116",
        "timeInForce=X, -1115",
        "timeInForce=, -1102",
        "newOrderRespType=FULL, -1136",
        "stopPrice=1, -1106",
        "color=red, -1104",
        "price=sixty, -1100",
        "price=60000.001, -1111",
        "quantity=0.0505, -1111",
        "price=0, -4001",
        "price=9999999.9, -4002",
        "price=261, -4013",
        "price=62000.01, -4014",
        "price=80000, -4016",
        "quantity=0, -4003",
        "quantity=1001, -4005",
        "quantity=0.001, -4164",
        "reduceOnly=true, -2022",
        "quantity=40, -2019",
        "timeInForce=FOK, -5021",
        "newClientOrderId=a b, -1100",
        "newClientOrderId=1234567890123456789012345678901234567, -4015",
        "positionSide=LONG, -4061",
        "positionSide=UP, -4060",
        "selfTradePreventionMode=X, -5039",
        "priceMatch=OPPONENT, -5037",
        "type=STOP_MARKET, -4120"
    })
    @Covers({
        "ERROR -1100",
        "ERROR -1102",
        "ERROR -1104",
        "ERROR -1106",
        "ERROR -1111",
        "ERROR -1115",
        "ERROR -1116",
        "ERROR -1117",
        "ERROR -1121",
        "ERROR -1136",
        "ERROR -2019",
        "ERROR -2022",
        "ERROR -4001",
        "ERROR -4002",
        "ERROR -4003",
        "ERROR -4005",
        "ERROR -4013",
        "ERROR -4014",
        "ERROR -4015",
        "ERROR -4016",
        "ERROR -4060",
        "ERROR -4061",
        "ERROR -4120",
        "ERROR -4164",
        "ERROR -5021",
        "ERROR -5037",
        "ERROR -5039",
        "STATUS 400"
    })
    void shouldRefuseALimitOrderWithOneThingWrong(String change, int code) {
        api.refused(code, "POST", ORDER, limit(change));
        api.refused(code, "POST", ORDER + "/test", limit(change));
    }

    @Test
    @Covers({"ERROR -4024", "ERROR -5022", "ERROR -5038", "ERROR -5040", "ERROR -1115", "ERROR -4116"})
    void shouldRefuseCombinations() {
        api.refused(-4024, "POST", ORDER, limit("side=SELL", "price=50000"));
        api.refused(-5022, "POST", ORDER, limit("timeInForce=GTX", "price=65000"));
        String soon = String.valueOf(api.venue.nowMs() + 599_000);
        api.refused(-5040, "POST", ORDER, limit("timeInForce=GTD", "goodTillDate=" + soon));
        api.refused(-5038, "POST", ORDER, market("priceMatch=QUEUE"));
        api.served("POST", ORDER, limit("newClientOrderId=a"));
        api.refused(-4116, "POST", ORDER, limit("newClientOrderId=a"));
    }

    @Test
    @Covers({"ERROR -4131", "ERROR -5041"})
    void shouldRefuseWhatTheBookDoesNotGive() {
        api.venue.contracts().drain(BTC, 1, 60_000);
        api.pass(200);
        api.refused(-5041, "POST", ORDER, limit("price=", "priceMatch=QUEUE_20"));
        api.venue.contracts().pinMark(BTC, 50_000 * E8);
        api.refused(-4131, "POST", ORDER, market());
    }

    @Test
    @Covers({"ERROR -2025", "ERROR -4045"})
    void shouldLimitOpenOrders() {
        for (int i = 0; i < 200; i++) {
            api.served("POST", ORDER, limit("quantity=0.002"));
            api.pass(40);
        }
        api.refused(-2025, "POST", ORDER, limit());
        api.pass(60_000);
        for (int i = 0; i < 200; i++) {
            api.served("POST", ALGO, stop());
            api.pass(40);
        }
        api.refused(-4045, "POST", ALGO, stop());
    }

    @Test
    @Covers({"ERROR -1122", "ERROR -4140", "ERROR -4141", "ERROR -5024"})
    void shouldRefuseOrdersOfAContractThatDoesNotTrade() {
        String id = api.served("POST", ORDER, limit()).get("orderId").asText();
        api.venue.contracts().halt(BTC, ContractStatus.PENDING_TRADING);
        api.refused(-1122, "POST", ORDER, limit());
        api.refused(-5024, "PUT", ORDER, amendment(id, "0.060", "62000"));
        api.venue.contracts().halt(BTC, ContractStatus.PRE_DELIVERING);
        api.refused(-4140, "POST", ORDER, limit());
        api.venue.contracts().halt(BTC, ContractStatus.CLOSE);
        api.refused(-4141, "POST", ORDER, limit());
    }

    private static String[] amendment(String orderId, String qty, String price) {
        return new String[] {"symbol", SYMBOL, "side", "BUY", "orderId", orderId, "quantity", qty, "price", price};
    }

    @Test
    @Covers({"ERROR -5027", "ERROR -5029", "ERROR -2013", "ERROR -2011", "ERROR -4082", "ERROR -1117"})
    void shouldRefuseAmendmentsAndCancels() {
        String id = api.served("POST", ORDER, limit()).get("orderId").asText();
        api.refused(-5027, "PUT", ORDER, amendment(id, "0.050", "62000"));
        api.refused(-5029, "PUT", ORDER, amendment(id, "0.001", "62000"));
        api.refused(-4014, "PUT", ORDER, amendment(id, "0.050", "62000.05"));
        api.refused(-2013, "PUT", ORDER, amendment("1", "0.060", "62000"));
        String[] otherSide = amendment(id, "0.060", "62000");
        otherSide[3] = "SELL";
        api.refused(-1117, "PUT", ORDER, otherSide);
        JsonNode same = api.served("GET", ORDER, "symbol", SYMBOL, "orderId", id);
        assertEquals("0.050", same.get("origQty").textValue(), "as it was");
        api.refused(-2011, "DELETE", ORDER, "symbol", SYMBOL, "orderId", "1");
        api.refused(-2013, "GET", ORDER, "symbol", SYMBOL, "orderId", "1");
        api.refused(-4082, "POST", "/fapi/v1/batchOrders", "batchOrders", "[]");
    }

    @Test
    @Covers({
        "ERROR -2027",
        "ERROR -2028",
        "ERROR -4028",
        "ERROR -4046",
        "ERROR -4047",
        "ERROR -4048",
        "ERROR -4049",
        "ERROR -4050",
        "ERROR -4051",
        "ERROR -4054",
        "ERROR -4055",
        "ERROR -4161"
    })
    void shouldRefuseSettingsThatCannotBe() {
        String leverage = "/fapi/v1/leverage";
        String type = "/fapi/v1/marginType";
        String margin = "/fapi/v1/positionMargin";
        api.refused(-4028, "POST", leverage, "symbol", SYMBOL, "leverage", "126");
        api.refused(-4046, "POST", type, "symbol", SYMBOL, "marginType", "CROSSED");
        api.refused(-4055, "POST", margin, "symbol", SYMBOL, "amount", "0", "type", "1");
        api.refused(-4049, "POST", margin, "symbol", SYMBOL, "amount", "1", "type", "1");
        JsonNode open = api.served("POST", ORDER, limit());
        api.refused(-4047, "POST", type, "symbol", SYMBOL, "marginType", "ISOLATED");
        api.served(
                "DELETE",
                ORDER,
                "symbol",
                SYMBOL,
                "orderId",
                open.get("orderId").asText());
        api.served("POST", type, "symbol", SYMBOL, "marginType", "ISOLATED");
        api.refused(-4054, "POST", margin, "symbol", SYMBOL, "amount", "1", "type", "1");
        api.served("POST", ORDER, market());
        api.refused(-4048, "POST", type, "symbol", SYMBOL, "marginType", "CROSSED");
        api.refused(-4050, "POST", margin, "symbol", SYMBOL, "amount", "200000", "type", "1");
        api.refused(-4051, "POST", margin, "symbol", SYMBOL, "amount", "100000", "type", "2");
        api.refused(-4161, "POST", leverage, "symbol", SYMBOL, "leverage", "10");
        api.served("POST", leverage, "symbol", SYMBOL, "leverage", "125");
        api.refused(-2027, "POST", ORDER, limit("quantity=5"));
    }

    @Test
    @Covers({"ERROR -2027", "ERROR -2028"})
    void shouldRefuseLeverageThatThePositionForbids() {
        api.served("POST", ORDER, market("quantity=20"));
        api.refused(-2027, "POST", "/fapi/v1/leverage", "symbol", SYMBOL, "leverage", "125");
        api.refused(-2028, "POST", "/fapi/v1/leverage", "symbol", SYMBOL, "leverage", "1");
    }

    @Test
    @Covers({"ERROR -4059", "ERROR -4067", "ERROR -4068", "ERROR -4084", "ERROR -4171"})
    void shouldRefuseModes() {
        String dual = "/fapi/v1/positionSide/dual";
        String assets = "/fapi/v1/multiAssetsMargin";
        api.refused(-4059, "POST", dual, "dualSidePosition", "false");
        api.refused(-4084, "POST", dual, "dualSidePosition", "true");
        api.refused(-4171, "POST", assets, "multiAssetsMargin", "false");
        api.refused(-4084, "POST", assets, "multiAssetsMargin", "true");
        api.served("POST", ORDER, market());
        api.refused(-4068, "POST", dual, "dualSidePosition", "true");
        api.served("POST", ORDER, limit());
        api.refused(-4067, "POST", dual, "dualSidePosition", "true");
    }

    @ParameterizedTest
    @CsvSource({
        "type=LIMIT, -1116",
        "algoType=VP, -1130",
        "price=60000, -1106",
        "quantity=, -1102",
        "triggerPrice=70000, -2021",
        "triggerPrice=0, -4006",
        "triggerPrice=9999999.9, -4007",
        "triggerPrice=60000.05, -4014",
        "workingType=INDEX, -4031",
        "closePosition=true, -4137",
        "callbackRate=1, -1106"
    })
    @Covers({
        "ERROR -1106",
        "ERROR -1116",
        "ERROR -1130",
        "ERROR -2021",
        "ERROR -4006",
        "ERROR -4007",
        "ERROR -4031",
        "ERROR -4137"
    })
    void shouldRefuseAConditionalOrderWithOneThingWrong(String change, int code) {
        api.refused(code, "POST", ALGO, stop(change));
    }

    @Test
    @Covers({
        "ERROR -2007",
        "ERROR -4130",
        "ERROR -4135",
        "ERROR -4136",
        "ERROR -4183",
        "ERROR -4184",
        "ERROR -4509",
        "ERROR -4116",
        "ERROR -2011"
    })
    void shouldRefuseConditionalCombinations() {
        String[] trailing = stop("type=TRAILING_STOP_MARKET", "triggerPrice=", "callbackRate=0.05");
        api.refused(-2007, "POST", ALGO, trailing);
        api.refused(
                -4135,
                "POST",
                ALGO,
                stop("type=TRAILING_STOP_MARKET", "triggerPrice=", "callbackRate=1", "activatePrice=9999999.9"));
        api.refused(
                -4136,
                "POST",
                ALGO,
                stop("type=STOP", "price=60000", "timeInForce=GTC", "quantity=", "closePosition=true"));
        api.refused(-4183, "POST", ALGO, stop("type=STOP", "side=BUY", "triggerPrice=66000", "price=80000"));
        api.refused(-4184, "POST", ALGO, stop("type=STOP", "price=50000"));
        String[] closing = stop("quantity=", "closePosition=true");
        api.refused(-4509, "POST", ALGO, closing);
        api.served("POST", ORDER, market());
        api.served("POST", ALGO, closing);
        api.refused(-4130, "POST", ALGO, closing);
        api.served("POST", ALGO, stop("clientAlgoId=a"));
        api.refused(-4116, "POST", ALGO, stop("clientAlgoId=a"));
        api.refused(-2011, "DELETE", ALGO, "algoId", "1");
    }

    @Test
    @Covers("ERROR -4117")
    void shouldRefuseToCancelWhatIsTriggering() {
        api.served("POST", ALGO, stop("clientAlgoId=a", "workingType=MARK_PRICE"));
        api.venue.contracts().pinMark(BTC, 59_000 * E8);
        api.refused(-4117, "DELETE", ALGO, "clientAlgoId", "a");
    }
}
