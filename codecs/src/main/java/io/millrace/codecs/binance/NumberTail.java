package io.millrace.codecs.binance;

import io.millrace.codecs.value.Grid;

/** What stands behind a number's last digit in front of the point: the point, the grid's decimals, and zeros behind them. */
final class NumberTail {
    private int decimals;
    private int zeros;
    private boolean isUnit;

    /** Speaks of another grid; how many zeros follow its decimals is expected to be as before. */
    void grid(Grid grid) {
        decimals = Math.max(0, -grid.exponent());
        isUnit = grid.mantissa() == 1 && grid.exponent() <= 0;
    }

    /** Returns whether the digits are the value: the grid's step is 1 at its last decimal. */
    boolean isUnit() {
        return isUnit;
    }

    /** Returns the grid's decimals. */
    int decimals() {
        return decimals;
    }

    /** Returns the characters from the point on. */
    int length() {
        return decimals + zeros == 0 ? 0 : 1 + decimals + zeros;
    }

    /** Returns the characters from the point on to the grid's last decimal. */
    int significant() {
        return decimals == 0 ? 0 : 1 + decimals;
    }

    /** Returns what tells tails apart, below 256 for all that patterns can have. */
    int key() {
        return decimals << 4 | zeros;
    }

    /**
     * Expects as many zeros as a number has that was read.
     *
     * @param length of its text.
     * @param whole digits in front of its point.
     */
    void learn(int length, int whole) {
        int rest = length - whole;
        if (rest == 0 || rest > 1 + decimals) {
            zeros = Math.min(Math.max(0, rest - 1 - decimals), 0xF);
        }
    }
}
