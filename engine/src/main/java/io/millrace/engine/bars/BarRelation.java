package io.millrace.engine.bars;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.ValueIndicator;

/**
 * How the returns of two instruments go together over their last bars: covariance = Σ (x - mean x) (y - mean y) / n, correlation = covariance /
 * (sd x · sd y), beta of y to x = covariance / variance of x, where x and y are log returns of bars of one timeframe that began at the same time,
 * up to the newest that both have.
 *
 * <p>Worked out when it is asked for, from the histories as they stand, since 648 instruments have 209,628 pairs: nothing is kept, so the same state
 * gives the same bits. One pass over the n bars for the means, one for the sums.
 *
 * <p><b>Source:</b> K. Pearson (1895); beta after W. F. Sharpe, "Capital Asset Prices" (1964). <b>Ready:</b> when both have the n bars and the one before
 * them without a hole; else NaN. <b>Degenerate:</b> a flat side (deviation below {@link Indicator#FLAT}): correlation 0; x flat: beta 0.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> none after construction.
 */
public final class BarRelation {
    private final BarsPart bars;
    private final double[] xs = new double[BarSettings.MAX_DEPTH];
    private final double[] ys = new double[BarSettings.MAX_DEPTH];
    private boolean isReady;
    private double covariance;
    private double deviationX;
    private double deviationY;

    BarRelation(BarsPart bars) {
        this.bars = bars;
    }

    /**
     * Relates an instrument to the reference, see {@link BarsPart#referenceId()}.
     *
     * @param instrumentId any number.
     * @param timeframe of the bars.
     * @param count n, 2 to {@link BarSettings#MAX_DEPTH}.
     * @return this, until the next call.
     */
    public BarRelation toReference(int instrumentId, Timeframe timeframe, int count) {
        return of(bars.referenceId(), instrumentId, timeframe, count);
    }

    /**
     * Relates one instrument to another.
     *
     * @param x instrument that beta relates to, any number.
     * @param y instrument, any number.
     * @param timeframe of the bars.
     * @param count n, 2 to {@link BarSettings#MAX_DEPTH}.
     * @return this, until the next call.
     */
    public BarRelation of(int x, int y, Timeframe timeframe, int count) {
        int length = Math.min(BarSettings.MAX_DEPTH, Indicator.atLeast("count", count, 2));
        BarSeries seriesX = seriesOf(x, timeframe);
        BarSeries seriesY = seriesOf(y, timeframe);
        isReady = seriesX != null && seriesY != null && read(seriesX, seriesY, length);
        if (isReady) {
            work(length);
        }
        return this;
    }

    private BarSeries seriesOf(int instrumentId, Timeframe timeframe) {
        InstrumentBars of = bars.of(instrumentId);
        BarSeries series = of == null ? null : of.series(timeframe);
        return series == null || series.size() == 0 ? null : series;
    }

    private boolean read(BarSeries seriesX, BarSeries seriesY, int length) {
        long stepMs = seriesX.timeframe().lengthMs();
        long atMs = Math.min(seriesX.newestMs(), seriesY.newestMs());
        for (int i = length; i >= 0; i--, atMs -= stepMs) {
            if (!seriesX.hasAt(atMs) || !seriesY.hasAt(atMs)) {
                return false;
            }
            double closeX = seriesX.closeE8At(atMs);
            double closeY = seriesY.closeE8At(atMs);
            if (i < length) {
                xs[i] = Bar.logReturn(closeX, xs[i]);
                ys[i] = Bar.logReturn(closeY, ys[i]);
            }
            if (i > 0) {
                xs[i - 1] = closeX;
                ys[i - 1] = closeY;
            }
        }
        return true;
    }

    private void work(int length) {
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < length; i++) {
            sumX += xs[i];
            sumY += ys[i];
        }
        double meanX = sumX / length;
        double meanY = sumY / length;
        double squaresX = 0;
        double squaresY = 0;
        double products = 0;
        for (int i = 0; i < length; i++) {
            double gapX = xs[i] - meanX;
            double gapY = ys[i] - meanY;
            squaresX += gapX * gapX;
            squaresY += gapY * gapY;
            products += gapX * gapY;
        }
        covariance = products / length;
        deviationX = moved(Math.sqrt(squaresX / length));
        deviationY = moved(Math.sqrt(squaresY / length));
    }

    /** Returns are parts of 1, so what is below rounding of 1 is no movement. */
    private static double moved(double deviation) {
        return deviation > Indicator.FLAT ? deviation : 0;
    }

    /** Returns whether both instruments have the bars. */
    public boolean isReady() {
        return isReady;
    }

    /** Returns the correlation, -1 to 1; NaN until ready. */
    public double correlation() {
        if (!isReady) {
            return Double.NaN;
        }
        if (!(deviationX > 0 && deviationY > 0)) {
            return 0;
        }
        return Math.max(-1, Math.min(1, covariance / deviationX / deviationY));
    }

    /** Returns the covariance of the returns of one bar; NaN until ready. */
    public double covariance() {
        return isReady ? covariance : Double.NaN;
    }

    /** Returns the beta of y to x; NaN until ready. */
    public double beta() {
        if (!isReady) {
            return Double.NaN;
        }
        double beta = deviationX > 0 ? covariance / deviationX / deviationX : 0;
        return Math.max(-ValueIndicator.LIMIT, Math.min(ValueIndicator.LIMIT, beta));
    }
}
