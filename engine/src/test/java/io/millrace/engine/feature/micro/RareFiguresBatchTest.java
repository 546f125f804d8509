package io.millrace.engine.feature.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.book.DepthView;
import io.millrace.engine.book.OrderBook;
import io.millrace.engine.indicator.Bar;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Features of rare events (tickers, bars, liquidations, measured depth) against their formulas, worked out anew from all that came. */
class RareFiguresBatchTest {
    private static final long SEED = 9_107;
    private static final long SECOND_NS = 1_000_000_000L;

    /** What came at a time. */
    private record Event(long ns, long a, long b) {}

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Event> events = new ArrayList<>();
    private long ns = Tape.START_NS;

    private void pass() {
        // Now and then nothing for longer than a window.
        ns += random.nextInt(200) == 0 ? random.nextLong(900 * SECOND_NS) : random.nextLong(2 * SECOND_NS);
    }

    @Test
    void shouldScoreMovesByTheDaysRangeWhenTickersCome() {
        TickerMove move = new TickerMove();
        long last = 5_000_000_000L;
        int ready = 0;
        int abnormal = 0;
        for (int i = 0; i < 3_000; i++) {
            pass();
            last = Math.max(1_000, last + random.nextLong(-3_000_000, 3_000_001));
            last = i % 400 == 399 ? last / 4 : i % 400 == 200 ? last * 3 : last;
            long high = last + random.nextLong(200_000_000);
            long low = Math.max(1, last - random.nextLong(200_000_000));
            events.add(new Event(ns, last, 0));
            move.onTicker(ns, last, high, low, 123_000_000);

            // Twenty-two buckets of three seconds; a price is that of the last ticker up to a bucket's end.
            long bucketNs = 3 * SECOND_NS;
            long oldest = ns / bucketNs - 21;
            boolean isReady = oldest >= events.get(0).ns() / bucketNs;
            assertEquals(isReady, move.isReady(), "ticker " + i + ", seed " + SEED);
            if (isReady) {
                double before = lastUpTo((oldest + 1) * bucketNs);
                double sigma = Math.log((double) high / low) / (2 * Math.sqrt(Math.log(2)));
                double z = Math.log(last / before) / (sigma * Math.sqrt(1 / 1_440.0));
                double expected = Math.max(-1_000, Math.min(1_000, z));
                assertEquals(
                        expected,
                        move.score(),
                        1e-9 * Math.max(1, Math.abs(expected)),
                        "ticker " + i + ", seed " + SEED);
                assertEquals(Math.abs(expected) > 4, move.isAbnormal());
                ready++;
                abnormal += move.isAbnormal() ? 1 : 0;
            }
        }
        assertEquals(1.23, move.changePercent(), 1e-12);
        assertTrue(ready > 2_500 && abnormal > 5, ready + " ready, " + abnormal + " abnormal, seed " + SEED);
    }

