package io.millrace.app.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.config.ConfigException;
import io.millrace.app.config.ConfigReference;
import io.millrace.app.config.Key;
import io.millrace.exchange.VirtualExchange;
import io.millrace.exchange.account.Account;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trading.TradingVenue;
import io.millrace.exchange.venue.ContractRules;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private Path directory;

    private Scenario scenario(String yaml) {
        return Scenario.parse(yaml, "test.yaml", directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sed: 1 | unknown key sed, did you mean seed?",
                "market: {kind: real} | market.kind=real is not one of synthetic, capture, klines",
                "market: {synthetic: {symbols: 0}} | market.synthetic.symbols=0 contracts is below 1, use at least that",
                "market: {synthetic: {depthTicks: 7}} | market.synthetic: synthetic depthTicks=7 is outside 0 or 20 to 1000",
                "market: {kind: capture} | market.capture: file is missing, name a recording",
                "market: {kind: klines} | market.klines: klines files=[] is empty, name at least one",
                "start: yesterday | start=yesterday is not a time, write it like 2026-01-05T00:00:00Z",
                "accounts: [{wallet: 5}] | unknown key accounts[0].wallet, known here: name, walletUsdt, feeTier, keys, leverages",
                "accounts: [{walletUsdt: 5}] | accounts[0].name is missing, it has no default: give each account a name",
                "accounts: [{name: a}, {name: a}] | accounts[1].name=a is the name of an account before it",
                "accounts: {name: a} | accounts is a list of sections, each begins with a dash",
                "accounts: [{name: a, feeTier: 10}] | accounts[0].feeTier=10 is above 9, use at most that",
                "accounts: [{name: a, walletUsdt: 0.000000001}] | accounts[0]: walletUsdt=0.000000001 is no multiple of 0.00000001",
                "accounts: [{name: a, keys: [{key: k}]}] | accounts[0].keys[0]: an HMAC key has a secret and no publicKey",
                "accounts: [{name: a, keys: [{key: k, secret: s}, {key: k, secret: t}]}] | accounts[0].keys[1].key=k is given twice",
                "accounts: [{name: a, keys: [{key: k, type: ED25519, publicKey: x}]}] | accounts[0].keys[0]: ",
                "accounts: [{name: a, keys: [{key: k, type: DSA}]}] | accounts[0].keys[0].type=DSA is not one of HMAC, ED25519, RSA",
                "contracts: [{minNotionalUsdt: 5}] | contracts[0].symbol is missing, it has no default: name a contract or ALL",
                "contracts: [{symbol: ALL, brackets: [{capUsdt: 5}]}] | contracts[0].brackets[0].maintenanceRate is missing",
                "contracts: [{symbol: ALL, liquidationFee: 2}] | contracts[0].liquidationFee=2 is above 1",
                "latency: {requests: {model: constant, constantUs: -1}} | latency.requests.constantUs=-1 us is below 0",
                "latency: {requests: {model: sampled}} | latency.requests.file is missing, name a file of latencies",
                "latency: {answers: {model: sampled, file: nothing.csv}} | latency.answers.file=nothing.csv cannot be read",
                "latency: {streams: {model: logNormal, leastUs: 9, mostUs: 8}} | latency.streams.mostUs=8 is below leastUs=9",
                "trading: {delivery: {tradeLiteUs: 9000}} | trading: delays of private events are tradeLiteNs=9000000",
                "trading: {queue: {model: probabilistic, exponent: 0}} | trading: exponent 0.0 of a queue's weight must be above 0",
                "server: {port: 7, streamPort: 7} | server: restPort and streamPort are both 7",
                "server: {pongTimeoutMs: 100} | server: exchange limit pongTimeoutMs=100 is below 180001",
                "faults: [{kind: GAP}, {kind: GAPP}] | faults[1]: kind 'GAPP' is no fault, choose one of",
                "faults: {faults: [{kind: DROP, chance: 2}]} | faults.faults[0]: fault with after=0 for=0",
                "faults: {random: {GAPP: 2}} | faults: kind 'GAPP' is no fault, choose one of",
                "faults: {fault: []} | faults: a fault script has no field 'fault'",
            })
    void shouldNameKeyValueAndCureWhenRefusing(String yaml, String expected) {
        ConfigException refused = assertThrows(ConfigException.class, () -> scenario(yaml.strip()));

        assertTrue(refused.getMessage().startsWith("test.yaml: "), refused.getMessage());
        assertTrue(refused.getMessage().contains(expected.strip()), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contracts: [{symbol: ABCUSDT}] | contracts[0].symbol=ABCUSDT is no contract of this market, it has BTCUSDT, ETHUSDT",
                "contracts: [{symbol: ALL, fundingCap: -0.5}] | contracts[0]: funding cap -50000000e-8 is not above the floor",
                "contracts: [{symbol: ALL, fundingIntervalHours: 3}] | contracts[0]: fundingIntervalHours=3 of BTCUSDT is not 1, 2, 4 or 8",
                "contracts: [{symbol: ALL, brackets: [{capUsdt: 9, maintenanceRate: 0.1, maxLeverage: 5}, {capUsdt: 9, maintenanceRate: 0.2, maxLeverage: 2}]}] | contracts[0].brackets[1].capUsdt=9 is not above the one before",
                "accounts: [{name: a, leverages: [{symbol: ABCUSDT}]}] | leverage of a is for ABCUSDT, which is no contract of this market",
                "accounts: [{name: a, leverages: [{symbol: SOLUSDT, leverage: 125}]}] | leverage=125 of a in SOLUSDT is refused",
                "faults: [{kind: DROP, symbol: ABCUSDT}] | faults[0].symbol=ABCUSDT is no contract of this market",
            })
    void shouldRefuseWhatTheMarketDoesNotHaveWhenOpening(String yaml, String expected) {
        Scenario scenario = scenario(yaml.strip());
        ConfigException refused =
                assertThrows(ConfigException.class, () -> scenario.open().close());

        assertTrue(refused.getMessage().contains(expected.strip()), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
    }

    @Test
    void shouldPutRulesAccountsAndLeverageInForce() throws IOException {
        Scenario scenario = scenario("""
                market: {synthetic: {symbols: 2}}
                contracts:
                  - {symbol: ALL, minNotionalUsdt: 7, fees: [{maker: 0.0001, taker: 0.0003}]}
                  - symbol: ETHUSDT
                    maxOrders: 3
                    priceBand: 0.1
                    fundingIntervalHours: 1
                    fundingCap: 0.01
                    fundingFloor: -0.02
                    brackets:
                      - {capUsdt: 1000, maintenanceRate: 0.01, maxLeverage: 50}
                      - {capUsdt: 5000, maintenanceRate: 0.02, maxLeverage: 20}
                accounts:
                  - name: alice
                    walletUsdt: 1234.5
                    feeTier: 3
                    leverages: [{symbol: ETHUSDT, leverage: 50, marginType: ISOLATED}]
                """);
        try (VirtualExchange exchange = scenario.open()) {
            TradingVenue venue = exchange.venue();
            ContractRules bitcoin = venue.rules(0);
            ContractRules ether = venue.rules(1);

            assertEquals(700_000_000L, bitcoin.minNotionalE8());
            assertEquals(30_000L, ether.fee(3).takerE8());
            assertEquals(200, bitcoin.maxOrders());
            assertEquals(3, ether.maxOrders());
            assertEquals(90_000_000L, ether.multiplierDownE8());
            assertEquals(50, ether.brackets().maxLeverage());
            assertEquals(1_000_000_000L, ether.brackets().brackets().get(1).cumE8());
            assertEquals(1, venue.history(1).mark().intervalHours());
            assertEquals(8, venue.history(0).mark().intervalHours());

            Account alice = venue.accounts().account(0);
            assertEquals(123_450_000_000L, venue.accounts().balance(alice).walletBalance());
            assertEquals(50, alice.position(1).leverage());
            assertTrue(alice.position(1).isIsolated());
            assertEquals(3, alice.feeTier());
        }
    }

    @Test
    void shouldTakeLatenciesFromFilesBesideTheScenario() throws Exception {
        Files.writeString(directory.resolve("samples.csv"), "# us\n30000\n");
        Scenario scenario = scenario("""
                accounts: [{name: alice}]
                latency:
                  requests: {model: constant, constantUs: 20000}
                  answers: {model: sampled, file: samples.csv}
                """);
        try (VirtualExchange exchange = scenario.open()) {
            exchange.advanceTo(exchange.nowNs() + SECOND_NS);
            long sentNs = exchange.nowNs();
            long[] answeredNs = new long[1];
            long[] acceptedNs = new long[1];
            exchange.line()
                    .send(
                            venue -> {
                                acceptedNs[0] = venue.clock().epochNs();
                                return venue.place(OrderRequest.of(0, 0, Side.BUY)
                                        .limit(100, venue.prices().bestBidTicks(0) - 100)
                                        .build());
                            },
                            (order, refusal) ->
                                    answeredNs[0] = exchange.venue().clock().epochNs());
            exchange.advanceTo(sentNs + SECOND_NS);

            assertEquals(sentNs + 20_000_000L, acceptedNs[0]);
            assertEquals(sentNs + 50_000_000L, answeredNs[0]);
        }
    }

    @Test
    void shouldPlayBarsInTheirOwnTime() throws IOException {
        StringBuilder bars = new StringBuilder("open_time,open,high,low,close,volume\n");
        long firstMs = 1_760_000_040_000L;
        for (int i = 0; i < 10; i++) {
            bars.append(firstMs + i * 60_000L).append(",100.0,100.5,99.5,100.1,250.000\n");
        }
        Files.writeString(directory.resolve("ABCUSDT.csv"), bars);
        Scenario scenario = scenario("market: {kind: klines, klines: {files: [ABCUSDT.csv]}}\n");
        try (VirtualExchange exchange = scenario.open()) {
            exchange.advanceTo(exchange.nowNs() + 90 * SECOND_NS);

            assertEquals(firstMs + 90_000L, exchange.venueTimeMs());
            assertEquals(
                    List.of("ABCUSDT"),
                    exchange.venue().symbols().stream()
                            .map(spec -> spec.symbol())
                            .toList());
        }
    }

    @Test
    void shouldStandInDocsAsGenerated() throws IOException {
        // Surefire runs in the module's directory.
        assertEquals(
                ScenarioReference.markdown(),
                Files.readString(Path.of("../../docs/scenario-reference.md")),
                "docs/scenario-reference.md is stale, run: "
                        + "tools/millrace exchange --reference > docs/scenario-reference.md");
    }

    @Test
    void shouldDescribeEveryKey() {
        assertDescribed(ScenarioKeys.class, "");
        assertTrue(ConfigReference.markdown(ScenarioKeys.class, "").contains("`accounts[].keys[].key`"));
    }

    private static void assertDescribed(Class<?> section, String path) {
        for (RecordComponent component : section.getRecordComponents()) {
            String name = path + component.getName();
            Key key = component.getAnnotation(Key.class);
            assertTrue(key != null && key.value().endsWith("."), name + " lacks a @Key with a sentence");
            if (component.getType().isRecord()) {
                assertDescribed(component.getType(), name + ".");
            } else if (component.getGenericType() instanceof ParameterizedType list
                    && list.getActualTypeArguments()[0] instanceof Class<?> element
                    && element.isRecord()) {
                assertDescribed(element, name + "[].");
            }
        }
    }
}
