package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.trend.Sma;
import java.util.List;

/**
 * Channel of average true ranges around a simple average of closes: SMA(n) ± m · ATR(a).
 *
 * <p><b>Source:</b> M. Stoller's STARC bands; there n = 6, a = 15, m = 2. <b>Warm-up:</b> the longer of n and a. <b>Degenerate:</b> none. <b>Cost:</b> O(1) on average.
 */
public final class AtrChannel extends BarIndicator {
    private static final List<String> OUTPUTS = List.of("middle", "upper", "lower");

    private final double multiplier;
    private final Sma average;
    private final Atr atr;
    private double middle;
    private double width;

    /**
     * Makes a channel.
     *
     * @param period     n of the average, at least 1.
     * @param atrPeriod  a of the ATR, at least 1.
     * @param multiplier m, above 0.
     */
    public AtrChannel(int period, int atrPeriod, double multiplier) {
        super(Math.max(period, atrPeriod));
        this.multiplier = positive("multiplier", multiplier);
        average = new Sma(period);
        atr = new Atr(atrPeriod);
    }

    @Override
    protected void apply(Bar bar) {
        average.update(bar.close());
        atr.update(bar);
        if (average.isReady() && atr.isReady()) {
            middle = average.value();
            width = multiplier * atr.value();
        }
    }

    /** {@inheritDoc} The middle, in price. */
    @Override
    public double value() {
        return whenReady(middle);
    }

    /** Returns the upper band. */
    public double upper() {
        return whenReady(middle + width);
    }

    /** Returns the lower band. */
    public double lower() {
        return whenReady(middle - width);
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> upper();
            case 2 -> lower();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        state.setting("multiplier", multiplier);
        average.visitState(state);
        atr.visitState(state);
        middle = state.f64(middle);
        width = state.f64(width);
    }
}
