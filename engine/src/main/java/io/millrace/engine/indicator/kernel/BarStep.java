package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.Bar;

/** The bar that is being applied, and what more than one kernel needs of it; a holder that is filled for each bar. */
final class BarStep {
    /** Number of bars before this one. */
    int count;

    double open;
    double high;
    double low;
    double close;
    double volume;
    double typical;
    /** Of the bar before. */
    double lastHigh;

    double lastLow;
    double lastClose;
    double lastTypical;
    double trueRange;
    /** ln(close / last close), 0 at the first bar. */
    double change;
    /** ln(high / low). */
    double range;
    /** Whether a session begins with the bar. */
    boolean isSessionStart;

    /** Sums over the last 20 bars. */
    double typicalSum;

    double rangeSum;
    double garmanKlassSum;
    double locationSum;
    double turnoverSum;
    double volumeSum;
    /** The same of the bar before. */
    double lastVolumeSum;
    /** Of the last 20 volumes. */
    double volumeDeviation;
    /** Of the last 20 changes; the standard deviation of a sample. */
    double changeDeviation;

    /** What reading ahead brought: nothing asks for it, but a field has to be written. */
    double touched;

    void take(Bar bar) {
        open = bar.open();
        high = bar.high();
        low = bar.low();
        close = bar.close();
        volume = bar.volume();
        typical = bar.typical();
        range = bar.logRange();
        if (count == 0) {
            trueRange = high - low;
            change = 0;
        } else {
            trueRange = Math.max(high, lastClose) - Math.min(low, lastClose);
            change = bar.logReturn(lastClose);
        }
    }
}
