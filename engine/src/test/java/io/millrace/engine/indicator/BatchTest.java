package io.millrace.engine.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.indicator.momentum.Macd;
import io.millrace.engine.indicator.momentum.MacdDivergence;
import io.millrace.engine.indicator.momentum.PivotSettings;
import io.millrace.engine.indicator.momentum.Roc;
import io.millrace.engine.indicator.momentum.Rsi;
import io.millrace.engine.indicator.momentum.RsiDivergence;
import io.millrace.engine.indicator.momentum.StochRsi;
import io.millrace.engine.indicator.momentum.UltimateOscillator;
import io.millrace.engine.indicator.stats.MaxDrawdown;
import io.millrace.engine.indicator.stats.PercentileRank;
import io.millrace.engine.indicator.trend.Adx;
import io.millrace.engine.indicator.trend.Ichimoku;
import io.millrace.engine.indicator.trend.ParabolicSar;
import io.millrace.engine.indicator.trend.SuperTrend;
import io.millrace.engine.indicator.trend.WilderAverage;
import io.millrace.engine.indicator.volatility.Atr;
import io.millrace.engine.indicator.volatility.CloseVolatility;
import io.millrace.engine.indicator.volatility.EwmaVolatility;
import io.millrace.engine.indicator.volatility.GarchParameters;
import io.millrace.engine.indicator.volatility.GarchVolatility;
import io.millrace.engine.indicator.volatility.GarmanKlassVolatility;
import io.millrace.engine.indicator.volatility.ParkinsonVolatility;
import io.millrace.engine.indicator.volatility.Volatility;
import io.millrace.engine.indicator.volatility.VolatilityCone;
import io.millrace.engine.indicator.volatility.VolatilityRegime;
import io.millrace.engine.indicator.volume.Obv;
import io.millrace.engine.indicator.volume.SessionVwap;
import io.millrace.engine.indicator.volume.VolumeShock;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against formulas written from their sources, see {@link Batch}; on recorded bars and on wild ones. */
@Tag("slow")
class BatchTest {
    private static final long HOUR_NS = 3_600_000_000_000L;

    static Stream<Series> feeds() {
        return Stream.concat(
                Stream.of("TRUMPUSDT", "BTCUSDT", "1000PEPEUSDT")
                        .map(name -> Recorded.around(name).slice(2_000, 3_000)),
                Stream.of(Series.wild(11, 1_000), Series.calm(12, 1_000)));
    }

    private static void check(
            Series s, Indicator ours, int output, IntToDoubleFunction batch, IntToDoubleFunction scale) {
        for (int i = 0; i < s.size(); i++) {
            Catalogue.feed(ours, s.bar(i));
            if (ours.isReady()) {
                double expected = batch.applyAsDouble(i);
                String name = ours.getClass().getSimpleName() + " "
                        + ours.outputNames().get(output) + " at bar " + i;
                double tolerance = 1e-9 * Math.max(Math.abs(expected), scale.applyAsDouble(i));
                assertEquals(expected, ours.output(output), tolerance, name);
            }
        }
    }

