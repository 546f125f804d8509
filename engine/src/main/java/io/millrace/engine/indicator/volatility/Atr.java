package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.trend.WilderAverage;
import java.util.List;

/**
 * Average true range: Wilder's average of n of the true range, in price and in percent of the close.
 *
 * <p><b>Source:</b> J. W. Wilder, "New Concepts in Technical Trading Systems" (1978), sec. III. <b>Warm-up:</b> n.
 * <b>Degenerate:</b> the close is 0: 0 percent. <b>Cost:</b> O(1).
 */
public final class Atr extends BarIndicator {
    private static final List<String> OUTPUTS = List.of("atr", "atrPercent");

    private final TrueRange range;
    private final WilderAverage average;
    private double percent;

    /**
     * Makes an average.
     *
     * @param period n (14), at least 1.
     */
    public Atr(int period) {
        super(atLeast("period", period, 1));
        range = new TrueRange();
        average = new WilderAverage(period);
    }

    @Override
    protected void apply(Bar bar) {
        range.update(bar);
        average.update(range.value());
        percent = bar.close() > 0 && average.isReady() ? 100 * (average.value() / bar.close()) : 0;
    }

    /** {@inheritDoc} The average true range, in price. */
    @Override
    public double value() {
        return average.value();
    }

    /** Returns the average true range in percent of the close. */
    public double percent() {
        return whenReady(percent);
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> percent();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        range.visitState(state);
        average.visitState(state);
        percent = state.f64(percent);
    }
}
