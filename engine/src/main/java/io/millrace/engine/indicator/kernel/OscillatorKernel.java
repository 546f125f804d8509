package io.millrace.engine.indicator.kernel;

/** Oscillators: RSI and what is made of it, stochastic, Williams %R, ultimate oscillator, and both divergences. */
final class OscillatorKernel {
    private static final int SHORT = 9;
    private static final int LONG = 14;
    private static final double STILL_POINTS = 1e-9;

    private final int rises;
    private final int falls;
    private final RangeWindow strengths;
    private final SumWindow strengthRaws;
    private final SumWindow strengthKs;
    private final RangeWindow prices;
    private final SumWindow priceRaws;
    private final SumWindow priceKs;
    private final SumWindow[] pressures;
    private final DivergenceKernel divergences;

    OscillatorKernel(Places places) {
        rises = places.state(4);
        falls = rises + 2;
        strengths = new RangeWindow(LONG, places);
        strengthRaws = SumWindow.single(3, places);
        strengthKs = SumWindow.single(3, places);
        prices = new RangeWindow(LONG, places);
        priceRaws = SumWindow.single(3, places);
        priceKs = SumWindow.single(3, places);
        pressures = new SumWindow[] {SumWindow.pair(7, places), SumWindow.pair(14, places), SumWindow.pair(28, places)};
        divergences = new DivergenceKernel(places);
    }

    double touch(double[] w, int count) {
        double sum = strengths.touch(w, count)
                + strengthRaws.touch(w, count)
                + prices.touch(w, count)
                + priceRaws.touch(w, count)
                + divergences.touch(w);
        for (SumWindow window : pressures) {
            sum += window.touchPair(w, count);
        }
        return sum;
    }

    void update(double[] w, BarStep step) {
        int count = step.count;
        if (count > 0) {
            double rise = step.close > step.lastClose ? step.close - step.lastClose : 0;
            double fall = step.close < step.lastClose ? step.lastClose - step.close : 0;
            w[Outputs.RSI_9] = strength(w, 0, rise, fall, count);
            w[Outputs.RSI_14] = strength(w, 1, rise, fall, count);
            if (count >= LONG) {
                stochasticStrength(w, count - LONG);
            }
            w[Outputs.ULTIMATE] = ultimate(w, step);
        }
        stochastic(w, step);
        divergences.update(w, step);
    }

    /** The index of the short (0) or long (1) period. */
    private double strength(double[] w, int which, double rise, double fall, int count) {
        int period = which == 0 ? SHORT : LONG;
        double up = Smoothing.wilder(w[rises + which], rise, count - 1, period);
        double down = Smoothing.wilder(w[falls + which], fall, count - 1, period);
        w[rises + which] = up;
        w[falls + which] = down;
        double both = up + down;
        return both > 0 ? 100 * (up / both) : 50;
    }

    private void stochasticStrength(double[] w, int pushed) {
        double strength = w[Outputs.RSI_14];
        strengths.push(w, pushed, strength, strength);
        if (pushed >= LONG - 1) {
            double raw = 100 * strengths.position(w, strength, STILL_POINTS);
            double k = strengthRaws.push(w, pushed - LONG + 1, raw) / 3;
            w[Outputs.STOCH_RSI + 2] = raw;
            w[Outputs.STOCH_RSI] = k;
            if (pushed >= LONG + 1) {
                w[Outputs.STOCH_RSI + 1] = strengthKs.push(w, pushed - LONG - 1, k) / 3;
            }
        }
    }

    private void stochastic(double[] w, BarStep step) {
        int count = step.count;
        prices.push(w, count, step.high, step.low);
        double width = prices.highest(w) - prices.lowest(w);
        w[Outputs.WILLIAMS_R] = width > 0 ? -100 * ((prices.highest(w) - step.close) / width) : -50;
        if (count >= LONG - 1) {
            double raw = 100 * prices.position(w, step.close, 0);
            double k = priceRaws.push(w, count - LONG + 1, raw) / 3;
            w[Outputs.STOCHASTIC] = k;
            if (count >= LONG + 1) {
                w[Outputs.STOCHASTIC + 1] = priceKs.push(w, count - LONG - 1, k) / 3;
            }
        }
    }

    private double ultimate(double[] w, BarStep step) {
        double pressure = step.close - Math.min(step.low, step.lastClose);
        for (SumWindow window : pressures) {
            window.push(w, step.count - 1, pressure, step.trueRange);
        }
        return 100 * ((4 * part(w, 0, step.count) + 2 * part(w, 1, step.count) + part(w, 2, step.count)) / 7);
    }

    private double part(double[] w, int which, int pushes) {
        double range = pressures[which].second(w, pushes);
        return range > 0 ? Math.min(1, pressures[which].first(w, pushes) / range) : 0.5;
    }
}
