package io.millrace.engine.book;

import static io.millrace.engine.book.StageHarness.levels;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DepthMeterTest {
    private static final long SEED = 20260117;
    private static final long NOTIONAL = 40_000_000_000L;
    private StageHarness harness = new StageHarness();

    @Test
    void shouldMeasureAtATickWhenTheBookChangedAndNotWhenItDidNot() {
        harness.live(3);
        harness.apply(harness.events.tick());
        DepthView view = harness.depthViews().get(0);
        assertEquals(3, view.instrumentId());
        assertEquals(201, view.midHalfTicks());
        harness.apply(harness.events.tick());
        assertTrue(harness.depthViews().isEmpty());
        harness.bid(3, 11, 97, 9);
        harness.apply(harness.events.tick());
        assertEquals(1, harness.depthViews().size());
    }

    @Test
    void shouldAnswerInsufficientDepthWhenTheBookDoesNotHoldTheValue() {
        harness.live(1);
        harness.apply(harness.events.tick());
        DepthView view = harness.depthViews().get(0);
        assertEquals(DepthView.INSUFFICIENT, view.costBps(OrderBook.ASK));
        assertEquals(DepthView.INSUFFICIENT, view.costBps(OrderBook.BID));
    }

    @Test
    void shouldAgreeWithTheFormulasOverAllLevelsWhenBooksAreRandom() {
        Random random = new Random(SEED);
        BookSettings base = BookSettings.defaults();
        harness = new StageHarness(new BookSettings(
                base.maxLevelsPerSide(), base.snapshots(), base.buffer(), base.watch(), true, NOTIONAL * 100_000_000L));
        harness.live(1);
        TreeMap<Long, Long> bids = new TreeMap<>();
        TreeMap<Long, Long> asks = new TreeMap<>();
        bids.put(100L, 5L);
        bids.put(99L, 5L);
        asks.put(101L, 5L);
        asks.put(102L, 5L);
        for (int update = 11; update < 400; update++) {
            long mid = 100_000;
            boolean isBid = random.nextBoolean();
            long ticks = isBid ? mid - 1 - random.nextInt(700) : mid + random.nextInt(700);
            long lots = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(100_000);
            if (update == 11) {
                // The harness' own levels go, so that prices are fine enough for bands of a few bps.
                harness.diff(1, 11, 11, 10, levels(100, 0, 99, 0), levels(101, 0, 102, 0));
                bids.clear();
                asks.clear();
                continue;
            }
            set(isBid ? bids : asks, ticks, lots);
            harness.diff(
                    1,
                    update,
                    update,
                    update - 1L,
                    isBid ? levels(ticks, lots) : levels(),
                    isBid ? levels() : levels(ticks, lots));
            harness.apply(harness.events.tick());
            if (!bids.isEmpty() && !asks.isEmpty()) {
                check(harness.depthViews().get(0), bids, asks);
            }
        }
    }

    @Test
    void shouldGoRoundAllBooksWhenMoreChangedThanOneTickMeasures() {
        BookSettings.Snapshots base = BookSettings.Snapshots.defaults();
        harness = new StageHarness(BookSettings.defaults()
                .with(new BookSettings.Snapshots(
                        1000,
                        1,
                        1_000,
                        1_000,
                        16,
                        base.maxAgeNs(),
                        base.answerTimeoutNs(),
                        base.retryDelayNs(),
                        base.maxRetryDelayNs(),
                        base.stableNs(),
                        true)));
        for (int id = 0; id < DepthView.MAX_VIEWS + 3; id++) {
            harness.live(id);
        }
        boolean[] seen = new boolean[DepthView.MAX_VIEWS + 3];
        for (int tick = 0; tick < 2; tick++) {
            harness.apply(harness.events.tick());
            for (DepthView view : harness.depthViews()) {
                assertFalse(seen[view.instrumentId()], "measured twice");
                seen[view.instrumentId()] = true;
            }
        }
        for (boolean one : seen) {
            assertTrue(one);
        }
    }

    @Test
    void shouldBeAsIfNeverMeasuredWhenTheTickIsSkipped() {
        StageHarness other = new StageHarness();
        harness.live(1);
        other.live(1);
        harness.applyAndSkip(harness.events.tick());
        other.skip(other.events.tick());
        assertEquals(other.stage.stateHash(), harness.stage.stateHash());
        assertEquals(harness.stage.stateHashFromScratch(), harness.stage.stateHash());
        harness.apply(harness.events.tick());
        assertEquals(1, harness.depthViews().size());
        assertEquals(harness.stage.stateHashFromScratch(), harness.stage.stateHash());
    }

    private static void set(NavigableMap<Long, Long> side, long ticks, long lots) {
        if (lots == 0) {
            side.remove(ticks);
        } else {
            side.put(ticks, lots);
        }
    }

    /** Everything from the definition, in exact decimals. */
    private static void check(DepthView view, NavigableMap<Long, Long> bids, NavigableMap<Long, Long> asks) {
        long mid = bids.lastKey() + asks.firstKey();
        assertEquals(mid, view.midHalfTicks(), "seed " + SEED);
        for (int band = 0; band < DepthView.BANDS; band++) {
            long bid = 0;
            long ask = 0;
            for (var level : bids.entrySet()) {
                bid += 2 * level.getKey() * 10_000 >= mid * (10_000 - DepthView.bandBps(band)) ? level.getValue() : 0;
            }
            for (var level : asks.entrySet()) {
                ask += 2 * level.getKey() * 10_000 <= mid * (10_000 + DepthView.bandBps(band)) ? level.getValue() : 0;
            }
            assertEquals(bid, view.lotsWithin(OrderBook.BID, band), "seed " + SEED);
            assertEquals(ask, view.lotsWithin(OrderBook.ASK, band), "seed " + SEED);
        }
        // Tick and lot are 1 in the harness, so half of mid is the value of one lot.
        long wanted = BigDecimal.valueOf(NOTIONAL * 2)
                .divide(BigDecimal.valueOf(mid), 0, RoundingMode.FLOOR)
                .longValue();
        checkCost(view.costBps(OrderBook.ASK), cost(asks, wanted), wanted, mid);
        checkCost(view.costBps(OrderBook.BID), cost(new TreeMap<>(bids).descendingMap(), wanted), wanted, mid);
    }

    private static BigDecimal cost(java.util.NavigableMap<Long, Long> side, long wanted) {
        BigDecimal value = BigDecimal.ZERO;
        long left = wanted;
        for (var level : side.entrySet()) {
            long taken = Math.min(left, level.getValue());
            value = value.add(BigDecimal.valueOf(level.getKey()).multiply(BigDecimal.valueOf(taken)));
            left -= taken;
        }
        return left == 0 ? value : null;
    }

    private static void checkCost(double actual, BigDecimal value, long wanted, long mid) {
        if (value == null) {
            assertEquals(DepthView.INSUFFICIENT, actual);
            return;
        }
        BigDecimal average = value.divide(BigDecimal.valueOf(wanted), MathContext.DECIMAL64);
        double expected = average.doubleValue() * 2 / mid - 1;
        assertEquals(Math.abs(expected) * 10_000, actual, 1e-6, "seed " + SEED);
    }
}
