package io.millrace.bench.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The usual way: Jackson's streaming parser, exact decimals, two sorted maps. Reads the same fields as the product does;
 * one instrument.
 */
public final class JacksonTreeMapBook {
    private final JsonFactory factory = new JsonFactory();
    private final Map<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
    private final Map<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private long lastUpdateId;
    private long snapshotUpdateId;
    private boolean isOld;
    private int diffs;
    private long times;
    private BigDecimal price = BigDecimal.ZERO;
    private BigDecimal qty = BigDecimal.ZERO;

    /** Forgets all levels. */
    public void clear() {
        bids.clear();
        asks.clear();
        lastUpdateId = 0;
        snapshotUpdateId = 0;
        diffs = 0;
    }

    /**
     * Loads a REST snapshot.
     *
     * @param json the body.
     * @return a value that depends on all that was read.
     */
    public long onSnapshot(byte[] json) {
        long sum = onFrame(json, 0, json.length);
        diffs = 0;
        return sum;
    }

    /**
     * Applies one frame.
     *
     * @param json holds it.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return a value that depends on all that was read.
     */
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
        return times + lastUpdateId + qty.scale() + price.scale() + bids.size() + asks.size();
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
            onLevels(parser, bids);
            diffs++;
        } else {
            price = new BigDecimal(parser.getText());
        }
    }

    private void onAsks(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.START_ARRAY) {
            onLevels(parser, asks);
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

    private static void onLevels(JsonParser parser, Map<BigDecimal, BigDecimal> side) throws IOException {
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            parser.nextToken();
            BigDecimal levelPrice = new BigDecimal(parser.getText());
            parser.nextToken();
            BigDecimal levelQty = new BigDecimal(parser.getText());
            parser.nextToken();
            if (levelQty.signum() == 0) {
                side.remove(levelPrice);
            } else {
                side.put(levelPrice, levelQty);
            }
        }
    }

    /** Returns the number of bid levels. */
    public int bidLevels() {
        return bids.size();
    }

    /** Returns the number of ask levels. */
    public int askLevels() {
        return asks.size();
    }
}
