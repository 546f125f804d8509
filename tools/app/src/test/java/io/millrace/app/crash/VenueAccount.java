package io.millrace.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.keys.NewKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A simulated exchange with one account, asked over REST as anybody would ask. */
public final class VenueAccount implements AutoCloseable {
    /** Contracts that are traded. */
    static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "BNBUSDT");

    /** Its alias and the name of its key. */
    public static final String NAME = "crash-test";

    public final SimulatedExchange exchange;
    public final Path keyFile;
    private final ApiKey key;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    /** Highest id that was looked at, by path and symbol. */
    private final Map<String, Long> seen = new HashMap<>();

    VenueAccount(int eventsPerSecond, Path directory) throws Exception {
        this(
                ExchangeSettings.synthetic(SyntheticSettings.of(4, 20240808).withEventsPerSecond(eventsPerSecond))
                        .withServer(ServerSettings.loopback()
                                .withLimits(ServerSettings.Limits.VENUE.withWeightPerMinute(1_000_000))),
                directory);
    }

    /**
     * Starts an exchange.
     *
     * @param settings without the account.
     * @param directory where the key file is written.
     */
    public VenueAccount(ExchangeSettings settings, Path directory) throws Exception {
        NewKey pair = NewKey.ed25519();
        String secret = pair.privatePem();
        key = ApiKey.of(NAME, secret);
        keyFile = directory.resolve("trading.key");
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, "key = " + NAME + "\n" + secret);
        exchange = SimulatedExchange.start(
                settings.withClient(ClientSettings.of(NAME, 10_000).withKey(NAME, pair.publicPem())));
    }

    /** Returns a configuration to trade on it with small files, the probe and a market of its own. */
    String config(Path journal) {
        return """
            engine: {topology: single}
            journal:
              directory: %s
              segment: minute
              blockMib: 1
              prepareAheadMib: 1
              lowWatermarkMib: 64
              criticalWatermarkMib: 32
              reserveMib: 1
            venue:
              restUri: %s
              publicUri: %s
              marketUri: %s
              symbols: []
              streams: [depth, bookTicker, aggTrade, markPrice]
              connectIntervalMs: 0
              weightPerMinute: 100000
            trading:
              mode: testnet
              privateUri: %s
              wsApiUri: %s
              keyFile: %s
              lockDirectory: %s
              maxTotalNotional: 3000
              maxOrderNotional: 200
              auditSeconds: 2
              onStop: flat
              probe: {everyTickers: 10, notional: 120, offsetTicks: 5, stopBps: 5, exitSeconds: 2, maxOpen: 100}
            """.formatted(
                        journal,
                        exchange.restUri(),
                        exchange.publicUri(),
                        exchange.marketUri(),
                        exchange.privateUri(),
                        exchange.wsApiUri(),
                        keyFile,
                        keyFile.resolveSibling("locks"));
    }

    public JsonNode ask(String path, String query) throws IOException, InterruptedException {
        String parameters =
                (query.isEmpty() ? "" : query + "&") + "recvWindow=60000&timestamp=" + System.currentTimeMillis();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(exchange.restUri() + path + "?" + key.signed(parameters)))
                .header("X-MBX-APIKEY", NAME)
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " was answered " + answer.statusCode() + " " + answer.body());
        }
        return mapper.readTree(answer.body());
    }

    /** Returns positions by symbol, without those that are flat. */
    public Map<String, BigDecimal> positions() throws IOException, InterruptedException {
        Map<String, BigDecimal> positions = new TreeMap<>();
        for (JsonNode row : ask("/fapi/v3/positionRisk", "")) {
            BigDecimal amount = new BigDecimal(row.path("positionAmt").asText());
            if (amount.signum() != 0) {
                positions.put(row.path("symbol").asText(), amount);
            }
        }
        return positions;
    }

    /** Returns the open ordinary orders by client id: symbol, side, quantity, filled. */
    Map<String, String> openOrders() throws IOException, InterruptedException {
        Map<String, String> open = new TreeMap<>();
        for (JsonNode row : ask("/fapi/v1/openOrders", "")) {
            open.put(
                    row.path("clientOrderId").asText(),
                    line(row, "origQty") + " filled "
                            + plain(row.path("executedQty").asText()));
        }
        return open;
    }

    /** Returns the open conditional orders as the venue tells them. */
    JsonNode openStops() throws IOException, InterruptedException {
        return ask("/fapi/v1/openAlgoOrders", "");
    }

    private static String line(JsonNode row, String qty) {
        return row.path("symbol").asText() + " " + row.path("side").asText() + " "
                + plain(row.path(qty).asText());
    }

    /** Returns a number without zeros that say nothing. */
    static String plain(String number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    /** Returns what describes a conditional order: symbol, side, quantity. */
    static String stopLine(JsonNode row) {
        return line(row, "quantity");
    }

    public BigDecimal wallet() throws IOException, InterruptedException {
        for (JsonNode row : ask("/fapi/v3/balance", "")) {
            if (row.path("asset").asText().equals("USDT")) {
                return new BigDecimal(row.path("balance").asText());
            }
        }
        throw new IOException("no balance in USDT");
    }

    /**
     * Returns the client ids of all orders of a symbol that the venue took from some id on, and remembers the last id.
     *
     * @param path of all ordinary or of all conditional orders.
     * @param id name of the venue's id in it.
     * @param clientId name of the client's id in it.
     * @param symbol the contract.
     */
    List<String> newOrders(String path, String id, String clientId, String symbol)
            throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        String place = path + symbol;
        JsonNode rows;
        do {
            rows = ask(path, "symbol=" + symbol + "&limit=1000&" + id + "=" + (seen.getOrDefault(place, 0L) + 1));
            for (JsonNode row : rows) {
                seen.merge(place, row.path(id).asLong(), Math::max);
                ids.add(row.path(clientId).asText());
            }
        } while (!rows.isEmpty());
        return ids;
    }

    @Override
    public void close() {
        exchange.close();
    }
}
