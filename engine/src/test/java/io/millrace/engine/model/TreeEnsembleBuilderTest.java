package io.millrace.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TreeEnsembleBuilderTest {
    private static TreeEnsembleBuilder builder() {
        return new TreeEnsembleBuilder(3, 0, Link.IDENTITY);
    }

    private static void assertRefused(String words, int[] left, int[] right, int[] feature, float[] threshold) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> builder().addTree(left, right, feature, threshold, new boolean[left.length]));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @Test
    void shouldRefuseArraysThatAreNoTree() {
        int[] none = {-1, -1, -1};
        int[] zeros = new int[3];
        int[] root = {1, -1, -1};
        float[] values = {1, 2, 3};
        assertRefused("arrays of 0", new int[0], new int[0], new int[0], new float[0]);
        assertRefused("arrays of 3, 2", none, new int[2], zeros, values);
        assertRefused("node 3, it has 0 to 2", root, new int[] {3, 0, 0}, zeros, values);
        assertRefused("node -2", new int[] {-2, -1, -1}, new int[] {2, 0, 0}, zeros, values);
        assertRefused("on two ways", root, new int[] {1, 0, 0}, zeros, values);
        assertRefused("on two ways", new int[] {1, 0, -1}, new int[] {2, 0, 0}, zeros, values);
        assertRefused("feature 3, there are 0 to 2", root, new int[] {2, 0, 0}, new int[] {3, 0, 0}, values);
        assertRefused("NaN", root, new int[] {2, 0, 0}, zeros, new float[] {Float.NaN, 0, 0});
        assertRefused("leaf of Infinity", none, zeros, zeros, new float[] {Float.POSITIVE_INFINITY, 0, 0});
    }

    @Test
    void shouldRefuseWhatExceedsALimit() {
        assertThrows(IllegalArgumentException.class, () -> new TreeEnsembleBuilder(0, 0, Link.IDENTITY));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TreeEnsembleBuilder(TreeEnsembleBuilder.FEATURES_MAX + 1, 0, Link.IDENTITY));
        assertThrows(IllegalArgumentException.class, () -> new TreeEnsembleBuilder(1, Float.NaN, Link.IDENTITY));
        assertThrows(IllegalArgumentException.class, () -> builder().build());
        chain(builder(), TreeEnsembleBuilder.DEPTH_MAX);
        assertThrows(IllegalArgumentException.class, () -> chain(builder(), TreeEnsembleBuilder.DEPTH_MAX + 1));
        TreeEnsembleBuilder full = builder();
        int perTree = 2 * TreeEnsembleBuilder.DEPTH_MAX + 1;
        for (int nodes = perTree; nodes <= TreeEnsembleBuilder.NODES_MAX; nodes += perTree) {
            chain(full, TreeEnsembleBuilder.DEPTH_MAX);
        }
        assertThrows(IllegalArgumentException.class, () -> chain(full, TreeEnsembleBuilder.DEPTH_MAX));
    }

    /** A tree whose right children go on for {@code depth} steps. */
    private static void chain(TreeEnsembleBuilder builder, int depth) {
        int length = 2 * depth + 1;
        int[] left = new int[length];
        int[] right = new int[length];
        for (int i = 0; i < length; i++) {
            boolean isLeaf = i % 2 == 1 || i == length - 1;
            left[i] = isLeaf ? TreeEnsembleBuilder.NO_CHILD : i + 1;
            right[i] = i + 2;
        }
        builder.addTree(left, right, new int[length], new float[length], new boolean[length]);
    }

    @Test
    void shouldLeaveOutNodesThatCannotBeReached() {
        TreeEnsemble ensemble = builder()
                .addTree(
                        new int[] {3, 99, -1, -1, -1},
                        new int[] {4, -7, -1, -1, -1},
                        new int[] {0, 99, 0, 0, 0},
                        new float[] {1, Float.NaN, 0, 5, 6},
                        new boolean[5])
                .build();
        assertEquals(5, new TreeScorer(ensemble).score(new float[] {0, 0, 0}));
        assertEquals(1, ensemble.depth());
        assertEquals(1, ensemble.trees());
    }

    @Test
    void shouldRefuseOrScoreWhateverIsInTheArrays() {
        long seed = new SplittableRandom().nextLong();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int round = 0; round < 5_000; round++) {
            int length = random.nextInt(1, 8);
            int[] left = random.ints(length, -1, length + 1).toArray();
            int[] right = random.ints(length, -1, length + 1).toArray();
            int[] feature = random.ints(length, 0, 4).toArray();
            float[] threshold = new float[length];
            for (int i = 0; i < length; i++) {
                threshold[i] = Float.intBitsToFloat(random.nextInt());
            }
            try {
                TreeEnsemble ensemble = builder()
                        .addTree(left, right, feature, threshold, new boolean[length])
                        .build();
                new TreeScorer(ensemble).score(new float[] {Float.NaN, random.nextInt(), -1});
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertTrue(refused > 0 && refused < 5_000, refused + " refused");
    }
}
