package io.millrace.engine.bars;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.kernel.Outputs;
import io.millrace.engine.indicator.momentum.Cci;
import io.millrace.engine.indicator.momentum.Macd;
import io.millrace.engine.indicator.momentum.MacdDivergence;
import io.millrace.engine.indicator.momentum.PivotSettings;
import io.millrace.engine.indicator.momentum.Roc;
import io.millrace.engine.indicator.momentum.Rsi;
import io.millrace.engine.indicator.momentum.RsiDivergence;
import io.millrace.engine.indicator.momentum.StochRsi;
import io.millrace.engine.indicator.momentum.Stochastic;
import io.millrace.engine.indicator.momentum.UltimateOscillator;
import io.millrace.engine.indicator.momentum.WilliamsR;
import io.millrace.engine.indicator.stats.MaxDrawdown;
import io.millrace.engine.indicator.stats.PercentileRank;
import io.millrace.engine.indicator.trend.Adx;
import io.millrace.engine.indicator.trend.Ema;
import io.millrace.engine.indicator.trend.Ichimoku;
import io.millrace.engine.indicator.trend.MaSlope;
import io.millrace.engine.indicator.trend.ParabolicSar;
import io.millrace.engine.indicator.trend.Sma;
import io.millrace.engine.indicator.trend.SuperTrend;
import io.millrace.engine.indicator.trend.Wma;
import io.millrace.engine.indicator.volatility.Atr;
import io.millrace.engine.indicator.volatility.AtrChannel;
import io.millrace.engine.indicator.volatility.Bollinger;
import io.millrace.engine.indicator.volatility.CloseVolatility;
import io.millrace.engine.indicator.volatility.EwmaVolatility;
import io.millrace.engine.indicator.volatility.GarchParameters;
import io.millrace.engine.indicator.volatility.GarchVolatility;
import io.millrace.engine.indicator.volatility.GarmanKlassVolatility;
import io.millrace.engine.indicator.volatility.Keltner;
import io.millrace.engine.indicator.volatility.ParkinsonVolatility;
import io.millrace.engine.indicator.volatility.VolatilityCone;
import io.millrace.engine.indicator.volatility.VolatilityRegime;
import io.millrace.engine.indicator.volume.Cmf;
import io.millrace.engine.indicator.volume.Mfi;
import io.millrace.engine.indicator.volume.Obv;
import io.millrace.engine.indicator.volume.RollingVwap;
import io.millrace.engine.indicator.volume.SessionVwap;
import io.millrace.engine.indicator.volume.VolumeShock;
import io.millrace.engine.indicator.volume.VolumeZScore;
import java.util.function.Function;

/**
 * The indicators that closed bars can feed, each with its settings: what they say stands in their classes and in
 * docs/indicators.md. Those over values are fed with closes.
 */
