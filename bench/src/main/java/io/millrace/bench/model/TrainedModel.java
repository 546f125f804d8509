package io.millrace.bench.model;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** A model trained by XGBoost on made-up rows of the vector's length, some of whose features are missing. */
final class TrainedModel {
    static final int FEATURES = 38;

    private static final int ROWS = 2000;
    private static final double MISSING = 0.1;
    private static final int STEP = 3;

    private TrainedModel() {}

    /** Returns rows one behind the other. */
    static float[] rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] rows = new float[count * FEATURES];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextDouble() < MISSING ? Float.NaN : (float) (2 * random.nextDouble() - 1);
        }
        return rows;
    }

    /**
     * Trains.
     *
     * @param objective of XGBoost.
     * @param trees that are trained.
     * @param depth of a tree at most.
     * @param seed of rows and labels.
     */
    static Booster train(String objective, int trees, int depth, long seed) throws XGBoostError {
        int count = ROWS;
        float[] rows = rows(count, seed);
        float[] labels = new float[count];
        // Gamma regression takes positive labels only.
        float low = objective.equals("reg:gamma") ? 0.5f : 0;
        for (int row = 0; row < count; row++) {
            float sum = 0;
            for (int i = 0; i + 1 < FEATURES; i += STEP) {
                // A product of two features, which takes trees of some depth; NaN counts against it.
                sum += rows[row * FEATURES + i] * rows[row * FEATURES + i + 1] > 0 ? 1 : -1;
            }
            labels[row] = sum > 0 ? 1 : low;
        }
        DMatrix matrix = new DMatrix(rows, count, FEATURES, Float.NaN);
        matrix.setLabel(labels);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("objective", objective);
        parameters.put("max_depth", depth);
        parameters.put("eta", 0.1);
        parameters.put("min_child_weight", 0);
        parameters.put("tree_method", "hist");
        parameters.put("nthread", 1);
        parameters.put("seed", 1);
        return XGBoost.train(matrix, parameters, trees, Map.of(), null, null);
    }
}
