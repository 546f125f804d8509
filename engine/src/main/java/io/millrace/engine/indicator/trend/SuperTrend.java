package io.millrace.engine.indicator.trend;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.volatility.Atr;
import java.util.List;

/**
 * SuperTrend: bands (high + low) / 2 ± m · ATR(n) that only tighten until the close breaks them. The upper band takes its new
 * value when that is lower or the last close was above the old one; the lower band mirrored. The line is the lower band in an
 * up-trend and the upper band in a down-trend; a close above the upper band turns it up, one below the lower band down.
 *
 * <p><b>Source:</b> O. Seban, "Tout le monde mérite d'être riche", in the form of TradingView's {@code ta.supertrend};
 * starts up if the close of the first bar with an ATR is at or above the middle. <b>Warm-up:</b> n. <b>Degenerate:</b> flat
 * prices give both bands at the price and an unchanged trend. <b>Cost:</b> O(1).
 */
public final class SuperTrend extends BarIndicator {
    private static final List<String> OUTPUTS = List.of("line", "trend", "upper", "lower");

    private final double multiplier;
    private final Atr atr;
    private double upper;
    private double lower;
    private double lastClose;
    private boolean isUp;

    /**
     * Makes a SuperTrend.
     *
     * @param period     n of the ATR, at least 1.
     * @param multiplier m, above 0.
     */
    public SuperTrend(int period, double multiplier) {
        super(period);
        this.multiplier = positive("multiplier", multiplier);
        atr = new Atr(period);
    }

    @Override
    protected void apply(Bar bar) {
        atr.update(bar);
        if (atr.isReady()) {
            double width = multiplier * atr.value();
            double newUpper = bar.median() + width;
            double newLower = bar.median() - width;
            if (atr.count() == atr.warmUp()) {
                upper = newUpper;
                lower = newLower;
                isUp = bar.close() >= bar.median();
            } else {
                upper = newUpper < upper || lastClose > upper ? newUpper : upper;
                lower = newLower > lower || lastClose < lower ? newLower : lower;
                isUp = isUp ? bar.close() >= lower : bar.close() > upper;
            }
        }
        lastClose = bar.close();
    }

    /** {@inheritDoc} The line, in price. */
    @Override
    public double value() {
        return whenReady(isUp ? lower : upper);
    }

    /** Returns 1 in an up-trend, -1 in a down-trend. */
    public double trend() {
        return whenReady(isUp ? 1 : -1);
    }

    /** Returns the upper band. */
    public double upper() {
        return whenReady(upper);
    }

    /** Returns the lower band. */
    public double lower() {
        return whenReady(lower);
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> trend();
            case 2 -> upper();
            case 3 -> lower();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        state.setting("multiplier", multiplier);
        atr.visitState(state);
        upper = state.f64(upper);
        lower = state.f64(lower);
        lastClose = state.f64(lastClose);
        isUp = state.flag(isUp);
    }
}
