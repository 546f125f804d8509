package io.millrace.bench.market;

import io.millrace.bench.peer.ByteScan;
import io.millrace.bench.peer.JacksonTreeMapBook;
import io.millrace.bench.peer.PeerBook;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The whole recorded capture, frame after frame in its own order, by everything that can be done with it. One invocation is
 * one pass over {@link #messagesOf} messages.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MarketPathBenchmark {
    /** The floor. */
    public static final String FLOOR = "plainByteScan";
    /** The product's path. */
    public static final String OURS = "decodeAndBook";
    /** The usual way. */
    public static final String JACKSON = "jacksonTreeMap";
    /** All variants, in the order of a round. */
    public static final List<String> VARIANTS =
            List.of(FLOOR, "swarQuoteScan", "decode", OURS, "decodeToOutputs", JACKSON);

    private CaptureFrames frames;
    private MarketPath path;
    private EnginePath engine;
    private JacksonTreeMapBook jackson;

    /** Returns how many messages one pass over a capture takes. */
    public static int messagesOf(Path capture) {
        return CaptureFrames.load(capture).count();
    }

    /** Loads the capture into memory. */
    @Setup
    public void setUp() {
        setUp(CaptureFrames.configured());
    }

    void setUp(CaptureFrames capture) {
        frames = capture;
        path = new MarketPath(frames);
        engine = new EnginePath(frames);
        jackson = new JacksonTreeMapBook();
    }

    /** Looks at every byte. */
    @Benchmark
    public long plainByteScan() {
        long sum = 0;
        for (int i = 0; i < frames.count(); i++) {
            sum += ByteScan.plain(frames.heapCopy(), frames.offset(i), frames.length(i));
        }
        return sum;
    }

    /** Looks at every byte, eight at a time. */
    @Benchmark
    public long swarQuoteScan() {
        long sum = 0;
        for (int i = 0; i < frames.count(); i++) {
            sum += ByteScan.swar(frames.buffer(), frames.offset(i), frames.length(i));
        }
        return sum;
    }

    /** Decodes into the encoded event and leaves it at that. */
    @Benchmark
    public long decode() {
        return path.decodeAll();
    }

    /** Decodes, puts the event on the ring, and applies it in the book stage; the stages behind it are not asked. */
    @Benchmark
    public long decodeAndBook() {
        return path.decodeAndBookAll();
    }

    /** Decodes and takes the event through the ring, all stages and the output records, on one thread, journal off. */
    @Benchmark
    public long decodeToOutputs() {
        return engine.passAll();
    }

    /** Jackson's streaming parser and sorted maps of exact decimals. */
    @Benchmark
    public long jacksonTreeMap() {
        return pass(jackson, frames);
    }

    /** One pass of a peer; it has the snapshot first, so that it need not buffer. */
    static long pass(PeerBook peer, CaptureFrames frames) {
        peer.clear();
        peer.onSnapshot(frames.restBodies().get(0).json());
        long sum = 0;
        for (int i = 0; i < frames.count(); i++) {
            sum += peer.onFrame(frames.heapCopy(), frames.offset(i), frames.length(i));
        }
        return sum;
    }

    /** Returns the peer, for a test. */
    JacksonTreeMapBook jackson() {
        return jackson;
    }
}
