package io.millrace.engine.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.indicator.momentum.Cci;
import io.millrace.engine.indicator.momentum.Macd;
import io.millrace.engine.indicator.momentum.Roc;
import io.millrace.engine.indicator.momentum.Rsi;
import io.millrace.engine.indicator.momentum.StochRsi;
import io.millrace.engine.indicator.momentum.Stochastic;
import io.millrace.engine.indicator.momentum.WilliamsR;
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
import io.millrace.engine.indicator.volatility.Keltner;
import io.millrace.engine.indicator.volatility.TrueRange;
import io.millrace.engine.indicator.volume.Cmf;
import io.millrace.engine.indicator.volume.Mfi;
import io.millrace.engine.indicator.volume.Obv;
import io.millrace.engine.indicator.volume.RollingVwap;
import io.millrace.engine.indicator.volume.VolumeZScore;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.CCIIndicator;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.MMAIndicator;
import org.ta4j.core.indicators.ParabolicSarIndicator;
import org.ta4j.core.indicators.ROCIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.StochasticOscillatorDIndicator;
import org.ta4j.core.indicators.StochasticOscillatorKIndicator;
import org.ta4j.core.indicators.StochasticRSIIndicator;
import org.ta4j.core.indicators.WMAIndicator;
import org.ta4j.core.indicators.WilliamsRIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.adx.DXIndicator;
import org.ta4j.core.indicators.adx.MinusDIIndicator;
import org.ta4j.core.indicators.adx.PlusDIIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandFacade;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.TRIndicator;
import org.ta4j.core.indicators.helpers.VolumeIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuKijunSenIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuLineIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuSenkouSpanAIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuSenkouSpanBIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuTenkanSenIndicator;
import org.ta4j.core.indicators.keltner.KeltnerChannelLowerIndicator;
import org.ta4j.core.indicators.keltner.KeltnerChannelMiddleIndicator;
import org.ta4j.core.indicators.keltner.KeltnerChannelUpperIndicator;
import org.ta4j.core.indicators.statistics.CorrelationCoefficientIndicator;
import org.ta4j.core.indicators.statistics.CovarianceIndicator;
import org.ta4j.core.indicators.statistics.VarianceIndicator;
import org.ta4j.core.indicators.supertrend.SuperTrendIndicator;
import org.ta4j.core.indicators.supertrend.SuperTrendLowerBandIndicator;
import org.ta4j.core.indicators.supertrend.SuperTrendUpperBandIndicator;
import org.ta4j.core.indicators.volume.ChaikinMoneyFlowIndicator;
import org.ta4j.core.indicators.volume.MoneyFlowIndexIndicator;
import org.ta4j.core.indicators.volume.OnBalanceVolumeIndicator;
import org.ta4j.core.indicators.volume.RelativeVolumeStandardDeviationIndicator;
import org.ta4j.core.indicators.volume.VWAPIndicator;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.num.Num;

/** Against ta4j 0.17 on recorded bars. Where definitions differ, docs/indicators.md says how and why. */
@Tag("slow")
class Ta4jTest {
    /** Bars after which another seed of a Wilder average of 14 weighs less than 1e-20. */
    private static final int SEEDED = 700;

    static final List<String> CONTRACTS = Recorded.CONTRACTS;

    private Series series;
    private BarSeries bars;
    private ClosePriceIndicator close;

    private void load(Series recorded) {
        series = recorded;
        bars = new BaseBarSeriesBuilder().withNumTypeOf(DoubleNum.class).build();
        ZonedDateTime end = ZonedDateTime.of(2025, 10, 1, 0, 5, 0, 0, ZoneOffset.UTC);
        for (int i = 0; i < series.size(); i++) {
            bars.addBar(
                    Duration.ofMinutes(5),
                    end.plusMinutes(5L * i),
                    series.open[i],
                    series.high[i],
                    series.low[i],
                    series.close[i],
                    series.volume[i]);
        }
        close = new ClosePriceIndicator(bars);
    }

    private void check(Indicator ours, int output, int from, org.ta4j.core.Indicator<Num> theirs) {
        check(ours, output, from, i -> theirs.getValue(i).doubleValue(), i -> 1);
    }

    private void checkPrice(Indicator ours, int output, int from, org.ta4j.core.Indicator<Num> theirs) {
        check(ours, output, from, i -> theirs.getValue(i).doubleValue(), i -> series.close[i]);
    }

    /** NaN of theirs is 0 / 0, which ours has an answer for; it has to be rare. */
    private void check(Indicator ours, int output, int from, IntToDoubleFunction theirs, IntToDoubleFunction scale) {
        int undefined = 0;
        for (int i = 0; i < series.size(); i++) {
            Catalogue.feed(ours, series.bar(i));
            double expected = theirs.applyAsDouble(i);
            if (ours.isReady() && i >= from) {
                double actual = ours.output(output);
                if (Double.isNaN(expected)) {
                    undefined++;
                    assertTrue(Double.isFinite(actual));
                } else {
                    double tolerance = 1e-9 * Math.max(Math.abs(expected), scale.applyAsDouble(i));
                    int bar = i;
                    assertEquals(
                            expected,
                            actual,
                            tolerance,
                            () -> ours.getClass().getSimpleName() + " "
                                    + ours.outputNames().get(output) + " at bar " + bar);
                }
            }
        }
        assertTrue(undefined < series.size() / 20, undefined + " bars were not compared");
    }

