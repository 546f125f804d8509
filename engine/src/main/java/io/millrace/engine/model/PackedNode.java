package io.millrace.engine.model;

/**
 * A node in one {@code long}: threshold (32 bits, an ordered key), first child (20 bits), column (12 bits). The right child stands
 * behind the left one, so a step is an addition and not a choice that a branch predictor could miss. A leaf is its own child and sends nothing to the right.
 *
 * <p>Every feature has two columns of ordered keys; they differ where it is missing: in the first it then is below every threshold, in the second
 * above. A node whose default is left looks at the first. So missing features cost nothing on the way down.
 */
final class PackedNode {
    private static final int COLUMN_BITS = 12;
    private static final int CHILD_BITS = 20;
    private static final int COLUMN_MASK = (1 << COLUMN_BITS) - 1;
    private static final int CHILD_MASK = (1 << CHILD_BITS) - 1;
    private static final int THRESHOLD_SHIFT = COLUMN_BITS + CHILD_BITS;

    /** Nodes of an ensemble at most. */
    static final int NODES_MAX = 1 << CHILD_BITS;
    /** Features of an ensemble at most. */
    static final int FEATURES_MAX = 1 << (COLUMN_BITS - 1);

    private static final int MISSING_LEFT = Integer.MIN_VALUE;
    /** Above the key of infinity, below the threshold of leaves. */
    private static final int MISSING_RIGHT = Integer.MAX_VALUE - 1;

    private PackedNode() {}

    static long split(float threshold, int leftChild, int feature, boolean isDefaultLeft) {
        return pack(key(threshold), leftChild, 2 * feature + (isDefaultLeft ? 0 : 1));
    }

    static long leaf(int self) {
        return pack(Integer.MAX_VALUE, self, 0);
    }

    private static long pack(int thresholdKey, int child, int column) {
        return (long) thresholdKey << THRESHOLD_SHIFT | (long) child << COLUMN_BITS | column;
    }

    /** Returns the node behind {@code node} for these columns. */
    static int next(long node, int[] columns) {
        long threshold = node >> THRESHOLD_SHIFT;
        long key = columns[(int) node & COLUMN_MASK];
        // 1 where the key is at or above the threshold.
        int right = (int) ((threshold - 1 - key) >>> (Long.SIZE - 1));
        return ((int) (node >>> COLUMN_BITS) & CHILD_MASK) + right;
    }

    /** Writes both columns of a feature. */
    static void put(int[] columns, int feature, float value) {
        boolean isMissing = Float.isNaN(value);
        int key = key(value);
        columns[2 * feature] = isMissing ? MISSING_LEFT : key;
        columns[2 * feature + 1] = isMissing ? MISSING_RIGHT : key;
    }

    /** Maps a number to an int of the same order; both zeros are one. */
    private static int key(float value) {
        int bits = Float.floatToRawIntBits(value + 0.0f);
        return bits ^ (bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE);
    }
}
