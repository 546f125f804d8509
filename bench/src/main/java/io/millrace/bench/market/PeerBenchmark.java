package io.millrace.bench.market;

import io.millrace.bench.peer.ConnectorBook;
import io.millrace.bench.peer.FastjsonTreeMapBook;
import io.millrace.bench.peer.XChangeBook;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The recorded capture, as in {@link MarketPathBenchmark}, by the libraries that others use. They take up to a second for a pass. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeerBenchmark {
    /** Binance's own connector with the usual book. */
    public static final String CONNECTOR = "connectorTreeMap";
    /** XChange with its own book. */
    public static final String XCHANGE = "xchange";
    /** All variants, in the order of a round. */
    public static final List<String> VARIANTS = List.of("fastjson2TreeMap", "connectorModels", CONNECTOR, XCHANGE);

    private CaptureFrames frames;
    private FastjsonTreeMapBook fastjson;
    private ConnectorBook connector;
    private XChangeBook xchange;

    /** Loads the capture into memory. */
    @Setup
    public void setUp() {
        frames = CaptureFrames.configured();
        fastjson = new FastjsonTreeMapBook();
        connector = new ConnectorBook();
        xchange = new XChangeBook();
    }

    /** The streaming parser of fastjson2 and sorted maps of exact decimals. */
    @Benchmark
    public long fastjson2TreeMap() {
        return MarketPathBenchmark.pass(fastjson, frames);
    }

    /** Binance's connector up to its models, no book. */
    @Benchmark
    public void connectorModels(Blackhole blackhole) {
        for (int i = 0; i < frames.count(); i++) {
            blackhole.consume(connector.onFrameModelOnly(frames.heapCopy(), frames.offset(i), frames.length(i)));
        }
    }

    /** Binance's connector and sorted maps of exact decimals. */
    @Benchmark
    public long connectorTreeMap() {
        return MarketPathBenchmark.pass(connector, frames);
    }

    /** XChange's stream and book. */
    @Benchmark
    public long xchange() {
        return MarketPathBenchmark.pass(xchange, frames);
    }
}
