package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.volatility.GarchParameters;
import io.millrace.engine.indicator.volatility.Volatility;
import io.millrace.engine.memory.Hashing;

/**
 * All indicators of one timeframe, for any number of series: each has an array of {@link #length} numbers, all 0 at first, which holds everything
 * that its indicators say and need. Those that look back over hundreds of bars take place only if they are asked for.
 */
public final class IndicatorKernel {
    /**
     * What differs by timeframe and by plan.
     *
     * @param barNs length of a bar in nanoseconds.
     * @param garch parameters for returns of one bar.
     * @param rankBars values that the close is ranked among, 0 for no rank.
     * @param hasCone whether there is a volatility cone.
     * @param regimeBars values that the volatility is ranked among, 0 for no regime.
     */
    public record Settings(long barNs, GarchParameters garch, int rankBars, boolean hasCone, int regimeBars) {}

    /** Numbers that come from memory together. */
    private static final int LINE = 8;

    private static final long LANE = 0x9E3779B97F4A7C15L;

    private final BarStep step = new BarStep();
    private final double barsPerYear;
    private final int rankBars;
    /** High, low, close and typical price of the last bar. */
    private final int last;

    private final TwentyBars twenty;
    private final AverageKernel averages;
    private final OscillatorKernel oscillators;
    private final TrendKernel trends;
    private final VolatilityKernel volatilities;
    private final VolumeKernel volumes;
    private final DrawdownKernel drawdown;
    /** These three are null where there are none. */
    private final OrderWindow rank;

    private final ConeKernel cone;
    private final RegimeKernel regime;
    private final int length;

    /**
     * Lays out the array.
     *
     * @param settings of the timeframe.
     */
    public IndicatorKernel(Settings settings) {
        Places places = new Places();
        barsPerYear = Volatility.barsPerYear(settings.barNs());
        rankBars = settings.rankBars();
        last = places.state(4);
        twenty = new TwentyBars(places);
        averages = new AverageKernel(places);
        oscillators = new OscillatorKernel(places);
        trends = new TrendKernel(places);
        volatilities = new VolatilityKernel(settings.garch());
        volumes = new VolumeKernel(places);
        drawdown = new DrawdownKernel(places);
        rank = rankBars > 0 ? new OrderWindow(rankBars, places) : null;
        cone = settings.hasCone() ? new ConeKernel(barsPerYear, places) : null;
        regime = settings.regimeBars() > 0 ? new RegimeKernel(settings.regimeBars(), places) : null;
        length = places.length();
    }

    /** Returns how many numbers a series takes. */
    public int length() {
        return length;
    }

    /**
     * Applies the next closed bar of a series.
     *
     * @param w the series' array.
     * @param count bars that it was given before.
     * @param bar the bar; not kept.
     * @param isSessionStart whether a session begins with it.
     */
    public void update(double[] w, int count, Bar bar, boolean isSessionStart) {
        step.touched = touch(w, count);
        step.count = count;
        step.isSessionStart = isSessionStart;
        step.lastHigh = w[last];
        step.lastLow = w[last + 1];
        step.lastClose = w[last + 2];
        step.lastTypical = w[last + 3];
        step.take(bar);
        w[last] = step.high;
        w[last + 1] = step.low;
        w[last + 2] = step.close;
        w[last + 3] = step.typical;
        twenty.update(w, step);
        averages.update(w, step);
        oscillators.update(w, step);
        trends.update(w, step);
        volatilities.update(w, step);
        volumes.update(w, step);
        drawdown.update(w, step);
        if (rank != null) {
            rank(w);
        }
        if (cone != null) {
            cone.update(w, step);
        }
        if (regime != null) {
            regime.update(w, step);
        }
    }

    /**
     * Reads a word of each line that the bar will touch, so that all of them are on their way from memory together; an update by itself would come to
     * them one by one.
     */
    private double touch(double[] w, int count) {
        double sum = 0;
        for (int i = LINE - 1; i < Places.SLOTS; i += LINE) {
            sum += w[i];
        }
        sum += twenty.touch(w, count)
                + averages.touch(w, count)
                + oscillators.touch(w, count)
                + trends.touch(w, count)
                + volumes.touch(w, count)
                + drawdown.touch(w, count);
        if (rank != null) {
            sum += rank.touch(w, count);
        }
        if (cone != null) {
            sum += cone.touch(w, count);
        }
        return regime == null ? sum : sum + regime.touch(w, count);
    }

    private void rank(double[] w) {
        double percent = rank.push(w, step.count, step.close);
        if (step.count >= rankBars) {
            w[Outputs.CLOSE_RANK] = percent;
        }
    }

    /**
     * Returns an output of one of the volatilities of which a variance is kept.
     *
     * @param w the series' array.
     * @param slot where its variance stands, {@link Outputs#CLOSE_VOLATILITY} to {@link Outputs#GARCH}.
     * @param output 0 for one bar, 1 for a year.
     * @return the volatility as a fraction.
     */
    public double volatility(double[] w, int slot, int output) {
        return Math.sqrt(output == 0 ? w[slot] : w[slot] * barsPerYear);
    }

    /**
     * Returns an output of the volatility cone, which there has to be.
     *
     * @param w the series' array.
     * @param output its number.
     */
    public double cone(double[] w, int output) {
        return cone.output(w, output);
    }

    /**
     * Adds all outputs to a hash, in four lanes that do not wait for each other.
     *
     * @param w the series' array.
     * @param hash of what came before.
     * @return the hash.
     */
    public static long hash(double[] w, long hash) {
        long a = hash;
        long b = 1;
        long c = 2;
        long d = 3;
        for (int i = 0; i + 3 < Outputs.END; i += 4) {
            a = Long.rotateLeft(a ^ Double.doubleToRawLongBits(w[i]), 29) * LANE;
            b = Long.rotateLeft(b ^ Double.doubleToRawLongBits(w[i + 1]), 29) * LANE;
            c = Long.rotateLeft(c ^ Double.doubleToRawLongBits(w[i + 2]), 29) * LANE;
            d = Long.rotateLeft(d ^ Double.doubleToRawLongBits(w[i + 3]), 29) * LANE;
        }
        long mixed = Hashing.mix(Hashing.mix(a, b), Hashing.mix(c, d));
        return Hashing.mix(mixed, Double.doubleToRawLongBits(w[Outputs.END - 1]));
    }
}
