package io.millrace.engine.indicator.trend;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.Delay;
import io.millrace.engine.indicator.window.RollingRange;
import java.util.List;

/**
 * Ichimoku Kinko Hyo. The line of n bars is (highest high + lowest low) / 2 of them. Conversion line (tenkan-sen): n = 9; base
 * line (kijun-sen): 26; leading span A: (conversion + base) / 2; leading span B: line of 52. The cloud at a bar is made of the
 * leading spans of d - 1 = 25 bars before, as charts draw it, the current bar counting as the first of d. The lagging span
 * (chikou) is the close, drawn d bars back: here it is given as the difference to the close of d bars before, which uses no
 * bar that is not there yet.
 *
 * <p><b>Source:</b> G. Hosoda, "Ichimoku Kinko Hyo" (1969); displacement as TradingView and ta4j. <b>Warm-up:</b> longest of
 * the lines + d - 1, or d + 1. <b>Degenerate:</b> none. <b>Cost:</b> O(1) on average.
 */
public final class Ichimoku extends BarIndicator {
    private static final List<String> OUTPUTS =
            List.of("base", "conversion", "cloudA", "cloudB", "leadingA", "leadingB", "lagging");

    private final RollingRange conversion;
    private final RollingRange base;
    private final RollingRange span;
    private final Delay spansA;
    private final Delay spansB;
    private final Delay closes;
    private double leadingA;
    private double leadingB;
    private double cloudA;
    private double cloudB;
    private double lagging;

    /**
     * Makes the five lines.
     *
     * @param conversionPeriod bars of the conversion line (9).
     * @param basePeriod       bars of the base line (26).
     * @param spanPeriod       bars of span B (52).
     * @param displacement     d (26), at least 2.
     */
    public Ichimoku(int conversionPeriod, int basePeriod, int spanPeriod, int displacement) {
        super(Math.max(
                Math.max(conversionPeriod, Math.max(basePeriod, spanPeriod))
                        + atLeast("displacement", displacement, 2)
                        - 1,
                displacement + 1));
        conversion = new RollingRange(conversionPeriod);
        base = new RollingRange(basePeriod);
        span = new RollingRange(spanPeriod);
        spansA = new Delay(displacement);
        spansB = new Delay(displacement);
        closes = new Delay(displacement);
    }

    @Override
    protected void apply(Bar bar) {
        conversion.push(bar.high(), bar.low());
        base.push(bar.high(), bar.low());
        span.push(bar.high(), bar.low());
        leadingA = (middle(conversion) + middle(base)) / 2;
        leadingB = middle(span);
        spansA.push(leadingA);
        spansB.push(leadingB);
        cloudA = spansA.oldest();
        cloudB = spansB.oldest();
        lagging = bar.close() - closes.push(bar.close());
    }

    private static double middle(RollingRange range) {
        return (range.highest() + range.lowest()) / 2;
    }

    /** {@inheritDoc} The base line (kijun-sen), in price. */
    @Override
    public double value() {
        return whenReady(middle(base));
    }

    /** Returns the conversion line (tenkan-sen). */
    public double conversion() {
        return whenReady(middle(conversion));
    }

    /** Returns span A as it is drawn at this bar. */
    public double cloudA() {
        return whenReady(cloudA);
    }

    /** Returns span B as it is drawn at this bar. */
    public double cloudB() {
        return whenReady(cloudB);
    }

    /** Returns span A as it will be drawn d - 1 bars ahead. */
    public double leadingA() {
        return whenReady(leadingA);
    }

    /** Returns span B as it will be drawn d - 1 bars ahead. */
    public double leadingB() {
        return whenReady(leadingB);
    }

    /** Returns the close less the close d bars before; above 0 means the lagging span lies above the price there. */
    public double lagging() {
        return whenReady(lagging);
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> conversion();
            case 2 -> cloudA();
            case 3 -> cloudB();
            case 4 -> leadingA();
            case 5 -> leadingB();
            case 6 -> lagging();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        conversion.visit(state);
        base.visit(state);
        span.visit(state);
        spansA.visit(state);
        spansB.visit(state);
        closes.visit(state);
        leadingA = state.f64(leadingA);
        leadingB = state.f64(leadingB);
        cloudA = state.f64(cloudA);
        cloudB = state.f64(cloudB);
        lagging = state.f64(lagging);
    }
}
