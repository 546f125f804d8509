package io.millrace.bench.footprint;

import io.millrace.engine.bars.BarSettings;
import io.millrace.engine.bars.BarsPart;
import io.millrace.engine.bars.IndicatorKind;
import io.millrace.engine.bars.IndicatorPlan;
import io.millrace.engine.bars.Timeframe;
import io.millrace.engine.instrument.InstrumentDirectory;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import java.util.Arrays;
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

/**
 * Closed bars from their events on: kline decoded by offset, bar into its history, all indicators of the timeframe, the timeframes together,
 * the hash. The timeframes live in years of their own, so that each invocation closes one more bar of each and none is added up from
 * shorter ones.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HourCloseBenchmark {
    /** All instruments close a bar on all six timeframes. */
    public static final String HOUR = "hourClose";
    /** One instrument closes one bar, with every indicator there is. */
    public static final String BAR = "closedBar";
    /** Bars of one invocation of {@link #closedBar}. */
    public static final int BARS = 256;
    /** Bars that each of hourClose's histories holds before. */
    static final int HISTORY = 150;

    private static final long[] FIRST_MS = {
        946_684_800_000L,
        978_307_200_000L,
        1_009_843_200_000L,
        1_041_379_200_000L,
        1_072_915_200_000L,
        1_577_836_800_000L
    };

    private final WideMarket market = new WideMarket();
    private final InstrumentDirectory directory = new InstrumentDirectory();
    private final StageRegions upstream = new StageRegions(64, 8, 0);
    private final long[] bars = new long[Timeframe.COUNT];
    private final UnsafeBuffer event = new UnsafeBuffer(new byte[WideMarket.SLOT_LENGTH]);
    private StageRegions own;
    private SlotContext slot;
    private BarsPart wide;
    private BarsPart one;
    private long sequence;

    /** Defines the instruments and fills the histories. */
    @Setup
    public void setUp() {
        setUp(WideMarket.INSTRUMENTS, HISTORY);
    }

    void setUp(int instruments, int history) {
        wide = new BarsPart(directory, BarSettings.defaults(), IndicatorPlan.defaults());
        one = new BarsPart(
                directory, BarSettings.defaults(), IndicatorPlan.everywhere(List.of(IndicatorKind.values())));
        own = new StageRegions(64, 8, wide.commandsLength());
        slot = new SlotContext(StageIds.STRATEGY, own, upstream, own);
        for (int id = 0; id < instruments; id++) {
            take(market.definition(id), wide);
            if (id == 0) {
                one.onEvent(slot);
            }
        }
        Arrays.fill(bars, 0);
        for (int i = 0; i < history; i++) {
            closeAll(instruments);
        }
    }

    /** Closes a bar of every instrument on every timeframe. */
    @Benchmark
    public long hourClose() {
        return closeAll(WideMarket.INSTRUMENTS);
    }

    /** Closes bars of one hour of one instrument. */
    @Benchmark
    public long closedBar() {
        int index = Timeframe.H1.index();
        for (int i = 0; i < BARS; i++) {
            take(market.kline(0, Timeframe.H1, openMs(index)), one);
            bars[index]++;
        }
        return one.stateHash();
    }

    long closeAll(int instruments) {
        for (int id = 0; id < instruments; id++) {
            for (int i = Timeframe.COUNT - 1; i >= 0; i--) {
                take(market.kline(id, Timeframe.at(i), openMs(i)), wide);
            }
        }
        for (int i = 0; i < Timeframe.COUNT; i++) {
            bars[i]++;
        }
        return wide.stateHash();
    }

    BarsPart bars() {
        return wide;
    }

    private long openMs(int index) {
        return FIRST_MS[index] + bars[index] * Timeframe.at(index).lengthMs();
    }

    private void take(int length, BarsPart part) {
        event.putBytes(0, market.buffer(), 0, length);
        slot.moveTo(sequence, sequence, event, 0, length);
        sequence++;
        directory.onEvent(slot);
        part.onEvent(slot);
    }
}
