package io.millrace.engine.bars;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.indicator.stats.RollingCorrelation;
import io.millrace.engine.indicator.trend.Ema;
import io.millrace.engine.indicator.volatility.Atr;

/**
 * What the timeframes of one instrument say together: the trend of each, whether they agree, and how the returns of a short
 * and a long one go together. Everything holds at the last closed bar of the timeframe that it is about.
 *
 * <p><b>Strength</b> of a timeframe: (close - EMA(21)) / ATR(14), in average ranges; 0 where nothing moved. <b>Trend</b>: 1 if
 * EMA(9) is above EMA(21) and the close above EMA(21), -1 if both are below, else 0. <b>Agreement</b>: the mean of the trends
 * of the timeframes that are ready. <b>Divergence</b> of two timeframes: strength of the shorter less strength of the longer.
 *
 * <p><b>Correlation</b> of a short and a long timeframe of the same group (1m, 5m, 4h, or 15m, 1h, 1d): Pearson's, over the
 * last {@value #WINDOW} bars of the shorter one, of the return of one bar with the return over as many bars as the longer
 * timeframe holds, both ending there. The longer return contains the shorter: for a random walk with a ratio of R it is
 * about 1 / sqrt(R). More than that is a market that runs on, less one that turns back.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> none after construction.
 */
public final class TimeframeView implements Stateful {
    /** Bars of a correlation. */
    public static final int WINDOW = 60;

    private static final int FAST = 9;
    private static final int SLOW = 21;
    private static final int RANGE = 14;
    private static final int GROUP_SIZE = 3;
    /** Place of a timeframe in its group, and its group. */
    private static final int[] PLACE = {0, 1, 0, 1, 2, 2};

    private static final int[] GROUP = {0, 0, 1, 1, 0, 1};

    private static final class Gauge {
        final Ema fast = new Ema(FAST);
        final Ema slow = new Ema(SLOW);
        final Atr range = new Atr(RANGE);
        double close;
    }

    private final Gauge[] gauges = new Gauge[Timeframe.COUNT];
    /** By shorter, then by longer timeframe; null where the two are not of one group. */
    private final RollingCorrelation[][] correlations = new RollingCorrelation[Timeframe.COUNT][Timeframe.COUNT];

    /** Makes a view that has seen nothing. */
    TimeframeView() {
        for (int i = 0; i < Timeframe.COUNT; i++) {
            gauges[i] = new Gauge();
            for (int j = i + 1; j < Timeframe.COUNT; j++) {
                if (GROUP[i] == GROUP[j]) {
                    correlations[i][j] = new RollingCorrelation(WINDOW);
                }
            }
        }
    }

    /** Returns whether trend and strength of a timeframe mean what they say. */
    public boolean isReady(Timeframe timeframe) {
        Gauge gauge = gauges[timeframe.index()];
        return gauge.slow.isReady() && gauge.range.isReady();
    }

    /** Returns the strength of a timeframe; NaN until ready. */
    public double strength(Timeframe timeframe) {
        if (!isReady(timeframe)) {
            return Double.NaN;
        }
        Gauge gauge = gauges[timeframe.index()];
        double range = gauge.range.value();
        return range > 0 ? (gauge.close - gauge.slow.value()) / range : 0;
    }

    /** Returns the trend of a timeframe: 1, 0 or -1; 0 until ready. */
    public int trend(Timeframe timeframe) {
        if (!isReady(timeframe)) {
            return 0;
        }
        Gauge gauge = gauges[timeframe.index()];
        double slow = gauge.slow.value();
        if (gauge.close > slow && gauge.fast.value() > slow) {
            return 1;
        }
        return gauge.close < slow && gauge.fast.value() < slow ? -1 : 0;
    }

    /** Returns the mean of the trends of all timeframes that are ready, -1 to 1; NaN if none is. */
    public double agreement() {
        int sum = 0;
        int count = 0;
        for (int i = 0; i < Timeframe.COUNT; i++) {
            if (isReady(Timeframe.at(i))) {
                sum += trend(Timeframe.at(i));
                count++;
            }
        }
        return count == 0 ? Double.NaN : (double) sum / count;
    }

