package io.millrace.engine.feature.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.engine.feature.derivative.DerivativeFeatures;
import io.millrace.engine.feature.vector.FeatureVector;
import io.millrace.engine.feature.vector.VectorFeature;
import io.millrace.engine.feature.vector.VectorWriter;
import io.millrace.engine.indicator.Snapshots;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What all features promise: no look-ahead, no residue, numbers only, state bit for bit, no allocation. */
class MicroPropertyTest {
    private static final long SEED = 77;
    private static final long MINUTE_NS = 60_000_000_000L;

    private final Tape.View view = new Tape.View();
    private final VectorWriter writer = new VectorWriter();

    @Test
    void shouldGiveTheSameVectorsWhenTheFeedEndsEarlier() {
        List<byte[]> all = vectors(Tape.random(SEED, 3_000, -1, 1), 3_000);
        List<byte[]> some = vectors(Tape.random(SEED, 3_000, -1, 1), 1_777);
        for (int i = 0; i < some.size(); i++) {
            assertEquals(new UnsafeBuffer(all.get(i)), new UnsafeBuffer(some.get(i)), "row " + i + ", seed " + SEED);
        }
    }

    @Test
    void shouldKeepNoResidueWhenALeapHasLeftEveryWindow() {
        for (long leap : new long[] {4, 1_000}) {
            Outcome leapt = afterLeap(leap);
            Outcome calm = afterLeap(1);
            assertEquals(calm.vector, leapt.vector, "leap " + leap + ", seed " + SEED);
        }
    }

    private record Outcome(UnsafeBuffer vector) {}

    /** A leap and back, three minutes of silence, then another market. */
    private Outcome afterLeap(long leap) {
        MicroFeatures features = new MicroFeatures();
        feed(features, Tape.random(SEED, 1_500, 500, leap), 0);
        Tape after = Tape.random(SEED + 1, 6_000, -1, 1);
        long shift = 60 * MINUTE_NS;
        byte[] vector = feed(features, after, shift);
        return new Outcome(new UnsafeBuffer(vector));
    }

    private byte[] feed(MicroFeatures features, Tape tape, long shiftNs) {
        UnsafeBuffer vector = new UnsafeBuffer(new byte[FeatureVector.LENGTH]);
        for (int i = 0; i < tape.size(); i++) {
            Tape.Row row = tape.row(i);
            long ns = row.ns() + shiftNs;
            if (row.kind() == 'T') {
                features.onView(ns, view.touch(row.a(), row.b(), row.c(), row.d()));
            } else {
                features.onTrade(ns, row.a(), row.b(), row.kind() == 'S', true);
            }
            features.advance(ns);
            writer.write(ns, 1, features, null, vector, 0);
        }
        return vector.byteArray().clone();
    }

