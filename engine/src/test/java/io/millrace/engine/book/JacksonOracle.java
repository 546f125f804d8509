package io.millrace.engine.book;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** The plain way to keep one book: Jackson's tree, BigDecimal, TreeMap, and the venue's rules word for word. */
final class JacksonOracle {
    final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Collections.reverseOrder());
    final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private final Deque<JsonNode> buffered = new ArrayDeque<>();
    private long snapshotUpdateId = -1;
    long updateId = -1;
    int applied;
    int gaps;
    int crossed;

    void onSnapshot(JsonNode snapshot) {
        snapshotUpdateId = snapshot.get("lastUpdateId").asLong();
        put(bids, snapshot.get("bids"));
        put(asks, snapshot.get("asks"));
        while (!buffered.isEmpty()) {
            onDiff(buffered.poll());
        }
    }

    /** Returns whether the diff was applied. */
    boolean onDiff(JsonNode diff) {
        long last = diff.get("u").asLong();
        if (snapshotUpdateId < 0) {
            buffered.add(diff);
            return false;
        }
        if (updateId < 0) {
            if (last < snapshotUpdateId) {
                return false;
            }
            if (diff.get("U").asLong() > snapshotUpdateId) {
                throw new AssertionError("the capture's snapshot is too old");
            }
        } else if (diff.get("pu").asLong() != updateId) {
            gaps++;
        }
        put(bids, diff.get("b"));
        put(asks, diff.get("a"));
        updateId = last;
        applied++;
        if (bids.firstKey().compareTo(asks.firstKey()) >= 0) {
            crossed++;
        }
        return true;
    }

    boolean isLive() {
        return updateId >= 0;
    }

    static void put(Map<BigDecimal, BigDecimal> side, JsonNode pairs) {
        for (JsonNode pair : pairs) {
            BigDecimal price = new BigDecimal(pair.get(0).asText()).stripTrailingZeros();
            BigDecimal quantity = new BigDecimal(pair.get(1).asText());
            if (quantity.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, quantity);
            }
        }
    }
}
