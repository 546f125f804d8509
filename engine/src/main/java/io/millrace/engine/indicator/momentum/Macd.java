package io.millrace.engine.indicator.momentum;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.ValueIndicator;
import io.millrace.engine.indicator.trend.Ema;
import java.util.List;

/**
 * Moving average convergence divergence: EMA(fast) - EMA(slow); the signal is the EMA of that from the first value on; the
 * histogram is their difference.
 *
 * <p><b>Source:</b> G. Appel, "The Moving Average Convergence-Divergence Trading Method" (1985). <b>Warm-up:</b> slow + signal -
 * 1. <b>Degenerate:</b> none. <b>Cost:</b> O(1).
 */
public final class Macd extends ValueIndicator {
    private static final List<String> OUTPUTS = List.of("macd", "signal", "histogram");

    private final Ema fast;
    private final Ema slow;
    private final Ema signal;
    private double line;

    /**
     * Makes the three lines.
     *
     * @param fastPeriod   values of the fast average (12), at least 1.
     * @param slowPeriod   values of the slow average (26), above fast.
     * @param signalPeriod values of the signal (9), at least 1.
     */
    public Macd(int fastPeriod, int slowPeriod, int signalPeriod) {
        super(atLeast("slowPeriod", slowPeriod, fastPeriod + 1) + atLeast("signalPeriod", signalPeriod, 1) - 1);
        fast = new Ema(fastPeriod);
        slow = new Ema(slowPeriod);
        signal = new Ema(signalPeriod);
    }

    @Override
    protected void apply(double value) {
        fast.update(value);
        slow.update(value);
        line = fast.early() - slow.early();
        signal.update(line);
    }

    /** {@inheritDoc} The MACD line, in the values' unit. */
    @Override
    public double value() {
        return whenReady(line);
    }

    /** Returns the signal line. */
    public double signal() {
        return whenReady(signal.early());
    }

    /** Returns line less signal. */
    public double histogram() {
        return whenReady(line - signal.early());
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> signal();
            case 2 -> histogram();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        fast.visitState(state);
        slow.visitState(state);
        signal.visitState(state);
        line = state.f64(line);
    }
}
