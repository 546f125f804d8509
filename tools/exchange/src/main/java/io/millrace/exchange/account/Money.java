package io.millrace.exchange.account;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Arithmetic of money, prices and rates, all of them a {@code long} at 1e-8: 1 USDT is {@value #ONE}, 0.05 % is 50,000. Products
 * have 128 bits until they are divided, so one rounding, named by the caller, is all that is ever lost. A result that does
 * not fit a {@code long} (92 billion USDT) is an {@link ArithmeticException}.
 *
 * <p><b>Thread:</b> any. <b>Allocation:</b> none but in the conversions from and to {@link BigDecimal}.
 */
public final class Money {
    /** One USDT, a price of one, or a rate of 100 %. */
    public static final long ONE = 100_000_000L;
    /** Decimals of everything here. */
    public static final int DECIMALS = 8;

    private static final long[] POWERS = new long[19];

    static {
        long power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            power *= 10;
        }
    }

    private Money() {}

    /**
     * Reads an amount.
     *
     * @param text decimal, "0.0005" for example.
     * @return the amount at 1e-8.
     * @throws ArithmeticException if it has more than eight decimals or does not fit.
     */
    public static long parse(String text) {
        return of(new BigDecimal(text));
    }

    /**
     * Converts an exact amount.
     *
     * @param amount decimal with at most eight decimals.
     * @return the amount at 1e-8.
     * @throws ArithmeticException if it has more than eight decimals or does not fit.
     */
    public static long of(BigDecimal amount) {
        return amount.movePointRight(DECIMALS).longValueExact();
    }

    /**
     * Returns an amount as a decimal with eight decimals.
     *
     * @param amountE8 at 1e-8.
     */
    public static BigDecimal toDecimal(long amountE8) {
        return BigDecimal.valueOf(amountE8, DECIMALS);
    }

    /**
     * Returns an amount as the venue prints it: eight decimals, or "0".
     *
     * @param amountE8 at 1e-8.
     */
    public static String toText(long amountE8) {
        return amountE8 == 0 ? "0" : toDecimal(amountE8).toPlainString();
    }

    /**
     * Takes a share of an amount, or of a price.
     *
     * @param amountE8 at 1e-8.
     * @param rateE8 at 1e-8.
     * @param rounding of the last digit.
     * @return amount x rate, at 1e-8.
     */
    public static long share(long amountE8, long rateE8, RoundingMode rounding) {
        return mulDiv(amountE8, rateE8, ONE, rounding);
    }

    /**
     * Returns a power of ten.
     *
     * @param exponent 0 to 18.
     */
    public static long powerOfTen(int exponent) {
        return POWERS[exponent];
    }

    /**
     * Returns a x b / divisor, the product exact and the quotient rounded once.
     *
     * @param a above {@link Long#MIN_VALUE}.
     * @param b above {@link Long#MIN_VALUE}.
     * @param divisor above 0.
     * @param rounding {@code HALF_EVEN}, {@code HALF_UP}, {@code DOWN}, {@code UP}, {@code FLOOR} or {@code CEILING}.
     * @throws ArithmeticException if the result does not fit.
     */
    public static long mulDiv(long a, long b, long divisor, RoundingMode rounding) {
        if (divisor <= 0 || a == Long.MIN_VALUE || b == Long.MIN_VALUE) {
            throw new ArithmeticException(
                    a + " x " + b + " / " + divisor + ": the divisor must be above 0, the factors above -2^63");
        }
        boolean isNegative = (a ^ b) < 0 && a != 0 && b != 0;
        long x = Math.abs(a);
        long y = Math.abs(b);
        long high = Math.multiplyHigh(x, y);
        long low = x * y;
        if (high >= divisor) {
            throw overflow(a, b, divisor);
        }
        long quotient;
        long rest;
        if (high == 0 && low >= 0) {
            quotient = low / divisor;
            rest = low % divisor;
        } else {
            // Long division bit by bit: rest stays below the divisor, hence below 2^63, and twice it fits unsigned.
            quotient = 0;
            rest = high;
            for (int bit = 63; bit >= 0; bit--) {
                rest = (rest << 1) | ((low >>> bit) & 1);
                quotient <<= 1;
                if (Long.compareUnsigned(rest, divisor) >= 0) {
                    rest -= divisor;
                    quotient |= 1;
                }
            }
        }
        if (rest != 0 && isAwayFromZero(rounding, isNegative, rest, divisor, quotient)) {
            quotient++;
        }
        if (quotient < 0) {
            throw overflow(a, b, divisor);
        }
        return isNegative ? -quotient : quotient;
    }

    private static boolean isAwayFromZero(
            RoundingMode rounding, boolean isNegative, long rest, long divisor, long quotient) {
        return switch (rounding) {
            case DOWN -> false;
            case UP -> true;
            case FLOOR -> isNegative;
            case CEILING -> !isNegative;
            case HALF_UP -> rest >= divisor - rest;
            case HALF_EVEN -> rest > divisor - rest || (rest == divisor - rest && (quotient & 1) == 1);
            case HALF_DOWN, UNNECESSARY -> throw new ArithmeticException("rounding " + rounding + " is not supported");
        };
    }

    private static ArithmeticException overflow(long a, long b, long divisor) {
        return new ArithmeticException(a + " x " + b + " / " + divisor + " is outside the range of money, "
                + toDecimal(Long.MAX_VALUE).toPlainString());
    }
}