    private double lastUpTo(long endNs) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).ns() < endNs) {
                return events.get(i).a();
            }
        }
        throw new AssertionError("nothing came before " + endNs);
    }

    @Test
    void shouldDivideRangeByRelativeVolumeWhenBarsClose() {
        LiquidityProxy proxy = new LiquidityProxy(20);
        double[] ranges = new double[400];
        double[] volumes = new double[400];
        double close = 100;
        for (int i = 0; i < ranges.length; i++) {
            close *= i == 150 ? 1_000 : i == 200 ? 0.001 : 0.99 + random.nextDouble() / 50;
            double high = close * (1 + random.nextDouble() / 50);
            double low = close * (1 - random.nextDouble() / 50);
            volumes[i] = i >= 300 && i < 330 ? 0 : i == 250 ? 1e9 : random.nextDouble() * 1_000 + 1;
            ranges[i] = (high - low) / close;
            proxy.update(new Bar().set(close, high, low, close, volumes[i], 0));
            assertEquals(i >= 19, proxy.isReady());
            if (i >= 19) {
                double mean = 0;
                for (int k = i - 19; k <= i; k++) {
                    mean += volumes[k] / 20;
                }
                double relative = mean == 0 ? 1 : Math.max(0.01, volumes[i] / mean);
                double expected = Math.min(1e6, ranges[i] / relative);
                assertEquals(expected, proxy.value(), 1e-9 * Math.max(1, expected), "bar " + i + ", seed " + SEED);
            }
        }
    }

    @Test
    void shouldCountAndWeighLiquidationsWhenOrdersCome() {
        LiquidationFlow flow = new LiquidationFlow();
        long[] windowsNs = {60 * SECOND_NS, 600 * SECOND_NS};
        int ready = 0;
        for (int i = 0; i < 3_000; i++) {
            pass();
            long lots = random.nextInt(20) == 0 ? 0 : 1 + random.nextLong(10_000);
            boolean isSell = random.nextInt(3) > 0;
            events.add(new Event(ns, lots, isSell ? 1 : 0));
            flow.onForceOrder(ns, lots, isSell);
            for (int w = 0; w < windowsNs.length; w++) {
                long bucketNs = windowsNs[w] / 20;
                long first = ns / bucketNs - 19;
                long[] sums = new long[3];
                events.stream()
                        .filter(e -> e.a() > 0 && e.ns() / bucketNs >= first)
                        .forEach(e -> {
                            sums[(int) e.b()] += e.a();
                            sums[2]++;
                        });
                if (first < events.get(0).ns() / bucketNs) {
                    assertTrue(Double.isNaN(flow.perMinute(w)) && Double.isNaN(flow.imbalance(w)));
                    continue;
                }
                ready++;
                double whole = sums[0] + sums[1];
                assertEquals(sums[2] * 60.0 * SECOND_NS / windowsNs[w], flow.perMinute(w), 1e-12, "seed " + SEED);
                assertEquals(whole == 0 ? 0 : (sums[1] - sums[0]) / whole, flow.imbalance(w), 1e-12, "seed " + SEED);
            }
        }
        assertTrue(ready > 5_000, "only " + ready + " were ready, seed " + SEED);
    }

    @Test
    void shouldMeasureTheDropFromTheHighestOfTenSecondsWhenDepthIsMeasured() {
        DepthFigures depth = new DepthFigures();
        int drops = 0;
        for (int i = 0; i < 3_000; i++) {
            ns += random.nextInt(100) == 0 ? 20 * SECOND_NS : random.nextLong(400_000_000L);
            long bids = i % 37 == 0 ? 0 : random.nextLong(1_000);
            long asks = i % 37 == 0 ? 0 : random.nextLong(1_000);
            double buy = random.nextInt(10) == 0 ? DepthView.INSUFFICIENT : random.nextDouble();
            double sell = random.nextInt(10) == 0 ? DepthView.INSUFFICIENT : random.nextDouble();
            events.add(new Event(ns, bids + asks, 0));
            depth.onDepth(ns, measured(bids, asks, buy, sell));
            assertEquals(bids, depth.lotsWithin(OrderBook.BID, 1));
            assertEquals(asks, depth.lotsWithin(OrderBook.ASK, 1));
            assertEquals(buy, depth.buyCostBps());
            assertEquals(sell, depth.sellCostBps());
            assertEquals(buy >= 0, depth.isBuyCostKnown());
            assertEquals(sell >= 0, depth.isSellCostKnown());
            assertEquals(bids + asks == 0 ? 0 : (double) (bids - asks) / (bids + asks), depth.imbalance(1), 1e-12);
            long bucketNs = SECOND_NS / 2;
            long now = ns / bucketNs;
            long begin = events.get(0).ns() / bucketNs;
            if (now - 19 < begin) {
                assertTrue(Double.isNaN(depth.drop()));
                continue;
            }
            double highest = bids + asks;
            for (long bucket = Math.max(begin, now - 19); bucket < now; bucket++) {
                highest = Math.max(highest, lastUpTo((bucket + 1) * bucketNs));
            }
            double expected = highest == 0 ? 0 : 1 - (bids + asks) / highest;
            assertEquals(expected, depth.drop(), 1e-12, "measurement " + i + ", seed " + SEED);
            drops += expected > 0.5 ? 1 : 0;
        }
        assertTrue(drops > 100, "only " + drops + " drops by half, seed " + SEED);
        depth.onLost();
        assertFalse(depth.isReady() || depth.isBuyCostKnown() || depth.isSellCostKnown());
        assertTrue(Double.isNaN(depth.drop()) && Double.isNaN(depth.buyCostBps()));
    }

    /** A measurement in the layout of {@link DepthView}: lots of the four bands and the cost, bids first. */
    private static DepthView measured(long bids, long asks, double buy, double sell) {
        ByteOrder order = ByteOrder.nativeOrder();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[DepthView.LENGTH]);
        int side = (DepthView.LENGTH - 16) / 2;
        for (int band = 0; band < DepthView.BANDS; band++) {
            buffer.putLong(16 + 8 * band, band * bids, order);
            buffer.putLong(16 + side + 8 * band, band * asks, order);
        }
        buffer.putDouble(16 + 8 * DepthView.BANDS, sell, order);
        buffer.putDouble(16 + side + 8 * DepthView.BANDS, buy, order);
        return new DepthView().wrap(buffer, 0);
    }
}
