package io.millrace.bench.market;

import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.BookTickerEncoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.DepthDiffEncoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Generated encoders and decoders of the ring's messages, every field of the body, beside a copy of the same bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventCodecBenchmark {
    /** All variants, each floor in front of what stands beside it. */
    public static final List<String> VARIANTS =
            List.of("copyTicker", "encodeTicker", "decodeTicker", "copyDepth", "encodeDepth", "decodeDepth");

    private static final int LEVELS = 34;

    private final UnsafeBuffer tickerBytes = new UnsafeBuffer(ByteBuffer.allocateDirect(256));
    private final UnsafeBuffer depthBytes = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
    private final UnsafeBuffer copy = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final MessageHeaderDecoder frameRead = new MessageHeaderDecoder();
    private final BookTickerEncoder ticker = new BookTickerEncoder();
    private final BookTickerDecoder tickerRead = new BookTickerDecoder();
    private final DepthDiffEncoder depth = new DepthDiffEncoder();
    private final DepthDiffDecoder depthRead = new DepthDiffDecoder();
    private int tickerLength;
    private int depthLength;
    private long updateId;

    /** Encodes both messages. */
    @Setup
    public void setUp() {
        tickerLength = encodeTicker();
        depthLength = encodeDepth();
    }

    /** Copies a best bid and ask. */
    @Benchmark
    public int copyTicker() {
        copy.putBytes(0, tickerBytes, 0, tickerLength);
        return copy.getByte(tickerLength - 1);
    }

    /** Encodes a best bid and ask. */
    @Benchmark
    public int encodeTicker() {
        long id = ++updateId;
        ticker.wrapAndApplyHeader(tickerBytes, 0, frame)
                .updateId(id)
                .bidTicks(618_002 + (id & 7))
                .bidLots(id & 63)
                .askTicks(618_011 + (id & 7))
                .askLots(id & 31);
        return frame.encodedLength() + ticker.encodedLength();
    }

    /** Reads it. */
    @Benchmark
    public long decodeTicker() {
        tickerRead.wrapAndApplyHeader(tickerBytes, 0, frameRead);
        return tickerRead.updateId()
                + tickerRead.bidTicks()
                + tickerRead.bidLots()
                + tickerRead.askTicks()
                + tickerRead.askLots();
    }

    /** Copies a depth update. */
    @Benchmark
    public int copyDepth() {
        copy.putBytes(0, depthBytes, 0, depthLength);
        return copy.getByte(depthLength - 1);
    }

    /** Encodes a depth update of 34 levels, half of them bids. */
    @Benchmark
    public int encodeDepth() {
        long id = ++updateId;
        depth.wrapAndApplyHeader(depthBytes, 0, frame)
                .firstUpdateId(id)
                .lastUpdateId(id + 5)
                .prevUpdateId(id - 1);
        DepthDiffEncoder.BidsEncoder bids = depth.bidsCount(LEVELS / 2);
        for (int i = 0; i < LEVELS / 2; i++) {
            bids.next().priceTicks(618_000 - i).qtyLots(id + i);
        }
        DepthDiffEncoder.AsksEncoder asks = depth.asksCount(LEVELS / 2);
        for (int i = 0; i < LEVELS / 2; i++) {
            asks.next().priceTicks(618_001 + i).qtyLots(id + i);
        }
        return frame.encodedLength() + depth.encodedLength();
    }

    /** Reads it. */
    @Benchmark
    public long decodeDepth() {
        depthRead.wrapAndApplyHeader(depthBytes, 0, frameRead);
        long sum = depthRead.firstUpdateId() + depthRead.lastUpdateId() + depthRead.prevUpdateId();
        DepthDiffDecoder.BidsDecoder bids = depthRead.bids();
        while (bids.hasNext()) {
            bids.next();
            sum += bids.priceTicks() * bids.qtyLots();
        }
        DepthDiffDecoder.AsksDecoder asks = depthRead.asks();
        while (asks.hasNext()) {
            asks.next();
            sum += asks.priceTicks() * asks.qtyLots();
        }
        return sum;
    }
}
