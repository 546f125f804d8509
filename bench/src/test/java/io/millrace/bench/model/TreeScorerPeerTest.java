package io.millrace.bench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.app.model.XgboostModel;
import io.millrace.engine.model.TreeScorer;
import java.util.Arrays;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The product's scores beside those of the library that trained the model. */
class TreeScorerPeerTest {
    private static final int ROWS = 2_000;
    private static final double EXACT = 1e-5;

    @ParameterizedTest
    @CsvSource({
        "binary:logistic, 100, 6, ubj",
        "binary:logistic, 100, 6, json",
        "binary:logitraw, 7, 4, ubj",
        "reg:squarederror, 33, 3, json",
        "reg:squarederror, 1, 1, ubj",
        "reg:logistic, 30, 9, ubj",
        "reg:absoluteerror, 10, 5, json",
        "reg:pseudohubererror, 10, 5, ubj",
        "count:poisson, 20, 5, ubj",
        "reg:gamma, 10, 4, json",
        "reg:tweedie, 10, 4, ubj",
    })
    void shouldScoreAsXgboostDoesWhenFeaturesAreMissing(String objective, int trees, int depth, String format)
            throws XGBoostError {
        long seed = new SplittableRandom().nextLong();
        System.out.println("seed " + seed);
        Booster booster = TrainedModel.train(objective, trees, depth, seed);
        TreeScorer scorer = new TreeScorer(XgboostModel.read(booster.toByteArray(format)));
        assertEquals(trees, scorer.ensemble().trees());
        float[] rows = TrainedModel.rows(ROWS, seed + 1);
        float[][] expected = booster.predict(new DMatrix(rows, ROWS, TrainedModel.FEATURES, Float.NaN));
        for (int i = 0; i < ROWS; i++) {
            float[] row = Arrays.copyOfRange(rows, i * TrainedModel.FEATURES, (i + 1) * TrainedModel.FEATURES);
            assertEquals(expected[i][0], scorer.score(row), EXACT * Math.max(1, Math.abs(expected[i][0])));
        }
    }
}
