package io.millrace.bench.model;

import io.millrace.app.model.XgboostModel;
import io.millrace.engine.model.TreeScorer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One score at a time, as a strategy asks for it: 100 trees of depth 6 over 38 features, a tenth of them missing. One invocation is {@value #ROWS}
 * different rows; a model that sees the same row again and again would have all its branches predicted.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ModelBenchmark {
    /** The product. */
    public static final String OURS = "treeScorer";
    /** XGBoost4J in its two ways; which is the quicker one depends on the machine. */
    public static final List<String> PEERS = List.of("xgboost4jInplace", "xgboost4jPredict");
    /** All variants, in the order of a round. */
    public static final List<String> VARIANTS = List.of(OURS, PEERS.get(0), PEERS.get(1));
    /** Rows of one invocation. */
    public static final int ROWS = 1024;

    private static final int TREES = 100;
    private static final int DEPTH = 6;
    private static final long SEED = 20_240_808;

    private final float[][] rows = new float[ROWS][];
    private Booster booster;
    private TreeScorer scorer;

    /** Trains the model and hands its bytes to the product. */
    @Setup
    public void setUp() throws XGBoostError {
        booster = TrainedModel.train("binary:logistic", TREES, DEPTH, SEED);
        scorer = new TreeScorer(XgboostModel.read(booster.toByteArray("ubj")));
        float[] all = TrainedModel.rows(ROWS, SEED + 1);
        for (int i = 0; i < ROWS; i++) {
            rows[i] = Arrays.copyOfRange(all, i * TrainedModel.FEATURES, (i + 1) * TrainedModel.FEATURES);
        }
    }

    /** Scores in flat arrays. */
    @Benchmark
    public float treeScorer() {
        float sum = 0;
        for (float[] row : rows) {
            sum += scorer.score(row);
        }
        return sum;
    }

    /** Scores by XGBoost without its matrix. */
    @Benchmark
    public float xgboost4jInplace() throws XGBoostError {
        float sum = 0;
        for (float[] row : rows) {
            sum += booster.inplace_predict(row, 1, TrainedModel.FEATURES, Float.NaN)[0][0];
        }
        return sum;
    }

    /** Scores by XGBoost as its guide shows it: a matrix of one row. */
    @Benchmark
    public float xgboost4jPredict() throws XGBoostError {
        float sum = 0;
        for (float[] row : rows) {
            DMatrix matrix = new DMatrix(row, 1, TrainedModel.FEATURES, Float.NaN);
            sum += booster.predict(matrix)[0][0];
            matrix.dispose();
        }
        return sum;
    }
}
