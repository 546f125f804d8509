package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.Indicator;
import java.util.List;

/**
 * A volatility: the standard deviation of the logarithmic return. Its horizon is one bar; {@link #over} and {@link #annualised}
 * say it for others. A year is 365 days of 24 hours, so that the factor is √365 for daily bars and √8760 for hourly ones.
 */
public abstract class Volatility extends BarIndicator {
    /** Length of a year in nanoseconds: the market never closes. */
    public static final long YEAR_NS = 365L * 24 * 3600 * 1_000_000_000L;

    private static final List<String> OUTPUTS = List.of("perBar", "annualised");

    private final long barNs;
    private final double barsPerYear;

    /**
     * Sets warm-up and timeframe.
     *
     * @param warmUp bars until ready.
     * @param barNs  length of a bar in nanoseconds, 1 to a year.
     */
    protected Volatility(int warmUp, long barNs) {
        super(warmUp);
        this.barNs = barNs;
        barsPerYear = barsPerYear(barNs);
    }

    /**
     * Returns how many bars a year has.
     *
     * @param barNs length of a bar in nanoseconds, 1 to a year.
     * @return bars per year.
     * @throws IllegalArgumentException when the length is none.
     */
    public static double barsPerYear(long barNs) {
        if (barNs < 1 || barNs > YEAR_NS) {
            throw new IllegalArgumentException(
                    "barNs is " + barNs + ": give the bar's length, from 1 to " + YEAR_NS + " ns");
        }
        return (double) YEAR_NS / barNs;
    }

    /** Returns the variance of one bar's return; asked for when ready only. */
    protected abstract double variance();

    /** {@inheritDoc} The volatility of one bar, as a fraction (0.01 is 1 %). */
    @Override
    public final double value() {
        return isReady() ? Math.sqrt(variance()) : Double.NaN;
    }

    /** Returns the volatility of a year, as a fraction. */
    public final double annualised() {
        return isReady() ? Math.sqrt(variance() * barsPerYear) : Double.NaN;
    }

    /**
     * Returns the volatility over several bars: by the square root of time, or by the model's own term structure.
     *
     * @param bars horizon, 1 or more.
     * @return the volatility as a fraction; NaN until ready.
     */
    public double over(int bars) {
        return value() * Math.sqrt(Indicator.atLeast("bars", bars, 1));
    }

    /** Returns the length of a bar in nanoseconds. */
    public final long barNs() {
        return barNs;
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> annualised();
            default -> throw noOutput(index);
        };
    }
}
