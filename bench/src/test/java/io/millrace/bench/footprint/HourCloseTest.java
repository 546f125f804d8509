package io.millrace.bench.footprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bench.goal.Verdict;
import io.millrace.engine.bars.IndicatorKind;
import io.millrace.engine.bars.InstrumentBars;
import io.millrace.engine.bars.Timeframe;
import org.junit.jupiter.api.Test;

class HourCloseTest {
    @Test
    void shouldCloseOneBarOfEveryTimeframeAndFeedAllIndicators() {
        HourCloseBenchmark benchmark = new HourCloseBenchmark();
        benchmark.setUp(3, 60);
        benchmark.closeAll(3);
        for (int id = 0; id < 3; id++) {
            InstrumentBars bars = benchmark.bars().of(id);
            for (Timeframe timeframe : Timeframe.values()) {
                assertEquals(61, bars.series(timeframe).size());
                assertTrue(bars.series(timeframe).isContiguous(61));
                assertTrue(bars.isCurrent(timeframe));
                assertEquals(61, bars.indicators(timeframe).count());
                assertTrue(Double.isFinite(bars.indicators(timeframe).value(IndicatorKind.MACD)));
            }
        }
    }

    @Test
    void shouldMakeEventsThatTheDecodersTake() {
        WideMarket market = new WideMarket();
        assertTrue(market.bookTicker(WideMarket.INSTRUMENTS - 1, 1) > 0);
        assertTrue(market.markPrice(7) > 0);
        assertTrue(market.aggTrade(0, 1) > 0);
        assertTrue(market.depth(0) > 0);
        assertTrue(market.snapshot(0) > 2_000 * Long.BYTES);
    }

    @Test
    void shouldJudgeMemoryByTheGoal() {
        assertEquals(
                Verdict.GATE,
                new FootprintBench.Memory(400, 300, 1).toGoalResult().verdict());
        assertEquals(
                Verdict.MISSED,
                new FootprintBench.Memory(513, 300, 1).toGoalResult().verdict());
    }
}
