package io.millrace.bench.peer;

import com.binance.connector.client.common.websocket.service.StreamBlockingQueue;
import com.binance.connector.client.common.websocket.service.StreamBlockingQueueWrapper;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.JSON;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.AggregateTradeStreamsResponse;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.DiffBookDepthStreamsResponse;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.IndividualSymbolBookTickerStreamsResponse;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * What Binance's own connector makes of a frame, in its own steps: text to a tree, the stream's queue by its name, the tree's data to text again, and
 * that to the model that a user takes from the queue. One thread does both ends of the queue here. The connector has no model for {@code trade}; its
 * model for {@code aggTrade} has the same fields but for the id.
 */
final class ConnectorModels {
    /** One subscribed stream. */
    private record Subscription(StreamBlockingQueue<String> queue, StreamBlockingQueueWrapper<?> models) {}

    private final Map<String, Subscription> subscriptions = new HashMap<>();

    ConnectorModels() {
        subscribe("btcusdt@depth@0ms", new TypeToken<DiffBookDepthStreamsResponse>() {});
        subscribe("btcusdt@bookTicker", new TypeToken<IndividualSymbolBookTickerStreamsResponse>() {});
        subscribe("btcusdt@trade", new TypeToken<AggregateTradeStreamsResponse>() {});
    }

    private void subscribe(String stream, TypeToken<?> type) {
        StreamBlockingQueue<String> queue = new StreamBlockingQueue<>(new LinkedBlockingDeque<>(), stream);
        subscriptions.put(
                stream, new Subscription(queue, new StreamBlockingQueueWrapper<>(queue, type, JSON.getGson())));
    }

    Object model(byte[] json, int offset, int length) {
        JsonObject root = JsonParser.parseString(new String(json, offset, length, StandardCharsets.UTF_8))
                .getAsJsonObject();
        if (root.get("id") != null) {
            throw new IllegalStateException("an answer instead of a stream's event: " + root);
        }
        Subscription subscription = subscriptions.get(root.get("stream").getAsString());
        subscription.queue().offer(root.get("data").toString());
        try {
            return subscription.models().take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in a benchmark", e);
        }
    }
}
