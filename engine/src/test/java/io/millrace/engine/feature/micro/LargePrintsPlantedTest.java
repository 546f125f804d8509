package io.millrace.engine.feature.micro;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Planted prints of 8 to 40 times the median size in a lognormal tape whose level drifts fourfold. */
class LargePrintsPlantedTest {
    private static final long SEED = 99;

    @Test
    void shouldFindMostPrintsAndFewOthersWhenTheyArePlanted() {
        Random random = new Random(SEED);
        LargePrints prints = new LargePrints();
        long ns = Tape.START_NS;
        int planted = 0;
        int found = 0;
        int wrong = 0;
        for (int i = 0; i < 60_000; i++) {
            ns += random.nextInt(50_000_000);
            double level = 1_000 * StrictMath.exp(0.7 * StrictMath.sin(i / 6_000.0));
            boolean isPlanted = i > 1_000 && random.nextInt(200) == 0;
            double size =
                    isPlanted ? level * (8 + random.nextInt(32)) : level * StrictMath.exp(0.7 * random.nextGaussian());
            prints.onTrade(ns, 50_000 + random.nextInt(100), Math.max(1, (long) size), random.nextBoolean());
            planted += isPlanted ? 1 : 0;
            found += isPlanted && prints.isLarge() ? 1 : 0;
            wrong += !isPlanted && prints.isLarge() ? 1 : 0;
        }
        double recall = (double) found / planted;
        double precision = (double) found / (found + wrong);
        System.out.println("large prints: precision " + precision + ", recall " + recall);
        assertTrue(recall >= 0.85, "recall " + recall + ", seed " + SEED);
        assertTrue(precision >= 0.7, "precision " + precision + ", seed " + SEED);
    }
}
