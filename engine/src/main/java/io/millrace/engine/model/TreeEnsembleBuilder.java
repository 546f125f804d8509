package io.millrace.engine.model;

import java.util.Arrays;

/**
 * Builds an ensemble of trees given as arrays, each checked: what comes out cannot leave its arrays or run in circles, whatever was put in. Ordinary
 * code; not for the hot path.
 */
public final class TreeEnsembleBuilder {
    /** Left child of a leaf, in the arrays given. */
    public static final int NO_CHILD = -1;
    /** Steps from root to leaf at most. */
    public static final int DEPTH_MAX = 64;
    /** Nodes of all trees together at most. */
    public static final int NODES_MAX = PackedNode.NODES_MAX - TreeEnsemble.GROUP;
    /** Features at most. */
    public static final int FEATURES_MAX = PackedNode.FEATURES_MAX;

    private final int features;
    private final float baseMargin;
    private final Link link;
    private long[] nodes = new long[1024];
    private float[] leafValues = new float[1024];
    private int[] roots = new int[TreeEnsemble.GROUP];
    private int[] depths = new int[TreeEnsemble.GROUP];
    private int nodeCount;
    private int treeCount;

    /**
     * Starts an ensemble without trees.
     *
     * @param features of a row, 1 to {@link #FEATURES_MAX}.
     * @param baseMargin what every row starts with, finite.
     * @param link makes a score of the sum.
     * @throws IllegalArgumentException if a value is out of range.
     */
    public TreeEnsembleBuilder(int features, float baseMargin, Link link) {
        if (features < 1 || features > FEATURES_MAX) {
            throw new IllegalArgumentException(
                    "a model of " + features + " features: 1 to " + FEATURES_MAX + " are possible, train it on fewer");
        }
        if (!Float.isFinite(baseMargin)) {
            throw new IllegalArgumentException(
                    "base margin " + baseMargin + " is no finite number, train the model anew");
        }
        this.features = features;
        this.baseMargin = baseMargin;
        this.link = link;
    }

    /**
     * Adds a tree; node 0 is its root, nodes that cannot be reached are left out.
     *
     * @param left child of each node, {@link #NO_CHILD} in a leaf.
     * @param right child of each node, not looked at in a leaf.
     * @param feature whose value decides, not looked at in a leaf.
     * @param threshold below which a row goes left; in a leaf, its value.
     * @param isDefaultLeft whether a row goes left where the feature is missing.
     * @return this.
     * @throws IllegalArgumentException if the arrays are no tree, or a limit is exceeded; the ensemble is of no use then.
     */
    public TreeEnsembleBuilder addTree(
            int[] left, int[] right, int[] feature, float[] threshold, boolean[] isDefaultLeft) {
        int length = left.length;
        if (length == 0
                || right.length != length
                || feature.length != length
                || threshold.length != length
                || isDefaultLeft.length != length) {
            throw bad("has arrays of %d, %d, %d, %d and %d nodes: give one number of each for every node"
                    .formatted(length, right.length, feature.length, threshold.length, isDefaultLeft.length));
        }
        int first = nodeCount;
        boolean[] isPlaced = new boolean[length];
        int[] queue = new int[length];
        int placed = 0;
        queue[placed++] = place(0, isPlaced);
        int depth = 0;
        for (int levelEnd = 1, i = 0; i < placed; i++) {
            if (i == levelEnd) {
                levelEnd = placed;
                depth++;
            }
            int node = queue[i];
            if (left[node] == NO_CHILD) {
                putLeaf(first + i, threshold[node]);
                continue;
            }
            check(node, feature[node], threshold[node]);
            long packed = PackedNode.split(threshold[node], first + placed, feature[node], isDefaultLeft[node]);
            queue[placed++] = place(left[node], isPlaced);
            queue[placed++] = place(right[node], isPlaced);
            nodes[first + i] = packed;
        }
        endTree(first, depth);
        return this;
    }

    private int place(int node, boolean[] isPlaced) {
        if (node < 0 || node >= isPlaced.length) {
            throw bad("names node " + node + ", it has 0 to " + (isPlaced.length - 1)
                    + ": the file is damaged, save the model anew");
        }
        if (isPlaced[node]) {
            throw bad("reaches node " + node + " on two ways: the file is damaged, save the model anew");
        }
        if (nodeCount == NODES_MAX) {
            throw bad("exceeds the " + NODES_MAX + " nodes that all trees may have together: train a smaller model");
        }
        isPlaced[node] = true;
        if (nodeCount + TreeEnsemble.GROUP >= nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * nodes.length);
            leafValues = Arrays.copyOf(leafValues, nodes.length);
        }
        nodeCount++;
        return node;
    }

    private void check(int node, int feature, float threshold) {
        if (feature < 0 || feature >= features) {
            throw bad("splits node " + node + " by feature " + feature + ", there are 0 to " + (features - 1)
                    + ": the file is damaged, save the model anew");
        }
        if (Float.isNaN(threshold)) {
            throw bad("splits node " + node + " at NaN: the file is damaged, save the model anew");
        }
    }

    private void putLeaf(int at, float value) {
        if (!Float.isFinite(value)) {
            throw bad("has a leaf of " + value + ": leaves are finite, train the model anew");
        }
        nodes[at] = PackedNode.leaf(at);
        leafValues[at] = value;
    }

    private void endTree(int root, int depth) {
        if (depth > DEPTH_MAX) {
            throw bad("is " + depth + " steps deep, " + DEPTH_MAX + " are possible: train it with a smaller max_depth");
        }
        if (treeCount + TreeEnsemble.GROUP > roots.length) {
            roots = Arrays.copyOf(roots, 2 * roots.length);
            depths = Arrays.copyOf(depths, roots.length);
        }
        roots[treeCount] = root;
        depths[treeCount] = depth;
        treeCount++;
    }

    private IllegalArgumentException bad(String what) {
        return new IllegalArgumentException("tree " + treeCount + " " + what);
    }

    /**
     * Ends the ensemble.
     *
     * @throws IllegalArgumentException if no tree was added.
     */
    public TreeEnsemble build() {
        if (treeCount == 0) {
            throw new IllegalArgumentException("a model of 0 trees scores every row alike: train at least one");
        }
        return new TreeEnsemble(this);
    }

    int features() {
        return features;
    }

    float baseMargin() {
        return baseMargin;
    }

    Link link() {
        return link;
    }

    int trees() {
        return treeCount;
    }

    private int groups() {
        return (treeCount + TreeEnsemble.GROUP - 1) / TreeEnsemble.GROUP;
    }

    /** Returns the nodes and behind them one leaf without value. */
    long[] nodes() {
        long[] exact = Arrays.copyOf(nodes, nodeCount + 1);
        exact[nodeCount] = PackedNode.leaf(nodeCount);
        return exact;
    }

    float[] leafValues() {
        return Arrays.copyOf(leafValues, nodeCount + 1);
    }

    /** Returns the roots; the last group's missing ones are the leaf without value. */
    int[] roots() {
        int[] exact = Arrays.copyOf(roots, groups() * TreeEnsemble.GROUP);
        Arrays.fill(exact, treeCount, exact.length, nodeCount);
        return exact;
    }

    int[] groupDepths() {
        int[] deepest = new int[groups()];
        for (int tree = 0; tree < treeCount; tree++) {
            int group = tree / TreeEnsemble.GROUP;
            deepest[group] = Math.max(deepest[group], depths[tree]);
        }
        return deepest;
    }
}
