package io.millrace.engine.bars;

/**
 * Decimals as doubles and back, so that the same volume is the same double whether it came as text, as lots, or as a sum of
 * shorter bars.
 */
final class Decimals {
    /** Powers of ten that a double holds exactly. */
    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** Below it a double times a power of ten still rounds to the integer that it was made from. */
    private static final double EXACT = 1L << 50;

    /** Stands for a number of units that is too large to be sure of. */
    static final long UNSURE = -1;

    private Decimals() {}

    /**
     * Returns mantissa x 10^exponent; the nearest double where the mantissa without trailing zeros has up to 53 bits.
     *
     * @param mantissa 0 or more.
     * @param exponent -22 to 22.
     */
    static double toDouble(long mantissa, int exponent) {
        long digits = mantissa;
        int power = exponent;
        while (power < 0 && digits >= EXACT && digits % 10 == 0) {
            digits /= 10;
            power++;
        }
        return power < 0 ? digits / TENS[-power] : digits * TENS[power];
    }

    /** Returns whether an exponent is one that {@link #toDouble} takes. */
    static boolean isExponent(int exponent) {
        return exponent > -TENS.length && exponent < TENS.length;
    }

    /**
     * Returns how many units of 10^exponent a double is that was made from a whole number of them.
     *
     * @param value 0 or more.
     * @param exponent -22 to 0; above 0 counts as 0.
     * @return the units, {@link #UNSURE} if there are too many.
     */
    static long toUnits(double value, int exponent) {
        double units = value * TENS[Math.max(0, -exponent)];
        return units < EXACT ? (long) Math.rint(units) : UNSURE;
    }
}
