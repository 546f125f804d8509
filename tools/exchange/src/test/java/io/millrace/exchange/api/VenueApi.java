package io.millrace.exchange.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.Shape;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.exchange.trading.TradingVenue;
import io.millrace.exchange.trading.VenueAccounts;
import io.millrace.exchange.trading.VenueOrders;
import io.millrace.exchange.trading.VenueSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The trading endpoints over a whole venue in virtual time, with one client of 100,000 USDT. */
final class VenueApi {
    static final String ORDER = "/fapi/v1/order";
    static final String ALGO = "/fapi/v1/algoOrder";
    static final String SYMBOL = "BTCUSDT";
    private static final long START_NS = 1_795_262_400_000_000_000L;

    final TradingVenue venue = new TradingVenue(
            new SyntheticMarket(SyntheticSettings.of(2, 3).withEventsPerSecond(500), START_NS),
            VenueSettings.of(3),
            START_NS);
    private final SignedClient client = SignedClient.hmac("key", "a secret");
    private final ApiDispatcher dispatcher;

    VenueApi() {
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

    /** Lets the venue live for some milliseconds. */
    void pass(long ms) {
        venue.advanceTo(venue.clock().epochNs() + ms * 1_000_000L);
    }

    ApiReply ask(String method, String path, String... namesAndValues) {
        String query = client.signed(venue.nowMs(), namesAndValues);
        return dispatcher.serve(
                new ApiRequest(method, path, query, "", client.headers(), "192.0.2.7", venue.nowMs(), venue.nowMs()));
    }

    JsonNode served(String method, String path, String... namesAndValues) {
        ApiReply reply = ask(method, path, namesAndValues);
        assertEquals(200, reply.status(), reply::toString);
        return ForeignClient.parse(reply.text());
    }

    void refused(int code, String method, String path, String... namesAndValues) {
        ApiReply reply = ask(method, path, namesAndValues);
        assertEquals(400, reply.status(), reply::toString);
        JsonNode body = ForeignClient.parse(reply.text());
        Shape.check(body, "code:integer msg:text");
        assertEquals(code, body.get("code").intValue(), reply::toString);
    }

    /** Returns the parameters of a limit order that rests, or fails, with changes {@code name=value}; without a value it is left out. */
    static String[] limit(String... changes) {
        return changed(
                changes,
                "symbol",
                SYMBOL,
                "side",
                "BUY",
                "type",
                "LIMIT",
                "timeInForce",
                "GTC",
                "price",
                "62000",
                "quantity",
                "0.050");
    }

    static String[] market(String... changes) {
        return changed(changes, "symbol", SYMBOL, "side", "BUY", "type", "MARKET", "quantity", "0.050");
    }

    static String[] stop(String... changes) {
        return changed(
                changes,
                "algoType",
                "CONDITIONAL",
                "symbol",
                SYMBOL,
                "side",
                "SELL",
                "type",
                "STOP_MARKET",
                "triggerPrice",
                "60000",
                "quantity",
                "0.050");
    }

    private static String[] changed(String[] changes, String... base) {
        Map<String, String> pairs = SignedClient.pairs(base);
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals == change.length() - 1) {
                pairs.remove(change.substring(0, equals));
            } else {
                pairs.put(change.substring(0, equals), change.substring(equals + 1));
            }
        }
        List<String> list = new ArrayList<>();
        pairs.forEach((name, value) -> {
            list.add(name);
            list.add(value);
        });
        return list.toArray(String[]::new);
    }
}
