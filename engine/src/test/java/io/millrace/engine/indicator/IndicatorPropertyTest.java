package io.millrace.engine.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.indicator.Catalogue.Entry;
import io.millrace.engine.indicator.volume.SessionVwap;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.agrona.concurrent.UnsafeBuffer;

/** What holds for every indicator on any bars. */
class IndicatorPropertyTest {
    private static final int SIZE = 420;

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void shouldAnswerNumbersWhenReadyOnAnyBars(@ForAll long seed, @ForAll boolean isExtreme) {
        Series series = isExtreme ? Series.extreme(seed, SIZE) : Series.wild(seed, SIZE);
        for (Entry entry : Catalogue.all()) {
            Indicator indicator = entry.make().get();
            for (int i = 0; i < SIZE; i++) {
                Catalogue.feed(indicator, series.bar(i));
                assertEquals(i + 1 >= indicator.warmUp(), indicator.isReady(), entry.name());
                for (int k = 0; k < indicator.outputNames().size(); k++) {
                    double value = indicator.output(k);
                    assertEquals(
                            indicator.isReady(),
                            Double.isFinite(value),
                            () -> entry + " " + indicator.outputNames() + " is " + value + " at bar "
                                    + indicator.count());
                }
            }
        }
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void shouldGiveTheSameBitsWhenTheFeedEndsEarlier(@ForAll long seed) {
        Series series = Series.wild(seed, SIZE);
        int prefix = new SplittableRandom(seed).nextInt(SIZE);
        for (Entry entry : Catalogue.all()) {
            Indicator whole = entry.make().get();
            long[][] outputs = new long[SIZE][];
            for (int i = 0; i < SIZE; i++) {
                Catalogue.feed(whole, series.bar(i));
                outputs[i] = bits(whole);
            }
            // A series that ends at the prefix, cut before anything is fed: nothing later can be seen.
            Series cut = series.slice(0, prefix);
            Indicator part = entry.make().get();
            for (int i = 0; i < prefix; i++) {
                Catalogue.feed(part, cut.bar(i));
                assertSameBits(entry, i, outputs[i], bits(part));
            }
        }
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void shouldGoOnBitForBitWhenRestored(@ForAll long seed) {
        Series series = Series.wild(seed, SIZE);
        int cut = new SplittableRandom(seed).nextInt(SIZE);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[64 * 1024]);
        for (Entry entry : Catalogue.all()) {
            Indicator original = entry.make().get();
            for (int i = 0; i < cut; i++) {
                Catalogue.feed(original, series.bar(i));
            }
            buffer.setMemory(0, buffer.capacity(), (byte) 0x5a);
            int length = original.snapshot(buffer, 24);
            assertEquals(original.snapshotLength(), length, entry.name());
            assertEquals((byte) 0x5a, buffer.getByte(24 + length), entry.name());
            // Into one that has seen other bars: all of it has to be overwritten.
            Indicator restored = entry.make().get();
            Series other = Series.calm(~seed, 77);
            for (int i = 0; i < other.size(); i++) {
                Catalogue.feed(restored, other.bar(i));
            }
            assertEquals(length, restored.restore(buffer, 24), entry.name());
            assertEquals(original.stateHash(), restored.stateHash(), entry.name());
            for (int i = cut; i < SIZE; i++) {
                Catalogue.feed(original, series.bar(i));
                Catalogue.feed(restored, series.bar(i));
                assertSameBits(entry, i, bits(original), bits(restored));
            }
            assertEquals(original.stateHash(), restored.stateHash(), entry.name());
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void shouldBeAsNewWhenReset(@ForAll long seed) {
        Series series = Series.wild(seed, 150);
        for (Entry entry : Catalogue.all()) {
            Indicator used = entry.make().get();
            Indicator fresh = entry.make().get();
            long newHash = used.stateHash();
            for (int i = 0; i < series.size(); i++) {
                Catalogue.feed(used, series.bar(i));
            }
            assertTrue(newHash != used.stateHash(), entry + " has a state that does not show in its hash");
            if (used instanceof SessionVwap vwap) {
                vwap.startSession();
            }
            used.reset();
            assertEquals(newHash, used.stateHash(), entry.name());
            for (int i = 0; i < series.size(); i++) {
                Catalogue.feed(used, series.bar(i));
                Catalogue.feed(fresh, series.bar(i));
                assertSameBits(entry, i, bits(fresh), bits(used));
            }
        }
    }

    /**
     * What depends on a window only has to be the same, to rounding, for an indicator that saw nothing but the window: after
     * leaps by the factor 1000 have left it, nothing of them remains.
     */
    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void shouldEqualOneThatSawOnlyTheWindow(@ForAll long seed) {
        Series series = Series.wild(seed, SIZE);
        for (Entry entry : Catalogue.all()) {
            if (entry.memory() != Catalogue.ENDLESS) {
                Indicator running = entry.make().get();
                for (int i = 0; i < SIZE; i++) {
                    Catalogue.feed(running, series.bar(i));
                    if (i + 1 >= entry.memory() && i % 23 == 0) {
                        int from = i + 1 - entry.memory();
                        Indicator fresh = entry.make().get();
                        for (int k = from; k <= i; k++) {
                            Catalogue.feed(fresh, series.bar(k));
                        }
                        compare(entry, i, running, fresh, scale(series, from, i));
                    }
                }
            }
        }
    }

    /** Stricter still: with a leap that has left the window, and without it, every bit is the same. */
    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void shouldKeepNoTraceOfALeapWhenItLeftTheWindow(@ForAll long seed) {
        Series quiet = Series.calm(seed, SIZE);
        Series leaping = quiet.slice(0, SIZE);
        for (int i = 200; i < 203; i++) {
            double factor = i == 201 ? 1e-3 : 1000;
            leaping.set(
                    i, quiet.open[i] * factor, quiet.close[i] * factor, quiet.high[i] * factor, quiet.low[i] * factor);
            leaping.volume[i] *= 1e6;
        }
        for (Entry entry : Catalogue.all()) {
            Indicator without = entry.make().get();
            Indicator with = entry.make().get();
            for (int i = 0; i < SIZE; i++) {
                Catalogue.feed(without, quiet.bar(i));
                Catalogue.feed(with, leaping.bar(i));
                if (entry.memory() != Catalogue.ENDLESS && i >= 202 + entry.memory()) {
                    assertSameBits(entry, i, bits(without), bits(with));
                }
            }
        }
    }

    private static double scale(Series series, int from, int to) {
        double scale = 1;
        for (int i = from; i <= to; i++) {
            scale = Math.max(scale, series.high[i]);
        }
        return scale;
    }

    private static void compare(Entry entry, int at, Indicator running, Indicator fresh, double scale) {
        for (int k = 0; k < running.outputNames().size(); k++) {
            double expected = fresh.output(k);
            boolean isPrice = expected > 10 && Math.abs(expected) < 4 * scale;
            // Ratios of differences carry the rounding of prices, magnified by what they are divided by.
            double tolerance = 1e-9 * Math.max(Math.abs(expected), isPrice ? scale : 1);
            String name = running.outputNames().get(k);
            assertEquals(expected, running.output(k), tolerance, () -> entry + " " + name + " at bar " + at);
        }
    }

    private static long[] bits(Indicator indicator) {
        long[] bits = new long[indicator.outputNames().size()];
        for (int k = 0; k < bits.length; k++) {
            bits[k] = Double.doubleToRawLongBits(indicator.output(k));
        }
        return bits;
    }

    private static void assertSameBits(Entry entry, int at, long[] expected, long[] actual) {
        for (int k = 0; k < expected.length; k++) {
            assertEquals(
                    Double.longBitsToDouble(expected[k]),
                    Double.longBitsToDouble(actual[k]),
                    () -> entry + " at bar " + at);
            assertEquals(expected[k], actual[k], () -> entry + " at bar " + at);
        }
    }
}