    /** Returns the strength of the shorter of two timeframes less that of the longer, in average ranges; NaN until both are ready. */
    public double divergence(Timeframe one, Timeframe other) {
        boolean isFirstShorter = one.index() < other.index();
        return isFirstShorter ? strength(one) - strength(other) : strength(other) - strength(one);
    }

    /** Returns whether two timeframes have opposite trends. */
    public boolean isDivergent(Timeframe one, Timeframe other) {
        return trend(one) * trend(other) < 0;
    }

    /**
     * Returns the correlation of two timeframes of one group.
     *
     * @return -1 to 1; 1 of a timeframe with itself; NaN until ready and for two of different groups.
     */
    public double correlation(Timeframe one, Timeframe other) {
        if (one == other) {
            return 1;
        }
        RollingCorrelation correlation = pair(one, other);
        return correlation == null ? Double.NaN : correlation.value();
    }

    /** Returns the covariance of the returns that {@link #correlation} is of; NaN until ready and for two of different groups. */
    public double covariance(Timeframe one, Timeframe other) {
        RollingCorrelation correlation = pair(one, other);
        return correlation == null ? Double.NaN : correlation.covariance();
    }

    /** Returns the beta of the shorter timeframe's returns to the longer one's; NaN until ready and for two of different groups. */
    public double beta(Timeframe one, Timeframe other) {
        RollingCorrelation correlation = pair(one, other);
        return correlation == null ? Double.NaN : correlation.beta();
    }

    /** Returns null where the two are the same or not of one group. */
    private RollingCorrelation pair(Timeframe one, Timeframe other) {
        return correlations[Math.min(one.index(), other.index())][Math.max(one.index(), other.index())];
    }

    /** Returns whether two timeframes are of one group, so that they have a correlation. */
    public static boolean isPaired(Timeframe one, Timeframe other) {
        return GROUP[one.index()] == GROUP[other.index()];
    }

    /** Takes a closed bar of a timeframe, and what indicators see of it; the series holds those before it. */
    void onBar(BarSeries series, ClosedBar closed, Bar bar) {
        int index = series.timeframe().index();
        Gauge gauge = gauges[index];
        gauge.close = bar.close();
        gauge.fast.update(bar.close());
        gauge.slow.update(bar.close());
        gauge.range.update(bar);
        if (PLACE[index] < GROUP_SIZE - 1) {
            correlate(series, closed, index);
        }
    }

    private void correlate(BarSeries series, ClosedBar closed, int index) {
        long lengthMs = series.timeframe().lengthMs();
        for (int longer = index + 1; longer < Timeframe.COUNT; longer++) {
            RollingCorrelation correlation = correlations[index][longer];
            if (correlation == null) {
                continue;
            }
            long beforeMs = closed.openMs - lengthMs;
            long startMs = closed.openMs - Timeframe.at(longer).lengthMs();
            if (series.hasAt(beforeMs) && series.hasAt(startMs)) {
                double now = (double) closed.closeE8;
                correlation.update(
                        Bar.logReturn((double) series.closeE8At(startMs), now),
                        Bar.logReturn((double) series.closeE8At(beforeMs), now));
            }
        }
    }

    /** Forgets a timeframe: behind a hole it begins anew. */
    void reset(Timeframe timeframe) {
        int index = timeframe.index();
        Gauge gauge = gauges[index];
        gauge.fast.reset();
        gauge.slow.reset();
        gauge.range.reset();
        gauge.close = 0;
        for (RollingCorrelation correlation : correlations[index]) {
            if (correlation != null) {
                correlation.reset();
            }
        }
    }

    @Override
    public void visitState(State state) {
        state.type("TimeframeView");
        for (int i = 0; i < Timeframe.COUNT; i++) {
            Gauge gauge = gauges[i];
            gauge.fast.visitState(state);
            gauge.slow.visitState(state);
            gauge.range.visitState(state);
            gauge.close = state.f64(gauge.close);
            for (RollingCorrelation correlation : correlations[i]) {
                if (correlation != null) {
                    correlation.visitState(state);
                }
            }
        }
    }
}
