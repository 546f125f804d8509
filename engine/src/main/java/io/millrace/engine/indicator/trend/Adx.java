package io.millrace.engine.indicator.trend;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.volatility.TrueRange;
import java.util.List;

/**
 * Directional movement. +DM = high - high' if that is above low' - low and above 0, else 0; -DM mirrored. ±DI = 100 · W(±DM) /
 * W(true range), DX = 100 · |+DI - -DI| / (+DI + -DI), ADX = W(DX), with W Wilder's average of n; all begin with the second
 * bar, the first that has one before it.
 *
 * <p><b>Source:</b> J. W. Wilder, "New Concepts in Technical Trading Systems" (1978), sec. IV. <b>Warm-up:</b> 2 n.
 * <b>Degenerate:</b> no range: both DI 0; both DI 0: DX 0. <b>Range:</b> 0 to 100. <b>Cost:</b> O(1).
 */
public final class Adx extends BarIndicator {
    private static final List<String> OUTPUTS = List.of("adx", "plusDi", "minusDi", "dx");

    private final WilderAverage range;
    private final WilderAverage plus;
    private final WilderAverage minus;
    private final WilderAverage average;
    private double lastHigh;
    private double lastLow;
    private double lastClose;
    private double plusDi;
    private double minusDi;
    private double dx;

    /**
     * Makes the system.
     *
     * @param period n, at least 1.
     */
    public Adx(int period) {
        super(2 * atLeast("period", period, 1));
        range = new WilderAverage(period);
        plus = new WilderAverage(period);
        minus = new WilderAverage(period);
        average = new WilderAverage(period);
    }

    @Override
    protected void apply(Bar bar) {
        if (count() > 0) {
            double up = bar.high() - lastHigh;
            double down = lastLow - bar.low();
            range.update(TrueRange.of(bar, lastClose));
            plus.update(up > down && up > 0 ? up : 0);
            minus.update(down > up && down > 0 ? down : 0);
            if (range.isReady()) {
                direct();
            }
        }
        lastHigh = bar.high();
        lastLow = bar.low();
        lastClose = bar.close();
    }

    private void direct() {
        double trueRange = range.value();
        plusDi = trueRange > 0 ? Math.min(100, 100 * (plus.value() / trueRange)) : 0;
        minusDi = trueRange > 0 ? Math.min(100, 100 * (minus.value() / trueRange)) : 0;
        double sum = plusDi + minusDi;
        dx = sum > 0 ? 100 * (Math.abs(plusDi - minusDi) / sum) : 0;
        average.update(dx);
    }

    /** {@inheritDoc} The ADX. */
    @Override
    public double value() {
        return whenReady(average.value());
    }

    /** Returns +DI. */
    public double plusDi() {
        return whenReady(plusDi);
    }

    /** Returns -DI. */
    public double minusDi() {
        return whenReady(minusDi);
    }

    /** Returns DX, the ADX before smoothing. */
    public double dx() {
        return whenReady(dx);
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> plusDi();
            case 2 -> minusDi();
            case 3 -> dx();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        range.visitState(state);
        plus.visitState(state);
        minus.visitState(state);
        average.visitState(state);
        lastHigh = state.f64(lastHigh);
        lastLow = state.f64(lastLow);
        lastClose = state.f64(lastClose);
        plusDi = state.f64(plusDi);
        minusDi = state.f64(minusDi);
        dx = state.f64(dx);
    }
}
