package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.codecs.value.Grid;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.api.SignedClient;
import io.millrace.exchange.api.SignedHttp;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.exchange.trading.ContractOperations;
import io.millrace.exchange.trading.TradingVenue;
import io.millrace.exchange.trading.VenueSettings;
import io.millrace.exchange.venue.BracketTable;
import io.millrace.exchange.venue.ManualClock;
import io.millrace.exchange.venue.SymbolSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The venue's published formulas worked out by hand and reached as any client reaches them: signed requests over HTTP go in,
 * positions, balances, fills and income come out. Only what no client of the venue can do is done from behind: deposits, mark prices,
 * and the rate of funding.
 */
class WorkedCasesTest {
    private static final long START_NS = 1_795_262_385_000_000_000L;
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long PRICE_TICKS = 600_000;
    private static final int BTC = 0;
    private static final int OTHER = 1;
    private static final String SYMBOL = "BTCUSDT";
    private static final String OTHER_SYMBOL = "TESTUSDT";
    private static final String ORDER = "/fapi/v1/order";
    private static final BigDecimal TAKER_RATE = new BigDecimal("0.0005");

    private final ForeignClient http = new ForeignClient();
    private final ManualClock clock = new ManualClock(START_NS);
    private TradingVenue venue;
    private ExchangeServer server;
    private SignedHttp client;
    private SignedHttp maker;
    private SignedHttp other;

    @BeforeEach
    void open() throws IOException {
        open(100_000);
    }

