package io.millrace.bench.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.gateway.keys.NewKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The cold part of the venue: a simulated exchange whose market stands still answers REST, and in
 * front of it a server that gives the depth snapshot of the frames that are played.
 */
final class VenueFront implements AutoCloseable {
    private static final String ACCOUNT = "wire";
    private static final long DEPOSIT_USDT = 1_000_000;
    private static final int WEIGHT_PER_MINUTE = 1_000_000;
    private static final String DEPTH = "/fapi/v1/depth";
    private static final String KEY_HEADER = "X-MBX-APIKEY";

    private final SimulatedExchange exchange;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(2, VenueFront::daemon);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(workers)
            .build();
    private final byte[] snapshot;

    /**
     * Opens both.
     *
     * @param snapshot answer to every request for depth.
     * @param keyFile is written: the account's key, for its owner only.
     */
    VenueFront(String snapshot, Path keyFile) throws IOException {
        this.snapshot = snapshot.getBytes(StandardCharsets.US_ASCII);
        NewKey pair = NewKey.ed25519();
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, "key = " + ACCOUNT + "\n" + pair.privatePem());
        ServerSettings quiet = ServerSettings.loopback();
        exchange = SimulatedExchange.start(ExchangeSettings.synthetic(
                        SyntheticSettings.of(1, 1).withEventsPerSecond(1))
                .withServer(quiet.withLimits(ServerSettings.Limits.VENUE.withWeightPerMinute(WEIGHT_PER_MINUTE)))
                .withClient(ClientSettings.of(ACCOUNT, DEPOSIT_USDT).withKey(ACCOUNT, pair.publicPem())));
        exchange.pause();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newFixedThreadPool(2, VenueFront::daemon));
        server.start();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "wire-venue");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns the base of REST requests. */
    URI restUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange request) throws IOException {
        URI uri = request.getRequestURI();
        if (uri.getPath().equals(DEPTH)) {
            reply(request, 200, snapshot);
            return;
        }
        byte[] body = request.getRequestBody().readAllBytes();
        HttpRequest.Builder forwarded = HttpRequest.newBuilder(URI.create(exchange.restUri()
                        + uri.getRawPath()
                        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())))
                .method(
                        request.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        String key = request.getRequestHeaders().getFirst(KEY_HEADER);
        if (key != null) {
            forwarded.header(KEY_HEADER, key);
        }
        try {
            HttpResponse<byte[]> answered = client.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
            reply(request, answered.statusCode(), answered.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            request.close();
        }
    }

    private static void reply(HttpExchange request, int status, byte[] body) throws IOException {
        request.getResponseHeaders().add("Content-Type", "application/json");
        request.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = request.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        exchange.close();
        workers.shutdownNow();
    }
}
