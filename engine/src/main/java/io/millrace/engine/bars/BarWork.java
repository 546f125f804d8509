package io.millrace.engine.bars;

import java.util.Arrays;

/** What all instruments share while an event is applied: room for one bar of each timeframe, and for adding up. */
final class BarWork {
    private final ClosedBar[] bars = new ClosedBar[Timeframe.COUNT];
    private final BarSum[] sums = new BarSum[Timeframe.COUNT];

    BarWork() {
        Arrays.setAll(bars, i -> new ClosedBar());
        Arrays.setAll(sums, i -> new BarSum());
    }

    ClosedBar bar(Timeframe timeframe) {
        return bars[timeframe.index()];
    }

    BarSum sum(Timeframe timeframe) {
        return sums[timeframe.index()];
    }
}
