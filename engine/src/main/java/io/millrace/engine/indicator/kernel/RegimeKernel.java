package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.Indicator;

/** Volatility regime of 20 bars, see {@link io.millrace.engine.indicator.volatility.VolatilityRegime}. */
final class RegimeKernel {
    private static final int PERIOD = 20;
    private static final double SQUEEZE = 30;
    private static final double EXPANSION = 80;

    private final int lookback;
    private final OrderWindow order;
    private final RangeWindow closes;
    private final int volatilities;

    RegimeKernel(int lookback, Places places) {
        this.lookback = lookback;
        order = new OrderWindow(lookback, places);
        closes = new RangeWindow(PERIOD + 1, places);
        volatilities = places.slots(PERIOD);
    }

    double touch(double[] w, int count) {
        int pushed = Math.max(0, count - PERIOD);
        return closes.touch(w, count) + order.touch(w, pushed) + w[volatilities + pushed % PERIOD];
    }

    void update(double[] w, BarStep step) {
        closes.push(w, step.count, step.close, step.close);
        w[Outputs.VOLATILITY_REGIME + 3] = 0;
        if (step.count < PERIOD) {
            return;
        }
        int pushed = step.count - PERIOD;
        double now = Math.sqrt(w[Outputs.CLOSE_VOLATILITY]);
        w[Outputs.VOLATILITY_REGIME + 2] = now;
        double percentile = order.push(w, pushed, now);
        if (pushed >= lookback) {
            w[Outputs.VOLATILITY_REGIME] = percentile < SQUEEZE ? -1 : percentile > EXPANSION ? 1 : 0;
            w[Outputs.VOLATILITY_REGIME + 1] = percentile;
        }
        int at = volatilities + pushed % PERIOD;
        double before = w[at];
        w[at] = now;
        double highest = closes.highest(w);
        double lowest = closes.lowest(w);
        if (pushed >= PERIOD && now < before * (1 - Indicator.FLAT) && highest > lowest) {
            w[Outputs.VOLATILITY_REGIME + 3] = step.close == highest ? 1 : step.close == lowest ? -1 : 0;
        }
    }
}
