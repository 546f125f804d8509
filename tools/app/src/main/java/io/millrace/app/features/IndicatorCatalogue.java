package io.millrace.app.features;

import io.millrace.engine.feature.micro.LiquidityProxy;
import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.momentum.Cci;
import io.millrace.engine.indicator.momentum.Macd;
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
import io.millrace.engine.indicator.trend.WilderAverage;
import io.millrace.engine.indicator.trend.Wma;
import io.millrace.engine.indicator.volatility.Atr;
import io.millrace.engine.indicator.volatility.AtrChannel;
import io.millrace.engine.indicator.volatility.Bollinger;
import io.millrace.engine.indicator.volatility.CloseVolatility;
import io.millrace.engine.indicator.volatility.EwmaVolatility;
import io.millrace.engine.indicator.volatility.GarmanKlassVolatility;
import io.millrace.engine.indicator.volatility.Keltner;
import io.millrace.engine.indicator.volatility.ParkinsonVolatility;
import io.millrace.engine.indicator.volatility.VolatilityRegime;
import io.millrace.engine.indicator.volume.Cmf;
import io.millrace.engine.indicator.volume.Mfi;
import io.millrace.engine.indicator.volume.Obv;
import io.millrace.engine.indicator.volume.RollingVwap;
import io.millrace.engine.indicator.volume.VolumeShock;
import io.millrace.engine.indicator.volume.VolumeZScore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** The indicators that can be asked for over bars, by name, with the settings of the issue. */
public final class IndicatorCatalogue {
    private static final Map<String, LongFunction<Indicator>> ALL = new LinkedHashMap<>();

    static {
        trends();
        momentum();
        volatility();
        volume();
    }

    private IndicatorCatalogue() {}

    private static void trends() {
        ALL.put("sma20", ns -> new Sma(20));
        ALL.put("ema20", ns -> new Ema(20));
        ALL.put("wilder14", ns -> new WilderAverage(14));
        ALL.put("wma20", ns -> new Wma(20));
        ALL.put("slope20", ns -> new MaSlope(20, 5));
        ALL.put("superTrend", ns -> new SuperTrend(10, 3));
        ALL.put("sar", ns -> new ParabolicSar(0.02, 0.02, 0.2));
        ALL.put("ichimoku", ns -> new Ichimoku(9, 26, 52, 26));
        ALL.put("adx14", ns -> new Adx(14));
    }

    private static void momentum() {
        ALL.put("rsi9", ns -> new Rsi(9));
        ALL.put("rsi14", ns -> new Rsi(14));
        ALL.put("stochRsi", ns -> new StochRsi(3, 3, 14, 14));
        ALL.put("stochastic", ns -> new Stochastic(14, 3, 3));
        ALL.put("ultimate", ns -> new UltimateOscillator(7, 14, 28));
        ALL.put("cci20", ns -> new Cci(20));
        ALL.put("williamsR14", ns -> new WilliamsR(14));
        ALL.put("roc10", ns -> new Roc(10));
        ALL.put("macd", ns -> new Macd(12, 26, 9));
        ALL.put("rsiDivergence", ns -> new RsiDivergence(14, PivotSettings.DEFAULT));
        ALL.put("rank100", ns -> new PercentileRank(100));
        ALL.put("drawdown30", ns -> new MaxDrawdown(30));
    }

    private static void volatility() {
        ALL.put("atr14", ns -> new Atr(14));
        ALL.put("atrChannel", ns -> new AtrChannel(6, 15, 2));
        ALL.put("bollinger", ns -> new Bollinger(20, 2));
        ALL.put("keltner", ns -> new Keltner(20, 2));
        ALL.put("volatility20", ns -> new CloseVolatility(20, ns));
        ALL.put("ewmaVolatility", ns -> new EwmaVolatility(0.94, ns));
        ALL.put("parkinson20", ns -> new ParkinsonVolatility(20, ns));
        ALL.put("garmanKlass20", ns -> new GarmanKlassVolatility(20, ns));
        ALL.put("regime", ns -> new VolatilityRegime(20, 90, 30, 80, ns));
    }

    private static void volume() {
        ALL.put("obv", ns -> new Obv());
        ALL.put("cmf20", ns -> new Cmf(20));
        ALL.put("mfi14", ns -> new Mfi(14));
        ALL.put("vwap20", ns -> new RollingVwap(20));
        ALL.put("volumeZ20", ns -> new VolumeZScore(20));
        ALL.put("volumeShock", ns -> new VolumeShock(20, 5));
        ALL.put("illiquidity20", ns -> new LiquidityProxy(20));
    }

    /** Returns the makers by name, in order; a maker takes the length of a bar in nanoseconds. */
    public static Map<String, LongFunction<Indicator>> all() {
        return java.util.Collections.unmodifiableMap(ALL);
    }
}
