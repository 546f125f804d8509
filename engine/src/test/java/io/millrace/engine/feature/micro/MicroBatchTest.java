package io.millrace.engine.feature.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every feature against its formula, worked out anew from the whole tape at many moments. */
class MicroBatchTest {
    private static final long SEED = 5_003;
    private static final long[] WINDOWS_NS = {1_000_000_000L, 10_000_000_000L, 60_000_000_000L};

    private final Tape tape = Tape.random(SEED, 6_000, 3_000, 4);
    private final MicroFeatures features = new MicroFeatures();
    private final Tape.View view = new Tape.View();

    @Test
    void shouldAgreeWithTheFormulasWhenAskedAtManyMoments() {
        int compared = 0;
        for (int i = 0; i < tape.size(); i++) {
            tape.feed(features, i, view);
            if (i % 7 == 0) {
                compared += compareFlows(i);
                compared += compareVolatility(i);
                compareTouch(i);
            }
        }
        assertTrue(compared > 3_000, "compared only " + compared);
    }

    @Test
    void shouldAgreeWithTheTestOfLeeAndMyklandWhenReturnsAreDense() {
        long jumps = 0;
        for (int i = 0; i < tape.size(); i++) {
            tape.feed(features, i, view);
            if (i % 5 == 0 && features.jumps().isReady()) {
                // Of the seconds that ended with this event, the last one; where several ended, nothing happened in it.
                double expected = jumpStatistic(i);
                assertEquals(
                        expected,
                        features.jumps().statistic(),
                        1e-9 * Math.max(1, Math.abs(expected)),
                        "row " + i + " seed " + SEED);
            }
            jumps = Math.max(jumps, features.jumps().jumpsUp());
        }
        assertEquals(6.7150, features.jumps().threshold(), 1e-4);
        assertTrue(jumps > 0, "the fourfold leap was no jump, seed " + SEED);
    }

    @Test
    void shouldRankPrintsAgainstTheTradesBeforeThemWhenTheyCome() {
        double[] values = new double[tape.size()];
        int count = 0;
        int large = 0;
        for (int i = 0; i < tape.size(); i++) {
            Tape.Row row = tape.row(i);
            tape.feed(features, i, view);
            if (row.kind() == 'T') {
                continue;
            }
            double value = (double) row.a() * row.b();
            if (count >= LargePrints.TRADES) {
                int smaller = 0;
                for (int k = count - LargePrints.TRADES; k < count; k++) {
                    smaller += values[k] < value ? 1 : 0;
                }
                assertEquals(
                        100.0 * smaller / LargePrints.TRADES, features.prints().rank(), 1e-12);
                double[] window = Arrays.copyOfRange(values, count - LargePrints.TRADES, count);
                Arrays.sort(window);
                boolean isLarge = LargePrints.TRADES - smaller <= 5 && value >= 8 * window[LargePrints.TRADES / 2];
                assertEquals(isLarge, features.prints().isLarge());
                large += features.prints().isLarge() ? 1 : 0;
            }
            values[count++] = value;
        }
        assertTrue(large > 0, "only " + large + " large prints in " + count + " trades, seed " + SEED);
    }

    private int compareFlows(int last) {
        long nowNs = tape.row(last).ns();
        for (int h = 0; h < WINDOWS_NS.length; h++) {
            long bucketNs = WINDOWS_NS[h] / 20;
            long firstNs = (nowNs / bucketNs - 19) * bucketNs;
            long bought = 0;
            long sold = 0;
            long trades = 0;
            long flow = 0;
            long size = 0;
            Tape.Row before = null;
            for (int i = 0; i <= last; i++) {
                Tape.Row row = tape.row(i);
                boolean isIn = row.ns() >= firstNs;
                if (row.kind() != 'T') {
                    bought += isIn && row.kind() == 'B' ? row.b() : 0;
                    sold += isIn && row.kind() == 'S' ? row.b() : 0;
                    trades += isIn ? 1 : 0;
                } else {
                    long e = before == null || before.b() == 0 || row.b() == 0 ? 0 : contribution(before, row);
                    flow += isIn ? e : 0;
                    size += isIn ? Math.abs(e) : 0;
                    before = row;
                }
            }
            features.advance(nowNs);
            assertEquals(flow, features.orderFlow().lots(h), "seed " + SEED + " row " + last);
            assertEquals(bought, features.trades().boughtLots(h));
            assertEquals(sold, features.trades().soldLots(h));
            if (features.orderFlow().isReady(h)) {
                assertEquals(
                        size == 0 ? 0 : (double) flow / size,
                        features.orderFlow().ratio(h));
                assertEquals(
                        bought + sold == 0 ? 0 : (double) (bought - sold) / (bought + sold),
                        features.trades().imbalance(h));
                assertEquals(trades / (WINDOWS_NS[h] / 1e9), features.trades().intensity(h), 1e-12);
            }
        }
        return 1;
    }

