package io.millrace.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.gateway.keys.ApiKey;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The account as the exchange has it, asked over REST as anybody would ask: nothing of the engine or the gateway is in the way.
 *
 * @param positions by symbol, without those that are flat.
 * @param walletUsdt balance of the wallet.
 */
record VenueAccount(Map<String, BigDecimal> positions, BigDecimal walletUsdt) {
    private static final int OK = 200;
    private static final int WINDOW_MS = 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Asks.
     *
     * @param exchange to ask.
     * @param key that may read.
     */
    static VenueAccount ask(SimulatedExchange exchange, ApiKey key) throws IOException, InterruptedException {
        HttpClient.Builder http = HttpClient.newBuilder();
        if (exchange.certificate() != null) {
            http.sslContext(trusting(exchange.certificate()));
        }
        HttpClient client = http.build();
        Map<String, BigDecimal> positions = new TreeMap<>();
        for (JsonNode row : ask(client, exchange.restUri(), key, "/fapi/v3/positionRisk")) {
            BigDecimal amount = new BigDecimal(row.path("positionAmt").asText());
            if (amount.signum() != 0) {
                positions.put(row.path("symbol").asText(), amount);
            }
        }
        for (JsonNode row : ask(client, exchange.restUri(), key, "/fapi/v3/balance")) {
            if (row.path("asset").asText().equals("USDT")) {
                return new VenueAccount(
                        positions, new BigDecimal(row.path("balance").asText()));
            }
        }
        throw new IOException("the exchange tells no balance in USDT");
    }

    private static JsonNode ask(HttpClient client, URI venue, ApiKey key, String path)
            throws IOException, InterruptedException {
        String query = "recvWindow=" + WINDOW_MS + "&timestamp=" + System.currentTimeMillis();
        HttpRequest request = HttpRequest.newBuilder(URI.create(venue + path + "?" + key.signed(query)))
                .header("X-MBX-APIKEY", key.name())
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException(path + " was answered " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private static SSLContext trusting(Path certificate) throws IOException {
        try (InputStream in = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "exchange", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the exchange's certificate " + certificate + " cannot be used", e);
        }
    }
}
