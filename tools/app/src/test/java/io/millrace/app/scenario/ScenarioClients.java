package io.millrace.app.scenario;

import io.millrace.exchange.VirtualExchange;
import io.millrace.exchange.server.VirtualConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Clients that play a script against a scenario in virtual time, and the digest of every byte that each of them got and when. Run as
 * a program it prints the digest: arguments are the scenario file and the seconds.
 */
final class ScenarioClients {
    private static final long MS = 1_000_000L;
    private static final long STEP_MS = 20;
    private static final long SCRIPT_SEED = 99;
    private static final String KEY = "alice-trades";
    private static final String SECRET = "a secret of no worth";
    private static final byte[] MASK = {1, 2, 3, 4};

    private final VirtualExchange exchange;
    private final SplittableRandom random = new SplittableRandom(SCRIPT_SEED);
    private final MessageDigest digest;
    private final Client rest = new Client(0);
    private final Client market = new Client(1);
    private final Client privates = new Client(2);
    private final Client wsApi = new Client(3);
    private final Client otherMarket = new Client(4);
    private String listenKey = "";
    private int orders;
    private int reconnects;
    private int accepted;

    /** A client's connection, opened anew after a cut. */
    private static final class Client {
        final int id;
        VirtualConnection connection;
        long bytes;
        String last = "";

        Client(int id) {
            this.id = id;
        }
    }

    /**
     * What came of a run.
     *
     * @param digest of all bytes with client and time.
     * @param bytes received by all clients.
     * @param privateBytes of them on the private stream.
     * @param reconnects after cuts.
     * @param accepted requests that were answered with 200, over HTTP.
     */
    record Result(String digest, long bytes, long privateBytes, int reconnects, int accepted) {}

    private ScenarioClients(VirtualExchange exchange) throws GeneralSecurityException {
        this.exchange = exchange;
        this.digest = MessageDigest.getInstance("SHA-256");
    }

    /** Plays the script against a scenario for some seconds of the venue's time. */
    static Result play(Scenario scenario, int seconds) throws IOException, GeneralSecurityException {
        try (VirtualExchange exchange = scenario.open()) {
            return new ScenarioClients(exchange).run(seconds);
        }
    }

