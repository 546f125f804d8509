package io.millrace.engine.bars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.Series;
import io.millrace.engine.indicator.Snapshots;
import io.millrace.engine.indicator.ValueIndicator;
import io.millrace.engine.indicator.volume.SessionVwap;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** That a set says of each indicator, bit for bit, what the indicator's own class says: the classes are what the reference tests check. */
class IndicatorSetTest {
    private static final int SIZE = 1_000;
    private static final List<IndicatorKind> ALL = List.of(IndicatorKind.values());
    private static final long START_MS = 1_577_836_800_000L;

    /** One indicator of each kind by itself, all fed with the same bars as a set. */
    private static final class Twins {
        final List<Indicator> indicators = new ArrayList<>();

        Twins(Timeframe timeframe) {
            ALL.forEach(kind -> indicators.add(kind.make(timeframe)));
        }

        void update(Bar bar, boolean isSessionStart) {
            for (Indicator indicator : indicators) {
                if (isSessionStart && indicator instanceof SessionVwap vwap) {
                    vwap.startSession();
                }
                if (indicator instanceof BarIndicator onBars) {
                    onBars.update(bar);
                } else {
                    ((ValueIndicator) indicator).update(bar.close());
                }
            }
        }

        int assertSame(IndicatorSet set, String where) {
            int ready = 0;
            for (IndicatorKind kind : ALL) {
                Indicator indicator = indicators.get(ALL.indexOf(kind));
                assertEquals(indicator.isReady(), set.isReady(kind), kind + where);
                for (int k = 0; k < indicator.outputNames().size(); k++) {
                    double expected = indicator.output(k);
                    assertEquals(
                            Double.doubleToLongBits(expected),
                            Double.doubleToLongBits(set.value(kind, k)),
                            kind + " " + indicator.outputNames().get(k) + " is to be " + expected + ", it is "
                                    + set.value(kind, k) + where);
                    ready += indicator.isReady() ? 1 : 0;
                }
            }
            return ready;
        }
    }

    private static IndicatorSet set(Timeframe timeframe, List<IndicatorKind> kinds) {
        return new IndicatorSet(new IndicatorLayout(timeframe, kinds));
    }

    @Test
    void shouldSayWhatEachIndicatorSaysByItself() {
        int ready = 0;
        for (Timeframe timeframe : Timeframe.values()) {
            for (long seed = 1; seed <= 6; seed++) {
                Series series = series(seed);
                IndicatorSet set = set(timeframe, ALL);
                Twins twins = new Twins(timeframe);
                for (int i = 0; i < SIZE; i++) {
                    long openMs = START_MS + i * timeframe.lengthMs();
                    Bar bar = series.bar(i);
                    set.update(openMs, bar);
                    twins.update(bar, openMs % Timeframe.D1.lengthMs() == 0);
                    ready += twins.assertSame(set, " on " + timeframe + " at bar " + i + ", seed " + seed);
                }
            }
        }
        assertTrue(ready > 3_000_000, "only " + ready + " outputs were ready");
    }

    private static Series series(long seed) {
        return switch ((int) (seed % 3)) {
            case 0 -> Series.extreme(seed, SIZE);
            case 1 -> Series.wild(seed, SIZE);
            default -> Series.calm(seed, SIZE);
        };
    }

    @Test
    void shouldBeAsNewWhenReset() {
        Series series = Series.wild(7, SIZE);
        IndicatorSet set = set(Timeframe.H4, ALL);
        for (int i = 0; i < 333; i++) {
            set.update(START_MS + i, series.bar(i));
        }
        set.reset();
        Twins twins = new Twins(Timeframe.H4);
        for (int i = 333; i < SIZE; i++) {
            set.update(START_MS + i, series.bar(i));
            twins.update(series.bar(i), (START_MS + i) % Timeframe.D1.lengthMs() == 0);
            twins.assertSame(set, " at bar " + i);
        }
    }

    @Test
    void shouldGoOnAlikeWhenRestored() {
        Series series = Series.wild(8, SIZE);
        IndicatorSet set = set(Timeframe.D1, ALL);
        Twins twins = new Twins(Timeframe.D1);
        for (int i = 0; i < 217; i++) {
            set.update(START_MS, series.bar(i));
            twins.update(series.bar(i), true);
        }
        UnsafeBuffer snapshot = new UnsafeBuffer(new byte[Snapshots.length(set)]);
        Snapshots.write(set, snapshot, 0);
        IndicatorSet restored = set(Timeframe.D1, ALL);
        Snapshots.read(restored, snapshot, 0);
        for (int i = 217; i < SIZE; i++) {
            set.update(START_MS, series.bar(i));
            restored.update(START_MS, series.bar(i));
            twins.update(series.bar(i), true);
            twins.assertSame(restored, " at bar " + i);
            assertEquals(set.hash(), restored.hash());
        }
    }

    @Test
    void shouldHashWhatIsSaid() {
        Series series = Series.calm(9, SIZE);
        IndicatorSet one = set(Timeframe.M5, ALL);
        IndicatorSet other = set(Timeframe.M5, ALL);
        for (int i = 0; i < SIZE; i++) {
            one.update(START_MS, series.bar(i));
            Bar bar = series.bar(i);
            if (i == 500) {
                bar.set(bar.open(), bar.high(), bar.low(), bar.close(), Math.nextUp(bar.volume()), 0);
            }
            other.update(START_MS, bar);
            if (i < 500) {
                assertEquals(one.hash(), other.hash());
            } else {
                assertNotEquals(one.hash(), other.hash());
            }
        }
    }

    @Test
    void shouldSayNothingOfWhatItDoesNotHave() {
        List<IndicatorKind> some = List.of(IndicatorKind.MACD, IndicatorKind.VOLATILITY_REGIME);
        IndicatorSet set = set(Timeframe.D1, some);
        IndicatorSet none = set(Timeframe.D1, List.of());
        Twins twins = new Twins(Timeframe.D1);
        Series series = Series.calm(10, SIZE);
        for (int i = 0; i < SIZE; i++) {
            set.update(START_MS, series.bar(i));
            none.update(START_MS, series.bar(i));
            twins.update(series.bar(i), true);
        }
        for (IndicatorKind kind : ALL) {
            assertEquals(some.contains(kind), set.has(kind));
            assertEquals(some.contains(kind), set.isReady(kind));
            double expected = some.contains(kind)
                    ? twins.indicators.get(ALL.indexOf(kind)).value()
                    : Double.NaN;
            assertEquals(expected, set.value(kind));
            assertEquals(Double.NaN, none.value(kind));
        }
        assertEquals(SIZE, none.count());
        assertThrows(IndexOutOfBoundsException.class, () -> set.value(IndicatorKind.MACD, 3));
    }
}
