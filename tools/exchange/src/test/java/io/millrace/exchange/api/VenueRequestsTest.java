package io.millrace.exchange.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.exchange.trading.TradingVenue;
import io.millrace.exchange.trading.VenueAccounts;
import io.millrace.exchange.trading.VenueOrders;
import io.millrace.exchange.trading.VenueSettings;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to a whole venue in virtual time. */
class VenueRequestsTest {
    private static final long START_NS = 1_795_262_400_000_000_000L;
    private static final String ORDER = "/fapi/v1/order";
    private static final String HUGE = "99999999999999999999";

    private final TradingVenue venue = new TradingVenue(
            new SyntheticMarket(SyntheticSettings.of(2, 3).withEventsPerSecond(500), START_NS),
            VenueSettings.of(3),
            START_NS);
    private final SignedClient client = SignedClient.hmac("key", "a secret");
    private final ApiDispatcher dispatcher;

    VenueRequestsTest() {
        venue.open(ClientSettings.of("client", 100_000).withKey("key", "a secret"));
        RateLimits limits = new RateLimits(RateLimitSettings.VENUE);
        VenueAccounts accounts = new VenueAccounts(venue, venue.clock());
        TradingEndpoints.Ports ports = new TradingEndpoints.Ports(
                new VenueOrders(venue, venue.clock()),
                accounts,
                venue.algo(),
                venue.userData(),
                () -> venue.clock().epochNs(),
                1);
        EndpointTable table = new EndpointTable().addAll(TradingEndpoints.rows(ports, ApiSettings.VENUE, limits));
        dispatcher = new ApiDispatcher(table, accounts, limits, true);
        pass(1000);
    }

    private void pass(long ms) {
        venue.advanceTo(venue.clock().epochNs() + ms * 1_000_000L);
    }

    private ApiReply ask(String method, String path, String... namesAndValues) {
        String query = client.signed(venue.nowMs(), namesAndValues);
        return dispatcher.serve(
                new ApiRequest(method, path, query, "", client.headers(), "192.0.2.7", venue.nowMs(), venue.nowMs()));
    }

    private JsonNode served(String method, String path, String... namesAndValues) {
        ApiReply reply = ask(method, path, namesAndValues);
        assertEquals(200, reply.status(), reply::toString);
        return ForeignClient.parse(reply.text());
    }

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
        ApiReply reply = ask("POST", ORDER, limit);
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
        reply = ask("POST", "/fapi/v1/algoOrder", stop);
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
        served("POST", "/fapi/v1/leverage", "symbol", "BTCUSDT", "leverage", "10");
        JsonNode order = served(
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
        pass(10);
        BigDecimal qty = BigDecimal.ZERO;
        BigDecimal commission = BigDecimal.ZERO;
        for (JsonNode fill : served("GET", "/fapi/v1/userTrades", "symbol", "BTCUSDT")) {
            assertEquals(order.get("orderId"), fill.get("orderId"));
            qty = qty.add(decimal(fill, "qty"));
            commission = commission.add(decimal(fill, "commission"));
        }
        assertEquals(0, qty.compareTo(new BigDecimal("0.5")));
        BigDecimal paid = BigDecimal.ZERO;
        for (JsonNode row : served("GET", "/fapi/v1/income", "incomeType", "COMMISSION")) {
            paid = paid.add(decimal(row, "income"));
        }
        assertEquals(0, paid.add(commission).signum());
        BigDecimal wallet = decimal(served("GET", "/fapi/v3/balance").get(0), "balance");
        assertEquals(0, wallet.add(commission).compareTo(new BigDecimal("100000")));
        JsonNode position =
                served("GET", "/fapi/v3/positionRisk", "symbol", "BTCUSDT").get(0);
        assertEquals("0.500", position.get("positionAmt").textValue());
        assertTrue(decimal(position, "maintMargin").signum() > 0);
        JsonNode queried = served(
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
        served(
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
        served("POST", "/fapi/v1/countdownCancelAll", "symbol", "BTCUSDT", "countdownTime", "5000");
        pass(4900);
        assertEquals(
                1, served("GET", "/fapi/v1/openOrders", "symbol", "BTCUSDT").size());
        pass(200);
        assertEquals(
                0, served("GET", "/fapi/v1/openOrders", "symbol", "BTCUSDT").size());
    }
}
