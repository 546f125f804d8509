package io.millrace.app.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.value.Grid;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.SymbolSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The venue's books at every update id, from a connection of its own that no fault is aimed at: another client, another
 * parser, sorted maps. It has to be made before the engine connects.
 */
final class VenueOracle implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(120);

    private final Map<String, Book> books = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private volatile Throwable failure;

    /** A book at one update id. */
    record Levels(Map<Long, Long> bids, Map<Long, Long> asks) {}

    private static final class Book {
        private final SymbolSpec spec;
        private final TreeMap<Long, Long> bids = new TreeMap<>(Collections.reverseOrder());
        private final TreeMap<Long, Long> asks = new TreeMap<>();
        private final Map<Long, Levels> history = new ConcurrentHashMap<>();
        private volatile long updateId;

        private Book(BookImage image) {
            spec = image.spec();
            for (int i = 0; i < image.bidTicks().length; i++) {
                bids.put(image.bidTicks()[i], image.bidLots()[i]);
            }
            for (int i = 0; i < image.askTicks().length; i++) {
                asks.put(image.askTicks()[i], image.askLots()[i]);
            }
            keep(image.lastUpdateId());
        }

        private void apply(JsonNode diff) {
            if (diff.get("u").asLong() <= updateId) {
                return;
            }
            if (diff.get("pu").asLong() != updateId) {
                throw new AssertionError("the oracle's own stream has a gap behind " + updateId + ": " + diff);
            }
            apply(bids, diff.get("b"));
            apply(asks, diff.get("a"));
            keep(diff.get("u").asLong());
        }

        private void apply(Map<Long, Long> side, JsonNode levels) {
            for (JsonNode level : levels) {
                long ticks = units(spec.tick(), level.get(0));
                long lots = units(spec.lot(), level.get(1));
                if (lots == 0) {
                    side.remove(ticks);
                } else {
                    side.put(ticks, lots);
                }
            }
        }

        private void keep(long newUpdateId) {
            history.put(newUpdateId, new Levels(Map.copyOf(bids), Map.copyOf(asks)));
            updateId = newUpdateId;
        }

        private static long units(Grid grid, JsonNode decimal) {
            return grid.toUnits(new BigDecimal(decimal.asText()));
        }
    }

    /** Connects and takes the books over; the market stands still meanwhile and goes on afterwards. */
    VenueOracle(SimulatedExchange exchange, List<String> symbols) {
        String names = symbols.stream()
                .map(symbol -> symbol.toLowerCase(java.util.Locale.ROOT) + StreamKind.DEPTH_100MS.suffix())
                .collect(Collectors.joining("/"));
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(exchange.publicUri() + "/stream?streams=" + names), this)
                .join();
        exchange.pause();
        for (String symbol : symbols) {
            books.put(symbol, new Book(exchange.bookOf(symbol)));
        }
        exchange.resume();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
        text.append(data);
        if (isLast) {
            try {
                JsonNode diff = JSON.readTree(text.toString()).get("data");
                Book book = books.get(diff.get("s").asText());
                if (book != null) {
                    book.apply(diff);
                }
            } catch (IOException | RuntimeException | AssertionError e) {
                failure = e;
            }
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        failure = error;
    }

    /** Returns the newest update id of a symbol. */
    long updateId(String symbol) {
        return books.get(symbol).updateId;
    }

    /** Returns a book at an update id, waiting until it gets here; fails if the venue never was at that id. */
    Levels at(String symbol, long updateId) {
        Book book = books.get(symbol);
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (book.updateId < updateId) {
            if (failure != null || System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError(
                        symbol + " is at update " + updateId + ", the venue only at " + book.updateId, failure);
            }
            LockSupport.parkNanos(100_000);
        }
        Levels levels = book.history.get(updateId);
        if (levels == null) {
            throw new AssertionError(symbol + " is at update " + updateId + ", where no update of the venue ended");
        }
        return levels;
    }

    @Override
    public void close() {
        socket.abort();
        if (failure instanceof IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
