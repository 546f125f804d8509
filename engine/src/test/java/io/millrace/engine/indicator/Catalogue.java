package io.millrace.engine.indicator;

import io.millrace.engine.feature.micro.LiquidityProxy;
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
import io.millrace.engine.indicator.stats.RollingCorrelation;
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
import io.millrace.engine.indicator.volatility.GarchParameters;
import io.millrace.engine.indicator.volatility.GarchVolatility;
import io.millrace.engine.indicator.volatility.GarmanKlassVolatility;
import io.millrace.engine.indicator.volatility.Keltner;
import io.millrace.engine.indicator.volatility.ParkinsonVolatility;
import io.millrace.engine.indicator.volatility.TrueRange;
import io.millrace.engine.indicator.volatility.VolatilityCone;
import io.millrace.engine.indicator.volatility.VolatilityRegime;
import io.millrace.engine.indicator.volume.Cmf;
import io.millrace.engine.indicator.volume.Mfi;
import io.millrace.engine.indicator.volume.Obv;
import io.millrace.engine.indicator.volume.RollingVwap;
import io.millrace.engine.indicator.volume.SessionVwap;
import io.millrace.engine.indicator.volume.VolumeShock;
import io.millrace.engine.indicator.volume.VolumeZScore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Every indicator once, for the properties that all of them have. */
final class Catalogue {
    static final long BAR_NS = 300_000_000_000L;
    /** The window is not finite: an average or sum over all bars so far. */
    static final int ENDLESS = -1;

    /**
     * One indicator.
     *
     * @param name   of the class, and what tells two of them apart.
     * @param make   makes one.
     * @param memory updates that its outputs depend on, or {@link #ENDLESS}.
     */
    record Entry(String name, Supplier<Indicator> make, int memory) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Entry> ENTRIES = new ArrayList<>();

    static {
        finite("Sma", () -> new Sma(20));
        finite("Sma1", () -> new Sma(1));
        endless("Ema", () -> new Ema(20));
        endless("WilderAverage", () -> new WilderAverage(14));
        finite("Wma", () -> new Wma(20));
        finite("Wma21", () -> new Wma(21));
        finite("MaSlope", () -> new MaSlope(20, 5));
        endless("SuperTrend", () -> new SuperTrend(10, 3));
        endless("ParabolicSar", () -> new ParabolicSar(0.02, 0.02, 0.2));
        finite("Ichimoku", () -> new Ichimoku(9, 26, 52, 26));
        endless("Adx", () -> new Adx(14));
        endless("Rsi9", () -> new Rsi(9));
        endless("Rsi14", () -> new Rsi(14));
        endless("StochRsi", () -> new StochRsi(3, 3, 14, 14));
        finite("StochasticFast", () -> new Stochastic(14, 1, 3));
        finite("StochasticSlow", () -> new Stochastic(14, 3, 3));
        finite("UltimateOscillator", () -> new UltimateOscillator(7, 14, 28));
        finite("Cci", () -> new Cci(20));
        finite("CciLong", () -> new Cci(80));
        finite("WilliamsR", () -> new WilliamsR(14));
        finite("Roc", () -> new Roc(10));
        endless("Macd", () -> new Macd(12, 26, 9));
        endless("RsiDivergence", () -> new RsiDivergence(14, PivotSettings.DEFAULT));
        endless("MacdDivergence", () -> new MacdDivergence(12, 26, new PivotSettings(3, 2, 3, 40)));
        endless("TrueRange", TrueRange::new);
        endless("Atr", () -> new Atr(14));
        endless("AtrChannel", () -> new AtrChannel(6, 15, 2));
        finite("Bollinger", () -> new Bollinger(20, 2));
        endless("Keltner", () -> new Keltner(20, 2));
        finite("CloseVolatility", () -> new CloseVolatility(20, BAR_NS));
        endless("EwmaVolatility", () -> new EwmaVolatility(0.94, BAR_NS));
        finite("ParkinsonVolatility", () -> new ParkinsonVolatility(20, BAR_NS));
        finite("GarmanKlassVolatility", () -> new GarmanKlassVolatility(20, BAR_NS));
        endless("GarchVolatility", () -> new GarchVolatility(new GarchParameters(1e-7, 0.08, 0.9), BAR_NS));
        finite("VolatilityCone", () -> new VolatilityCone(new int[] {7, 14, 30, 60}, 40, BAR_NS));
        finite("VolatilityRegime", () -> new VolatilityRegime(20, 90, 30, 80, BAR_NS));
        finite("PercentileRank", () -> new PercentileRank(50));
        finite("MaxDrawdown", () -> new MaxDrawdown(30));
        finite("RollingCorrelation", () -> new RollingCorrelation(30));
        endless("Obv", Obv::new);
        finite("Cmf", () -> new Cmf(20));
        finite("Mfi", () -> new Mfi(14));
        finite("RollingVwap", () -> new RollingVwap(20));
        endless("SessionVwap", SessionVwap::new);
        finite("VolumeZScore", () -> new VolumeZScore(20));
        finite("LiquidityProxy", () -> new LiquidityProxy(20));
        finite("VolumeShock", () -> new VolumeShock(20, 5));
    }

    private Catalogue() {}

    static List<Entry> all() {
        return ENTRIES;
    }

    private static void finite(String name, Supplier<Indicator> make) {
        ENTRIES.add(new Entry(name, make, make.get().warmUp()));
    }

    private static void endless(String name, Supplier<Indicator> make) {
        ENTRIES.add(new Entry(name, make, ENDLESS));
    }

    /** Values are closes, pairs are open and close. */
    static void feed(Indicator indicator, Bar bar) {
        if (indicator instanceof BarIndicator onBars) {
            onBars.update(bar);
        } else if (indicator instanceof ValueIndicator onValues) {
            onValues.update(bar.close());
        } else {
            ((PairIndicator) indicator).update(bar.open(), bar.close());
        }
    }
}
