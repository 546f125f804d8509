package io.millrace.engine.indicator.momentum;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.Delay;
import io.millrace.engine.indicator.window.RollingRange;

/** Finds pivots of an oscillator as they become known and compares each with the one before, see {@link RsiDivergence}. */
final class DivergenceDetector {
    private final PivotSettings settings;
    private final RollingRange before;
    private final RollingRange after;
    private final Delay centers;
    private final Delay highs;
    private final Delay lows;
    private long count;
    private long lowAt;
    private double lowPrice;
    private double lowValue;
    private long highAt;
    private double highPrice;
    private double highValue;
    private int regular;
    private int hidden;

    DivergenceDetector(PivotSettings settings) {
        this.settings = settings;
        before = new RollingRange(settings.left());
        after = new RollingRange(settings.right());
        centers = new Delay(settings.right());
        highs = new Delay(settings.right());
        lows = new Delay(settings.right());
    }

    /** Differences of the oscillator up to the slack are rounding: flat prices would make pivots of it. */
    void update(double value, double high, double low, double slack) {
        count++;
        regular = 0;
        hidden = 0;
        after.push(value);
        double center = centers.push(value);
        double centerHigh = highs.push(high);
        double centerLow = lows.push(low);
        if (count > settings.left() + settings.right()) {
            if (center < before.lowest() - slack && center <= after.lowest() + slack) {
                onLow(center, centerLow, slack);
            } else if (center > before.highest() + slack && center >= after.highest() - slack) {
                onHigh(center, centerHigh, slack);
            }
        }
        if (count > settings.right()) {
            before.push(center);
        }
    }

    private void onLow(double value, double price, double slack) {
        if (isComparable(lowAt)) {
            regular = price < lowPrice && value > lowValue + slack ? 1 : 0;
            hidden = price > lowPrice && value < lowValue - slack ? 1 : 0;
        }
        lowAt = count;
        lowPrice = price;
        lowValue = value;
    }

    private void onHigh(double value, double price, double slack) {
        if (isComparable(highAt)) {
            regular = price > highPrice && value < highValue - slack ? -1 : 0;
            hidden = price < highPrice && value > highValue + slack ? -1 : 0;
        }
        highAt = count;
        highPrice = price;
        highValue = value;
    }

    /** 0: there is none before. */
    private boolean isComparable(long at) {
        long gap = count - at;
        return at > 0 && gap >= settings.minBars() && gap <= settings.maxBars();
    }

    int regular() {
        return regular;
    }

    int hidden() {
        return hidden;
    }

    void visit(State state) {
        state.setting("minBars", settings.minBars());
        state.setting("maxBars", settings.maxBars());
        before.visit(state);
        after.visit(state);
        centers.visit(state);
        highs.visit(state);
        lows.visit(state);
        count = state.i64(count);
        lowAt = state.i64(lowAt);
        lowPrice = state.f64(lowPrice);
        lowValue = state.f64(lowValue);
        highAt = state.i64(highAt);
        highPrice = state.f64(highPrice);
        highValue = state.f64(highValue);
        regular = state.i32(regular);
        hidden = state.i32(hidden);
    }
}