public enum IndicatorKind {
    /** Simple average of 20 closes. */
    SMA_20(Outputs.SMA_20, timeframe -> new Sma(20)),
    /** Simple average of 50 closes. */
    SMA_50(Outputs.SMA_50, timeframe -> new Sma(50)),
    /** Exponential average of 9 closes. */
    EMA_9(Outputs.EMA_9, timeframe -> new Ema(9)),
    /** Exponential average of 21 closes. */
    EMA_21(Outputs.EMA_21, timeframe -> new Ema(21)),
    /** Exponential average of 50 closes. */
    EMA_50(Outputs.EMA_50, timeframe -> new Ema(50)),
    /** Weighted average of 20 closes. */
    WMA_20(Outputs.WMA_20, timeframe -> new Wma(20)),
    /** Slope of the average of 20 closes over 5 bars. */
    MA_SLOPE(Outputs.MA_SLOPE, timeframe -> new MaSlope(20, 5)),
    /** SuperTrend(10, 3). */
    SUPER_TREND(Outputs.SUPER_TREND, timeframe -> new SuperTrend(10, 3)),
    /** Parabolic SAR(0.02, 0.2). */
    PARABOLIC_SAR(Outputs.PARABOLIC_SAR, timeframe -> new ParabolicSar(0.02, 0.02, 0.2)),
    /** Ichimoku(9, 26, 52). */
    ICHIMOKU(Outputs.ICHIMOKU, timeframe -> new Ichimoku(9, 26, 52, 26)),
    /** ADX and DI(14). */
    ADX_14(Outputs.ADX_14, timeframe -> new Adx(14)),
    /** RSI(9). */
    RSI_9(Outputs.RSI_9, timeframe -> new Rsi(9)),
    /** RSI(14). */
    RSI_14(Outputs.RSI_14, timeframe -> new Rsi(14)),
    /** Stochastic RSI(3, 3, 14, 14). */
    STOCH_RSI(Outputs.STOCH_RSI, timeframe -> new StochRsi(3, 3, 14, 14)),
    /** Stochastic(14, 3, 3). */
    STOCHASTIC(Outputs.STOCHASTIC, timeframe -> new Stochastic(14, 3, 3)),
    /** Ultimate oscillator(7, 14, 28). */
    ULTIMATE(Outputs.ULTIMATE, timeframe -> new UltimateOscillator(7, 14, 28)),
    /** CCI(20). */
    CCI_20(Outputs.CCI_20, timeframe -> new Cci(20)),
    /** Williams %R(14). */
    WILLIAMS_R(Outputs.WILLIAMS_R, timeframe -> new WilliamsR(14)),
    /** Rate of change over 10 bars. */
    ROC_10(Outputs.ROC_10, timeframe -> new Roc(10)),
    /** MACD(12, 26, 9). */
    MACD(Outputs.MACD, timeframe -> new Macd(12, 26, 9)),
    /** Divergence of price and RSI(14). */
    RSI_DIVERGENCE(Outputs.RSI_DIVERGENCE, timeframe -> new RsiDivergence(14, PivotSettings.DEFAULT)),
    /** Divergence of price and MACD(12, 26). */
    MACD_DIVERGENCE(Outputs.MACD_DIVERGENCE, timeframe -> new MacdDivergence(12, 26, PivotSettings.DEFAULT)),
    /** ATR(14). */
    ATR_14(Outputs.ATR_14, timeframe -> new Atr(14)),
    /** ATR channel(20, 14, 2). */
    ATR_CHANNEL(Outputs.ATR_CHANNEL, timeframe -> new AtrChannel(20, 14, 2)),
    /** Bollinger bands(20, 2). */
    BOLLINGER(Outputs.BOLLINGER, timeframe -> new Bollinger(20, 2)),
    /** Keltner channel(20, 2). */
    KELTNER(Outputs.KELTNER, timeframe -> new Keltner(20, 2)),
    /** Volatility, close to close, of 20 bars. */
    CLOSE_VOLATILITY(Outputs.CLOSE_VOLATILITY, timeframe -> new CloseVolatility(20, timeframe.lengthNs())),
    /** EWMA volatility, lambda 0.94. */
    EWMA_VOLATILITY(Outputs.EWMA_VOLATILITY, timeframe -> new EwmaVolatility(0.94, timeframe.lengthNs())),
    /** Parkinson volatility of 20 bars. */
    PARKINSON(Outputs.PARKINSON, timeframe -> new ParkinsonVolatility(20, timeframe.lengthNs())),
    /** Garman-Klass volatility of 20 bars. */
    GARMAN_KLASS(Outputs.GARMAN_KLASS, timeframe -> new GarmanKlassVolatility(20, timeframe.lengthNs())),
    /** GARCH(1,1) volatility with parameters scaled to the timeframe: 80 % a year in the long run, 0.08 and 0.9. */
    GARCH(Outputs.GARCH, timeframe -> new GarchVolatility(IndicatorKind.garch(timeframe), timeframe.lengthNs())),
    /** Volatility cone over 7, 14, 30 and 60 bars, the last 60 of each. */
    VOLATILITY_CONE(
            Outputs.VOLATILITY_CONE,
            timeframe -> new VolatilityCone(new int[] {7, 14, 30, 60}, 60, timeframe.lengthNs())),
    /** Volatility regime: volatility of 20 bars among those of 30 days, of at least 30 and at most 720 bars. */
    VOLATILITY_REGIME(
            Outputs.VOLATILITY_REGIME,
            timeframe -> new VolatilityRegime(20, IndicatorKind.barsOf30Days(timeframe), 30, 80, timeframe.lengthNs())),
    /** Rank of the close among the 100 before it. */
    CLOSE_RANK(Outputs.CLOSE_RANK, timeframe -> new PercentileRank(IndicatorKind.RANK_BARS)),
    /** Maximum drawdown over 60 bars. */
    MAX_DRAWDOWN(Outputs.MAX_DRAWDOWN, timeframe -> new MaxDrawdown(60)),
    /** On-balance volume. */
    OBV(Outputs.OBV, timeframe -> new Obv()),
    /** Chaikin money flow(20). */
    CMF_20(Outputs.CMF_20, timeframe -> new Cmf(20)),
    /** Money flow index(14). */
    MFI_14(Outputs.MFI_14, timeframe -> new Mfi(14)),
    /** VWAP of 20 bars. */
    VWAP_20(Outputs.VWAP_20, timeframe -> new RollingVwap(20)),
    /** VWAP since 00:00 UTC. */
    SESSION_VWAP(Outputs.SESSION_VWAP, timeframe -> new SessionVwap()),
    /** Volume z-score of 20 bars. */
    VOLUME_Z_SCORE(Outputs.VOLUME_Z_SCORE, timeframe -> new VolumeZScore(20)),
    /** Volume shock: volume over the average of the 20 bars before, threshold 3. */
    VOLUME_SHOCK(Outputs.VOLUME_SHOCK, timeframe -> new VolumeShock(20, 3));

    /** Bars that the close is ranked among. */
    static final int RANK_BARS = 100;

    private static final double LONG_RUN_VOLATILITY = 0.8;
    private static final double GARCH_SHOCK = 0.08;
    private static final double GARCH_MEMORY = 0.9;
    private static final int MAX_REGIME_BARS = 720;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Function<Timeframe, Indicator> make;

    private final int slot;

    IndicatorKind(int slot, Function<Timeframe, Indicator> make) {
        this.slot = slot;
        this.make = make;
    }

    /** Returns where its outputs begin in the array of a set. */
    int slot() {
        return slot;
    }

    /**
     * Makes an indicator of this kind for a timeframe, on its own: what a set says of the kind is, bit for bit, what this one says when it is
     * given the same bars.
     */
    public Indicator make(Timeframe timeframe) {
        return make.apply(timeframe);
    }

    /** The constant term that leaves the long-run variance at that of the long-run volatility. */
    static GarchParameters garch(Timeframe timeframe) {
        double year = 365.0 * Timeframe.D1.lengthMs();
        double variance = LONG_RUN_VOLATILITY * LONG_RUN_VOLATILITY * timeframe.lengthMs() / year;
        return new GarchParameters(variance * (1 - GARCH_SHOCK - GARCH_MEMORY), GARCH_SHOCK, GARCH_MEMORY);
    }

    /** Returns the bars of 30 days, at most {@value #MAX_REGIME_BARS}. */
    static int barsOf30Days(Timeframe timeframe) {
        return (int) Math.min(MAX_REGIME_BARS, 30 * Timeframe.D1.lengthMs() / timeframe.lengthMs());
    }
}
