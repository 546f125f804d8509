package io.millrace.engine.indicator;

import java.util.SplittableRandom;

/** Bars in columns, and where tests take them from. */
public final class Series {
    public final double[] open;
    public final double[] high;
    public final double[] low;
    public final double[] close;
    public final double[] volume;
    private final Bar bar = new Bar();

    Series(int size) {
        open = new double[size];
        high = new double[size];
        low = new double[size];
        close = new double[size];
        volume = new double[size];
    }

    public int size() {
        return close.length;
    }

    /** Fills the one bar of this series. */
    public Bar bar(int i) {
        return bar.set(open[i], high[i], low[i], close[i], volume[i], volume[i] > 1 ? 0.5 * volume[i] : 0);
    }

    public double typical(int i) {
        return (high[i] + low[i] + close[i]) / 3;
    }

    void set(int i, double o, double c, double h, double l) {
        open[i] = o;
        close[i] = c;
        high[i] = Math.max(h, Math.max(o, c));
        low[i] = Math.min(l, Math.min(o, c));
    }

    Series slice(int from, int to) {
        Series slice = new Series(to - from);
        System.arraycopy(open, from, slice.open, 0, to - from);
        System.arraycopy(high, from, slice.high, 0, to - from);
        System.arraycopy(low, from, slice.low, 0, to - from);
        System.arraycopy(close, from, slice.close, 0, to - from);
        System.arraycopy(volume, from, slice.volume, 0, to - from);
        return slice;
    }

    /** Prices off their tick grid by up to one part in 10^6, so that no two are equal by chance of the grid. */
    Series jittered(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Series off = slice(0, size());
        for (int i = 0; i < size(); i++) {
            off.high[i] *= 1 + 1e-6 * random.nextDouble();
            off.low[i] *= 1 - 1e-6 * random.nextDouble();
        }
        return off;
    }

    /** A random walk of moves up to some per mille, with volume in every bar and movement in almost every one. */
    public static Series calm(long seed, int size) {
        return walk(new SplittableRandom(seed), size, 0);
    }

    /** The same with stretches of flat prices, bars without volume, and leaps up and down by the factor 1000. */
    public static Series wild(long seed, int size) {
        return walk(new SplittableRandom(seed), size, 1);
    }

    private static Series walk(SplittableRandom random, int size, int wildness) {
        Series series = new Series(size);
        double price = 100;
        double level = 1;
        int flat = 0;
        for (int i = 0; i < size; i++) {
            if (wildness > 0 && random.nextInt(60) == 0) {
                flat = random.nextInt(40);
            }
            if (wildness > 0 && random.nextInt(50) == 0) {
                level = level == 1 ? 1000 : 1;
            }
            double o = price * level;
            if (flat > 0) {
                flat--;
                series.set(i, o, o, o, o);
            } else {
                price = Math.max(20, Math.min(500, price * (1 + 0.008 * (random.nextDouble() - 0.5))));
                double c = price * level;
                series.set(
                        i,
                        o,
                        c,
                        Math.max(o, c) * (1 + 0.002 * random.nextDouble()),
                        Math.min(o, c) * (1 - 0.002 * random.nextDouble()));
            }
            boolean isQuiet = wildness > 0 && random.nextInt(6) == 0;
            double leap = wildness > 0 && random.nextInt(50) == 0 ? 1000 : 1;
            series.volume[i] = isQuiet || flat > 20 ? 0 : leap * (1 + 1000 * random.nextDouble());
        }
        return series;
    }

    /** Any legal bars, from 0 over the smallest to the largest numbers. */
    public static Series extreme(long seed, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        Series series = new Series(size);
        for (int i = 0; i < size; i++) {
            if (i > 0 && random.nextInt(3) == 0) {
                double last = series.close[i - 1];
                series.set(i, last, last, last, last);
            } else {
                series.set(i, number(random), number(random), number(random), number(random));
            }
            series.volume[i] = number(random);
        }
        return series;
    }

    private static double number(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> Bar.LEAST;
            case 2 -> Bar.LIMIT;
            case 3 -> 1;
            case 4 -> Math.nextUp(1.0);
            case 5 -> 1e-30 + random.nextDouble() * 1e-29;
            case 6 -> random.nextDouble() * 1e30 + 1e-3;
            default -> 100 * random.nextDouble() + 1e-9;
        };
    }
}
