package io.millrace.engine.bars;

import static io.millrace.engine.bars.BarEvents.KLINE_BIT;
import static io.millrace.engine.bars.BarEvents.MINUTE;
import static io.millrace.engine.bars.BarEvents.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.engine.bars.BarEvents.Candle;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Instruments against each other, beside the textbook's formulas. */
class BarRelationTest {
    private static final long SEED = 47;
    private static final int BTC = 0;
    private static final int FOLLOWER = 1;
    private static final int LONER = 2;
    private static final int FLAT = 3;
    private static final int MINUTES = 1_000;

    private final BarsHarness harness = new BarsHarness(BarSettings.defaults(), IndicatorPlan.none());
    private final long[][] ticks = new long[4][MINUTES];

    @Test
    void shouldAgreeWithTheTextbookWhenTwoHaveTheSameBars() {
        feed(-1);
        BarRelation relation = harness.bars.relation();
        for (int window : new int[] {2, 60, 500}) {
            for (int y : new int[] {FOLLOWER, LONER, BTC}) {
                Pearson expected = Pearson.of(returns(BTC, window, 1), returns(y, window, 1));
                relation.toReference(y, Timeframe.M1, window);
                String what = y + " over " + window + ", seed " + SEED;
                assertTrue(relation.isReady(), what);
                assertEquals(expected.correlation(), relation.correlation(), 1e-7, what);
                assertEquals(expected.covariance(), relation.covariance(), 1e-12, what);
                assertEquals(expected.beta(), relation.beta(), 1e-7 * Math.max(1, Math.abs(expected.beta())), what);
            }
        }
        Pearson across = Pearson.of(returns(LONER, 100, 5), returns(FOLLOWER, 100, 5));
        relation.of(LONER, FOLLOWER, Timeframe.M5, 100);
        assertEquals(across.correlation(), relation.correlation(), 1e-7);
        assertEquals(across.beta(), relation.beta(), 1e-7);
        assertTrue(relation.of(BTC, FOLLOWER, Timeframe.M1, 500).correlation() > 0.8);
        assertEquals(BTC, harness.bars.referenceId());
    }

    @Test
    void shouldAnswerNumbersWhenASideIsFlat() {
        feed(-1);
        BarRelation relation = harness.bars.relation().of(FLAT, BTC, Timeframe.M1, 60);
        assertTrue(relation.isReady());
        assertEquals(0, relation.correlation());
        assertEquals(0, relation.covariance(), 1e-18);
        assertEquals(0, relation.beta());
    }

    @Test
    void shouldNotBeReadyWhenBarsAreMissing() {
        feed(MINUTES - 30);
        BarRelation relation = harness.bars.relation();
        assertTrue(relation.of(BTC, FOLLOWER, Timeframe.M1, 20).isReady());
        relation.of(BTC, FOLLOWER, Timeframe.M1, 60);
        assertFalse(relation.isReady());
        assertTrue(Double.isNaN(relation.correlation()) && Double.isNaN(relation.covariance()));
        assertTrue(Double.isNaN(relation.beta()));
        assertFalse(relation.of(BTC, 77, Timeframe.M1, 60).isReady());
        assertFalse(relation.of(BTC, LONER, Timeframe.D1, 60).isReady());
    }

    @Test
    void shouldAllocateNothingWhenAsked() throws Exception {
        feed(-1);
        AllocationWindows.assertNothing("relations", () -> {
            for (int i = 0; i < 200; i++) {
                harness.bars.relation().toReference(FOLLOWER, Timeframe.M1, 60).correlation();
            }
        });
    }

    private double[] returns(int id, int window, int step) {
        double[] returns = new double[window];
        int last = MINUTES / step * step - 1;
        for (int i = 0; i < window; i++, last -= step) {
            returns[i] = Math.log((double) ticks[id][last] / ticks[id][last - step]);
        }
        return returns;
    }

    /** The follower moves with the first, the loner alone, the last not at all; a minute of the follower may be lost. */
    private void feed(int lost) {
        SplittableRandom random = new SplittableRandom(SEED);
        harness.apply(harness.events.definition(BTC, 0, KLINE_BIT, BarsPart.REFERENCE));
        for (int id = FOLLOWER; id <= FLAT; id++) {
            harness.define(id, KLINE_BIT);
        }
        double btc = 900_000;
        double follower = 40_000;
        double loner = 7_000;
        for (int i = 0; i < MINUTES; i++) {
            double move = random.nextDouble() - 0.5;
            btc *= 1 + 0.002 * move;
            follower *= 1 + 0.004 * move + 0.001 * (random.nextDouble() - 0.5);
            loner *= 1 + 0.01 * (random.nextDouble() - 0.5);
            double[] prices = {btc, follower, loner, 500};
            if (i == lost) {
                harness.events.nowMs = START_MS + i * MINUTE;
                harness.apply(harness.events.status(StreamState.LOST, KLINE_BIT, FOLLOWER));
            }
            for (int id = 0; id < prices.length; id++) {
                ticks[id][i] = Math.round(prices[id]);
                if (i != lost || id != FOLLOWER) {
                    harness.minute(id, Candle.flat(START_MS + i * MINUTE, ticks[id][i]));
                }
            }
        }
    }
}
