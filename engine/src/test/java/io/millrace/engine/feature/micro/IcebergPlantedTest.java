package io.millrace.engine.feature.micro;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Planted cases: a best bid is hit again and again. In half of the cases somebody refills it in the same size (with some
 * noise, and trades that come before or after the ticker); in the others it is refilled in random sizes, cancelled and shown again, or
 * traded through.
 */
class IcebergPlantedTest {
    private static final long SEED = 4_711;
    private static final int CASES = 2_000;

    @Test
    void shouldFindMostRefillsAndFewOthersWhenCasesArePlanted() {
        Random random = new Random(SEED);
        int found = 0;
        int wrong = 0;
        int planted = 0;
        for (int i = 0; i < CASES; i++) {
            boolean isPlanted = i % 2 == 0;
            planted += isPlanted ? 1 : 0;
            boolean isFound = isPlanted ? iceberg(random) : other(random, i / 2 % 3);
            found += isPlanted && isFound ? 1 : 0;
            wrong += !isPlanted && isFound ? 1 : 0;
        }
        double recall = (double) found / planted;
        double precision = (double) found / (found + wrong);
        System.out.println("icebergs: precision " + precision + ", recall " + recall);
        assertTrue(recall >= 0.9, "recall " + recall + ", seed " + SEED);
        assertTrue(precision >= 0.9, "precision " + precision + ", seed " + SEED);
    }

    private static boolean iceberg(Random random) {
        Hand hand = new Hand(random);
        long peak = 50L + random.nextInt(500);
        hand.show(100, peak);
        boolean isFound = false;
        for (int refill = 0; refill < 5; refill++) {
            boolean isWhole = random.nextBoolean();
            long traded = isWhole ? peak : peak * (60 + random.nextInt(30)) / 100;
            boolean isTickerFirst = random.nextBoolean();
            if (!isTickerFirst) {
                hand.hit(100, traded);
            }
            hand.pause(5);
            if (isWhole) {
                hand.show(99, 40 + random.nextInt(400));
            } else {
                hand.show(100, peak - traded);
            }
            if (isTickerFirst) {
                hand.hit(100, traded);
            }
            hand.pause(random.nextInt(20) == 0 ? 1_500 : 400);
            hand.show(100, peak + (random.nextInt(9) - 4) * peak / 100);
            isFound |= hand.icebergs.isBidIceberg();
            hand.pause(3_000);
        }
        return isFound;
    }

    /** Ordinary life of a level, three kinds of it. */
    private static boolean other(Random random, int kind) {
        Hand hand = new Hand(random);
        long lots = 50L + random.nextInt(500);
        hand.show(100, lots);
        boolean isFound = false;
        for (int round = 0; round < 5; round++) {
            if (kind != 1) {
                hand.hit(100, lots);
            }
            hand.pause(10);
            hand.show(99, 40 + random.nextInt(400));
            hand.pause(400);
            // Kind 0: others come, in other sizes. 1: the same size was cancelled and comes again. 2: the price moves
            // away.
            lots = kind == 1 ? lots : 50 + random.nextInt(500);
            hand.show(kind == 2 ? 100 - round % 3 : 100, lots);
            isFound |= hand.icebergs.isBidIceberg();
            hand.pause(2_000);
        }
        return isFound;
    }

    private static final class Hand {
        private final IcebergDetector icebergs = new IcebergDetector();
        private final Random random;
        private long ns = Tape.START_NS;

        Hand(Random random) {
            this.random = random;
        }

        void pause(int ms) {
            ns += 1 + random.nextInt(ms * 1_000) * 1_000L;
        }

        void show(long bidTicks, long bidLots) {
            ns += 1_000;
            icebergs.onTouch(ns, bidTicks, bidLots, 105, 10);
        }

        void hit(long ticks, long lots) {
            long left = lots;
            while (left > 0) {
                long part = Math.min(left, 1 + random.nextInt((int) lots));
                ns += 1_000;
                icebergs.onTrade(ns, ticks, part, true);
                left -= part;
            }
        }
    }
}
