package io.millrace.engine.bars;

/**
 * Prices at 1e-8, four bytes each as long as they are whole multiples of one unit, eight bytes each from the first on that
 * is not (a bar on an older, finer grid) or is too large.
 */
final class PriceColumn {
    private final int length;
    private final long unitE8;
    private int[] units;
    private long[] prices;

    /**
     * Makes a column of zeros.
     *
     * @param length number of prices.
     * @param unitE8 what most prices are multiples of, above 0: the tick.
     */
    PriceColumn(int length, long unitE8) {
        this.length = length;
        this.unitE8 = unitE8;
        this.units = new int[length];
    }

    long get(int at) {
        return prices == null ? units[at] * unitE8 : prices[at];
    }

    void set(int at, long priceE8) {
        if (prices == null) {
            long count = priceE8 / unitE8;
            if (count * unitE8 == priceE8 && count <= Integer.MAX_VALUE) {
                units[at] = (int) count;
                return;
            }
            widen();
        }
        prices[at] = priceE8;
    }

    /** Returns whether eight bytes are used. */
    boolean isWide() {
        return prices != null;
    }

    private void widen() {
        prices = new long[length];
        for (int i = 0; i < length; i++) {
            prices[i] = units[i] * unitE8;
        }
        units = null;
    }
}