    @Test
    void shouldAnswerNumbersOnlyWhenReadyAndInputsAreExtreme() {
        long[] sizes = {1, 0, Long.MAX_VALUE, 1, Long.MAX_VALUE / 3, 0, 7};
        long[] prices = {1, 1, 4_000_000_000_000_000_000L, 4, 1_000, 1, 1L << 61};
        MicroFeatures features = new MicroFeatures();
        DerivativeFeatures derivative = new DerivativeFeatures();
        long ns = Tape.START_NS;
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[FeatureVector.LENGTH]);
        FeatureVector vector = new FeatureVector().wrap(buffer, 0);
        boolean[] seen = new boolean[FeatureVector.COUNT];
        for (int i = 0; i < 20_000; i++) {
            ns += i % 97 == 0 ? 5_000_000_000L : 40_000_000;
            long price = prices[i / 50 % prices.length];
            long size = sizes[i % sizes.length];
            features.onView(ns, view.touch(price, size, price + i % 2, sizes[(i + 3) % sizes.length]));
            features.onTrade(ns, price, size, i % 3 == 0, true);
            features.onForceOrder(ns, size, i % 2 == 0);
            features.onTicker(ns, price, price, Math.max(1, price / 3), -price);
            features.onBar(i + 1L, price, price / 4, price / 2, i % 5 == 0 ? 0 : 1e25);
            derivative.onMark(ns, price, i % 4 == 0 ? 0 : 1);
            derivative.onFundingRate(ns / 1_000_000, i % 2 == 0 ? 1_000_000 : -100_000_000, ns / 1_000_000 + 3_600_000);
            derivative.onOpenInterest(ns, i % 7 == 0 ? 0 : 1e13 / (1 + i % 11));
            derivative.onLongShort(i % 2 == 0 ? 0 : Long.MAX_VALUE / 2, i % 3 == 0 ? 0 : 5);
            derivative.onInsuranceFund(ns, i % 5 == 0 ? 0 : Long.MAX_VALUE);
            features.advance(ns);
            writer.write(ns, 1, features, derivative, buffer, 0);
            for (VectorFeature feature : VectorFeature.all()) {
                float value = vector.get(feature);
                assertFalse(Float.isInfinite(value), feature + " is infinite at " + i);
                boolean isMissing = Float.isNaN(value);
                boolean mayBeMissing =
                        size == 0 || sizes[(i + 3) % sizes.length] == 0 || i % 4 == 0 || isUnready(feature);
                assertTrue(!isMissing || !seen[feature.index()] || mayBeMissing, feature + " is missing at " + i);
                seen[feature.index()] |= !isMissing;
            }
            assertFinite(features.ticker().isReady(), features.ticker().score());
            assertFinite(
                    true,
                    derivative.interest().isReady() ? derivative.interest().interest() : 0);
        }
        long count = 0;
        for (boolean one : seen) {
            count += one ? 1 : 0;
        }
        assertTrue(count >= 32, "only " + count + " features were ever there");
    }

    private static boolean isUnready(VectorFeature feature) {
        // Shares of 0 and 0 are no ratio.
        return feature == VectorFeature.LONG_SHORT;
    }

    private static void assertFinite(boolean isReady, double value) {
        assertTrue(!isReady || Double.isFinite(value), "value " + value);
    }

    @Test
    void shouldGoOnBitForBitWhenRestored() {
        Tape tape = Tape.random(SEED, 4_000, 1_000, 4);
        MicroFeatures one = new MicroFeatures();
        for (int i = 0; i < 2_000; i++) {
            tape.feed(one, i, view);
        }
        UnsafeBuffer snapshot = new UnsafeBuffer(new byte[Snapshots.length(one)]);
        Snapshots.write(one, snapshot, 0);
        MicroFeatures other = new MicroFeatures();
        tape.feed(other, 3, view);
        assertEquals(snapshot.capacity(), Snapshots.read(other, snapshot, 0));
        UnsafeBuffer a = new UnsafeBuffer(new byte[FeatureVector.LENGTH]);
        UnsafeBuffer b = new UnsafeBuffer(new byte[FeatureVector.LENGTH]);
        for (int i = 2_000; i < tape.size(); i++) {
            tape.feed(one, i, view);
            tape.feed(other, i, view);
            writer.write(tape.row(i).ns(), 1, one, null, a, 0);
            writer.write(tape.row(i).ns(), 1, other, null, b, 0);
            assertEquals(a, b, "row " + i);
        }
        assertEquals(one.hash(), other.hash());
        UnsafeBuffer again = new UnsafeBuffer(new byte[snapshot.capacity()]);
        UnsafeBuffer againOther = new UnsafeBuffer(new byte[snapshot.capacity()]);
        Snapshots.write(one, again, 0);
        Snapshots.write(other, againOther, 0);
        assertEquals(again, againOther);
        Snapshots.reset(other);
        Snapshots.write(new MicroFeatures(), again, 0);
        Snapshots.write(other, againOther, 0);
        assertEquals(again, againOther);
        snapshot.putLong(0, 1);
        assertThrows(IllegalArgumentException.class, () -> Snapshots.read(other, snapshot, 0));
    }

    @Test
    void shouldAllocateNothingWhenFedAndWritten() throws Exception {
        Tape tape = Tape.random(SEED, 5_000, 2_000, 4);
        MicroFeatures features = new MicroFeatures();
        DerivativeFeatures derivative = new DerivativeFeatures();
        UnsafeBuffer vector = new UnsafeBuffer(new byte[FeatureVector.LENGTH]);
        long[] shift = new long[1];
        AllocationWindows.assertNothing("microstructure over " + tape.size() + " events", () -> {
            for (int i = 0; i < tape.size(); i++) {
                Tape.Row row = tape.row(i);
                long ns = row.ns() + shift[0];
                if (row.kind() == 'T') {
                    features.onView(ns, view.touch(row.a(), row.b(), row.c(), row.d()));
                } else {
                    features.onTrade(ns, row.a(), row.b(), row.kind() == 'S', true);
                }
                derivative.onMark(ns, row.a() * 1_000, row.a() * 1_001);
                derivative.onFundingRate(ns / 1_000_000, row.a(), ns / 3_600_000_000_000L * 3_600_000 + 3_600_000);
                if (i % 50 == 0) {
                    derivative.onOpenInterest(ns, (double) row.a());
                    features.onBar(ns / 1_000_000, row.a(), row.a(), row.a(), 1);
                }
                features.advance(ns);
                writer.write(ns, 1, features, derivative, vector, 0);
            }
            shift[0] += 24 * 60 * MINUTE_NS;
        });
    }

    private List<byte[]> vectors(Tape tape, int count) {
        MicroFeatures features = new MicroFeatures();
        List<byte[]> vectors = new ArrayList<>();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[FeatureVector.LENGTH]);
        for (int i = 0; i < count; i++) {
            tape.feed(features, i, view);
            features.advance(tape.row(i).ns());
            writer.write(tape.row(i).ns(), 1, features, null, buffer, 0);
            vectors.add(buffer.byteArray().clone());
        }
        return vectors;
    }
}