    /** Prints the digest of a scenario file. */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        System.out.println(
                play(Scenario.load(Path.of(args[0])), Integer.parseInt(args[1])).digest());
    }

    private Result run(int seconds) throws GeneralSecurityException {
        long endNs = exchange.nowNs() + seconds * 1000L * MS;
        long step = 0;
        while (exchange.nowNs() < endNs) {
            connect();
            act(step++);
            exchange.advanceTo(exchange.nowNs() + STEP_MS * MS);
            for (Client client : new Client[] {rest, market, privates, wsApi, otherMarket}) {
                receive(client);
            }
        }
        long bytes = rest.bytes + market.bytes + privates.bytes + wsApi.bytes + otherMarket.bytes;
        return new Result(HexFormat.of().formatHex(digest.digest()), bytes, privates.bytes, reconnects, accepted);
    }

    private void connect() {
        reopen(rest, "");
        reopen(market, "/public/stream?streams=btcusdt@depth@100ms/ethusdt@depth@0ms/!bookTicker");
        reopen(otherMarket, "/market/stream?streams=btcusdt@aggTrade/!markPrice@arr@1s/btcusdt@kline_1m/!ticker@arr");
        reopen(wsApi, "/ws-fapi/v1");
        if (!listenKey.isEmpty()) {
            reopen(privates, "/private/ws/" + listenKey);
        }
    }

    private void reopen(Client client, String path) {
        if (client.connection != null && client.connection.isOpen()) {
            return;
        }
        reconnects += client.connection == null ? 0 : 1;
        client.connection = path.isEmpty()
                ? exchange.connectRest()
                : client == wsApi ? exchange.connectWebSocketApi() : exchange.connectStreams();
        if (!path.isEmpty()) {
            client.connection.send(("GET " + path + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + "Sec-WebSocket-Version: 13\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void receive(Client client) {
        if (client.connection == null) {
            return;
        }
        byte[] bytes = client.connection.take();
        if (bytes.length > 0) {
            client.bytes += bytes.length;
            client.last = new String(bytes, StandardCharsets.ISO_8859_1);
            digest.update(ByteBuffer.allocate(12)
                    .putInt(client.id)
                    .putLong(exchange.nowNs())
                    .array());
            digest.update(bytes);
        }
        accepted += client == rest && bytes.length > 0 && client.last.startsWith("HTTP/1.1 200") ? 1 : 0;
        int at = client.last.indexOf("\"listenKey\":\"");
        if (client == rest && listenKey.isEmpty() && at >= 0) {
            int from = at + "\"listenKey\":\"".length();
            listenKey = client.last.substring(from, client.last.indexOf('"', from));
        }
    }

    private void act(long step) throws GeneralSecurityException {
        if (step == 1) {
            request("POST", "/fapi/v1/listenKey", "");
        } else if (step % 5 == 0) {
            overRest();
        } else if (step % 7 == 0) {
            overWebSocket();
        }
    }

    private void overRest() throws GeneralSecurityException {
        switch (random.nextInt(6)) {
            case 0, 1 -> request("POST", "/fapi/v1/order", signed("side=BUY&timeInForce=GTC&type=LIMIT&" + order()));
            case 2 ->
                request(
                        "POST",
                        "/fapi/v1/order",
                        signed("side=" + (random.nextBoolean() ? "BUY" : "SELL")
                                + "&type=MARKET&quantity=0.010&symbol=BTCUSDT"));
            case 3 -> request("DELETE", "/fapi/v1/allOpenOrders", signed("symbol=BTCUSDT"));
            case 4 -> request("GET", "/fapi/v3/account", signed(""));
            default -> request("GET", "/fapi/v1/depth", "symbol=ETHUSDT&limit=50");
        }
    }

    private String order() {
        long bidTicks = exchange.venue().prices().bestBidTicks(0);
        long offset = random.nextInt(400) - 20L;
        String price = exchange.venue()
                .symbols()
                .get(0)
                .tick()
                .toDecimal(bidTicks - offset)
                .toPlainString();
        return "newClientOrderId=c" + ++orders + "&price=" + price + "&quantity=0.005&symbol=BTCUSDT";
    }

    private void request(String method, String path, String query) {
        String head = method + " " + path + (query.isEmpty() ? "" : "?" + query) + " HTTP/1.1\r\nHost: x\r\n"
                + "X-MBX-APIKEY: " + KEY + "\r\n\r\n";
        rest.connection.send(head.getBytes(StandardCharsets.US_ASCII));
    }

    private String signed(String parameters) throws GeneralSecurityException {
        String query = (parameters.isEmpty() ? "" : parameters + "&") + "timestamp=" + exchange.venueTimeMs();
        return query + "&signature=" + signature(query);
    }

    private static String signature(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void overWebSocket() throws GeneralSecurityException {
        String timestamp = String.valueOf(exchange.venueTimeMs());
        // Sorted by name, as the method wants it.
        String payload =
                "apiKey=" + KEY + "&quantity=0.010&side=SELL&symbol=BTCUSDT&timestamp=" + timestamp + "&type=MARKET";
        String text = "{\"id\":" + ++orders + ",\"method\":\"order.place\",\"params\":{\"apiKey\":\"" + KEY
                + "\",\"quantity\":\"0.010\",\"side\":\"SELL\",\"symbol\":\"BTCUSDT\",\"timestamp\":" + timestamp
                + ",\"type\":\"MARKET\",\"signature\":\"" + signature(payload) + "\"}}";
        wsApi.connection.send(frame(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A masked text frame of 126 to 65,535 bytes. */
    private static byte[] frame(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x81);
        out.write(0x80 | 126);
        out.write(body.length >> 8);
        out.write(body.length);
        out.writeBytes(MASK);
        for (int i = 0; i < body.length; i++) {
            out.write(body[i] ^ MASK[i & 3]);
        }
        return out.toByteArray();
    }
}
