package io.millrace.engine.model;

import io.millrace.engine.feature.vector.FeatureVector;

/**
 * Scores rows with one ensemble. The score depends on model and row alone, bit by bit on every machine.
 *
 * <p><b>Thread:</b> one at a time. <b>Allocation:</b> in the constructor only.
 */
public final class TreeScorer {
    private final TreeEnsemble ensemble;
    private final int[] columns;

    /**
     * Makes a scorer.
     *
     * @param ensemble to score with.
     */
    public TreeScorer(TreeEnsemble ensemble) {
        this.ensemble = ensemble;
        this.columns = new int[2 * ensemble.features()];
    }

    /** Returns the ensemble. */
    public TreeEnsemble ensemble() {
        return ensemble;
    }

    /**
     * Scores a row.
     *
     * @param row one value for each feature, NaN where it is missing.
     * @return the score, link applied.
     * @throws IllegalArgumentException if the row has another number of features.
     */
    public float score(float[] row) {
        return ensemble.link().score(margin(row));
    }

    /**
     * Sums over the trees, without the link.
     *
     * @param row as in {@link #score(float[])}.
     * @return the sum.
     * @throws IllegalArgumentException if the row has another number of features.
     */
    public float margin(float[] row) {
        checkFeatures(row.length);
        for (int i = 0; i < row.length; i++) {
            PackedNode.put(columns, i, row[i]);
        }
        return ensemble.margin(columns);
    }

    /**
     * Scores a feature vector.
     *
     * @param vector whose schema the model was trained on.
     * @return the score, link applied.
     * @throws IllegalArgumentException if the model has another number of features.
     */
    public float score(FeatureVector vector) {
        checkFeatures(FeatureVector.COUNT);
        for (int i = 0; i < FeatureVector.COUNT; i++) {
            PackedNode.put(columns, i, vector.get(i));
        }
        return ensemble.link().score(ensemble.margin(columns));
    }

    private void checkFeatures(int given) {
        if (given != ensemble.features()) {
            throw new IllegalArgumentException("a row of " + given + " features for a model of " + ensemble.features()
                    + ": give it the features that it was trained on");
        }
    }
}
