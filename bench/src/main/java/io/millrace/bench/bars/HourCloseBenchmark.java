package io.millrace.bench.bars;

import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.KlineEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.bars.BarSettings;
import io.millrace.engine.bars.BarsPart;
import io.millrace.engine.bars.IndicatorPlan;
import io.millrace.engine.bars.Timeframe;
import io.millrace.engine.instrument.InstrumentDirectory;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
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
 * A full-hour close: one bar of each of six timeframes for 648 instruments, from its kline event to all indicators of the
 * default plan. One operation is all of them, {@value #BARS} bars.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HourCloseBenchmark {
    static final int INSTRUMENTS = 648;
    static final int BARS = INSTRUMENTS * Timeframe.COUNT;

    /** More than any indicator of the default plan needs to be ready. */
    private static final int WARM_BARS = 800;

    private static final long START_MS = 1_767_571_200_000L;
    private static final long TICK_E8 = 10_000_000;

    private final UnsafeBuffer event = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final KlineEncoder kline = new KlineEncoder();
    private InstrumentDirectory directory;
    private BarsPart bars;
    private StageRegions book;
    private SlotContext slot;
    private long count;
    private long sequence;

    /** Warms all indicators up. */
    @Setup
    public void setUp() {
        directory = new InstrumentDirectory();
        bars = new BarsPart(directory, BarSettings.defaults(), IndicatorPlan.defaults());
        book = new StageRegions(64, 8, 0);
        slot = new SlotContext(StageIds.STRATEGY, new StageRegions(64, 8, 0), book);
        for (int id = 0; id < INSTRUMENTS; id++) {
            InstrumentSpec spec = new InstrumentSpec(
                    id,
                    0,
                    "SYM" + id,
                    Grid.parse("0.1"),
                    Grid.parse("0.001"),
                    InstrumentSpec.Limits.NONE,
                    ContractType.PERPETUAL,
                    InstrumentStatus.TRADING,
                    0,
                    0,
                    id,
                    Streams.bit(Streams.KLINE));
            apply(InstrumentCodec.encode(spec, event, 0, 0));
        }
        for (int i = 0; i < WARM_BARS; i++) {
            close();
        }
    }

    /** Closes one bar of each timeframe of each instrument. */
    @Benchmark
    public long close() {
        for (int id = 0; id < INSTRUMENTS; id++) {
            for (int t = 0; t < Timeframe.COUNT; t++) {
                closeOne(id, Timeframe.at(t));
            }
        }
        count++;
        return bars.stateHash();
    }

    private void closeOne(int id, Timeframe timeframe) {
        long move = (count * 7919 + id * 104_729L) % 101 - 50;
        long closeE8 = (10_000 + move) * TICK_E8;
        long openMs = START_MS + count * timeframe.lengthMs();
        kline.wrapAndApplyHeader(event, 0, frame)
                .openTimeMs(openMs)
                .closeTimeMs(openMs + timeframe.lengthMs() - 1)
                .firstTradeId(1)
                .lastTradeId(2)
                .openE8(10_000 * TICK_E8)
                .highE8(10_060 * TICK_E8)
                .lowE8(9_940 * TICK_E8)
                .closeE8(closeE8)
                .tradeCount(10)
                .interval(timeframe.interval())
                .closed(BooleanType.YES);
        kline.volume().mantissa(1_000 + move).exponent((byte) -3);
        kline.quoteVolume().mantissa(1_000_000).exponent((byte) -3);
        kline.takerBuyVolume().mantissa(400).exponent((byte) -3);
        kline.takerBuyQuoteVolume().mantissa(400_000).exponent((byte) -3);
        int length = kline.limit();
        EventHeader.length(event, 0, length);
        EventHeader.flags(event, 0, EventFlags.WHOLE);
        EventHeader.instrumentId(event, 0, id);
        EventHeader.gridVersion(event, 0, 0);
        EventHeader.eventTimeMs(event, 0, openMs + timeframe.lengthMs());
        EventHeader.ingressNs(event, 0, openMs * 1_000_000);
        apply(length);
    }

    private void apply(int length) {
        book.buffer().putLong(book.offsetOf(sequence) + StageRegions.ENGINE_NS_OFFSET, EventHeader.ingressNs(event, 0));
        slot.moveTo(sequence, sequence, event, 0, length);
        sequence++;
        directory.onEvent(slot);
        bars.onEvent(slot);
    }
}
