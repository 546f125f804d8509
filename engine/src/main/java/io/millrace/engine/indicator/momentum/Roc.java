package io.millrace.engine.indicator.momentum;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.ValueIndicator;
import io.millrace.engine.indicator.window.Delay;
import java.util.List;

/**
 * Rate of change, 100 · (x - x(n)) / x(n), and momentum, x - x(n), where x(n) is the value n before.
 *
 * <p><b>Source:</b> J. J. Murphy, "Technical Analysis of the Financial Markets" (1999), ch. 10. <b>Warm-up:</b> n + 1.
 * <b>Degenerate:</b> x(n) is 0: the rate is 0. <b>Cost:</b> O(1).
 */
public final class Roc extends ValueIndicator {
    private static final List<String> OUTPUTS = List.of("rocPercent", "momentum");

    private final Delay values;
    private double momentum;
    private double rate;

    /**
     * Makes both.
     *
     * @param period n, at least 1.
     */
    public Roc(int period) {
        super(atLeast("period", period, 1) + 1);
        values = new Delay(period);
    }

    @Override
    protected void apply(double value) {
        double before = values.push(value);
        momentum = value - before;
        rate = before == 0 ? 0 : bounded(100 * (momentum / before));
    }

    /** {@inheritDoc} The rate of change, in percent; held within the limit of inputs. */
    @Override
    public double value() {
        return whenReady(rate);
    }

    /** Returns the momentum, in the values' unit. */
    public double momentum() {
        return whenReady(momentum);
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> momentum();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        values.visit(state);
        momentum = state.f64(momentum);
        rate = state.f64(rate);
    }
}
