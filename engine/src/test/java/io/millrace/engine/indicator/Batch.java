package io.millrace.engine.indicator;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Formulas as their sources give them, each worked out from the first bar for the bar that is asked for. */
final class Batch {
    private Batch() {}

    static double sum(int from, int to, IntToDoubleFunction term) {
        double sum = 0;
        for (int i = from; i <= to; i++) {
            sum += term.applyAsDouble(i);
        }
        return sum;
    }

    static double mean(int last, int n, IntToDoubleFunction term) {
        return sum(last - n + 1, last, term) / n;
    }

    /** Wilder 1978: the first value is a mean, then ((n - 1) · last + new) / n. */
    static double[] wilder(double[] values, int first, int n) {
        double[] average = new double[values.length];
        Arrays.fill(average, Double.NaN);
        if (first + n <= values.length) {
            average[first + n - 1] = mean(first + n - 1, n, i -> values[i]);
            for (int i = first + n; i < values.length; i++) {
                average[i] = ((n - 1) * average[i - 1] + values[i]) / n;
            }
        }
        return average;
    }

    static double[] map(int size, IntToDoubleFunction f) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = f.applyAsDouble(i);
        }
        return values;
    }

    static double trueRange(Series s, int i) {
        double range = s.high[i] - s.low[i];
        if (i == 0) {
            return range;
        }
        double up = Math.abs(s.high[i] - s.close[i - 1]);
        double down = Math.abs(s.low[i] - s.close[i - 1]);
        return Math.max(range, Math.max(up, down));
    }

    /** RSI = 100 - 100 / (1 + average gain / average loss). */
    static double[] rsi(double[] close, int n) {
        double[] gains = wilder(map(close.length, i -> i == 0 ? 0 : Math.max(0, close[i] - close[i - 1])), 1, n);
        double[] losses = wilder(map(close.length, i -> i == 0 ? 0 : Math.max(0, close[i - 1] - close[i])), 1, n);
        return map(close.length, i -> {
            if (losses[i] == 0) {
                return gains[i] == 0 ? 50 : 100;
            }
            return 100 - 100 / (1 + gains[i] / losses[i]);
        });
    }

    /** ADX of Wilder with his seeds: all averages begin at the second bar. */
    static double[] adx(Series s, int n) {
        int size = s.size();
        double[] plus =
                wilder(map(size, i -> i == 0 ? 0 : movement(s.high[i] - s.high[i - 1], s.low[i - 1] - s.low[i])), 1, n);
        double[] minus =
                wilder(map(size, i -> i == 0 ? 0 : movement(s.low[i - 1] - s.low[i], s.high[i] - s.high[i - 1])), 1, n);
        double[] range = wilder(map(size, i -> trueRange(s, i)), 1, n);
        double[] dx = map(size, i -> {
            double plusDi = range[i] == 0 ? 0 : 100 * plus[i] / range[i];
            double minusDi = range[i] == 0 ? 0 : 100 * minus[i] / range[i];
            return plusDi + minusDi == 0 ? 0 : 100 * Math.abs(plusDi - minusDi) / (plusDi + minusDi);
        });
        return wilder(dx, n, n);
    }

    private static double movement(double own, double other) {
        return own > other && own > 0 ? own : 0;
    }

    /** Williams 1985. */
    static double ultimate(Series s, int last) {
        return 100 * (4 * pressure(s, last, 7) + 2 * pressure(s, last, 14) + pressure(s, last, 28)) / 7;
    }

    private static double pressure(Series s, int last, int n) {
        double range = sum(last - n + 1, last, i -> trueRange(s, i));
        return range == 0 ? 0.5 : sum(last - n + 1, last, i -> s.close[i] - Math.min(s.low[i], s.close[i - 1])) / range;
    }

    static double logReturn(Series s, int i) {
        return StrictMath.log(s.close[i]) - StrictMath.log(s.close[i - 1]);
    }

    /** Sample standard deviation of the last n returns. */
    static double closeVolatility(Series s, int last, int n) {
        double mean = mean(last, n, i -> logReturn(s, i));
        return Math.sqrt(sum(last - n + 1, last, i -> square(logReturn(s, i) - mean)) / (n - 1));
    }

    static double square(double value) {
        return value * value;
    }

    /** Stop and reverse on whole arrays, after Wilder's worked table: the stop of a bar is made from the bars before it. */
    static double[] sar(Series s, double step, double most) {
        double[] sar = new double[s.size()];
        sar[0] = Double.NaN;
        boolean isLong = s.close[1] > s.close[0];
        sar[1] = isLong ? s.low[0] : s.high[0];
        double extreme = isLong ? s.high[0] : s.low[0];
        double factor = step;
        for (int i = 2; i < s.size(); i++) {
            double highest = Math.max(s.high[i - 1], s.high[i - 2]);
            double lowest = Math.min(s.low[i - 1], s.low[i - 2]);
            double stop = sar[i - 1] + factor * (extreme - sar[i - 1]);
            boolean isHit = isLong ? s.low[i] <= stop : s.high[i] >= stop;
            if (isHit) {
                sar[i] = isLong ? Math.max(extreme, highest) : Math.min(extreme, lowest);
                isLong = !isLong;
                extreme = isLong ? s.high[i] : s.low[i];
                factor = step;
            } else {
                sar[i] = isLong ? Math.min(stop, lowest) : Math.max(stop, highest);
                boolean isNewExtreme = isLong ? s.high[i] > extreme : s.low[i] < extreme;
                if (isNewExtreme) {
                    extreme = isLong ? s.high[i] : s.low[i];
                    factor = Math.min(most, factor + step);
                }
            }
        }
        return sar;
    }

    /** Largest fall by looking at every pair. */
    static double drawdown(double[] close, int last, int n) {
        double worst = 0;
        for (int i = last - n + 1; i <= last; i++) {
            for (int j = i + 1; j <= last; j++) {
                worst = Math.max(worst, (close[i] - close[j]) / close[i]);
            }
        }
        return worst;
    }

    /** Mid-rank of a value among others; within one part in 10^12 is equal. */
    static double midRank(double value, double[] others) {
        double rank = 0;
        for (double other : others) {
            if (Math.abs(other - value) <= 1e-12 * Math.abs(value)) {
                rank += 0.5;
            } else if (other < value) {
                rank += 1;
            }
        }
        return 100 * rank / others.length;
    }

    /** Type 7 of Hyndman and Fan. */
    static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = part * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** 1 or -1 where a divergence becomes known, by looking back for pivots from each bar; isHidden: of that kind. */
    static int divergence(double[] value, Series s, int first, int at, double slack, boolean isHidden) {
        for (int kind = 1; kind >= -1; kind -= 2) {
            int pivot = at - 5;
            if (isPivot(value, first, pivot, kind, slack)) {
                for (int before = pivot - 1; before >= first && pivot - before <= 60; before--) {
                    if (isPivot(value, first, before, kind, slack)) {
                        double[] price = kind == 1 ? s.low : s.high;
                        double farther = kind * (price[before] - price[pivot]);
                        double stronger = kind * (value[pivot] - value[before]);
                        boolean isRegular = farther > 0 && stronger > slack;
                        boolean isOther = farther < 0 && stronger < -slack;
                        return pivot - before >= 5 && (isHidden ? isOther : isRegular) ? kind : 0;
                    }
                }
            }
        }
        return 0;
    }

    /** kind 1: low, -1: high. */
    private static boolean isPivot(double[] value, int first, int at, int kind, double slack) {
        if (at - 5 < first || at + 5 >= value.length) {
            return false;
        }
        for (int k = 1; k <= 5; k++) {
            if (!(kind * value[at] < kind * value[at - k] - slack) || kind * value[at] > kind * value[at + k] + slack) {
                return false;
            }
        }
        return true;
    }
}
