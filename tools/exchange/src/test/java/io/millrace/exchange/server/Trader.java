package io.millrace.exchange.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.api.SignedClient;
import io.millrace.exchange.venue.BookImage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A client that trades over real sockets and looks closely at what comes back. */
final class Trader {
    static final String ALIAS = "client";
    static final String KEY = "key-1";
    static final String SECRET = "secret-1";
    static final String ORDER = "/fapi/v1/order";

    private static final String WINDOW_MS = "60000";

    final SignedClient signer;
    private final SimulatedExchange exchange;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String price;

    Trader(SimulatedExchange exchange) {
        this(exchange, SignedClient.hmac(KEY, SECRET));
    }

    Trader(SimulatedExchange exchange, SignedClient signer) {
        this.exchange = exchange;
        this.signer = signer;
        BookImage book = exchange.bookOf("BTCUSDT");
        long bid = book.bidTicks()[0] * book.spec().priceFactor();
        // Three percent away: nothing of the market comes there, and PERCENT_PRICE allows it.
        price = BigDecimal.valueOf(bid, book.spec().priceDecimals())
                .multiply(BigDecimal.valueOf(97, 2))
                .setScale(0, RoundingMode.DOWN)
                .toPlainString();
    }

    /** Parameters of an order that rests far behind the touch. */
    String[] resting(String clientOrderId) {
        return new String[] {
            "symbol",
            "BTCUSDT",
            "side",
            "BUY",
            "type",
            "LIMIT",
            "timeInForce",
            "GTC",
            "quantity",
            "0.010",
            "price",
            price,
            "newClientOrderId",
            clientOrderId
        };
    }

    static String[] with(String[] parameters, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(parameters));
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    HttpRequest request(String method, String path, String... parameters) {
        boolean isSigned = !path.endsWith("listenKey");
        String query = isSigned
                ? "?" + signer.signed(System.currentTimeMillis(), with(parameters, "recvWindow", WINDOW_MS))
                : "";
        return HttpRequest.newBuilder(URI.create(exchange.restUri() + path + query))
                .header("X-MBX-APIKEY", signer.apiKey())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }

    CompletableFuture<HttpResponse<String>> begin(String method, String path, String... parameters) {
        return http.sendAsync(request(method, path, parameters), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String... parameters) {
        return begin(method, path, parameters).join();
    }

    JsonNode served(String method, String path, String... parameters) {
        HttpResponse<String> answer = send(method, path, parameters);
        if (answer.statusCode() != 200) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return ForeignClient.parse(answer.body());
    }

    HttpResponse<String> place(String clientOrderId) {
        return send("POST", ORDER, resting(clientOrderId));
    }

    CompletableFuture<HttpResponse<String>> beginPlacing(String clientOrderId) {
        return begin("POST", ORDER, resting(clientOrderId));
    }

    /** Says whether the venue knows an order. */
    boolean hasOrder(String clientOrderId) {
        HttpResponse<String> answer = send("GET", ORDER, "symbol", "BTCUSDT", "origClientOrderId", clientOrderId);
        if (answer.statusCode() != 200 && code(answer) != -2013) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return answer.statusCode() == 200;
    }

    static int code(HttpResponse<String> answer) {
        return ForeignClient.parse(answer.body()).path("code").intValue();
    }

    /** Returns a request of the WebSocket API, signed. */
    String frame(String id, String method, String... parameters) {
        Map<String, String> sorted = new TreeMap<>(SignedClient.pairs(parameters));
        sorted.put("apiKey", signer.apiKey());
        sorted.put("timestamp", String.valueOf(System.currentTimeMillis()));
        sorted.put("recvWindow", WINDOW_MS);
        StringBuilder payload = new StringBuilder();
        sorted.forEach((name, value) -> payload.append(payload.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(value));
        sorted.put("signature", signer.sign(payload.toString()));
        ObjectNode frame = ForeignClient.JSON.createObjectNode();
        frame.put("id", id).put("method", method);
        sorted.forEach(frame.putObject("params")::put);
        return frame.toString();
    }
}
