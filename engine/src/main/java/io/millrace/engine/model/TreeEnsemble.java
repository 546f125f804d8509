package io.millrace.engine.model;

import java.util.Arrays;

/**
 * An ensemble of decision trees: the score of a row is {@code link(base + sum of one leaf per tree)}, summed in {@code float} in the order of the trees. Built
 * by {@link TreeEnsembleBuilder}.
 *
 * <p><b>Thread:</b> any; it never changes.
 */
public final class TreeEnsemble {
    /** Trees that are walked side by side. */
    static final int GROUP = 4;

    private final int features;
    private final int trees;
    private final float baseMargin;
    private final Link link;
    private final long[] nodes;
    private final float[] leafValues;
    /** First node of each tree; filled up to whole groups with trees of one leaf that count nothing. */
    private final int[] roots;
    /** Steps that bring every tree of a group to a leaf. */
    private final int[] depths;

    TreeEnsemble(TreeEnsembleBuilder from) {
        features = from.features();
        trees = from.trees();
        baseMargin = from.baseMargin();
        link = from.link();
        nodes = from.nodes();
        leafValues = from.leafValues();
        roots = from.roots();
        depths = from.groupDepths();
    }

    /** Returns the number of features of a row. */
    public int features() {
        return features;
    }

    /** Returns the number of trees. */
    public int trees() {
        return trees;
    }

    /** Returns the number of steps from a root to the deepest leaf. */
    public int depth() {
        return Arrays.stream(depths).max().orElse(0);
    }

    /** Returns what every row starts with, before the link. */
    public float baseMargin() {
        return baseMargin;
    }

    /** Returns what makes a score of the sum. */
    public Link link() {
        return link;
    }

    /** Sums the leaves that a row reaches. */
    float margin(int[] columns) {
        long[] nodes = this.nodes;
        float[] leafValues = this.leafValues;
        float sum = baseMargin;
        for (int group = 0; group < depths.length; group++) {
            int first = group * GROUP;
            int a = roots[first];
            int b = roots[first + 1];
            int c = roots[first + 2];
            int d = roots[first + 3];
            for (int step = depths[group]; step > 0; step--) {
                a = PackedNode.next(nodes[a], columns);
                b = PackedNode.next(nodes[b], columns);
                c = PackedNode.next(nodes[c], columns);
                d = PackedNode.next(nodes[d], columns);
            }
            sum += leafValues[a];
            sum += leafValues[b];
            sum += leafValues[c];
            sum += leafValues[d];
        }
        return sum;
    }
}
