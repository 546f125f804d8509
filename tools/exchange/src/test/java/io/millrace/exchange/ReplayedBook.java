package io.millrace.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.venue.BookImage;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** A client's book by the venue's own rules, as plain as can be. */
public final class ReplayedBook {
    public final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
    public final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    public long lastUpdateId = -1;
    public boolean isLive;
    public int applied;

    public void load(JsonNode snapshot) {
        bids.clear();
        asks.clear();
        isLive = false;
        lastUpdateId = snapshot.get("lastUpdateId").longValue();
        levels(bids, snapshot.get("bids"));
        levels(asks, snapshot.get("asks"));
    }

    /** Loads the venue's book and expects the chain to go on from it. */
    public void load(BookImage image) {
        bids.clear();
        asks.clear();
        lastUpdateId = image.lastUpdateId();
        fill(bids, image, image.bidTicks(), image.bidLots());
        fill(asks, image, image.askTicks(), image.askLots());
        isLive = false;
    }

    /** Applies a diff; fails on a gap. */
    public void apply(JsonNode diff) {
        long u = diff.get("u").longValue();
        if (!isLive) {
            if (u < lastUpdateId) {
                return;
            }
            assertTrue(
                    diff.get("U").longValue() <= lastUpdateId || diff.get("pu").longValue() == lastUpdateId,
                    () -> "snapshot " + lastUpdateId + " has no bridge: " + diff);
            isLive = true;
        } else {
            assertEquals(lastUpdateId, diff.get("pu").longValue(), "pu");
        }
        assertTrue(diff.get("U").longValue() <= u, "U <= u");
        lastUpdateId = u;
        applied++;
        levels(bids, diff.get("b"));
        levels(asks, diff.get("a"));
        assertTrue(bids.isEmpty() || asks.isEmpty() || bids.firstKey().compareTo(asks.firstKey()) < 0, "crossed");
    }

    public void assertSameAs(BookImage image) {
        TreeMap<BigDecimal, BigDecimal> wantedBids = new TreeMap<>(Comparator.reverseOrder());
        TreeMap<BigDecimal, BigDecimal> wantedAsks = new TreeMap<>();
        fill(wantedBids, image, image.bidTicks(), image.bidLots());
        fill(wantedAsks, image, image.askTicks(), image.askLots());
        assertEquals(wantedBids, bids, "bids at " + lastUpdateId);
        assertEquals(wantedAsks, asks, "asks at " + lastUpdateId);
    }

    private static void fill(Map<BigDecimal, BigDecimal> side, BookImage image, long[] ticks, long[] lots) {
        for (int i = 0; i < ticks.length; i++) {
            side.put(
                    image.spec().tick().toDecimal(ticks[i]).stripTrailingZeros(),
                    image.spec().lot().toDecimal(lots[i]).stripTrailingZeros());
        }
    }

    private static void levels(Map<BigDecimal, BigDecimal> side, JsonNode levels) {
        for (JsonNode level : levels) {
            BigDecimal price = new BigDecimal(level.get(0).textValue()).stripTrailingZeros();
            BigDecimal qty = new BigDecimal(level.get(1).textValue()).stripTrailingZeros();
            if (qty.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, qty);
            }
        }
    }
}
