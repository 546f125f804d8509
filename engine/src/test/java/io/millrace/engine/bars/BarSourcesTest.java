package io.millrace.engine.bars;

import static io.millrace.engine.bars.BarEvents.AGG_BIT;
import static io.millrace.engine.bars.BarEvents.KLINE_BIT;
import static io.millrace.engine.bars.BarEvents.MINUTE;
import static io.millrace.engine.bars.BarEvents.START_MS;
import static io.millrace.engine.bars.BarEvents.TRADE_BIT;
import static io.millrace.engine.bars.BarEvents.e8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.bars.BarEvents.Candle;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bars from trades, and that trades, klines and shorter bars give the same. */
class BarSourcesTest {
    private static final int KLINES = 0;
    private static final int TRADES = 1;
    private static final int AGGREGATES = 2;

    private final BarsHarness harness = new BarsHarness();

    @Test
    void shouldBeginWithTheFirstWholeMinuteWhenMadeFromTrades() {
        harness.define(1, TRADE_BIT);
        trade(1, 1, 100, 5, START_MS + 30_000);
        trade(1, 2, 101, 5, START_MS + MINUTE + 10_000);
        trade(1, 3, 99, 7, START_MS + 2 * MINUTE - 1);
        trade(1, 4, 98, 1, START_MS + 2 * MINUTE);

        BarSeries minutes = harness.series(1, Timeframe.M1);
        assertEquals(1, minutes.size());
        assertEquals(START_MS + MINUTE, minutes.newestMs());
        assertEquals(e8(101), minutes.openE8(0));
        assertEquals(e8(99), minutes.closeE8(0));
        assertEquals(0.012, minutes.volume(0));
        assertEquals(2, minutes.trades(0));
    }

    @Test
    void shouldDropALateTradeWhenItsMinuteIsClosed() {
        harness.define(1, TRADE_BIT);
        trade(1, 1, 100, 5, START_MS + 30_000);
        trade(1, 2, 101, 5, START_MS + MINUTE + 10_000);
        trade(1, 3, 98, 1, START_MS + 2 * MINUTE);
        trade(1, 4, 500, 100, START_MS + 2 * MINUTE - 1);
        trade(1, 5, 97, 1, START_MS + 3 * MINUTE);

        BarSeries minutes = harness.series(1, Timeframe.M1);
        assertEquals(1, harness.of(1).counters().late());
        assertEquals(e8(98), minutes.highE8(0));
        assertEquals(e8(101), minutes.highE8(1));
    }

    @Test
    void shouldTakeATradeOnceWhenItComesTwice() {
        harness.define(1, TRADE_BIT);
        trade(1, 1, 100, 5, START_MS + 30_000);
        trade(1, 2, 101, 5, START_MS + MINUTE + 10_000);
        trade(1, 2, 101, 5, START_MS + MINUTE + 10_000);
        trade(1, 3, 98, 1, START_MS + 2 * MINUTE);
        assertEquals(0.005, harness.series(1, Timeframe.M1).volume(0));
        assertEquals(1, harness.of(1).counters().duplicates());
    }

    @Test
    void shouldMakeAHoleWhenAggregateTradesAreLost() {
        harness.define(1, AGG_BIT);
        harness.apply(harness.events.aggTrade(1, 1, 100, 5, true, START_MS + 30_000));
        for (int i = 1; i < 6; i++) {
            long id = i < 3 ? i + 1 : i + 2;
            harness.events.nowMs = START_MS + i * MINUTE + 100;
            harness.apply(harness.events.aggTrade(1, id, 100, 5, true, START_MS + i * MINUTE));
        }
        BarSeries minutes = harness.series(1, Timeframe.M1);
        assertEquals(1, harness.of(1).counters().gaps());
        assertTrue(minutes.hasAt(START_MS + MINUTE));
        assertFalse(minutes.hasAt(START_MS + 2 * MINUTE), "the minute that may lack trades at its end");
        assertFalse(minutes.hasAt(START_MS + 3 * MINUTE), "the minute that may lack trades at its start");
        assertTrue(minutes.hasAt(START_MS + 4 * MINUTE));
    }

