package io.millrace.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.gateway.keys.ApiKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A simulated exchange with one account, asked over REST as anybody would ask. */
final class VenueAccount implements AutoCloseable {
    private static final String NAME = "crash-test";

    final SimulatedExchange exchange;
    final Path keyFile;
    private final ApiKey key;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();

    VenueAccount(ExchangeSettings settings, Path directory) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String secret = pem("PRIVATE KEY", pair.getPrivate());
        key = ApiKey.of(NAME, secret);
        keyFile = directory.resolve("trading.key");
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, "key = " + NAME + "\n" + secret);
        exchange = SimulatedExchange.start(settings.withClient(
                ClientSettings.of(NAME, 10_000).withKey(NAME, pem("PUBLIC KEY", pair.getPublic()))));
    }

    private static String pem(String kind, Key key) {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + kind + "-----\n" + encoder.encodeToString(key.getEncoded()) + "\n-----END " + kind
                + "-----\n";
    }

    JsonNode ask(String path, String query) throws IOException, InterruptedException {
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
    Map<String, BigDecimal> positions() throws IOException, InterruptedException {
        Map<String, BigDecimal> positions = new TreeMap<>();
        for (JsonNode row : ask("/fapi/v3/positionRisk", "")) {
            BigDecimal amount = new BigDecimal(row.path("positionAmt").asText());
            if (amount.signum() != 0) {
                positions.put(row.path("symbol").asText(), amount);
            }
        }
        return positions;
    }

    /** Returns positions that no open stop order covers. */
    List<String> unprotected() throws IOException, InterruptedException {
        JsonNode stops = ask("/fapi/v1/openAlgoOrders", "");
        List<String> unprotected = new ArrayList<>();
        positions().forEach((symbol, amount) -> {
            BigDecimal covered = BigDecimal.ZERO;
            for (JsonNode stop : stops) {
                boolean isClosing = stop.path("side").asText().equals(amount.signum() > 0 ? "SELL" : "BUY");
                if (stop.path("symbol").asText().equals(symbol)
                        && isClosing
                        && stop.path("orderType").asText().equals("STOP_MARKET")) {
                    covered = stop.path("closePosition").asBoolean()
                            ? amount.abs()
                            : covered.add(new BigDecimal(stop.path("quantity").asText()));
                }
            }
            if (covered.compareTo(amount.abs()) < 0) {
                unprotected.add(symbol + " " + amount + " covered " + covered);
            }
        });
        return unprotected;
    }

    BigDecimal wallet() throws IOException, InterruptedException {
        for (JsonNode row : ask("/fapi/v3/balance", "")) {
            if (row.path("asset").asText().equals("USDT")) {
                return new BigDecimal(row.path("balance").asText());
            }
        }
        throw new IOException("no balance in USDT");
    }

    /** Returns the client ids of all ordinary orders of a symbol that the venue ever took. */
    List<String> orders(String symbol) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (JsonNode row : ask("/fapi/v1/allOrders", "symbol=" + symbol + "&limit=1000")) {
            ids.add(row.path("clientOrderId").asText());
        }
        return ids;
    }

    @Override
    public void close() {
        exchange.close();
    }
}
