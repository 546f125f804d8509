package io.millrace.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.feature.vector.FeatureVector;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TreeScorerTest {
    private static final int FEATURES = 5;
    private static final float[] VALUES = {
        Float.NaN,
        Float.NEGATIVE_INFINITY,
        -Float.MAX_VALUE,
        -1,
        -Float.MIN_VALUE,
        -0.0f,
        0.0f,
        Float.MIN_VALUE,
        0.5f,
        1,
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY
    };

    /** The readable twin: one comparison after the other. */
    private static final class Tree {
        private final List<Integer> left = new ArrayList<>();
        private final List<Integer> right = new ArrayList<>();
        private final List<Integer> feature = new ArrayList<>();
        private final List<Float> threshold = new ArrayList<>();
        private final List<Boolean> isDefaultLeft = new ArrayList<>();

        private int grow(SplittableRandom random, int depth) {
            int node = left.size();
            boolean isLeaf = depth == 0 || random.nextInt(5) == 0;
            left.add(TreeEnsembleBuilder.NO_CHILD);
            right.add(TreeEnsembleBuilder.NO_CHILD);
            feature.add(random.nextInt(FEATURES));
            threshold.add(isLeaf ? random.nextInt(-1000, 1000) / 64f : split(random));
            isDefaultLeft.add(random.nextBoolean());
            if (!isLeaf) {
                left.set(node, grow(random, depth - 1));
                right.set(node, grow(random, depth - 1));
            }
            return node;
        }

        private static float split(SplittableRandom random) {
            return random.nextBoolean() ? VALUES[1 + random.nextInt(VALUES.length - 1)] : random.nextInt(-8, 8) / 8f;
        }

        float leaf(float[] row) {
            int node = 0;
            while (left.get(node) != TreeEnsembleBuilder.NO_CHILD) {
                float value = row[feature.get(node)];
                boolean goesLeft = Float.isNaN(value) ? isDefaultLeft.get(node) : value < threshold.get(node);
                node = goesLeft ? left.get(node) : right.get(node);
            }
            return threshold.get(node);
        }

        void addTo(TreeEnsembleBuilder builder) {
            float[] thresholds = new float[threshold.size()];
            boolean[] defaults = new boolean[threshold.size()];
            for (int i = 0; i < thresholds.length; i++) {
                thresholds[i] = threshold.get(i);
                defaults[i] = isDefaultLeft.get(i);
            }
            builder.addTree(ints(left), ints(right), ints(feature), thresholds, defaults);
        }

        private static int[] ints(List<Integer> values) {
            return values.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private static float[] row(SplittableRandom random) {
        float[] row = new float[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            row[i] = random.nextBoolean() ? VALUES[random.nextInt(VALUES.length)] : random.nextInt(-8, 8) / 8f;
        }
        return row;
    }

    @Test
    void shouldReachTheLeavesThatTheReadableTwinReaches() {
        long seed = new SplittableRandom().nextLong();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            List<Tree> trees = new ArrayList<>();
            TreeEnsembleBuilder builder = new TreeEnsembleBuilder(FEATURES, 0.25f, Link.IDENTITY);
            for (int i = random.nextInt(1, 11); i > 0; i--) {
                Tree tree = new Tree();
                tree.grow(random, random.nextInt(0, 9));
                tree.addTo(builder);
                trees.add(tree);
            }
            TreeScorer scorer = new TreeScorer(builder.build());
            for (int i = 0; i < 50; i++) {
                float[] row = row(random);
                float expected = 0.25f;
                for (Tree tree : trees) {
                    expected += tree.leaf(row);
                }
                assertEquals(expected, scorer.margin(row));
                assertEquals(expected, scorer.score(row));
            }
        }
    }

    private static TreeEnsemble stump(int features, Link link) {
        return new TreeEnsembleBuilder(features, 0.5f, link)
                .addTree(
                        new int[] {1, -1, -1},
                        new int[] {2, 0, 0},
                        new int[] {features - 1, 0, 0},
                        new float[] {1, -2, 3},
                        new boolean[] {true, false, false})
                .build();
    }

    @Test
    void shouldApplyTheLinkToTheSum() {
        assertEquals(3.5f, new TreeScorer(stump(1, Link.IDENTITY)).score(new float[] {1}));
        assertEquals(
                (float) (1 / (1 + StrictMath.exp(1.5))),
                new TreeScorer(stump(1, Link.LOGISTIC)).score(new float[] {0}));
        assertEquals(
                (float) StrictMath.exp(-1.5),
                new TreeScorer(stump(1, Link.EXPONENTIAL)).score(new float[] {Float.NaN}));
        assertEquals(0, Link.LOGISTIC.score(-Float.MAX_VALUE));
        assertEquals(1, Link.LOGISTIC.score(Float.MAX_VALUE));
    }

    @Test
    void shouldScoreAFeatureVectorAsTheRowOfItsFeatures() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[FeatureVector.LENGTH]);
        buffer.putFloat(FeatureVector.LENGTH - Float.BYTES, 2);
        FeatureVector vector = new FeatureVector().wrap(buffer, 0);
        assertEquals(3.5f, new TreeScorer(stump(FeatureVector.COUNT, Link.IDENTITY)).score(vector));
        TreeScorer narrow = new TreeScorer(stump(FEATURES, Link.IDENTITY));
        assertThrows(IllegalArgumentException.class, () -> narrow.score(vector));
        assertThrows(IllegalArgumentException.class, () -> narrow.score(new float[FEATURES + 1]));
    }

    @Test
    void shouldAllocateNothingWhenItScores() {
        TreeScorer scorer = new TreeScorer(stump(FEATURES, Link.LOGISTIC));
        float[] row = row(new SplittableRandom(1));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        float sum = 0;
        long least = Long.MAX_VALUE;
        // The JVM itself puts objects on a thread's account now and then.
        for (int window = 0; window < 20 && least > 0; window++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                sum += scorer.score(row);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
        assertTrue(sum > 0);
    }
}
