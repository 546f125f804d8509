package io.millrace.engine.bars;

import static io.millrace.engine.bars.BarEvents.KLINE_BIT;
import static io.millrace.engine.bars.BarEvents.MINUTE;
import static io.millrace.engine.bars.BarEvents.START_MS;
import static io.millrace.engine.bars.BarEvents.TRADE_BIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.engine.bars.BarEvents.Candle;
import io.millrace.engine.indicator.Snapshots;
import io.millrace.engine.indicator.Stateful;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What has to hold for the state as a whole: prefixes, numbers, skips, snapshots, allocation. */
class BarStateTest {
    private static final BarSettings SETTINGS = BarSettings.defaults()
            .with(new BarSettings.Depths(120, 60, 40, 30, 20, 20))
            .with(BarSettings.WarmUp.byRest());
    private static final int KLINES = 0;
    private static final int TRADES = 1;

    @Test
    void shouldGiveTheSameWhenTheFeedEndsEarlier() {
        long seed = 11;
        List<byte[]> feed = feed(new BarEvents(), seed, 400);
        BarsHarness whole = new BarsHarness(SETTINGS, IndicatorPlan.defaults());
        List<Long> hashes = new ArrayList<>();
        for (byte[] event : feed) {
            whole.apply(event);
            hashes.add(whole.hash());
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 4; i++) {
            int end = random.nextInt(1, feed.size());
            BarsHarness prefix = new BarsHarness(SETTINGS, IndicatorPlan.defaults());
            feed.subList(0, end).forEach(prefix::apply);
            assertEquals(hashes.get(end - 1), prefix.hash(), "seed " + seed + ", event " + end);
        }
    }

    @Test
    void shouldHoldFiniteNumbersOnlyWhenAnIndicatorIsReady() {
        long seed = 12;
        BarsHarness harness = new BarsHarness(SETTINGS, IndicatorPlan.defaults());
        List<byte[]> feed = feed(harness.events, seed, 700);
        int checked = 0;
        for (byte[] event : feed) {
            harness.apply(event);
            checked += check(harness.of(KLINES), seed);
            checked += check(harness.of(TRADES), seed);
        }
        assertTrue(checked > 100_000, "only " + checked + " outputs were ready");
        assertNotNull(harness.series(KLINES, Timeframe.H1), "an hour was closed");
    }

    private static int check(InstrumentBars bars, long seed) {
        int checked = 0;
        for (int t = 0; bars != null && t < Timeframe.COUNT; t++) {
            Timeframe timeframe = Timeframe.at(t);
            IndicatorSet set = bars.indicators(timeframe);
            if (set == null || set.lastMs() != bars.series(timeframe).newestMs()) {
                continue;
            }
            for (IndicatorKind kind : IndicatorKind.values()) {
                if (set.isReady(kind)) {
                    int outputs = kind.make(timeframe).outputNames().size();
                    for (int k = 0; k < outputs; k++) {
                        double value = set.value(kind, k);
                        assertTrue(Double.isFinite(value), () -> kind + " on " + timeframe + ", seed " + seed);
                        checked++;
                    }
                }
            }
            for (Timeframe other : Timeframe.values()) {
                double correlation = bars.view().correlation(timeframe, other);
                assertFalse(correlation > 1 + 1e-9 || correlation < -1 - 1e-9, () -> "seed " + seed);
            }
        }
        return checked;
    }