    @ParameterizedTest
    @FieldSource("CONTRACTS")
    void shouldEqualTa4jOnAverages(String contract) {
        load(Recorded.around(contract));
        checkPrice(new Sma(20), 0, 0, new SMAIndicator(close, 20));
        checkPrice(new Sma(200), 0, 0, new SMAIndicator(close, 200));
        checkPrice(new Ema(20), 0, 0, new EMAIndicator(close, 20));
        checkPrice(new Wma(20), 0, 0, new WMAIndicator(close, 20));
        checkPrice(new WilderAverage(14), 0, SEEDED, new MMAIndicator(close, 14));
        SMAIndicator sma = new SMAIndicator(close, 20);
        check(
                new MaSlope(20, 5),
                0,
                25,
                i -> i < 5
                        ? 0
                        : (sma.getValue(i).doubleValue() - sma.getValue(i - 5).doubleValue()) / 5,
                i -> series.close[i]);
    }

    @ParameterizedTest
    @FieldSource("CONTRACTS")
    void shouldEqualTa4jOnTrends(String contract) {
        load(Recorded.around(contract));
        check(new Adx(14), 0, SEEDED, new ADXIndicator(bars, 14));
        check(new Adx(14), 1, SEEDED, new PlusDIIndicator(bars, 14));
        check(new Adx(14), 2, SEEDED, new MinusDIIndicator(bars, 14));
        check(new Adx(14), 3, SEEDED, new DXIndicator(bars, 14));
        checkPrice(new SuperTrend(10, 3), 0, SEEDED, new SuperTrendIndicator(bars, 10, 3.0));
        ATRIndicator atr = new ATRIndicator(bars, 10);
        checkPrice(new SuperTrend(10, 3), 2, SEEDED, new SuperTrendUpperBandIndicator(bars, atr, 3.0));
        checkPrice(new SuperTrend(10, 3), 3, SEEDED, new SuperTrendLowerBandIndicator(bars, atr, 3.0));
        checkPrice(ichimoku(), 0, 0, new IchimokuKijunSenIndicator(bars));
        checkPrice(ichimoku(), 1, 0, new IchimokuTenkanSenIndicator(bars));
        checkPrice(ichimoku(), 2, 0, new IchimokuSenkouSpanAIndicator(bars));
        checkPrice(ichimoku(), 3, 0, new IchimokuSenkouSpanBIndicator(bars));
        checkPrice(ichimoku(), 5, 0, new IchimokuLineIndicator(bars, 52));
    }

    private static Ichimoku ichimoku() {
        return new Ichimoku(9, 26, 52, 26);
    }

    /** Off the tick grid no low equals the stop: on it ta4j turns an up-trend only below the stop, Wilder at it. */
    @ParameterizedTest
    @FieldSource("CONTRACTS")
    void shouldEqualTa4jOnParabolicSarWhenNoPriceTouchesTheStop(String contract) {
        load(Recorded.around(contract).slice(2_200, 2_900).jittered(1));
        checkPrice(new ParabolicSar(0.02, 0.02, 0.2), 0, 0, new ParabolicSarIndicator(bars));
    }

    @ParameterizedTest
    @FieldSource("CONTRACTS")
    void shouldEqualTa4jOnOscillators(String contract) {
        load(Recorded.around(contract));
        check(new Rsi(14), 0, SEEDED, new RSIIndicator(close, 14));
        check(new Rsi(9), 0, SEEDED, new RSIIndicator(close, 9));
        StochasticRSIIndicator stochRsi = new StochasticRSIIndicator(close, 14);
        check(
                new StochRsi(3, 3, 14, 14),
                2,
                SEEDED,
                i -> 100 * stochRsi.getValue(i).doubleValue(),
                i -> 100);
        StochasticOscillatorKIndicator k = new StochasticOscillatorKIndicator(bars, 14);
        check(new Stochastic(14, 1, 3), 0, 0, k);
        check(new Stochastic(14, 1, 3), 1, 0, new StochasticOscillatorDIndicator(k));
        SMAIndicator slow = new SMAIndicator(k, 3);
        check(new Stochastic(14, 3, 3), 0, 0, slow);
        check(new Stochastic(14, 3, 3), 1, 0, new SMAIndicator(slow, 3));
        check(new Cci(20), 0, 0, new CCIIndicator(bars, 20));
        check(new Cci(100), 0, 0, new CCIIndicator(bars, 100));
        check(new WilliamsR(14), 0, 0, new WilliamsRIndicator(bars, 14));
        check(new Roc(10), 0, 0, new ROCIndicator(close, 10));
        MACDIndicator macd = new MACDIndicator(close, 12, 26);
        checkPrice(new Macd(12, 26, 9), 0, 0, macd);
        checkPrice(new Macd(12, 26, 9), 1, 0, macd.getSignalLine(9));
        checkPrice(new Macd(12, 26, 9), 2, 0, macd.getHistogram(9));
    }

