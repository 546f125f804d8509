package io.millrace.engine.bars;

import static io.millrace.engine.bars.BarEvents.KLINE_BIT;
import static io.millrace.engine.bars.BarEvents.MINUTE;
import static io.millrace.engine.bars.BarEvents.START_MS;
import static io.millrace.engine.bars.BarEvents.e8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.StreamState;
import io.millrace.engine.bars.BarEvents.Candle;
import org.junit.jupiter.api.Test;

class BarsPartTest {
    private final BarsHarness harness = new BarsHarness();

    @Test
    void shouldCloseAMinuteWithItsFinalKlineWhenItComes() {
        harness.define(0, KLINE_BIT);
        Candle candle = new Candle(START_MS, 100, 110, 95, 105, 2_500, 1_000, 7, 0);
        harness.events.nowMs = START_MS + 30_000;
        harness.apply(harness.events.kline(0, Timeframe.M1, Candle.flat(START_MS, 100), false));
        assertNull(harness.series(0, Timeframe.M1));
        assertEquals(e8(100), harness.of(0).runningCloseE8());

        harness.minute(0, candle);

        BarSeries minutes = harness.series(0, Timeframe.M1);
        assertEquals(1, minutes.size());
        ClosedBar bar = new ClosedBar();
        minutes.copyAt(START_MS, bar);
        assertEquals(e8(100), bar.openE8());
        assertEquals(e8(110), bar.highE8());
        assertEquals(e8(95), bar.lowE8());
        assertEquals(e8(105), bar.closeE8());
        assertEquals(2.5, bar.volume());
        assertEquals(1.0, bar.takerBuyVolume());
        assertEquals(7, bar.trades());
        assertEquals(50, bar.eventOffsetMs());
        assertEquals(50, bar.receiveOffsetMs());
        assertEquals(ClosedBar.KLINE, bar.source());
        assertEquals(START_MS + MINUTE, harness.of(0).runningMs());
    }

    @Test
    void shouldKeepTheFirstNumbersWhenAFinalKlineComesTwice() {
        harness.define(0, KLINE_BIT);
        Candle candle = Candle.of(START_MS, 100, 1);
        harness.minute(0, candle);
        long hash = harness.of(0).hash();

        harness.minute(0, candle);
        harness.minute(0, Candle.flat(START_MS, 90));

        assertEquals(1, harness.of(0).counters().duplicates());
        assertEquals(1, harness.of(0).counters().differences());
        assertEquals(2, harness.of(0).counters().late());
        assertEquals(e8(candle.close()), harness.series(0, Timeframe.M1).closeE8(0));
        assertEquals(hash, harness.of(0).hash());
    }

    @Test
    void shouldCloseByATickPastTheGraceWhenNoFinalKlineComes() {
        harness.define(0, KLINE_BIT);
        harness.minute(0, Candle.of(START_MS, 100, 1));
        harness.events.nowMs = START_MS + MINUTE + 20_000;
        Candle last = new Candle(START_MS + MINUTE, 100, 103, 99, 102, 10, 5, 2, 0);
        harness.apply(harness.events.kline(0, Timeframe.M1, last, false));

        harness.pass(41_900);
        assertEquals(1, harness.series(0, Timeframe.M1).size());
        harness.pass(300);

        BarSeries minutes = harness.series(0, Timeframe.M1);
        assertEquals(2, minutes.size());
        assertEquals(e8(102), minutes.closeE8(0));
        assertEquals(1, harness.of(0).counters().unconfirmed());

        harness.pass(60_000);
        ClosedBar bar = new ClosedBar();
        minutes.copyAt(START_MS + 2 * MINUTE, bar);
        assertEquals(ClosedBar.FLAT, bar.source());
        assertEquals(e8(102), bar.closeE8());
        assertEquals(0, bar.volume());
        assertTrue(minutes.isContiguous(3));
    }

    @Test
    void shouldMakeAHoleWhenTheStreamWasLost() {
        harness.define(0, KLINE_BIT);
        harness.minute(0, Candle.of(START_MS, 100, 1));
        harness.apply(harness.events.status(StreamState.LOST, KLINE_BIT, 0));
        harness.pass(125_000);
        BarSeries minutes = harness.series(0, Timeframe.M1);
        assertEquals(2, minutes.missing());
        assertFalse(minutes.isContiguous(1));

        harness.apply(harness.events.status(StreamState.SUBSCRIBED, KLINE_BIT, 0));
        harness.minute(0, Candle.of(START_MS + 3 * MINUTE, 100, 2));

        assertEquals(1, minutes.contiguous());
        assertEquals(2, minutes.missing());
        assertFalse(minutes.has(1));
        assertTrue(minutes.has(3));
        assertEquals(1, harness.of(0).indicators(Timeframe.M1).count());
    }