    @Test
    void shouldBeTheSameWhetherOrNotASkippedEventWasTried() {
        long seed = 13;
        List<byte[]> feed = feed(new BarEvents(), seed, 80);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            int at = i < 3 ? i : random.nextInt(feed.size());
            BarsHarness tried = new BarsHarness(SETTINGS);
            BarsHarness untried = new BarsHarness(SETTINGS);
            for (int k = 0; k < feed.size(); k++) {
                if (k == at) {
                    tried.applyAndSkip(feed.get(k));
                    untried.skip(feed.get(k));
                } else {
                    tried.apply(feed.get(k));
                    untried.apply(feed.get(k));
                }
                assertEquals(untried.hash(), tried.hash(), "event " + k + " after skipping " + at + ", seed " + seed);
            }
            assertEquals(untried.fetches, tried.fetches, "after skipping " + at + ", seed " + seed);
        }
    }

    @Test
    void shouldGoOnAlikeWhenRestoredFromASnapshot() {
        long seed = 14;
        List<byte[]> feed = feed(new BarEvents(), seed, 300);
        int half = feed.size() / 2;
        BarsHarness first = new BarsHarness(SETTINGS, IndicatorPlan.defaults());
        BarsHarness second = new BarsHarness(SETTINGS, IndicatorPlan.defaults());
        feed.subList(0, half).forEach(first::apply);
        second.apply(feed.get(0));
        second.apply(feed.get(1));
        for (int id = KLINES; id <= TRADES; id++) {
            InstrumentBars from = first.of(id);
            InstrumentBars to = second.of(id);
            UnsafeBuffer snapshot = snapshot(from);
            assertEquals(snapshot.capacity(), Snapshots.read(to, snapshot, 0));
            assertEquals(snapshot, snapshot(to));
        }
        // Without ticks: the venue's clock and the requests are not the instrument's.
        for (byte[] event : feed.subList(half, feed.size())) {
            if (event.length > 100) {
                first.apply(event);
                second.apply(event);
            }
        }
        for (int id = KLINES; id <= TRADES; id++) {
            assertEquals(snapshot(first.of(id)), snapshot(second.of(id)), "seed " + seed);
            assertEquals(first.of(id).hash(), second.of(id).hash(), "seed " + seed);
        }
    }

    @Test
    void shouldGoOnAlikeAtEveryEventWhenTheWholePartIsRestored() {
        long seed = 16;
        List<byte[]> feed = feed(new BarEvents(), seed, 200);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 4; round++) {
            int cut = random.nextInt(3, feed.size());
            BarsHarness first = new BarsHarness(SETTINGS, IndicatorPlan.defaults());
            BarsHarness second = new BarsHarness(SETTINGS, IndicatorPlan.defaults());
            feed.subList(0, cut).forEach(first::apply);
            second.apply(feed.get(0));
            second.apply(feed.get(1));
            first.copyTo(second);
            for (byte[] event : feed.subList(cut, feed.size())) {
                first.apply(event);
                second.apply(event);
                assertEquals(first.hash(), second.hash(), "cut " + cut + ", seed " + seed);
            }
            assertEquals(snapshot(first.bars), snapshot(second.bars), "cut " + cut + ", seed " + seed);
            int common = second.fetches.size();
            assertEquals(
                    first.fetches.subList(first.fetches.size() - common, first.fetches.size()),
                    second.fetches,
                    "cut " + cut + ", seed " + seed);
        }
    }

    private static UnsafeBuffer snapshot(Stateful bars) {
        UnsafeBuffer snapshot = new UnsafeBuffer(new byte[Snapshots.length(bars)]);
        assertEquals(snapshot.capacity(), Snapshots.write(bars, snapshot, 0));
        return snapshot;
    }

    @Test
    void shouldAllocateNothingWhenBarsCloseInSteadyState() throws Exception {
        BarsHarness harness = new BarsHarness(SETTINGS, IndicatorPlan.defaults());
        List<byte[]> feed = feed(harness.events, 15, 1_600);
        feed.forEach(harness::apply);
        int window = 600;
        AllocationWindows.assertNothing("closing bars of " + window + " events", () -> {
            for (int i = feed.size() - window; i < feed.size(); i++) {
                harness.applyAlone(BarShift.later(feed.get(i), 2_000 * MINUTE));
            }
        });
    }

    /** Klines for one instrument and trades for another, with losses, leaps, quiet minutes, history and failures between. */
    private static List<byte[]> feed(BarEvents events, long seed, int minutes) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> feed = new ArrayList<>();
        feed.add(events.definition(KLINES, 0, KLINE_BIT));
        feed.add(events.definition(TRADES, 1, TRADE_BIT));
        long ticks = 100_000;
        long id = 1;
        for (int i = 0; i < minutes; i++) {
            long openMs = START_MS + i * MINUTE;
            events.nowMs = openMs + 20_000;
            // A crash to a quarter and back, and flat stretches.
            long leap = random.nextInt(200) == 0 ? random.nextInt(1, 5) : 1;
            ticks = Math.max(1_000, Math.min(10_000_000, random.nextBoolean() ? ticks / leap : ticks * leap));
            ticks += i % 50 < 10 ? 0 : random.nextInt(-50, 51);
            Candle candle = i % 50 < 10 ? Candle.flat(openMs, ticks) : Candle.of(openMs, ticks, random.nextInt(1_000));
            feed.add(events.kline(KLINES, Timeframe.M1, candle, false));
            feed.add(events.trade(TRADES, id++, ticks, random.nextLong(1, 100), random.nextBoolean(), events.nowMs));
            feed.add(events.tick());
            rare(events, feed, random, openMs);
            events.nowMs = openMs + MINUTE + 100;
            if (random.nextInt(30) != 0) {
                feed.add(events.kline(KLINES, Timeframe.M1, candle, true));
            }
            feed.add(events.tick());
            events.nowMs += 3_000;
            feed.add(events.tick());
        }
        return feed;
    }

    private static void rare(BarEvents events, List<byte[]> feed, SplittableRandom random, long openMs) {
        switch (random.nextInt(60)) {
            case 0 -> feed.add(events.status(StreamState.LOST, KLINE_BIT | TRADE_BIT, KLINES, TRADES));
            case 1, 2, 3 -> feed.add(events.status(StreamState.SUBSCRIBED, KLINE_BIT | TRADE_BIT, KLINES, TRADES));
            case 4 -> feed.add(events.runStarted());
            case 5 -> feed.add(events.outcome(KLINES, 64L * random.nextInt(100) + 16, CommandOutcomeCode.FAILED, 0));
            case 6, 7, 8 -> {
                List<Candle> candles = new ArrayList<>();
                for (int i = random.nextInt(1, 12); i > 0; i--) {
                    candles.add(Candle.of(openMs - (i + random.nextInt(3)) * MINUTE, 1_000, i));
                }
                int instrument = random.nextInt(2);
                feed.add(events.history(instrument, Timeframe.M1, 16, EventFlags.WHOLE, candles));
            }
            default -> {}
        }
    }
}
