package io.millrace.engine.indicator.kernel;

/**
 * Divergence of price and an oscillator with five values on each side of a pivot, see {@link
 * io.millrace.engine.indicator.momentum.RsiDivergence}. The oscillator's last eleven values are looked through instead of kept as extremes: most
 * bars are no pivot and show it at the first or second.
 */
final class Divergence {
    /** Values before and after a pivot, and how many bars later it is known. */
    static final int SIDE = 5;

    private static final int SPAN = 2 * SIDE + 1;
    private static final int MIN_BARS = 5;
    private static final int MAX_BARS = 60;

    private final int output;
    private final int values;
    /** Number, price and value of the last pivot low, then of the last pivot high. */
    private final int low;

    private final int high;

    Divergence(int output, Places places) {
        this.output = output;
        values = places.slots(SPAN);
        low = places.slots(6);
        high = low + 3;
    }

    /**
     * Takes the oscillator's next value and looks whether that of five bars ago was a pivot.
     *
     * @param w the array.
     * @param pushed how many values came before.
     * @param value the next one.
     * @param bar where high and low of five bars ago stand.
     * @param slack differences of the oscillator up to it are rounding.
     */
    void update(double[] w, int pushed, double value, int bar, double slack) {
        w[values + pushed % SPAN] = value;
        w[output] = 0;
        w[output + 1] = 0;
        if (pushed >= 2 * SIDE) {
            int at = (pushed - SIDE) % SPAN;
            double center = w[values + at];
            if (isLow(w, at, center, slack)) {
                onLow(w, w[bar + 1], center, pushed + 1, slack);
            } else if (isHigh(w, at, center, slack)) {
                onHigh(w, w[bar], center, pushed + 1, slack);
            }
        }
    }

    private boolean isLow(double[] w, int at, double center, double slack) {
        for (int i = 1; i <= SIDE; i++) {
            if (!(center < w[before(at, i)] - slack && center <= w[after(at, i)] + slack)) {
                return false;
            }
        }
        return true;
    }

    private boolean isHigh(double[] w, int at, double center, double slack) {
        for (int i = 1; i <= SIDE; i++) {
            if (!(center > w[before(at, i)] + slack && center >= w[after(at, i)] - slack)) {
                return false;
            }
        }
        return true;
    }

    private int before(int at, int steps) {
        return values + (at >= steps ? at - steps : at - steps + SPAN);
    }

    private int after(int at, int steps) {
        return values + (at + steps < SPAN ? at + steps : at + steps - SPAN);
    }

    private void onLow(double[] w, double price, double value, int number, double slack) {
        if (isComparable(w[low], number)) {
            w[output] = price < w[low + 1] && value > w[low + 2] + slack ? 1 : 0;
            w[output + 1] = price > w[low + 1] && value < w[low + 2] - slack ? 1 : 0;
        }
        w[low] = number;
        w[low + 1] = price;
        w[low + 2] = value;
    }

    private void onHigh(double[] w, double price, double value, int number, double slack) {
        if (isComparable(w[high], number)) {
            w[output] = price > w[high + 1] && value < w[high + 2] - slack ? -1 : 0;
            w[output + 1] = price < w[high + 1] && value > w[high + 2] + slack ? -1 : 0;
        }
        w[high] = number;
        w[high + 1] = price;
        w[high + 2] = value;
    }

    /** 0: there is none before. */
    private static boolean isComparable(double last, int number) {
        double gap = number - last;
        return last > 0 && gap >= MIN_BARS && gap <= MAX_BARS;
    }
}
