package io.millrace.engine.bars;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;

/**
 * Feeds the bars of one series to its indicators, in order and each once: waits at a hole as long as history is on its way,
 * begins anew behind a hole that stays one, and begins anew from the start when older bars have come.
 */
final class BarFeed implements Stateful {
    private final BarSeries series;
    private final IndicatorSet indicators;
    private final TimeframeView view;
    private final BarWork work;
    private long nextMs = BarSeries.NO_TIME;
    private long fromMs = BarSeries.NO_TIME;
    private boolean isWaiting;

    BarFeed(BarSeries series, IndicatorSet indicators, TimeframeView view, BarWork work, boolean isWaiting) {
        this.series = series;
        this.indicators = indicators;
        this.view = view;
        this.work = work;
        this.isWaiting = isWaiting;
    }

    IndicatorSet indicators() {
        return indicators;
    }

    /** Says whether history is on its way. */
    void waiting(boolean isWaiting) {
        this.isWaiting = isWaiting;
    }

    boolean isWaiting() {
        return isWaiting;
    }

    /** Returns whether bars wait to be fed that could be. */
    boolean isBehind() {
        if (series.size() == 0 || (isWaiting && (nextMs == BarSeries.NO_TIME || !series.hasAt(nextMs)))) {
            return false;
        }
        return nextMs == BarSeries.NO_TIME || nextMs <= series.newestMs() || isOlderThere();
    }

    /** Feeds what can be fed, up to a number of bars. */
    void pump(int most) {
        if (!isBehind()) {
            return;
        }
        if (!isWaiting && (nextMs == BarSeries.NO_TIME || isOlderThere())) {
            restart(series.contiguous() > 0 ? runStartMs() : series.newestMs());
        }
        if (nextMs < series.oldestMs()) {
            restart(series.oldestMs());
        }
        ClosedBar closed = work.fed();
        Bar seen = work.seen();
        for (int i = 0; i < most && nextMs <= series.newestMs(); i++) {
            if (series.hasAt(nextMs)) {
                series.copyAt(nextMs, closed);
                closed.copyTo(seen);
                indicators.update(nextMs, seen);
                view.onBar(series, closed, seen);
                nextMs += series.timeframe().lengthMs();
            } else if (isWaiting) {
                return;
            } else {
                restart(nextMs + series.timeframe().lengthMs());
            }
        }
    }

    /** Begins anew with the bar that began then. */
    private void restart(long openMs) {
        indicators.reset();
        view.reset(series.timeframe());
        nextMs = openMs;
        fromMs = openMs;
    }

    /** Whether bars without a hole reach further back than what was fed. */
    private boolean isOlderThere() {
        return !isWaiting && series.contiguous() > 0 && runStartMs() < fromMs;
    }

    private long runStartMs() {
        return series.newestMs()
                - (series.contiguous() - 1) * series.timeframe().lengthMs();
    }

    @Override
    public void visitState(State state) {
        state.type("BarFeed");
        nextMs = state.i64(nextMs);
        fromMs = state.i64(fromMs);
        isWaiting = state.flag(isWaiting);
        indicators.visitState(state);
    }
}
