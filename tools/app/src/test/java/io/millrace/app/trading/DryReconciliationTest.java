package io.millrace.app.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.cli.Cli;
import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code reconcile --dry-run} against a simulated exchange, over sockets, with differences that were made on purpose. */
class DryReconciliationTest {
    private static final long LIMIT_S = 300;
    /** So many that each symbol comes to some, and no more come after them while the run ends. */
    private static final int ENTRIES = 30;

    private static final String NO_RUN = "BNBUSDT";
    private static final String NOT_FOLLOWED = "ETHUSDT";

    private static final Map<String, Integer> TICK_DIGITS = Map.of("SOLUSDT", 2, "DOGEUSDT", 5, "XRPUSDT", 4);

    @TempDir
    Path directory;

    private OwnAccount venue;

    @Test
    @Tag("slow")
    void shouldExplainEveryDifferenceAndChangeNothing() throws Exception {
        ExchangeSettings settings = ExchangeSettings.synthetic(
                        SyntheticSettings.of(6, 20240808).withEventsPerSecond(1_000))
                .withServer(ServerSettings.loopback()
                        .withLimits(ServerSettings.Limits.VENUE.withWeightPerMinute(1_000_000)));
        try (OwnAccount opened = new OwnAccount(settings, directory)) {
            venue = opened;
            runUntil(NO_RUN, run -> run.engine().counters().events(InstrumentDefinitionDecoder.TEMPLATE_ID) > 0);
            trade();

            assertEquals(List.of(), reconcile(ExitCodes.OK).findValuesAsText("what"));

            plant();
            Map<String, JsonNode> before = account();
            JsonNode report = reconcile(ExitCodes.NEGATIVE);
            assertEquals(before, account());
            check(report);
            assertEquals(report, reconcile(ExitCodes.NEGATIVE), "the same account, the same journal");
            checkTable(report);
        }
    }

    /** What has to hold of the run. */
    private interface Condition {
        boolean holds(LiveRun run) throws Exception;
    }

    /** Runs until something is so, and ends without cancelling anything. */
    private void runUntil(String symbols, Condition condition) throws Exception {
        Config config = ConfigLoader.load(config(symbols, venue.keyFile));
        LiveRun.Options options = LiveRun.Options.of((stage, sequence, error) -> error.printStackTrace(), silent());
        LiveRun run = LiveRun.open(config, Path.of(config.journal().directory()), "test", options);
        Map<String, String> none = Map.of();
        try (TradingSession session = new TradingSession(config, null, run, TradingKeys.of(config.trading(), none))) {
            session.start();
            await(
                    symbols,
                    () -> condition.holds(run),
                    () -> HaltReasons.toText(run.haltReasonsNow()) + " " + run.failure());
            assertTrue(run.isRunning(), () -> "stopped: " + run.failure());
        }
    }

