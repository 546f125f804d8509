package io.millrace.bench.peer;

import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.DiffBookDepthStreamsResponse;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Binance's own connector, which ends at its models, with the usual book behind it. */
public final class ConnectorBook implements PeerBook {
    private final ConnectorModels models = new ConnectorModels();
    private final DecimalBook book = new DecimalBook();
    private long snapshotUpdateId;

    @Override
    public void clear() {
        book.clear();
        snapshotUpdateId = 0;
    }

    @Override
    public void onSnapshot(byte[] json) {
        JsonObject root =
                JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
        JsonObject body = root.has("data") ? root.getAsJsonObject("data") : root;
        snapshotUpdateId = body.get("lastUpdateId").getAsLong();
        loadSide(body.getAsJsonArray("bids"), true);
        loadSide(body.getAsJsonArray("asks"), false);
    }

    private void loadSide(JsonArray levels, boolean isBid) {
        for (JsonElement level : levels) {
            JsonArray pair = level.getAsJsonArray();
            book.on(isBid, pair.get(0).getAsBigDecimal(), pair.get(1).getAsBigDecimal());
        }
    }

    /**
     * Goes as far as the connector goes: the model.
     *
     * @param json holds the frame.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return the model.
     */
    public Object onFrameModelOnly(byte[] json, int offset, int length) {
        return models.model(json, offset, length);
    }

    @Override
    public long onFrame(byte[] json, int offset, int length) {
        Object model = models.model(json, offset, length);
        if (model instanceof DiffBookDepthStreamsResponse depth && depth.getuLowerCase() >= snapshotUpdateId) {
            onSide(depth.getbLowerCase(), true);
            onSide(depth.getaLowerCase(), false);
        }
        return (long) book.bids().size() + book.asks().size();
    }

    private void onSide(List<? extends List<String>> levels, boolean isBid) {
        for (List<String> level : levels) {
            book.on(isBid, new BigDecimal(level.get(0)), new BigDecimal(level.get(1)));
        }
    }

    @Override
    public Map<BigDecimal, BigDecimal> bids() {
        return book.bids();
    }

    @Override
    public Map<BigDecimal, BigDecimal> asks() {
        return book.asks();
    }
}
