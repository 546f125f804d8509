package io.millrace.bench.market;

import io.millrace.engine.book.DepthView;
import io.millrace.engine.book.MarketView;
import io.millrace.engine.feature.derivative.DerivativeFeatures;
import io.millrace.engine.feature.micro.MicroFeatures;
import io.millrace.engine.feature.vector.FeatureVector;
import io.millrace.engine.feature.vector.VectorWriter;
import io.millrace.engine.indicator.Snapshots;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * All features of the capture's instrument, event by event, beside working them out anew. One invocation is a pass over {@link #eventsOf} events;
 * the other way looks back at one event in {@link #SAMPLED} only, {@link #lookBacksOf} a pass.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FeatureBenchmark {
    /** The product's way: everything, and the vector written, at each event. */
    public static final String OURS = "featuresAndVector";
    /** Everything but the vector. */
    public static final String UPDATE = "features";
    /** Looking back. */
    public static final String SCRATCH = "featuresFromScratch";
    /** One event in so many is looked back at. */
    public static final int SAMPLED = 128;

    private final MicroFeatures micro = new MicroFeatures();
    private final DerivativeFeatures derivative = new DerivativeFeatures();
    private final VectorWriter writer = new VectorWriter();
    private final UnsafeBuffer vector = new UnsafeBuffer(new byte[FeatureVector.LENGTH]);
    private final MarketView view = new MarketView();
    private final DepthView depth = new DepthView();
    private FeatureTape tape;
    private FromScratch scratch;

    /** Returns how many events a pass over a capture has. */
    public static int eventsOf(Path capture) {
        return new FeatureTape(CaptureFrames.load(capture)).count();
    }

    /** Returns how many events of that are looked back at. */
    public static int lookBacksOf(int events) {
        return (events + SAMPLED - 1) / SAMPLED;
    }

    /** Loads the capture into memory. */
    @Setup
    public void setUp() {
        setUp(CaptureFrames.configured());
    }

    void setUp(CaptureFrames frames) {
        tape = new FeatureTape(frames);
        scratch = new FromScratch(tape);
    }

    /** Updates all features. */
    @Benchmark
    public long features() {
        Snapshots.reset(micro);
        for (int i = 0; i < tape.count(); i++) {
            update(i);
            micro.advance(tape.ns(i));
        }
        return micro.hash();
    }

    /** Updates all features and writes the vector. */
    @Benchmark
    public long featuresAndVector() {
        Snapshots.reset(micro);
        for (int i = 0; i < tape.count(); i++) {
            update(i);
            micro.advance(tape.ns(i));
            writer.write(tape.ns(i), 0, micro, derivative, vector, 0);
        }
        return vector.getLong(FeatureVector.LENGTH - Long.BYTES);
    }

    /** Looks back over all windows at some of the events. */
    @Benchmark
    public double featuresFromScratch() {
        double sum = 0;
        for (int i = 0; i < tape.count(); i += SAMPLED) {
            sum += scratch.at(i);
        }
        return sum;
    }

    private void update(int i) {
        long ns = tape.ns(i);
        switch (tape.kind(i)) {
            case FeatureTape.VIEW -> micro.onView(ns, view.wrap(tape.views(), (int) tape.number(i, 0)));
            case FeatureTape.TRADE ->
                micro.onTrade(ns, tape.number(i, 0), tape.number(i, 1), tape.number(i, 2) != 0, false);
            default -> micro.onDepth(ns, depth.wrap(tape.views(), (int) tape.number(i, 0)));
        }
    }
}
