package io.millrace.engine.indicator.momentum;

import io.millrace.engine.indicator.Indicator;

/**
 * What counts as a pivot of an oscillator and which two are compared.
 *
 * @param left    bars before a pivot that all lie strictly inside it, at least 1 (5).
 * @param right   bars after it that do not go beyond it, at least 1 (5); so many bars later it is known.
 * @param minBars fewest bars between two pivots that are compared, at least 1 (5).
 * @param maxBars most bars between them (60).
 */
public record PivotSettings(int left, int right, int minBars, int maxBars) {
    /** The settings of TradingView's RSI Divergence Indicator: 5, 5, 5, 60. */
    public static final PivotSettings DEFAULT = new PivotSettings(5, 5, 5, 60);

    /** Checks the settings. */
    public PivotSettings {
        Indicator.atLeast("left", left, 1);
        Indicator.atLeast("right", right, 1);
        Indicator.atLeast("minBars", minBars, 1);
        Indicator.atLeast("maxBars", maxBars, minBars);
    }
}
