package io.millrace.engine.feature.derivative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Planted positions: many traders open with leverages between 3 and 110 that are drawn otherwise than the estimate assumes, and close
 * at random; each is liquidated exactly where its margin ends. A bin is a zone if it holds twice the mean of the bins within reach.
 */
class LiquidationZonesPlantedTest {
    private static final long SEED = 12;

    private record Position(boolean isLong, double lots, double liquidation) {}

    private final List<Position> positions = new ArrayList<>();
    private final Random random = new Random(SEED);

    @Test
    void shouldFindMostZonesWhenPositionsArePlanted() {
        LiquidationZones zones = new LiquidationZones();
        double price = 100;
        int hit = 0;
        int told = 0;
        int planted = 0;
        for (int step = 0; step < 6_000; step++) {
            price *= StrictMath.exp(0.0012 * random.nextGaussian());
            zones.onMark((long) (price * 1e8));
            trade(price, step);
            zones.onInterest(interest());
            if (step > 1_000 && step % 250 == 0) {
                for (boolean isLong : new boolean[] {true, false}) {
                    double[] truth = truth(price, isLong);
                    double[] guess = new double[LiquidationZones.REACH + 1];
                    for (int i = 0; i < guess.length; i++) {
                        guess[i] = isLong ? zones.longsBelow(i) : zones.shortsAbove(i);
                    }
                    for (int i = 0; i < guess.length; i++) {
                        boolean isTold = isZone(guess, i);
                        boolean isThere = isZone(truth, i);
                        // Half a percent more or less is the same zone.
                        told += isTold ? 1 : 0;
                        planted += isThere ? 1 : 0;
                        hit += isTold && (isThere || isZone(truth, i - 1) || isZone(truth, i + 1)) ? 1 : 0;
                    }
                }
            }
        }
        double precision = (double) hit / told;
        double recall = Math.min(1, (double) hit / planted);
        System.out.println("liquidation zones: precision " + precision + ", recall " + recall + " of " + planted);
        assertTrue(precision >= 0.6, "precision " + precision + ", seed " + SEED);
        assertTrue(recall >= 0.6, "recall " + recall + ", seed " + SEED);
    }

    @Test
    void shouldForgetWhatThePriceHasPassedWhenItMoves() {
        LiquidationZones zones = new LiquidationZones();
        zones.onMark(10_000_000_000L);
        zones.onInterest(1_000);
        zones.onInterest(2_000);
        assertTrue(zones.isReady());
        // 20x is the largest share together with 10x and comes first below: 1 - 1/20 over 1 - 0.005.
        double below = Math.log(0.95 / 0.995);
        double tenTimes = Math.log(0.90 / 0.995);
        assertEquals(300, zones.longsBelow(bins(Math.log(100), below)), 1e-9);
        assertEquals(300, zones.longsBelow(bins(Math.log(100), tenTimes)), 1e-9);
        zones.onMark(9_300_000_000L);
        assertEquals(0, zones.longsBelow(0), 1e-9);
        assertEquals(
                10.0 / 0.005 * 0 + bins(Math.log(93), Math.log(100) + tenTimes - Math.log(93)) * 50.0,
                zones.zoneBelowBps(),
                1e-9);
        zones.onMark(10_000_000_000L);
        assertEquals(0, zones.longsBelow(bins(Math.log(100), below)), 1e-9);
        assertEquals(300, zones.longsBelow(bins(Math.log(100), tenTimes)), 1e-9);
        zones.onInterest(1_000);
        assertEquals(150, zones.longsBelow(bins(Math.log(100), tenTimes)), 1e-9);
        zones.onMark(40_000_000_000L);
        assertEquals(0, zones.zoneBelowBps(), 1e-9);
    }

    private static int bins(double logPrice, double offset) {
        return (int) Math.abs(Math.floor((logPrice + offset) / 0.005) - Math.floor(logPrice / 0.005));
    }

    private void trade(double price, int step) {
        for (Iterator<Position> it = positions.iterator(); it.hasNext(); ) {
            Position position = it.next();
            boolean isOver = position.isLong ? price <= position.liquidation : price >= position.liquidation;
            if (isOver || random.nextInt(3_000) == 0) {
                it.remove();
            }
        }
        // Crowds come and go: a burst of openings now and then is what makes zones.
        int openings = step / 150 % 4 == 0 ? 6 : random.nextInt(6) == 0 ? 1 : 0;
        for (int i = 0; i < openings; i++) {
            double lots = StrictMath.exp(random.nextGaussian());
            positions.add(new Position(true, lots, liquidation(price, -1)));
            positions.add(new Position(false, lots, liquidation(price, 1)));
        }
    }

    private double liquidation(double price, int sign) {
        double[] usual = {3, 5, 5, 10, 10, 10, 20, 20, 20, 20, 25, 50, 50, 75, 100, 110};
        double leverage = usual[random.nextInt(usual.length)];
        return price * (1 + sign / leverage) / (1 + sign * (0.004 + 0.002 * random.nextDouble()));
    }

    private double interest() {
        double sum = 0;
        for (Position position : positions) {
            sum += position.isLong ? position.lots : 0;
        }
        return sum;
    }

    private double[] truth(double price, boolean isLong) {
        double[] bins = new double[LiquidationZones.REACH + 1];
        long here = (long) Math.floor(Math.log(price) / LiquidationZones.BIN_WIDTH);
        for (Position position : positions) {
            long there = (long) Math.floor(Math.log(position.liquidation) / LiquidationZones.BIN_WIDTH);
            long distance = isLong ? here - there : there - here;
            if (position.isLong == isLong && distance >= 0 && distance < bins.length) {
                bins[(int) distance] += position.lots;
            }
        }
        return bins;
    }

    private static boolean isZone(double[] bins, int at) {
        if (at < 0 || at >= bins.length) {
            return false;
        }
        double sum = 0;
        for (double bin : bins) {
            sum += bin;
        }
        return sum > 0 && bins[at] >= 2 * sum / bins.length;
    }
}