    private static void check(Series s, Indicator ours, int output, IntToDoubleFunction batch) {
        check(s, ours, output, batch, i -> 1);
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldEqualTheSourceFromTheFirstBarOn(Series s) {
        double[] wilder = Batch.wilder(s.close, 0, 14);
        check(s, new WilderAverage(14), 0, i -> wilder[i], i -> s.close[i]);
        double[] rsi = Batch.rsi(s.close, 14);
        check(s, new Rsi(14), 0, i -> rsi[i]);
        double[] adx = Batch.adx(s, 14);
        check(s, new Adx(14), 0, i -> adx[i]);
        double[] atr = Batch.wilder(Batch.map(s.size(), i -> Batch.trueRange(s, i)), 0, 14);
        check(s, new Atr(14), 0, i -> atr[i], i -> s.close[i]);
        check(s, new Atr(14), 1, i -> 100 * atr[i] / s.close[i]);
        double[] sar = Batch.sar(s, 0.02, 0.2);
        check(s, new ParabolicSar(0.02, 0.02, 0.2), 0, i -> sar[i], i -> s.close[i]);
        check(s, new UltimateOscillator(7, 14, 28), 0, i -> Batch.ultimate(s, i));
        check(s, new Roc(10), 1, i -> s.close[i] - s.close[i - 10], i -> s.close[i]);
        check(s, new Ichimoku(9, 26, 52, 26), 6, i -> s.close[i] - s.close[i - 26], i -> s.close[i]);
        double[] obv =
                Batch.map(s.size(), k -> Batch.sum(1, k, i -> Math.signum(s.close[i] - s.close[i - 1]) * s.volume[i]));
        check(s, new Obv(), 0, i -> obv[i], i -> s.volume[i]);
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldKeepSuperTrendLineOnItsOwnSideOfTheClose(Series s) {
        SuperTrend superTrend = new SuperTrend(10, 3);
        double[] atr = Batch.wilder(Batch.map(s.size(), i -> Batch.trueRange(s, i)), 0, 10);
        double upper = 0;
        double lower = 0;
        for (int i = 0; i < s.size(); i++) {
            Catalogue.feed(superTrend, s.bar(i));
            if (i >= 9) {
                double median = (s.high[i] + s.low[i]) / 2;
                boolean isFirst = i == 9;
                upper = isFirst || median + 3 * atr[i] < upper || s.close[i - 1] > upper ? median + 3 * atr[i] : upper;
                lower = isFirst || median - 3 * atr[i] > lower || s.close[i - 1] < lower ? median - 3 * atr[i] : lower;
                assertEquals(upper, superTrend.upper(), 1e-9 * upper);
                assertEquals(lower, superTrend.lower(), 1e-9 * upper);
                boolean isUp = superTrend.trend() > 0;
                assertEquals(isUp ? superTrend.lower() : superTrend.upper(), superTrend.value());
                assertTrue(isUp ? s.close[i] >= superTrend.lower() : s.close[i] <= superTrend.upper());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldEqualTheSourceOnStochRsi(Series s) {
        double[] rsi = Batch.rsi(s.close, 14);
        double[] raw = Batch.map(s.size(), i -> {
            if (i < 27) {
                return Double.NaN;
            }
            double[] window = Arrays.copyOfRange(rsi, i - 13, i + 1);
            double low = Arrays.stream(window).min().orElseThrow();
            double high = Arrays.stream(window).max().orElseThrow();
            return high - low <= 1e-9 ? 50 : 100 * (rsi[i] - low) / (high - low);
        });
        double[] k = Batch.map(s.size(), i -> i < 29 ? Double.NaN : (raw[i - 2] + raw[i - 1] + raw[i]) / 3);
        // In flat stretches the window's spread is rounding just above the limit now and then: 1e-6 points of 100.
        check(s, new StochRsi(3, 3, 14, 14), 0, i -> k[i], i -> 1e3);
        check(s, new StochRsi(3, 3, 14, 14), 1, i -> (k[i - 2] + k[i - 1] + k[i]) / 3, i -> 1e3);
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldEqualTheSourceOnVolatilities(Series s) {
        check(s, new CloseVolatility(20, HOUR_NS), 0, i -> Batch.closeVolatility(s, i, 20));
        check(s, new CloseVolatility(20, HOUR_NS), 1, i -> Math.sqrt(8760) * Batch.closeVolatility(s, i, 20));
        check(
                s,
                new ParkinsonVolatility(20, HOUR_NS),
                0,
                last -> Math.sqrt(Batch.sum(last - 19, last, i -> Batch.square(Math.log(s.high[i] / s.low[i])))
                        / (80 * Math.log(2))));
        check(
                s,
                new GarmanKlassVolatility(20, HOUR_NS),
                0,
                last -> Math.sqrt(Batch.mean(
                        last,
                        20,
                        i -> 0.5 * Batch.square(Math.log(s.high[i] / s.low[i]))
                                - (2 * Math.log(2) - 1) * Batch.square(Math.log(s.close[i] / s.open[i])))));
        // Written out: (1 - λ) Σ λ^k r² over all returns but the first, which has the rest of the weight.
        check(
                s,
                new EwmaVolatility(0.94, HOUR_NS),
                0,
                last -> Math.sqrt(Batch.sum(
                                2, last, i -> 0.06 * Math.pow(0.94, last - i) * Batch.square(Batch.logReturn(s, i)))
                        + Math.pow(0.94, last - 1) * Batch.square(Batch.logReturn(s, 1))));
        // Written out: V + Σ β^k (α (r² - V) ...) as ω Σ β^k + α Σ β^k r² + β^n V.
        check(
                s,
                new GarchVolatility(new GarchParameters(2e-6, 0.1, 0.85), HOUR_NS),
                0,
                last -> Math.sqrt(Batch.sum(
                                1,
                                last,
                                i -> Math.pow(0.85, last - i) * (2e-6 + 0.1 * Batch.square(Batch.logReturn(s, i))))
                        + Math.pow(0.85, last) * 2e-6 / 0.05));
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldEqualTheSourceOnRanksAndDrawdowns(Series s) {
        check(s, new MaxDrawdown(60), 0, i -> Batch.drawdown(s.close, i, 60));
        check(s, new MaxDrawdown(60), 1, i -> {
            double peak = Arrays.stream(s.close, i - 59, i + 1).max().orElseThrow();
            return (peak - s.close[i]) / peak;
        });
        check(s, new PercentileRank(100), 0, i -> Batch.midRank(s.close[i], Arrays.copyOfRange(s.close, i - 100, i)));
        int[] horizons = {7, 14, 30, 60};
        for (int h = 0; h < horizons.length; h++) {
            int n = horizons[h];
            double[] history = Batch.map(s.size(), i -> i < n ? 0 : Math.sqrt(8760) * Batch.closeVolatility(s, i, n));
            for (int figure = 0; figure < 5; figure++) {
                double part = 0.25 * figure;
                check(
                        s,
                        new VolatilityCone(horizons, 90, HOUR_NS),
                        7 * h + 1 + figure,
                        i -> Batch.quantile(Arrays.copyOfRange(history, i - 89, i + 1), part));
            }
            check(s, new VolatilityCone(horizons, 90, HOUR_NS), 7 * h, i -> history[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldEqualTheDefinitionOnRegimes(Series s) {
        VolatilityRegime regime = new VolatilityRegime(20, 200, 30, 80, HOUR_NS);
        double[] history = Batch.map(s.size(), i -> i < 20 ? 0 : Batch.closeVolatility(s, i, 20));
        int squeezes = 0;
        for (int i = 0; i < s.size(); i++) {
            regime.update(s.bar(i));
            if (regime.isReady()) {
                double rank = Batch.midRank(history[i], Arrays.copyOfRange(history, i - 200, i));
                assertEquals(rank, regime.percentile(), 1e-9, "at bar " + i);
                double percentile = regime.percentile();
                assertEquals(percentile < 30 ? -1 : percentile > 80 ? 1 : 0, regime.value());
                squeezes += regime.value() < 0 ? 1 : 0;
                if (regime.divergence() != 0) {
                    double extreme = regime.divergence() > 0
                            ? Arrays.stream(s.close, i - 20, i + 1).max().orElseThrow()
                            : Arrays.stream(s.close, i - 20, i + 1).min().orElseThrow();
                    assertEquals(extreme, s.close[i]);
                    assertTrue(history[i] < history[i - 20]);
                }
            }
        }
        assertTrue(squeezes > 0);
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldEqualTheDefinitionOnDivergences(Series s) {
        double[] rsi = Batch.rsi(s.close, 14);
        check(s, new RsiDivergence(14, PivotSettings.DEFAULT), 0, i -> Batch.divergence(rsi, s, 14, i, 1e-10, false));
        check(s, new RsiDivergence(14, PivotSettings.DEFAULT), 1, i -> Batch.divergence(rsi, s, 14, i, 1e-10, true));
        assertTrue(IntStream.range(0, s.size()).anyMatch(i -> Batch.divergence(rsi, s, 14, i, 1e-10, false) != 0));
        assertTrue(IntStream.range(0, s.size()).anyMatch(i -> Batch.divergence(rsi, s, 14, i, 1e-10, true) != 0));
        double[] macd = new double[s.size()];
        Macd line = new Macd(12, 26, 1);
        for (int i = 0; i < s.size(); i++) {
            line.update(s.close[i]);
            macd[i] = line.value();
        }
        MacdDivergence divergence = new MacdDivergence(12, 26, PivotSettings.DEFAULT);
        for (int i = 0; i < s.size(); i++) {
            divergence.update(s.bar(i));
            if (divergence.isReady()) {
                double slack = 1e-12 * s.high[i];
                assertEquals(Batch.divergence(macd, s, 25, i, slack, false), divergence.value(), "at bar " + i);
                assertEquals(Batch.divergence(macd, s, 25, i, slack, true), divergence.hidden(), "at bar " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldEqualTheDefinitionOnVolume(Series s) {
        check(s, new VolumeShock(20, 5), 0, i -> {
            double mean = Batch.mean(i - 1, 20, k -> s.volume[k]);
            return mean > 0 ? Math.min(1e6, s.volume[i] / mean) : s.volume[i] > 0 ? 1e6 : 1;
        });
        SessionVwap vwap = new SessionVwap();
        for (int i = 0; i < s.size(); i++) {
            if (i % 288 == 0) {
                vwap.startSession();
            }
            vwap.update(s.bar(i));
            int start = i - i % 288;
            double volume = Batch.sum(start, i, k -> s.volume[k]);
            double expected = volume > 0 ? Batch.sum(start, i, k -> s.typical(k) * s.volume[k]) / volume : s.typical(i);
            assertEquals(expected, vwap.value(), 1e-9 * expected);
        }
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldSayTheirHorizon(Series s) {
        Volatility hourly = new CloseVolatility(20, HOUR_NS);
        Volatility daily = new CloseVolatility(20, 24 * HOUR_NS);
        GarchVolatility garch = new GarchVolatility(new GarchParameters(2e-6, 0.1, 0.85), HOUR_NS);
        for (int i = 0; i < 100; i++) {
            hourly.update(s.bar(i));
            daily.update(s.bar(i));
            garch.update(s.bar(i));
        }
        assertEquals(hourly.value() * Math.sqrt(8760), hourly.annualised(), 1e-12);
        assertEquals(daily.value() * Math.sqrt(365), daily.annualised(), 1e-12);
        assertEquals(hourly.value() * 2, hourly.over(4), 1e-15);
        // The forecasts of three bars, one by one: E v(k+1) = ω + (α + β) E v(k).
        double first = garch.value() * garch.value();
        double second = 2e-6 + 0.95 * first;
        double third = 2e-6 + 0.95 * second;
        assertEquals(Math.sqrt(first + second + third), garch.over(3), 1e-12);
    }
}