    /** A market in which nothing happens by itself: bitcoin at 60,000 and another contract. */
    private void open(long otherTicks) throws IOException {
        close();
        List<SymbolSpec> contracts = List.of(
                new SymbolSpec(SYMBOL, "BTC", Grid.parse("0.10"), Grid.parse("0.001"), 2, 3, PRICE_TICKS - 1),
                new SymbolSpec(OTHER_SYMBOL, "TEST", Grid.parse("0.01"), Grid.parse("0.001"), 2, 3, otherTicks - 1));
        SyntheticSettings quiet =
                SyntheticSettings.of(2, 1).withEventsPerSecond(1e-6).withJumpsPerHour(0);
        venue = new TradingVenue(new SyntheticMarket(quiet, contracts, START_NS), VenueSettings.of(1), START_NS);
        venue.open(ClientSettings.of("client", 0).withKey("client", "secret"));
        venue.open(ClientSettings.of("maker", 1_000_000_000).withKey("maker", "secret"));
        venue.open(ClientSettings.of("other", 1_000_000_000).withKey("other", "secret"));
        // Connections outlive hours of the test's clock.
        ServerSettings.Limits limits = ServerSettings.Limits.VENUE.withTimes(86_400_000, 2 * 86_400_000, 86_400_000);
        server = new ExchangeServer(ServerSettings.loopback().withLimits(limits), venue, clock, null);
        client = requests("client");
        maker = requests("maker");
        other = requests("other");
        mark(BTC, "60000");
        mark(OTHER, "1000");
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    private SignedHttp requests(String key) {
        return new SignedHttp(http, server.restUri(), SignedClient.hmac(key, "secret"), clock);
    }

    private void behind(Consumer<ContractOperations> operation) {
        server.call(() -> {
            operation.accept(venue.contracts());
            return null;
        });
    }

    private static long e8(String decimal) {
        return new BigDecimal(decimal).movePointRight(8).longValueExact();
    }

    private void mark(int symbol, String price) {
        behind(contracts -> contracts.pinMark(symbol, e8(price)));
    }

    private void deposit(BigDecimal usdt) {
        server.call(() -> {
            venue.accounts().deposit(venue.accounts().account(0), e8(usdt.toPlainString()));
            return null;
        });
    }

    private static BigDecimal fee(String qty, String price) {
        return new BigDecimal(qty).multiply(new BigDecimal(price)).multiply(TAKER_RATE);
    }

    private static JsonNode limit(
            SignedHttp who, String symbol, String side, String qty, String price, String timeInForce) {
        return who.post(
                ORDER,
                "symbol",
                symbol,
                "side",
                side,
                "type",
                "LIMIT",
                "timeInForce",
                timeInForce,
                "quantity",
                qty,
                "price",
                price,
                "newOrderRespType",
                "RESULT");
    }

    private static String opposite(String side) {
        return side.equals("BUY") ? "SELL" : "BUY";
    }

    /** Trades between client and maker at exactly one price, the client as taker. */
    private void trade(String symbol, String side, String qty, String price) {
        // Another account takes what stands in the way on either side, so that the maker's order is alone at the price.
        limit(other, symbol, side, "100", price, "IOC");
        limit(other, symbol, opposite(side), "100", price, "IOC");
        limit(maker, symbol, opposite(side), qty, price, "GTX");
        JsonNode order = limit(client, symbol, side, qty, price, "IOC");
        assertEquals("FILLED", order.get("status").textValue(), order::toString);
    }

    private JsonNode position(String symbol) {
        return client.get("/fapi/v3/positionRisk", "symbol", symbol).get(0);
    }

    private static String rounded(JsonNode object, String field, int decimals) {
        return new BigDecimal(object.get(field).textValue())
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private String wallet() {
        return client.get("/fapi/v3/account").get("totalCrossWalletBalance").textValue();
    }

    @ParameterizedTest
    @CsvSource({"4.999, 1, 1199.76", "5, 2, 1200.00", "13.3, 2, 3690.00", "50, 4, 18000.00"})
    @Covers({"GET /fapi/v3/positionRisk", "GET /fapi/v3/account", "GET /fapi/v1/leverageBracket"})
    void shouldAskForMaintenanceMarginByTheBracketOfThePosition(String qty, int number, String margin) {
        deposit(new BigDecimal("10000000"));
        trade(SYMBOL, "BUY", qty, "60000");
        JsonNode position = position(SYMBOL);
        assertEquals(margin, rounded(position, "maintMargin", 2));
        assertEquals(margin, rounded(client.get("/fapi/v3/account"), "totalMaintMargin", 2));
        JsonNode brackets =
                client.get("/fapi/v1/leverageBracket", "symbol", SYMBOL).get(0).get("brackets");
        JsonNode bracket = brackets.get(number - 1);
        BigDecimal notional = new BigDecimal(position.get("notional").textValue());
        assertEquals(number, bracket.get("bracket").intValue());
        assertTrue(notional.compareTo(bracket.get("notionalFloor").decimalValue()) >= 0);
        assertTrue(notional.compareTo(bracket.get("notionalCap").decimalValue()) < 0);
        BigDecimal byTable = notional.multiply(
                        new BigDecimal(bracket.get("maintMarginRatio").asText()))
                .subtract(new BigDecimal(bracket.get("cum").asText()));
        assertEquals(
                0, byTable.compareTo(new BigDecimal(position.get("maintMargin").textValue())));
    }

    @ParameterizedTest
    @CsvSource({
        "BUY, 1, 20, 3000, 57228.9157",
        "SELL, 1, 20, 3000, 62749.0040",
        "BUY, 20, 50, 24000, 59109.2099",
        "BUY, 5.1, 25, 12240, 57831.3253",
        "BUY, 1, 50, 3000, 57228.9157",
        "SELL, 1, 40, 3000, 62749.0040"
    })
    @Covers({"POST /fapi/v1/marginType", "POST /fapi/v1/leverage", "POST /fapi/v1/positionMargin"})
    void shouldLiquidateIsolatedPositionsAtTheirPrice(
            String side, String qty, String leverage, String wallet, String price) {
        deposit(new BigDecimal("1000000"));
        client.post("/fapi/v1/marginType", "symbol", SYMBOL, "marginType", "ISOLATED");
        client.post("/fapi/v1/leverage", "symbol", SYMBOL, "leverage", leverage);
        trade(SYMBOL, side, qty, "60000");
        BigDecimal missing = new BigDecimal(wallet)
                .subtract(new BigDecimal(position(SYMBOL).get("isolatedWallet").textValue()));
        if (missing.signum() != 0) {
            client.post(
                    "/fapi/v1/positionMargin",
                    "symbol",
                    SYMBOL,
                    "amount",
                    missing.abs().toPlainString(),
                    "type",
                    missing.signum() > 0 ? "1" : "2");
        }
        JsonNode position = position(SYMBOL);
        assertEquals(wallet + ".00", rounded(position, "isolatedWallet", 2));
        assertEquals(price, rounded(position, "liquidationPrice", 4));
    }

    @ParameterizedTest
    @CsvSource({"2, 55220.8835", "0.1, 0.0000"})
    void shouldLiquidateCrossPositionsAtTheirPrice(String qty, String price) {
        deposit(new BigDecimal("10000").add(fee(qty, "60000")));
        trade(SYMBOL, "BUY", qty, "60000");
        assertEquals("10000.00000000", wallet());
        JsonNode position = position(SYMBOL);
        assertEquals(price, rounded(position, "liquidationPrice", 4));
        if (price.equals("0.0000")) {
            assertEquals("0", position.get("liquidationPrice").textValue(), "none");
        }
    }

    @ParameterizedTest
    @CsvSource({"BUY, 1048.00, -1200.00, 55948.7952", "SELL, 984.00, 400.00, 64815.7371"})
    void shouldCountOtherPositionsIntoTheCrossPrice(String side, String otherPrice, String unrealized, String price)
            throws IOException {
        open(new BigDecimal(otherPrice).movePointRight(2).longValueExact());
        behind(contracts -> contracts.changeBrackets(OTHER, BracketTable.of(new long[] {100_000_000, 1_000_000, 50})));
        deposit(new BigDecimal("10000").add(fee("2", "60000")).add(fee("25", otherPrice)));
        trade(SYMBOL, side, "2", "60000");
        trade(OTHER_SYMBOL, "BUY", "25", otherPrice);
        assertEquals("10000.00000000", wallet());
        JsonNode beside = position(OTHER_SYMBOL);
        assertEquals("250.00", rounded(beside, "maintMargin", 2));
        assertEquals(unrealized, rounded(beside, "unRealizedProfit", 2));
        assertEquals(price, rounded(position(SYMBOL), "liquidationPrice", 4));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0001, BUY, 60123.45, -12.02469000",
        "0.0001, SELL, 60123.45, 12.02469000",
        "-0.00025, BUY, 60123.45, 30.06172500"
    })
    @Covers({"GET /fapi/v1/income", "GET /fapi/v3/account"})
    void shouldSettleFundingAtTheMarkPrice(String rate, String side, String mark, String amount) {
        deposit(new BigDecimal("20000").add(fee("2", "60000")));
        trade(SYMBOL, side, "2", "60000");
        assertEquals("20000.00000000", wallet());
        mark(BTC, mark);
        behind(contracts -> contracts.forceFundingRate(BTC, e8(rate)));
        clock.advance(8 * HOUR_NS);
        ForeignClient.await(
                "the market of eight hours later",
                () -> server.call(() -> venue.clock().epochNs() >= clock.epochNs()));
        assertEquals(new BigDecimal("20000").add(new BigDecimal(amount)).toPlainString(), wallet());
        JsonNode income = client.get("/fapi/v1/income", "incomeType", "FUNDING_FEE");
        assertEquals(1, income.size());
        assertEquals(amount, income.get(0).get("income").textValue());
        assertEquals(SYMBOL, income.get(0).get("symbol").textValue());
    }

    @Test
    @Covers({"GET /fapi/v1/userTrades", "GET /fapi/v1/income", "GET /fapi/v1/commissionRate"})
    void shouldChargeFeesOfTakerAndMakerAndRealizeTheGrossProfit() {
        deposit(new BigDecimal("20000"));
        JsonNode rates = client.get("/fapi/v1/commissionRate", "symbol", SYMBOL);
        assertEquals("0.0002", rates.get("makerCommissionRate").textValue());
        assertEquals("0.0005", rates.get("takerCommissionRate").textValue());
        trade(SYMBOL, "BUY", "2", "60000");
        mark(BTC, "60300");
        behind(contracts -> contracts.movePrice(BTC, PRICE_TICKS + 2990, 0, true));
        JsonNode sale = limit(client, SYMBOL, "SELL", "1", "60300", "GTX");
        limit(maker, SYMBOL, "BUY", "100", "60300", "IOC");
        JsonNode sold = client.get(
                ORDER, "symbol", SYMBOL, "orderId", sale.get("orderId").asText());
        assertEquals("FILLED", sold.get("status").textValue());
        JsonNode fills = client.get("/fapi/v1/userTrades", "symbol", SYMBOL);
        assertEquals("60.00", sum(fills, "commission", false));
        assertEquals("12.06", sum(fills, "commission", true));
        assertEquals("0.00", sum(fills, "realizedPnl", false));
        assertEquals("300.00", sum(fills, "realizedPnl", true));
        List<String> types = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode row : client.get("/fapi/v1/income", "symbol", SYMBOL)) {
            types.add(row.get("incomeType").textValue());
            total = total.add(new BigDecimal(row.get("income").textValue()));
        }
        assertEquals(Set.of("COMMISSION", "REALIZED_PNL"), Set.copyOf(types));
        assertEquals(0, total.compareTo(new BigDecimal("227.94")), types + " sum up to " + total);
        assertEquals("20227.94000000", wallet());
    }

    /** Returns the sum over the fills of one kind, in cents. */
    private static String sum(JsonNode fills, String field, boolean isMaker) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode fill : fills) {
            if (fill.get("maker").booleanValue() == isMaker) {
                sum = sum.add(new BigDecimal(fill.get(field).textValue()));
            }
        }
        return sum.setScale(2, RoundingMode.UNNECESSARY).toPlainString();
    }
}
