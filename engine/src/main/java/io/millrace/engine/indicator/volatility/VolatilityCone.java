package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.window.RollingMoments;
import io.millrace.engine.indicator.window.RollingOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Volatility cone: for each of several horizons h the annualised volatility of the last h returns (as {@link CloseVolatility}), and
 * where it stands among its last m values, itself among them: smallest, quartiles, largest and mid-rank in percent. Windows
 * overlap.
 *
 * <p><b>Source:</b> G. Burghardt and M. Lane, "How to Tell If Options Are Cheap", Journal of Portfolio Management 16 (1990); quantiles
 * of type 7. <b>Warm-up:</b> longest horizon + m. <b>Degenerate:</b> flat prices: all 0, rank 50. <b>Cost:</b> O(log m) on average per
 * horizon.
 */
public final class VolatilityCone extends BarIndicator {
    private static final String[] FIGURES = {
        "current", "least", "lowerQuartile", "median", "upperQuartile", "most", "rank"
    };

    private final int[] horizons;
    private final double factor;
    private final RollingMoments[] returns;
    private final RollingOrder[] history;
    private final double[] current;
    private final List<String> names;
    private double lastClose;

    /**
     * Makes a cone.
     *
     * @param horizons in bars, each at least 2 (7, 14, 30, 60).
     * @param lookback m, values of each horizon that it is compared with, at least 1.
     * @param barNs    length of a bar in nanoseconds.
     */
    public VolatilityCone(int[] horizons, int lookback, long barNs) {
        super(longest(horizons) + atLeast("lookback", lookback, 1));
        this.horizons = horizons.clone();
        factor = Math.sqrt(Volatility.barsPerYear(barNs));
        returns = new RollingMoments[horizons.length];
        history = new RollingOrder[horizons.length];
        current = new double[horizons.length];
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < horizons.length; i++) {
            returns[i] = new RollingMoments(horizons[i]);
            history[i] = new RollingOrder(lookback);
            for (String figure : FIGURES) {
                outputs.add(figure + horizons[i]);
            }
        }
        names = List.copyOf(outputs);
    }

    private static int longest(int[] horizons) {
        int longest = 0;
        for (int horizon : horizons) {
            longest = Math.max(longest, atLeast("horizon", horizon, 2));
        }
        return atLeast("number of horizons", horizons.length, 1) > 0 ? longest : 0;
    }

    @Override
    protected void apply(Bar bar) {
        if (count() > 0) {
            double change = bar.logReturn(lastClose);
            for (int i = 0; i < returns.length; i++) {
                returns[i].push(change);
                if (returns[i].isFull()) {
                    current[i] = factor * returns[i].sampleDeviation();
                    history[i].push(current[i]);
                }
            }
        }
        lastClose = bar.close();
    }

    /** {@inheritDoc} The annualised volatility over the first horizon. */
    @Override
    public double value() {
        return current(0);
    }

    /** Returns the number of horizons. */
    public int horizonCount() {
        return horizons.length;
    }

    /**
     * Returns a horizon.
     *
     * @param index 0 to {@link #horizonCount} - 1.
     * @return its length in bars.
     */
    public int horizon(int index) {
        return horizons[index];
    }

    /**
     * Returns the annualised volatility over a horizon.
     *
     * @param index of the horizon.
     * @return the volatility as a fraction; NaN until ready.
     */
    public double current(int index) {
        return whenReady(current[index]);
    }

    /**
     * Returns a quantile of the annualised volatility over a horizon.
     *
     * @param index of the horizon.
     * @param part  0 for the smallest to 1 for the largest.
     * @return the volatility as a fraction; NaN until ready.
     */
    public double quantile(int index, double part) {
        return isReady() ? history[index].quantile(part) : Double.NaN;
    }

    /**
     * Returns the mid-rank of the current volatility among its history.
     *
     * @param index of the horizon.
     * @return 0 to 100; NaN until ready.
     */
    public double rank(int index) {
        return isReady() ? history[index].midRank(current[index]) : Double.NaN;
    }

    @Override
    public List<String> outputNames() {
        return names;
    }

    @Override
    public double output(int index) {
        if (index < 0 || index >= names.size()) {
            throw noOutput(index);
        }
        int horizon = index / FIGURES.length;
        int figure = index % FIGURES.length;
        return switch (figure) {
            case 0 -> current(horizon);
            case 6 -> rank(horizon);
            default -> quantile(horizon, 0.25 * (figure - 1));
        };
    }

    @Override
    protected void visit(State state) {
        state.setting("factor", factor);
        for (int i = 0; i < returns.length; i++) {
            returns[i].visit(state);
            history[i].visit(state);
        }
        state.f64s(current);
        lastClose = state.f64(lastClose);
    }
}
