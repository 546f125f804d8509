package io.millrace.engine.bars;

import io.millrace.engine.indicator.Bar;
import java.util.Arrays;

/**
 * What all instruments share while an event is applied: how indicators are laid out, room for one bar of each
 * timeframe and for the one that is fed to indicators, and for adding up.
 */
final class BarWork {
    private final ClosedBar[] bars = new ClosedBar[Timeframe.COUNT];
    private final BarSum[] sums = new BarSum[Timeframe.COUNT];

    private final IndicatorLayout[] layouts = new IndicatorLayout[Timeframe.COUNT];
    private final ClosedBar fed = new ClosedBar();
    private final Bar seen = new Bar();

    /**
     * Makes room.
     *
     * @param plan which indicators.
     */
    BarWork(IndicatorPlan plan) {
        Arrays.setAll(layouts, i -> new IndicatorLayout(Timeframe.at(i), plan.of(Timeframe.at(i))));
        Arrays.setAll(bars, i -> new ClosedBar());
        Arrays.setAll(sums, i -> new BarSum());
    }

    ClosedBar bar(Timeframe timeframe) {
        return bars[timeframe.index()];
    }

    /** Returns what the indicators of a timeframe have in common. */
    IndicatorLayout layout(Timeframe timeframe) {
        return layouts[timeframe.index()];
    }

    /** Returns room for the bar that is fed to indicators. */
    ClosedBar fed() {
        return fed;
    }

    /** Returns what indicators see of it. */
    Bar seen() {
        return seen;
    }

    BarSum sum(Timeframe timeframe) {
        return sums[timeframe.index()];
    }
}
