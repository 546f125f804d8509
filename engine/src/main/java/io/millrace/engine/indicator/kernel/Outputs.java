package io.millrace.engine.indicator.kernel;

/**
 * Where the outputs of each indicator begin in a series' array, in the order of their names; read them when the indicator is ready only. The
 * length of a window is part of the name.
 */
public final class Outputs {
    /** Simple average of 20. */
    public static final int SMA_20 = 0;
    /** Simple average of 50. */
    public static final int SMA_50 = SMA_20 + 1;
    /** Exponential average of 9. */
    public static final int EMA_9 = SMA_50 + 1;
    /** Exponential average of 21. */
    public static final int EMA_21 = EMA_9 + 1;
    /** Exponential average of 50. */
    public static final int EMA_50 = EMA_21 + 1;
    /** Weighted average of 20. */
    public static final int WMA_20 = EMA_50 + 1;
    /** Slope, and in basis points. */
    public static final int MA_SLOPE = WMA_20 + 1;
    /** Line, trend, upper and lower band. */
    public static final int SUPER_TREND = MA_SLOPE + 2;
    /** Stop and trend. */
    public static final int PARABOLIC_SAR = SUPER_TREND + 4;
    /** Base, conversion, cloud A and B, leading A and B, lagging. */
    public static final int ICHIMOKU = PARABOLIC_SAR + 2;
    /** ADX, +DI, -DI, DX. */
    public static final int ADX_14 = ICHIMOKU + 7;
    /** RSI of 9. */
    public static final int RSI_9 = ADX_14 + 4;
    /** RSI of 14. */
    public static final int RSI_14 = RSI_9 + 1;
    /** K, D, raw. */
    public static final int STOCH_RSI = RSI_14 + 1;
    /** K, D. */
    public static final int STOCHASTIC = STOCH_RSI + 3;
    /** Ultimate oscillator. */
    public static final int ULTIMATE = STOCHASTIC + 2;
    /** CCI of 20. */
    public static final int CCI_20 = ULTIMATE + 1;
    /** Williams %R of 14. */
    public static final int WILLIAMS_R = CCI_20 + 1;
    /** Rate of change, momentum. */
    public static final int ROC_10 = WILLIAMS_R + 1;
    /** Line, signal, histogram. */
    public static final int MACD = ROC_10 + 2;
    /** Regular, hidden. */
    public static final int RSI_DIVERGENCE = MACD + 3;
    /** Regular, hidden. */
    public static final int MACD_DIVERGENCE = RSI_DIVERGENCE + 2;
    /** ATR of 14, in percent. */
    public static final int ATR_14 = MACD_DIVERGENCE + 2;
    /** Middle, upper, lower. */
    public static final int ATR_CHANNEL = ATR_14 + 2;
    /** Middle, upper, lower, width, %B. */
    public static final int BOLLINGER = ATR_CHANNEL + 3;
    /** Middle, upper, lower. */
    public static final int KELTNER = BOLLINGER + 5;
    /** Variance of one bar's return, as in the four that follow. */
    public static final int CLOSE_VOLATILITY = KELTNER + 3;
    /** Variance. */
    public static final int EWMA_VOLATILITY = CLOSE_VOLATILITY + 1;
    /** Variance. */
    public static final int PARKINSON = EWMA_VOLATILITY + 1;
    /** Variance. */
    public static final int GARMAN_KLASS = PARKINSON + 1;
    /** Variance. */
    public static final int GARCH = GARMAN_KLASS + 1;
    /** The current volatility of each horizon; the other outputs are read by {@link IndicatorKernel#cone}. */
    public static final int VOLATILITY_CONE = GARCH + 1;
    /** Regime, percentile, volatility, divergence. */
    public static final int VOLATILITY_REGIME = VOLATILITY_CONE + 4;
    /** Rank of the close. */
    public static final int CLOSE_RANK = VOLATILITY_REGIME + 4;
    /** Largest fall, current one. */
    public static final int MAX_DRAWDOWN = CLOSE_RANK + 1;
    /** On-balance volume. */
    public static final int OBV = MAX_DRAWDOWN + 2;
    /** Chaikin money flow of 20. */
    public static final int CMF_20 = OBV + 1;
    /** Money flow index of 14. */
    public static final int MFI_14 = CMF_20 + 1;
    /** VWAP of 20 bars. */
    public static final int VWAP_20 = MFI_14 + 1;
    /** VWAP of the session. */
    public static final int SESSION_VWAP = VWAP_20 + 1;
    /** Z-score of the volume. */
    public static final int VOLUME_Z_SCORE = SESSION_VWAP + 1;
    /** Ratio, shock. */
    public static final int VOLUME_SHOCK = VOLUME_Z_SCORE + 1;
    /** Where the outputs end. */
    static final int END = VOLUME_SHOCK + 2;

    private Outputs() {}
}