    @Test
    void shouldStayFlatWhenNothingTrades() {
        harness.define(1, TRADE_BIT);
        trade(1, 1, 100, 5, START_MS + 30_000);
        trade(1, 2, 101, 5, START_MS + MINUTE);
        harness.pass(4 * MINUTE);
        BarSeries minutes = harness.series(1, Timeframe.M1);
        assertTrue(minutes.isContiguous(3));
        assertEquals(e8(101), minutes.lowE8(0));
        assertEquals(0, minutes.trades(0));
    }

    @Test
    void shouldAgreeWhenTheSameTradesComeAsTradesAggregatesAndKlines() {
        long seed = 20_260_105;
        SplittableRandom random = new SplittableRandom(seed);
        harness.define(KLINES, KLINE_BIT);
        harness.define(TRADES, TRADE_BIT);
        harness.define(AGGREGATES, AGG_BIT);
        long ticks = 1_000_000;
        long id = 1;
        for (int i = -1; i < 25 * 60; i++) {
            long openMs = START_MS + i * MINUTE;
            List<long[]> trades = new ArrayList<>();
            // Quiet minutes too: then all are flat at the last close.
            int count = i < 1 ? 3 : random.nextInt(4) * random.nextInt(6);
            for (int k = 0; k < count; k++) {
                ticks += random.nextInt(-40, 41);
                trades.add(new long[] {ticks, 1 + random.nextLong(1_000_000), random.nextInt(2)});
            }
            Candle candle = trades.isEmpty() ? Candle.flat(openMs, ticks) : candle(openMs, trades);
            for (int k = 0; k < count; k++) {
                long[] trade = trades.get(k);
                long timeMs = openMs + (k + 1) * MINUTE / (count + 1);
                harness.events.nowMs = timeMs + 5;
                harness.apply(harness.events.trade(TRADES, id, trade[0], trade[1], trade[2] == 1, timeMs));
                harness.apply(harness.events.aggTrade(AGGREGATES, id++, trade[0], trade[1], trade[2] == 1, timeMs));
            }
            harness.minute(KLINES, candle);
        }
        harness.pass(3_000);
        for (int t = 0; t <= Timeframe.D1.index(); t++) {
            assertSame(Timeframe.at(t), TRADES, seed);
            assertSame(Timeframe.at(t), AGGREGATES, seed);
        }
        assertEquals(1, harness.series(TRADES, Timeframe.D1).size());
        assertEquals(6, harness.series(TRADES, Timeframe.H4).size());
        assertEquals(1_500, harness.series(TRADES, Timeframe.M1).size());
    }

    private void assertSame(Timeframe timeframe, int other, long seed) {
        BarSeries expected = harness.series(KLINES, timeframe);
        BarSeries actual = harness.series(other, timeframe);
        assertEquals(expected.newestMs(), actual.newestMs(), "seed " + seed);
        assertEquals(0, actual.missing(), "seed " + seed);
        ClosedBar a = new ClosedBar();
        ClosedBar b = new ClosedBar();
        // The minute in which the trades began is known to the klines alone.
        for (long at = actual.oldestMs(); at <= actual.newestMs(); at += timeframe.lengthMs()) {
            expected.copyAt(at, a);
            actual.copyAt(at, b);
            assertTrue(a.isSame(b), timeframe + " at " + at + ", seed " + seed);
            assertEquals(a.quoteVolume(), b.quoteVolume(), 1e-12 * a.quoteVolume());
        }
    }

    private static Candle candle(long openMs, List<long[]> trades) {
        long high = Long.MIN_VALUE;
        long low = Long.MAX_VALUE;
        long lots = 0;
        long takerLots = 0;
        long value = 0;
        for (long[] trade : trades) {
            high = Math.max(high, trade[0]);
            low = Math.min(low, trade[0]);
            lots += trade[1];
            takerLots += trade[2] * trade[1];
            value += trade[0] * trade[1];
        }
        long open = trades.get(0)[0];
        long close = trades.get(trades.size() - 1)[0];
        return new Candle(openMs, open, high, low, close, lots, takerLots, trades.size(), value);
    }

    private void trade(int id, long tradeId, long ticks, long lots, long timeMs) {
        harness.events.nowMs = Math.max(harness.events.nowMs, timeMs + 5);
        harness.apply(harness.events.trade(id, tradeId, ticks, lots, true, timeMs));
    }
}