    /** Equation 3 of Cont, Kukanov and Stoikov, as it stands there. */
    private static long contribution(Tape.Row before, Tape.Row now) {
        long e = 0;
        if (now.a() >= before.a()) {
            e += now.b();
        }
        if (now.a() <= before.a()) {
            e -= before.b();
        }
        if (now.c() <= before.c()) {
            e -= now.d();
        }
        if (now.c() >= before.c()) {
            e += before.d();
        }
        return e;
    }

    private int compareVolatility(int last) {
        long nowNs = tape.row(last).ns();
        int compared = 0;
        for (int h = 0; h < WINDOWS_NS.length; h++) {
            long bucketNs = WINDOWS_NS[h] / 20;
            long current = nowNs / bucketNs;
            long first = tape.row(0).ns() / bucketNs;
            if (current - first < 20) {
                continue;
            }
            double sum = 0;
            for (long bucket = current - 20; bucket < current; bucket++) {
                double r = logReturn(bucket, bucketNs, last, first);
                sum += r * r;
            }
            assertTrue(features.volatility(h).isReady());
            assertEquals(
                    Math.sqrt(sum),
                    features.volatility(h).value(),
                    1e-9 * Math.sqrt(sum),
                    "seed " + SEED + " row " + last);
            compared++;
        }
        return compared;
    }

    private double logReturn(long bucket, long bucketNs, int last, long first) {
        long end = midAt((bucket + 1) * bucketNs, last);
        long begin = bucket == first ? 0 : midAt(bucket * bucketNs, last);
        return end == 0 || begin == 0 ? 0 : Math.log((double) end / begin);
    }

    /** Best bid plus best ask just before a time, 0 if not known. */
    private long midAt(long ns, int last) {
        for (int i = last; i >= 0; i--) {
            Tape.Row row = tape.row(i);
            if (row.kind() == 'T' && row.ns() < ns) {
                return row.b() == 0 ? 0 : row.a() + row.c();
            }
        }
        return 0;
    }

    private double jumpStatistic(int last) {
        long second = 1_000_000_000L;
        // What is told was worked out at the last touch that ended a second.
        int at = last;
        while (at >= 0 && tape.row(at).kind() != 'T') {
            at--;
        }
        long end = tape.row(at).ns() / second;
        int firstTouch = 0;
        while (tape.row(firstTouch).kind() != 'T') {
            firstTouch++;
        }
        long first = tape.row(firstTouch).ns() / second;
        double[] returns = new double[JumpDetector.SECONDS + 1];
        for (int k = 0; k <= JumpDetector.SECONDS; k++) {
            returns[k] = logReturn(end - 1 - k, second, last, first);
        }
        if (midAt(end * second, last) == 0) {
            return 0;
        }
        double sum = 0;
        for (int j = 1; j < JumpDetector.SECONDS - 1; j++) {
            sum += Math.abs(returns[j]) * Math.abs(returns[j + 1]);
        }
        double sigma = Math.sqrt(sum / (JumpDetector.SECONDS - 2));
        double floor = 1.0 / midAt(end * second, last);
        return Math.max(-1000, Math.min(1000, returns[0] / Math.max(sigma, floor)));
    }

    private void compareTouch(int last) {
        Tape.Row row = null;
        for (int i = last; row == null && i >= 0; i--) {
            row = tape.row(i).kind() == 'T' ? tape.row(i) : null;
        }
        if (row == null || row.b() == 0) {
            return;
        }
        TouchFigures touch = features.touch();
        double mid = (row.a() + row.c()) / 2.0;
        double micro = ((double) row.c() * row.b() + (double) row.a() * row.d()) / (double) (row.b() + row.d());
        assertEquals((double) (row.c() - row.a()), touch.spreadTicks());
        assertEquals((row.c() - row.a()) / mid * 1e4, touch.spreadBps(), 1e-9);
        assertEquals(mid, touch.midTicks());
        assertEquals(micro, touch.micropriceTicks(), 1e-9 * mid);
        assertEquals((micro - mid) / mid * 1e4, touch.micropriceBps(), 1e-6);
        double imbalance = (double) (row.b() - row.d()) / (double) (row.b() + row.d());
        for (double of :
                Arrays.asList(touch.imbalance1(), touch.imbalance5(), touch.imbalance10(), touch.imbalance20())) {
            assertEquals(imbalance, of, 1e-12);
        }
    }
}
