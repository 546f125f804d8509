package io.millrace.app.trading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.keys.NewKey;
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
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A simulated exchange with one account, used over REST as anybody would use it. */
final class OwnAccount implements AutoCloseable {
    private static final String ACCOUNT = "own";

    final SimulatedExchange exchange;
    final Path keyFile;
    final Path readKeyFile;
    /** What nobody but the key files may hold: names of the keys, the shared secret, the private key in bytes. */
    final List<byte[]> secrets;

    private final ApiKey key;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();

    OwnAccount(ExchangeSettings settings, Path directory) throws Exception {
        NewKey pair = NewKey.ed25519();
        String secret = pair.privatePem();
        SecureRandom random = new SecureRandom();
        String trader = hex(random);
        String reader = hex(random);
        String readSecret = hex(random);
        byte[] encoded = Base64.getMimeDecoder().decode(secret.replaceAll("-----[A-Z ]+-----", ""));
        secrets = List.of(
                trader.getBytes(StandardCharsets.US_ASCII),
                reader.getBytes(StandardCharsets.US_ASCII),
                readSecret.getBytes(StandardCharsets.US_ASCII),
                // The key itself is the end of what PKCS#8 wraps it in.
                Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        key = ApiKey.of(trader, secret);
        keyFile = keyFile(directory.resolve("trading.key"), "key = " + trader + "\n" + secret);
        readKeyFile = keyFile(directory.resolve("reading.key"), "key = " + reader + "\nsecret = " + readSecret + "\n");
        exchange = SimulatedExchange.start(settings.withClient(ClientSettings.of(ACCOUNT, 10_000)
                .withKey(trader, pair.publicPem())
                .withReadOnlyKey(reader, readSecret)));
    }

    private static String hex(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Writes a file that only its owner can read. */
    static Path keyFile(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    JsonNode ask(String path, String query) throws IOException, InterruptedException {
        return send("GET", path, query);
    }

    /** Sends a signed request with the trading key. */
    JsonNode send(String method, String path, String query) throws IOException, InterruptedException {
        String parameters =
                (query.isEmpty() ? "" : query + "&") + "recvWindow=60000&timestamp=" + System.currentTimeMillis();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(exchange.restUri() + path + "?" + key.signed(parameters)))
                .header("X-MBX-APIKEY", key.name())
                .method(method, HttpRequest.BodyPublishers.noBody())
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

    @Override
    public void close() {
        exchange.close();
    }
}
