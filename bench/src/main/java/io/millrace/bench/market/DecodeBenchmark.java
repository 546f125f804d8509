package io.millrace.bench.market;

import io.millrace.codecs.binance.MarketDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decoding one message of each type, keys checked, into the encoded event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
    /** Frames of one invocation; recorded ones are taken in order, written ones repeated. */
    static final int FRAMES = 4096;

    /** Stream of the frames. */
    @Param({"depthUpdate", "bookTicker", "trade", "aggTrade", "markPriceUpdate", "kline", "forceOrder", "24hrTicker"})
    public String type;

    private CaptureFrames frames;
    private MarketDecoder decoder;

    /** Takes the type's frames from the capture, or writes some where the capture has none. */
    @Setup
    public void setUp() {
        frames = switch (type) {
            case "depthUpdate", "bookTicker", "trade" ->
                CaptureFrames.configured().only("\"e\":\"" + type + "\"").first(FRAMES);
            default -> CaptureFrames.of(FRAMES, SampleFrames.of(type));
        };
        decoder = new MarketDecoder(Instruments.btcTable(), Instruments.SLOT_LENGTH);
    }

    /** Decodes all frames. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long decode() {
        long sum = 0;
        for (int i = 0; i < FRAMES; i++) {
            int encoded = decoder.decode(frames.buffer(), frames.offset(i), frames.length(i), 1, i);
            if (encoded <= 0) {
                throw new IllegalStateException("frame " + i + " of " + type + " was not decoded: " + encoded);
            }
            sum += encoded;
        }
        return sum;
    }
}
