package io.millrace.engine.indicator.trend;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import java.util.List;

/**
 * Parabolic stop and reverse: sar = sar' + af · (ep - sar'), where ep is the trend's extreme price and af grows by a step with
 * each new extreme. In an up-trend the stop is never above the lows of the last two bars before the current one; when the
 * bar's low touches it the trend turns: the stop is then the old extreme, af starts again and ep is that low. Down-trends
 * mirrored.
 *
 * <p><b>Source:</b> J. W. Wilder, "New Concepts in Technical Trading Systems" (1978), sec. II. The first trend is up if the
 * second close is above the first; its stop is the first bar's low (high). <b>Warm-up:</b> 2. <b>Degenerate:</b> none; a touch
 * counts as a break on both sides, so flat prices turn the trend at every bar with the stop at the price. <b>Cost:</b> O(1).
 */
public final class ParabolicSar extends BarIndicator {
    private static final List<String> OUTPUTS = List.of("sar", "trend");

    private final double start;
    private final double step;
    private final double most;
    private double sar;
    private double extreme;
    private double acceleration;
    private double firstClose;
    private double high1;
    private double high2;
    private double low1;
    private double low2;
    private boolean isUp;

    /**
     * Makes a stop.
     *
     * @param start first acceleration, above 0 (Wilder: 0.02).
     * @param step  growth with each new extreme, above 0 (0.02).
     * @param most  limit of the acceleration, from start to 1 (0.2).
     */
    public ParabolicSar(double start, double step, double most) {
        super(2);
        this.start = positive("start", start);
        this.step = positive("step", step);
        if (!(most >= start && most <= 1)) {
            throw new IllegalArgumentException("most is " + most + ": give a number from start, " + start + ", to 1");
        }
        this.most = most;
    }

    @Override
    protected void apply(Bar bar) {
        if (count() == 0) {
            firstClose = bar.close();
            high2 = bar.high();
            low2 = bar.low();
        } else {
            if (count() == 1) {
                isUp = bar.close() > firstClose;
                sar = isUp ? low1 : high1;
                extreme = isUp ? high1 : low1;
                acceleration = start;
            } else if (isUp) {
                advanceUp(bar);
            } else {
                advanceDown(bar);
            }
            high2 = high1;
            low2 = low1;
        }
        high1 = bar.high();
        low1 = bar.low();
    }

    private void advanceUp(Bar bar) {
        double stop = sar + acceleration * (extreme - sar);
        if (bar.low() <= stop) {
            turn(bar.low(), Math.max(extreme, Math.max(high1, high2)));
        } else {
            if (bar.high() > extreme) {
                extreme = bar.high();
                acceleration = Math.min(acceleration + step, most);
            }
            sar = Math.min(stop, Math.min(low1, low2));
        }
    }

    private void advanceDown(Bar bar) {
        double stop = sar + acceleration * (extreme - sar);
        if (bar.high() >= stop) {
            turn(bar.high(), Math.min(extreme, Math.min(low1, low2)));
        } else {
            if (bar.low() < extreme) {
                extreme = bar.low();
                acceleration = Math.min(acceleration + step, most);
            }
            sar = Math.max(stop, Math.max(high1, high2));
        }
    }

    private void turn(double newExtreme, double stop) {
        sar = stop;
        extreme = newExtreme;
        acceleration = start;
        isUp = !isUp;
    }

    /** {@inheritDoc} The stop, in price. */
    @Override
    public double value() {
        return whenReady(sar);
    }

    /** Returns 1 in an up-trend, -1 in a down-trend. */
    public double trend() {
        return whenReady(isUp ? 1 : -1);
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
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        state.setting("start", start);
        state.setting("step", step);
        state.setting("most", most);
        sar = state.f64(sar);
        extreme = state.f64(extreme);
        acceleration = state.f64(acceleration);
        firstClose = state.f64(firstClose);
        high1 = state.f64(high1);
        high2 = state.f64(high2);
        low1 = state.f64(low1);
        low2 = state.f64(low2);
        isUp = state.flag(isUp);
    }
}
