package io.millrace.codecs.value;

import java.math.BigDecimal;

/**
 * The step of an instrument's prices or quantities: {@code mantissa} x 10^{@code exponent}. A value on the grid is a
 * {@code long} count of steps (ticks or lots).
 *
 * @param mantissa of the step, above 0, without trailing zeros where the exponent could hold them (0.10 is 1 x 10^-1).
 * @param exponent of the step, {@value #MIN_EXPONENT} to {@value #MAX_EXPONENT}.
 */
public record Grid(long mantissa, int exponent) {
    /** Finest step supported: 10^-12. */
    public static final int MIN_EXPONENT = -12;
    /** Coarsest step supported: 10^6. */
    public static final int MAX_EXPONENT = 6;

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};

    /** Checks the ranges. */
    public Grid {
        if (mantissa <= 0) {
            throw new IllegalArgumentException("grid mantissa=" + mantissa + " must be above 0");
        }
        if (exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) {
            throw new IllegalArgumentException("grid exponent=" + exponent + " is outside " + MIN_EXPONENT + " to "
                    + MAX_EXPONENT + ", the step " + mantissa + "e" + exponent + " is not supported");
        }
    }

    /**
     * Reads a step as the venue writes it, "0.10" for example.
     *
     * @param step decimal text, above 0.
     * @return the grid with the smallest mantissa.
     */
    public static Grid parse(String step) {
        return of(new BigDecimal(step));
    }

    /**
     * Makes a grid from an exact step.
     *
     * @param step above 0.
     * @return the grid with the smallest mantissa.
     */
    public static Grid of(BigDecimal step) {
        BigDecimal stripped = step.stripTrailingZeros();
        return new Grid(stripped.unscaledValue().longValueExact(), -stripped.scale());
    }

    /** Returns the step as an exact decimal. */
    public BigDecimal step() {
        return BigDecimal.valueOf(mantissa, -exponent);
    }

    /**
     * Returns the number nearest to mantissa x 10^exponent.
     *
     * @param mantissa below 2^53 for the nearest; else within one rounding of it.
     * @param exponent {@value #MIN_EXPONENT} to {@value #MAX_EXPONENT}; the number is 0 outside.
     */
    public static double toDouble(long mantissa, int exponent) {
        if (exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) {
            return 0.0;
        }
        // One division or multiplication of exact numbers rounds once.
        return exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
    }

    /**
     * Returns the exact value of a count of steps.
     *
     * @param units ticks or lots.
     */
    public BigDecimal toDecimal(long units) {
        return step().multiply(BigDecimal.valueOf(units));
    }

    /**
     * Returns how many steps a value is; for cold paths.
     *
     * @param value exact value.
     * @throws ArithmeticException if the value is off the grid or does not fit a {@code long}.
     */
    public long toUnits(BigDecimal value) {
        BigDecimal[] parts = value.divideAndRemainder(step());
        if (parts[1].signum() != 0) {
            throw new ArithmeticException(
                    "value " + value.toPlainString() + " is not a multiple of the step " + step().toPlainString());
        }
        return parts[0].longValueExact();
    }
}