    @Test
    void shouldKeepALateKlineOfAHoleWhenItComes() {
        harness.define(0, KLINE_BIT);
        harness.minute(0, Candle.of(START_MS, 100, 1));
        harness.apply(harness.events.status(StreamState.LOST, KLINE_BIT, 0));
        harness.pass(63_000);
        harness.apply(harness.events.status(StreamState.SUBSCRIBED, KLINE_BIT, 0));
        harness.minute(0, Candle.of(START_MS + 2 * MINUTE, 100, 3));
        assertEquals(1, harness.series(0, Timeframe.M1).missing());

        harness.minute(0, Candle.of(START_MS + MINUTE, 100, 2));

        assertEquals(0, harness.series(0, Timeframe.M1).missing());
        assertEquals(3, harness.series(0, Timeframe.M1).contiguous());
        assertEquals(3, harness.of(0).indicators(Timeframe.M1).count());
    }

    @Test
    void shouldAddLongerBarsUpWhenTheirLastMinuteCloses() {
        harness.define(0, KLINE_BIT);
        for (int i = 0; i < 60; i++) {
            assertNull(harness.of(0).series(Timeframe.H1));
            harness.minute(0, Candle.of(START_MS + i * MINUTE, 1_000 + i, i));
        }
        BarSeries hours = harness.series(0, Timeframe.H1);
        assertEquals(1, hours.size());
        assertEquals(e8(1_000), hours.openE8(0));
        assertEquals(harness.series(0, Timeframe.M1).closeE8(0), hours.closeE8(0));
        assertEquals(e8(1_064), hours.highE8(0));
        assertEquals(e8(996), hours.lowE8(0));
        assertEquals(240, hours.trades(0));
        assertEquals(12, harness.series(0, Timeframe.M5).size());
        assertEquals(4, harness.series(0, Timeframe.M15).size());
        assertNull(harness.series(0, Timeframe.H4));
    }

    @Test
    void shouldLeaveAHoleInLongerBarsWhenAMinuteIsMissing() {
        harness.define(0, KLINE_BIT);
        for (int i = 0; i < 15; i++) {
            if (i == 7) {
                harness.apply(harness.events.status(StreamState.LOST, KLINE_BIT, 0));
                continue;
            }
            if (i == 8) {
                harness.events.nowMs = START_MS + 8 * MINUTE + 1_000;
                harness.apply(harness.events.status(StreamState.SUBSCRIBED, KLINE_BIT, 0));
            }
            harness.minute(0, Candle.of(START_MS + i * MINUTE, 1_000, i));
        }
        assertEquals(3, harness.series(0, Timeframe.M5).size());
        assertFalse(harness.series(0, Timeframe.M5).has(1));
        assertNull(harness.series(0, Timeframe.M15));

        harness.minute(0, Candle.of(START_MS + 7 * MINUTE, 1_000, 7));

        assertTrue(harness.series(0, Timeframe.M5).has(1));
        assertEquals(1, harness.series(0, Timeframe.M15).size());
    }

    @Test
    void shouldTakeLongerKlinesAsTheyAreWhenTheyComeFirst() {
        harness.define(0, KLINE_BIT);
        harness.events.nowMs = START_MS + 5 * MINUTE;
        Candle candle = new Candle(START_MS, 100, 110, 95, 105, 2_500, 1_000, 7, 0);
        harness.apply(harness.events.kline(0, Timeframe.M5, candle, true));
        assertEquals(e8(105), harness.series(0, Timeframe.M5).closeE8(0));
        assertNull(harness.series(0, Timeframe.M1));
        harness.events.nowMs = START_MS + 10 * MINUTE;
        harness.apply(harness.events.kline(0, Timeframe.M5, Candle.of(START_MS + 5 * MINUTE, 105, 1), true));
        harness.apply(harness.events.kline(0, Timeframe.M5, Candle.of(START_MS + 10 * MINUTE, 105, 2), true));
        assertEquals(1, harness.series(0, Timeframe.M15).size());
        assertEquals(e8(100), harness.series(0, Timeframe.M15).openE8(0));
    }

    @Test
    void shouldRefuseWhatIsNoBarWhenNumbersAreOutOfOrder() {
        harness.define(0, KLINE_BIT);
        harness.minute(0, new Candle(START_MS, 100, 90, 95, 105, 10, 5, 1, 0));
        harness.minute(0, new Candle(START_MS, 100, 110, 95, 105, 10, 50, 1, 0));
        harness.minute(0, new Candle(START_MS + 1, 100, 110, 95, 105, 10, 5, 1, 0));
        harness.minute(0, Candle.flat(START_MS, 0));
        assertEquals(4, harness.of(0).counters().refused());
        assertNull(harness.series(0, Timeframe.M1));
    }

    @Test
    void shouldKeepHistoryButLoseTheRunningMinuteWhenARunStarts() {
        harness.define(0, KLINE_BIT);
        harness.minute(0, Candle.of(START_MS, 100, 1));
        harness.events.nowMs = START_MS + 40 * MINUTE;
        harness.apply(harness.events.runStarted());
        harness.minute(0, Candle.of(START_MS + 40 * MINUTE, 120, 2));
        BarSeries minutes = harness.series(0, Timeframe.M1);
        assertEquals(41, minutes.size());
        assertEquals(39, minutes.missing());
        assertTrue(minutes.has(40));
    }
}
