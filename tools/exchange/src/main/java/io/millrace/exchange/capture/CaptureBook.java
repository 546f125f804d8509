package io.millrace.exchange.capture;

import io.millrace.exchange.matching.RecordedTrading;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The venue's book of one recorded symbol, as far as the recording tells it: a snapshot of the file and the diffs that have
 * been played since. It always bridges with the diffs that come next. Before the first snapshot's place in the file it is
 * that snapshot already: diffs played until then are older than it, and a client drops them as the rules say. After a gap in
 * the diffs it is the next snapshot of the file, if there is one.
 */
final class CaptureBook implements RecordedTrading.Levels {
    private final SymbolSpec spec;
    private final CaptureScan.Found found;
    private final long tickScaled;
    private final long lotScaled;
    private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private long lastUpdateId;
    private long lastPlayedId = -1;
    private long timeMs;
    private long gaps;
    private LevelListener listener = (isBid, tick, oldLots, newLots) -> {};

    /** Hears of every level that changes. */
    @FunctionalInterface
    interface LevelListener {
        void onLevel(boolean isBid, long tick, long oldLots, long newLots);
    }

    CaptureBook(CaptureScan.Found found) {
        this.found = found;
        this.spec = found.spec;
        this.tickScaled = scaled(spec.tick().step());
        this.lotScaled = scaled(spec.lot().step());
        if (found.snapshots.isEmpty()) {
            // No snapshot at all: what diffs tell is the book, beginning with nothing at the first one.
            lastUpdateId = Math.max(0, found.firstDiffId);
        } else {
            load(found.snapshots.get(0));
        }
    }

    private static long scaled(BigDecimal step) {
        return step.movePointRight(CaptureRow.SCALE).longValueExact();
    }

    void listen(LevelListener newListener) {
        listener = newListener;
    }

    void onDiff(CaptureRow row, long line) {
        if (lastPlayedId >= 0 && row.previousId != lastPlayedId) {
            gaps++;
            found.snapshots.stream()
                    .filter(snapshot -> snapshot.line() > line)
                    .findFirst()
                    .ifPresent(this::load);
        }
        lastPlayedId = row.lastId;
        if (row.lastId < lastUpdateId) {
            return;
        }
        lastUpdateId = row.lastId;
        timeMs = row.timeMs;
        apply(true, row.bids.prices, row.bids.quantities, row.bids.count);
        apply(false, row.asks.prices, row.asks.quantities, row.asks.count);
    }

    private void load(CaptureScan.Snapshot snapshot) {
        clear(true);
        clear(false);
        lastUpdateId = snapshot.lastUpdateId();
        timeMs = snapshot.timeMs();
        apply(true, snapshot.bidPrices(), snapshot.bidQuantities(), snapshot.bidPrices().length);
        apply(false, snapshot.askPrices(), snapshot.askQuantities(), snapshot.askPrices().length);
    }

    private void clear(boolean isBid) {
        NavigableMap<Long, Long> side = side(isBid);
        while (!side.isEmpty()) {
            Map.Entry<Long, Long> level = side.pollFirstEntry();
            listener.onLevel(isBid, level.getKey(), level.getValue(), 0);
        }
    }

    private void apply(boolean isBid, long[] prices, long[] quantities, int count) {
        NavigableMap<Long, Long> side = side(isBid);
        for (int i = 0; i < count; i++) {
            long ticks = prices[i] / tickScaled;
            long lots = quantities[i] / lotScaled;
            Long old = lots == 0 ? side.remove(ticks) : side.put(ticks, lots);
            listener.onLevel(isBid, ticks, old == null ? 0 : old, lots);
        }
    }

    private NavigableMap<Long, Long> side(boolean isBid) {
        return isBid ? bids : asks;
    }

    @Override
    public long levelFrom(boolean isBid, long tick) {
        NavigableMap<Long, Long> side = side(isBid);
        if (tick == 0) {
            return side.isEmpty() ? -1 : side.firstKey();
        }
        // Both sides are sorted from the best on, so behind is higher in either.
        Long found = side.ceilingKey(tick);
        return found == null ? -1 : found;
    }

    @Override
    public long lotsAt(boolean isBid, long tick) {
        return side(isBid).getOrDefault(tick, 0L);
    }

    /** Returns a price at 1e-8 in ticks, rounded down. */
    long ticks(long priceE8) {
        return priceE8 / tickScaled;
    }

    /** Returns a quantity at 1e-8 in lots, rounded down. */
    long lots(long qtyE8) {
        return qtyE8 / lotScaled;
    }

    /** Returns a price in ticks at 1e-8. */
    long priceE8(long ticks) {
        return ticks * tickScaled;
    }

    BookImage image(int limit) {
        int bidCount = Math.min(limit, bids.size());
        int askCount = Math.min(limit, asks.size());
        BookImage image = new BookImage(
                spec,
                lastUpdateId,
                timeMs,
                new long[bidCount],
                new long[bidCount],
                new long[askCount],
                new long[askCount]);
        fill(bids, image.bidTicks(), image.bidLots());
        fill(asks, image.askTicks(), image.askLots());
        return image;
    }

    private static void fill(Map<Long, Long> side, long[] ticks, long[] lots) {
        int i = 0;
        for (Map.Entry<Long, Long> level : side.entrySet()) {
            if (i == ticks.length) {
                return;
            }
            ticks[i] = level.getKey();
            lots[i++] = level.getValue();
        }
    }

    /** Returns the gaps in the recorded diffs that have been played. */
    long gaps() {
        return gaps;
    }
}
