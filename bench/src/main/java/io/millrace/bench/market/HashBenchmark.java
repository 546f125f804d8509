package io.millrace.bench.market;

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
 * The book stage's state hash after every message of the capture, beside the same pass without asking for it, and the hash of one book
 * worked out from all its levels.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HashBenchmark {
    /** Variants of one pass over the capture. */
    public static final List<String> PASSES = List.of("bookUnhashed", "bookHashed");
    /** Variant of one hash. */
    public static final String SCRATCH = "hashFromScratch";

    private CaptureFrames frames;
    private MarketPath path;

    /** Returns how many messages one pass takes. */
    public static int messagesOf(Path capture) {
        return MarketPathBenchmark.messagesOf(capture);
    }

    /** Loads the capture and plays it once. */
    @Setup
    public void setUp() {
        frames = CaptureFrames.configured();
        path = new MarketPath(frames);
        path.decodeAndBookAll();
    }

    /** Decodes and books all messages. */
    @Benchmark
    public long bookUnhashed() {
        return path.decodeAndBookAll();
    }

    /** Decodes and books all messages and asks for the state's hash after each. */
    @Benchmark
    public long bookHashed() {
        path.start();
        long sum = 0;
        for (int i = 0; i < frames.count(); i++) {
            path.take(i);
            sum += path.stateHash();
        }
        return sum;
    }

    /** The hash of one book from all its levels. */
    @Benchmark
    public long hashFromScratch() {
        return path.book().hashFromScratch();
    }
}
