package io.millrace.bench.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The usual way: Jackson's streaming parser, exact decimals, two sorted maps. Reads the same fields as the product does;
 * one instrument.
 */
public final class JacksonTreeMapBook implements PeerBook {
    private final JsonFactory factory = new JsonFactory();
    private final DecimalBook book = new DecimalBook();
    private long lastUpdateId;
    private long snapshotUpdateId;
    private boolean isOld;
    private int diffs;
    private long times;
    private BigDecimal price = BigDecimal.ZERO;
    private BigDecimal qty = BigDecimal.ZERO;

    @Override
    public void clear() {
        book.clear();
        lastUpdateId = 0;
        snapshotUpdateId = 0;
        diffs = 0;
    }

    @Override
    public void onSnapshot(byte[] json) {
        onFrame(json, 0, json.length);
        diffs = 0;
    }

    @Override
    public long onFrame(byte[] json, int offset, int length) {
        try (JsonParser parser = factory.createParser(json, offset, length)) {
            isOld = false;
            while (!isOld && parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    onField(parser, parser.currentName());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return times
                + lastUpdateId
                + qty.scale()
                + price.scale()
                + book.bids().size()
                + book.asks().size();
    }

    private void onField(JsonParser parser, String name) throws IOException {
        JsonToken value = parser.nextToken();
        switch (name) {
            case "b", "bids" -> onBids(parser, value);
            case "a", "asks" -> onAsks(parser, value);
            case "lastUpdateId" -> snapshotUpdateId = parser.getLongValue();
            case "u" -> {
                lastUpdateId = parser.getLongValue();
                // What the snapshot holds already; the id stands in front of the levels.
                isOld = lastUpdateId < snapshotUpdateId;
            }
            case "E", "T", "U", "pu", "t" -> times += parser.getLongValue();
            case "p" -> price = new BigDecimal(parser.getText());
            case "q", "A", "B" -> qty = new BigDecimal(parser.getText());
            default -> {
                if (value == JsonToken.START_ARRAY) {
                    parser.skipChildren();
                }
            }
        }
    }

    private void onBids(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.START_ARRAY) {
            onLevels(parser, true);
            diffs++;
        } else {
            price = new BigDecimal(parser.getText());
        }
    }

    private void onAsks(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.START_ARRAY) {
            onLevels(parser, false);
        } else if (value == JsonToken.VALUE_STRING) {
            price = new BigDecimal(parser.getText());
        } else {
            times += parser.getLongValue();
        }
    }

    /** Returns how many depth updates were applied since {@link #clear}. */
    public int diffs() {
        return diffs;
    }

    private void onLevels(JsonParser parser, boolean isBid) throws IOException {
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            parser.nextToken();
            BigDecimal levelPrice = new BigDecimal(parser.getText());
            parser.nextToken();
            BigDecimal levelQty = new BigDecimal(parser.getText());
            parser.nextToken();
            book.on(isBid, levelPrice, levelQty);
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