    private static Progress silent() {
        return new Progress(new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        await(what, condition, () -> "");
    }

    private static void await(String what, Callable<Boolean> condition, Supplier<String> state) throws Exception {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (!condition.call()) {
            assertTrue(
                    System.nanoTime() - deadlineNs < 0,
                    () -> "not within " + LIMIT_S + " s: " + what + " " + state.get());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Two positions with stops, and entries that rest. */
    private void trade() throws Exception {
        runUntil("SOLUSDT, DOGEUSDT, XRPUSDT", run -> {
            Map<String, JsonNode> entries = entries();
            int open = venue.ask("/fapi/v1/openOrders", "").size();
            if (entries.size() < 3 || open < ENTRIES || run.haltReasonsNow() != 0) {
                return false;
            }
            fill(entries.get("SOLUSDT"));
            fill(entries.get("DOGEUSDT"));
            await(
                    "positions with stops",
                    () -> venue.positions().size() == 2 && venue.unprotected().isEmpty() && run.haltReasonsNow() == 0);
            return true;
        });
        for (JsonNode row : venue.ask("/fapi/v1/symbolConfig", "")) {
            boolean isTraded = venue.positions().containsKey(row.path("symbol").asText());
            if (isTraded) {
                assertEquals(7, row.path("leverage").asInt(), row::toString);
                assertEquals("ISOLATED", row.path("marginType").asText(), row::toString);
            }
        }
    }

    private Map<String, JsonNode> entries() throws Exception {
        Map<String, JsonNode> entries = new TreeMap<>();
        for (JsonNode order : venue.ask("/fapi/v1/openOrders", "")) {
            entries.put(order.path("symbol").asText(), order);
        }
        return entries;
    }

    /** Amends a resting order so that the market fills it. */
    private void fill(JsonNode order) throws Exception {
        String factor = order.path("side").asText().equals("BUY") ? "1.01" : "0.99";
        venue.send(
                "PUT",
                "/fapi/v1/order",
                "symbol=" + order.path("symbol").asText() + "&orderId="
                        + order.path("orderId").asText() + "&side="
                        + order.path("side").asText() + "&quantity="
                        + order.path("origQty").asText() + "&price="
                        + price(order.path("symbol").asText(), factor));
    }

    /** Returns the bid times a factor. */
    private String price(String symbol, String factor) throws Exception {
        JsonNode touch = venue.ask("/fapi/v1/ticker/bookTicker", "symbol=" + symbol);
        BigDecimal bid = new BigDecimal(touch.path("bidPrice").asText());
        return bid.multiply(new BigDecimal(factor))
                .setScale(TICK_DIGITS.get(symbol), RoundingMode.HALF_UP)
                .toPlainString();
    }

    private void plant() throws Exception {
        for (JsonNode stop : venue.ask("/fapi/v1/openAlgoOrders", "symbol=SOLUSDT")) {
            venue.send(
                    "DELETE",
                    "/fapi/v1/algoOrder",
                    "algoId=" + stop.path("algoId").asText());
        }
        market("DOGEUSDT", venue.positions().get("DOGEUSDT").negate(), "&reduceOnly=true");
        JsonNode entry = entries().get("XRPUSDT");
        fill(entry);
        await("the fill", () -> venue.positions().containsKey("XRPUSDT"));
        market(NO_RUN, new BigDecimal("0.05"), "");
        market(NOT_FOLLOWED, new BigDecimal("1"), "");
        venue.send(
                "POST",
                "/fapi/v1/order",
                "symbol=XRPUSDT&side=BUY&type=LIMIT&timeInForce=GTC&newClientOrderId=by-hand&quantity="
                        + entry.path("origQty").asText() + "&price=" + price("XRPUSDT", "0.97"));
    }

    private void market(String symbol, BigDecimal qty, String more) throws Exception {
        venue.send(
                "POST",
                "/fapi/v1/order",
                "symbol=" + symbol + "&side=" + (qty.signum() > 0 ? "BUY" : "SELL") + "&type=MARKET&quantity="
                        + qty.abs().toPlainString() + more);
    }

    private Map<String, JsonNode> account() throws Exception {
        return Map.of(
                "orders", venue.ask("/fapi/v1/openOrders", ""),
                "stops", venue.ask("/fapi/v1/openAlgoOrders", ""),
                "positions", new ObjectMapper().valueToTree(venue.positions()),
                "wallet", new ObjectMapper().valueToTree(venue.wallet()),
                "mode", venue.ask("/fapi/v1/symbolConfig", ""));
    }

    private static void check(JsonNode report) {
        assertFalse(report.path("equal").asBoolean());
        assertTrue(report.path("lastRunEnded").asBoolean(), report::toString);
        Map<String, String> actions = new TreeMap<>();
        for (JsonNode difference : report.path("differences")) {
            actions.put(
                    difference.path("what").asText() + " "
                            + difference.path("symbol").asText(),
                    difference.path("action").asText());
            assertFalse(difference.path("because").asText().isEmpty());
        }
        Map<String, String> expected = new TreeMap<>(Map.of(
                "order foreign XRPUSDT",
                "halt",
                "order missing SOLUSDT",
                "query",
                "order resolved XRPUSDT",
                "query",
                "stop missing SOLUSDT",
                "place",
                "stop missing XRPUSDT",
                "place",
                "stop missing " + NO_RUN,
                "place",
                "fills missed DOGEUSDT",
                "book",
                "fills missed XRPUSDT",
                "book",
                "fills missed " + NO_RUN,
                "book"));
        expected.put("wallet -", "adopt");
        assertEquals(expected, actions, report::toString);
        List<String> commands = report.findValues("commands").get(0).findValuesAsText("what");
        assertEquals(List.of("place", "place", "place"), commands, report::toString);
        assertTrue(report.path("halted").asText().contains("difference"), report::toString);
    }

    private void checkTable(JsonNode report) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path config = config("SOLUSDT", null);
        int code = Cli.run(
                new PrintWriter(out), new PrintWriter(err), "reconcile", "--dry-run", "--config", config.toString());
        assertEquals(ExitCodes.NEGATIVE, code, err::toString);
        assertTrue(out.toString().contains("stop missing"), out::toString);
        assertTrue(out.toString().contains("trading.foreignOrders=halt"), out::toString);
        // A position that was filled in two parts has two stops, and both are missing.
        String count = report.path("differences").size() + " differences";
        assertTrue(out.toString().contains(count), () -> count + "\n" + out);
    }

    private JsonNode reconcile(int expected) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path config = config("SOLUSDT", null);
        int code = Cli.run(
                new PrintWriter(out),
                new PrintWriter(err),
                "reconcile",
                "--dry-run",
                "--json",
                "--config",
                config.toString());
        assertEquals(expected, code, () -> out + "\n" + err);
        return new ObjectMapper().readTree(out.toString());
    }

    /** With the trading key, or with the key that only reads alone. */
    private Path config(String symbols, Path tradingKey) throws Exception {
        String keys = tradingKey == null ? "readKeyFile: " + venue.readKeyFile : "keyFile: " + tradingKey;
        return Files.writeString(directory.resolve("config.yaml"), """
                engine: {topology: single}
                journal:
                  directory: %s
                  blockMib: 1
                  prepareAheadMib: 1
                  lowWatermarkMib: 64
                  criticalWatermarkMib: 32
                  reserveMib: 1
                venue:
                  restUri: %s
                  publicUri: %s
                  marketUri: %s
                  symbols: [%s]
                  connectIntervalMs: 0
                  weightPerMinute: 100000
                trading:
                  mode: testnet
                  privateUri: %s
                  wsApiUri: %s
                  %s
                  maxTotalNotional: 30000
                  maxOpenEntries: 100
                  maxOrderNotional: 400
                  leverage: 7
                  marginType: isolated
                  auditSeconds: 30
                  countdownSeconds: 0
                  probe: {everyTickers: 40, notional: 320, offsetTicks: -200, stopBps: 1500, exitSeconds: 3600, maxOpen: %d}
                """.formatted(
                        directory.resolve("journal"),
                        venue.exchange.restUri(),
                        venue.exchange.publicUri(),
                        venue.exchange.marketUri(),
                        symbols,
                        venue.exchange.privateUri(),
                        venue.exchange.wsApiUri(),
                        keys,
                        ENTRIES));
    }
}
