package io.millrace.engine.feature.derivative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.indicator.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class DerivativeFeaturesTest {
    private static final long SEED = 31;
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final long START_MS = 1_760_000_400_000L / HOUR_MS * HOUR_MS;

    @Test
    void shouldJudgeFundingByItsOwnIntervalWhenThatIsNotEightHours() {
        DerivativeFeatures features = new DerivativeFeatures();
        features.onFundingRate(START_MS, 10_000, START_MS + 8 * HOUR_MS);
        assertEquals(0, features.funding().excessBps(), 1e-12);
        assertEquals(8, features.funding().intervalHours());
        // The next one comes four hours later: half a bp is the baseline now.
        features.onFundingRate(START_MS + 8 * HOUR_MS + 1, 10_000, START_MS + 12 * HOUR_MS);
        assertEquals(4, features.funding().intervalHours());
        assertEquals(0.5, features.funding().excessBps(), 1e-12);
        assertEquals(1e-4 * 6 * 365, features.funding().annualised(), 1e-12);
        features.onFundingInterval(1);
        assertEquals(0.875, features.funding().excessBps(), 1e-12);
        features.onFundingInterval(3);
        assertEquals(1, features.funding().intervalHours());
        assertEquals(240 - 1 / 60_000.0, features.funding().minutesToNext(), 1e-9);
    }

    @Test
    void shouldAgreeWithSumsAndRanksOverAllThatWasSettledWhenIntervalsChange() {
        Random random = new Random(SEED);
        DerivativeFeatures features = new DerivativeFeatures();
        TreeMap<Long, Long> settled = new TreeMap<>();
        TreeMap<Long, Integer> hours = new TreeMap<>();
        int interval = 8;
        long next = START_MS + 8 * HOUR_MS;
        int covered = 0;
        for (int i = 0; i < 400; i++) {
            long rate = (long) (random.nextGaussian() * 20_000);
            features.onFundingRate(next - 60_000, rate, next);
            settled.put(next, rate);
            hours.put(next, interval);
            interval = random.nextInt(12) == 0 ? 1 << random.nextInt(4) : interval;
            long now = next + random.nextInt(500_000);
            long current = (long) (random.nextGaussian() * 20_000);
            next += interval * HOUR_MS;
            features.onFundingRate(now, current, next);
            if (random.nextInt(3) == 0) {
                // History has the last word, some milliseconds off.
                long last = settled.lastKey();
                settled.put(last, settled.get(last) + 7);
                features.onFundingSettled(last + 3, settled.get(last));
            }
            double sum = 0;
            for (var entry : settled.tailMap(now - 3 * DAY_MS, false).entrySet()) {
                sum += entry.getValue();
            }
            assertEquals(interval, features.funding().intervalHours(), "settlement " + i + ", seed " + SEED);
            if (!Double.isNaN(features.funding().threeDaysAnnualised())) {
                assertEquals(sum / 1e8 * 365 / 3, features.funding().threeDaysAnnualised(), 1e-12, "settlement " + i);
                covered++;
            }
            if (i >= 90) {
                assertEquals(
                        rank(settled, hours, (double) current / interval),
                        features.funding().percentile(),
                        1e-9,
                        "settlement " + i);
            }
        }
        assertTrue(covered > 300, "covered " + covered);
    }

    private static double rank(NavigableMap<Long, Long> settled, NavigableMap<Long, Integer> hours, double perHour) {
        List<Double> rates = new ArrayList<>();
        for (long time : settled.descendingKeySet()) {
            if (rates.size() < Funding.RANKED) {
                rates.add((double) settled.get(time) / hours.get(time));
            }
        }
        double below = 0;
        for (double rate : rates) {
            below += rate < perHour ? 1 : rate == perHour ? 0.5 : 0;
        }
        return 100 * below / rates.size();
    }

    @Test
    void shouldTellPremiumRatioAndFundWhenTheyAreKnown() {
        DerivativeFeatures features = new DerivativeFeatures();
        assertTrue(Double.isNaN(features.premiumBps()));
        features.onMark(1, 10_010_000_000L, 10_000_000_000L);
        assertEquals(10, features.premiumBps(), 1e-9);
        features.onLongShort(60_000_000, 40_000_000);
        assertEquals(1.5, features.longShortRatio(), 1e-12);
        assertEquals(Math.log(1.5), features.longShortLog(), 1e-12);
        features.onLongShort(100_000_000, 0);
        assertEquals(DerivativeFeatures.MAX_RATIO, features.longShortRatio());
        for (int hour = 0; hour <= 24; hour++) {
            features.onInsuranceFund(hour * 3_600_000_000_000L, 1_000_000_000L - hour * 10_000_000L);
        }
        assertEquals(7.6, features.fund(), 1e-12);
        assertEquals(7.6 / 9.9 - 1, features.fundChange(), 1e-12);
    }

    @Test
    void shouldCallItASurgeWhenInterestGrowsAndThePriceStalls() {
        OpenInterestFigures figures = new OpenInterestFigures();
        OpenInterestFigures moving = new OpenInterestFigures();
        for (int minute = 0; minute <= 70; minute++) {
            long ns = minute * 60_000_000_000L;
            long interest = 10_000_000 + minute * 10_000L;
            figures.onMark(ns, 5_000_000_000L + minute % 2);
            figures.onInterest(ns, interest);
            moving.onMark(ns, 5_000_000_000L + minute * 5_000_000L);
            moving.onInterest(ns, interest);
        }
        // The window of 12 times 5 minutes at minute 70: the oldest ended bucket is that of minutes 15 to 19.
        double growth = (10_000_000 + 70 * 10_000.0) / (10_000_000 + 19 * 10_000.0) - 1;
        assertEquals(growth, figures.hourChange(), 1e-12);
        assertTrue(figures.isSurge());
        assertEquals(growth / 0.001, figures.surge(), 1e-3);
        assertFalse(moving.isSurge());
        assertEquals(1, moving.surge(), 0.1);
        assertTrue(Double.isNaN(figures.dayChange()));
    }

    @Test
    void shouldGoOnBitForBitWhenRestored() {
        Random random = new Random(SEED);
        DerivativeFeatures one = new DerivativeFeatures();
        DerivativeFeatures other = new DerivativeFeatures();
        other.onMark(5, 7, 8);
        for (int i = 0; i < 4_000; i++) {
            if (i == 2_000) {
                UnsafeBuffer snapshot = new UnsafeBuffer(new byte[Snapshots.length(one)]);
                Snapshots.write(one, snapshot, 0);
                Snapshots.read(other, snapshot, 0);
            }
            long seed = random.nextLong();
            feed(one, i, new Random(seed));
            if (i >= 2_000) {
                feed(other, i, new Random(seed));
            }
        }
        UnsafeBuffer a = new UnsafeBuffer(new byte[Snapshots.length(one)]);
        UnsafeBuffer b = new UnsafeBuffer(new byte[Snapshots.length(one)]);
        Snapshots.write(one, a, 0);
        Snapshots.write(other, b, 0);
        assertEquals(a, b);
        assertEquals(one.hash(), other.hash());
    }

    private static void feed(DerivativeFeatures features, int i, Random random) {
        long ns = i * 90_000_000_000L;
        features.onMark(ns, 1_000_000 + random.nextInt(500_000), 1_200_000);
        features.onFundingRate(ns / 1_000_000, random.nextInt(90_000), (ns / 1_000_000 / HOUR_MS + 1) * HOUR_MS);
        features.onOpenInterest(ns, 1_000 + random.nextInt(500));
        features.onLongShort(random.nextInt(100), random.nextInt(100));
        features.onInsuranceFund(ns, random.nextInt(1_000));
    }
}
