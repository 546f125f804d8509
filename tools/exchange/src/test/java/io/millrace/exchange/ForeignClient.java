package io.millrace.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** A client of the exchange that knows nothing of it: the JDK's own. */
public final class ForeignClient {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final long DEADLINE_SECONDS = 60;

    private final HttpClient http;

    public ForeignClient() {
        this.http = HttpClient.newBuilder().build();
    }

    public ForeignClient(SSLContext trust) {
        this.http = HttpClient.newBuilder().sslContext(trust).build();
    }

    /** What a socket heard. */
    public static final class Stream implements WebSocket.Listener {
        public final List<String> texts = Collections.synchronizedList(new ArrayList<>());
        public final List<ByteBuffer> pings = Collections.synchronizedList(new ArrayList<>());
        public volatile boolean isReading = true;
        public volatile int closeStatus = -1;
        public volatile Throwable error;
        public volatile WebSocket socket;
        private final StringBuilder partial = new StringBuilder();
        private int read;

        @Override
        public void onOpen(WebSocket webSocket) {
            socket = webSocket;
            webSocket.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
            partial.append(data);
            if (isLast) {
                texts.add(partial.toString());
                partial.setLength(0);
            }
            if (isReading) {
                webSocket.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
            pings.add(message);
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closeStatus = statusCode;
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable failure) {
            error = failure;
        }

        public boolean isOver() {
            return closeStatus >= 0 || error != null;
        }

        public void send(String text) {
            socket.sendText(text, true).join();
        }

        /** Returns the next text that has not been taken yet. */
        public String nextText() {
            await("a frame after " + texts.size(), () -> texts.size() > read);
            return texts.get(read++);
        }

        /** Returns the next text as JSON. */
        public JsonNode next() {
            return parse(nextText());
        }

        /** Sends a request and returns its answer, passing over market data. */
        public JsonNode ask(String request) {
            send(request);
            while (true) {
                JsonNode answer = next();
                if (answer.has("result") || answer.has("code")) {
                    return answer;
                }
            }
        }
    }

    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    public Stream open(URI base, String path) {
        Stream stream = new Stream();
        CompletableFuture<WebSocket> socket = http.newWebSocketBuilder().buildAsync(URI.create(base + path), stream);
        socket.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
        return stream;
    }

    public HttpResponse<String> get(URI base, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(DEADLINE_SECONDS))
                .build();
        return send(request);
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public JsonNode getJson(URI base, String path) {
        return parse(get(base, path).body());
    }

    public static void await(String what, BooleanSupplier condition) {
        await(() -> what, condition);
    }

    public static void await(Supplier<String> what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("waited " + DEADLINE_SECONDS + " s in vain for " + what.get());
            }
            LockSupport.parkNanos(200_000);
        }
    }
}
