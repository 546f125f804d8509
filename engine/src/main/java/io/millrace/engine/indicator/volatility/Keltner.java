package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.trend.Ema;
import java.util.List;

/**
 * Keltner channel: EMA(n) of the closes ± m · ATR(n).
 *
 * <p><b>Source:</b> C. W. Keltner, "How to Make Money in Commodities" (1960), in L. B. Raschke's form with EMA and ATR.
 * <b>Warm-up:</b> n. <b>Degenerate:</b> none. <b>Cost:</b> O(1).
 */
public final class Keltner extends BarIndicator {
    private static final List<String> OUTPUTS = List.of("middle", "upper", "lower");

    private final double multiplier;
    private final Ema average;
    private final Atr atr;
    private double middle;
    private double width;

    /**
     * Makes a channel.
     *
     * @param period     n of average and ATR (20), at least 1.
     * @param multiplier m (2), above 0.
     */
    public Keltner(int period, double multiplier) {
        super(period);
        this.multiplier = positive("multiplier", multiplier);
        average = new Ema(period);
        atr = new Atr(period);
    }

    @Override
    protected void apply(Bar bar) {
        average.update(bar.close());
        atr.update(bar);
        if (atr.isReady()) {
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