    @ParameterizedTest
    @FieldSource("CONTRACTS")
    void shouldEqualTa4jOnRangesAndBands(String contract) {
        load(Recorded.around(contract));
        checkPrice(new TrueRange(), 0, 0, new TRIndicator(bars));
        ATRIndicator atr = new ATRIndicator(bars, 14);
        checkPrice(new Atr(14), 0, SEEDED, atr);
        BollingerBandFacade bollinger = new BollingerBandFacade(bars, 20, 2);
        checkPrice(new Bollinger(20, 2), 0, 0, bollinger.middle());
        checkPrice(new Bollinger(20, 2), 1, 0, bollinger.upper());
        checkPrice(new Bollinger(20, 2), 2, 0, bollinger.lower());
        check(new Bollinger(20, 2), 3, 0, i -> bollinger.bandwidth().getValue(i).doubleValue() / 100, i -> 1);
        check(new Bollinger(20, 2), 4, 0, bollinger.percentB());
        KeltnerChannelMiddleIndicator middle = new KeltnerChannelMiddleIndicator(close, 20);
        checkPrice(new Keltner(20, 2), 0, 0, middle);
        checkPrice(new Keltner(20, 2), 1, SEEDED, new KeltnerChannelUpperIndicator(middle, 2, 20));
        checkPrice(new Keltner(20, 2), 2, SEEDED, new KeltnerChannelLowerIndicator(middle, 2, 20));
        SMAIndicator sma = new SMAIndicator(close, 6);
        check(
                new AtrChannel(6, 14, 2),
                1,
                SEEDED,
                i -> sma.getValue(i).doubleValue() + 2 * atr.getValue(i).doubleValue(),
                i -> series.close[i]);
    }

    @ParameterizedTest
    @FieldSource("CONTRACTS")
    void shouldEqualTa4jOnVolume(String contract) {
        load(Recorded.around(contract));
        OnBalanceVolumeIndicator obv = new OnBalanceVolumeIndicator(bars);
        check(new Obv(), 0, 0, i -> obv.getValue(i).doubleValue(), i -> series.volume[i]);
        check(new Cmf(20), 0, 0, new ChaikinMoneyFlowIndicator(bars, 20));
        checkPrice(new RollingVwap(20), 0, 0, new VWAPIndicator(bars, 20));
        check(new VolumeZScore(20), 0, 20, new RelativeVolumeStandardDeviationIndicator(bars, 20));
        MoneyFlowIndexIndicator mfi = new MoneyFlowIndexIndicator(bars, 14);
        // ta4j counts a flow below 1 as 1; of such windows nothing can be compared.
        check(
                new Mfi(14),
                0,
                14,
                i -> isOneSided(i) ? Double.NaN : mfi.getValue(i).doubleValue(),
                i -> 1);
    }

    private boolean isOneSided(int last) {
        double rising = 0;
        double falling = 0;
        for (int i = Math.max(1, last - 13); i <= last; i++) {
            double flow = series.typical(i) * series.volume[i];
            rising += series.typical(i) > series.typical(i - 1) ? flow : 0;
            falling += series.typical(i) < series.typical(i - 1) ? flow : 0;
        }
        return rising < 1 || falling < 1;
    }

    @ParameterizedTest
    @FieldSource("CONTRACTS")
    void shouldEqualTa4jOnCorrelation(String contract) {
        load(Recorded.around(contract));
        VolumeIndicator volume = new VolumeIndicator(bars);
        CorrelationCoefficientIndicator correlation = new CorrelationCoefficientIndicator(close, volume, 30);
        CovarianceIndicator covariance = new CovarianceIndicator(close, volume, 30);
        VarianceIndicator variance = new VarianceIndicator(close, 30);
        RollingCorrelation ours = new RollingCorrelation(30);
        for (int i = 0; i < series.size(); i++) {
            ours.update(series.close[i], series.volume[i]);
            double expected = covariance.getValue(i).doubleValue();
            double beta = expected / variance.getValue(i).doubleValue();
            double rho = correlation.getValue(i).doubleValue();
            if (ours.isReady()) {
                assertEquals(rho, ours.value(), 1e-9, "at bar " + i);
                double scale = series.close[i] * series.volume[i];
                assertEquals(expected, ours.covariance(), 1e-9 * Math.max(Math.abs(expected), scale), "at bar " + i);
                assertEquals(beta, ours.beta(), 1e-9 * Math.max(Math.abs(beta), series.volume[i]), "at bar " + i);
            }
        }
    }
}
