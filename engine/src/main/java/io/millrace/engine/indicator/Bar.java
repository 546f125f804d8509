package io.millrace.engine.indicator;

/**
 * One closed bar as indicators see it; a holder that its owner fills again and again. It takes only what a bar can be, so
 * that no indicator has to doubt it: each number 0 or between {@link #LEAST} and {@link #LIMIT}, and open and close within
 * low and high.
 */
public final class Bar {
    /** Largest price and volume. */
    public static final double LIMIT = 1e30;
    /** Smallest price and volume above 0. */
    public static final double LEAST = 1e-30;

    private double open;
    private double high;
    private double low;
    private double close;
    private double volume;
    private double takerBuyVolume;
    /** What the two logarithms below were worked out from; NaN if they were not. */
    private double changeFrom = Double.NaN;

    private double change;
    private double range = Double.NaN;

    /** Makes a bar of zeros. */
    public Bar() {}

    /**
     * Fills the bar.
     *
     * @param open           first price.
     * @param high           highest price.
     * @param low            lowest price.
     * @param close          last price.
     * @param volume         traded volume, in base units.
     * @param takerBuyVolume the part of it that takers bought.
     * @return this.
     * @throws IllegalArgumentException when the numbers are no bar; it is then as before.
     */
    public Bar set(double open, double high, double low, double close, double volume, double takerBuyVolume) {
        boolean isOrdered = low <= open && open <= high && low <= close && close <= high && takerBuyVolume <= volume;
        if (!(isOrdered && isAllowed(low) && high <= LIMIT && isAllowed(volume) && isAllowed(takerBuyVolume))
                || (high > 0 && high < LEAST)) {
            throw new IllegalArgumentException("open " + open + ", high " + high + ", low " + low + ", close " + close
                    + ", volume " + volume + ", taker buy volume " + takerBuyVolume
                    + " are no bar: low <= open, close <= high, taker buy volume <= volume, each 0 or from " + LEAST
                    + " to " + LIMIT + "; drop it and treat it as a hole");
        }
        this.open = open;
        this.high = high;
        this.low = low;
        this.close = close;
        this.volume = volume;
        this.takerBuyVolume = takerBuyVolume;
        changeFrom = Double.NaN;
        range = Double.NaN;
        return this;
    }

    private static boolean isAllowed(double value) {
        return (value >= LEAST && value <= LIMIT) || value == 0;
    }

    /** Returns the first price. */
    public double open() {
        return open;
    }

    /** Returns the highest price. */
    public double high() {
        return high;
    }

    /** Returns the lowest price. */
    public double low() {
        return low;
    }

    /** Returns the last price. */
    public double close() {
        return close;
    }

    /** Returns the traded volume. */
    public double volume() {
        return volume;
    }

    /** Returns the part of the volume that takers bought. */
    public double takerBuyVolume() {
        return takerBuyVolume;
    }

    /** Returns (high + low + close) / 3. */
    public double typical() {
        return (high + low + close) / 3;
    }

    /** Returns (high + low) / 2. */
    public double median() {
        return (high + low) / 2;
    }

    /**
     * Returns a logarithmic return.
     *
     * @param before price before, 0 or more.
     * @param after  price after, 0 or more.
     * @return ln(after / before); 0 when one of them is 0.
     */
    public static double logReturn(double before, double after) {
        return before > 0 && after > 0 ? StrictMath.log(after / before) : 0;
    }

    /**
     * Returns the logarithmic return of the close. It is worked out once for all indicators of the bar that ask from the same price.
     *
     * @param before price before, 0 or more.
     * @return ln(close / before); 0 when one of them is 0.
     */
    public double logReturn(double before) {
        if (before != changeFrom) {
            change = logReturn(before, close);
            changeFrom = before;
        }
        return change;
    }

    /** Returns ln(high / low), worked out once; 0 when the low is 0. */
    public double logRange() {
        if (Double.isNaN(range)) {
            range = logReturn(low, high);
        }
        return range;
    }
}
