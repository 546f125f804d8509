package io.millrace.engine.orders;

import io.millrace.codecs.value.Grid;

/** Notionals in whole numbers. Stateless; allocates nothing. */
public final class Notional {
    /** What does not fit. */
    public static final long TOO_LARGE = Long.MAX_VALUE;

    private static final int E8_EXPONENT = 8;
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private Notional() {}

    /**
     * Returns the notional of an order.
     *
     * @param tick step of prices.
     * @param lot step of quantities.
     * @param ticks price.
     * @param lots quantity.
     * @return at 1e-8 of the quote asset, rounded up; {@link #TOO_LARGE} if it does not fit.
     */
    public static long e8(Grid tick, Grid lot, long ticks, long lots) {
        return e8(tick.mantissa() * lot.mantissa(), tick.exponent() + lot.exponent(), ticks, lots);
    }

    /**
     * As above, one tick times one lot being {@code unit} x 10^{@code exponent} of the quote asset. Signs do not count.
     */
    static long e8(long unit, int exponent, long ticks, long lots) {
        long cost = product(product(Math.abs(ticks), Math.abs(lots)), unit);
        int shift = exponent + E8_EXPONENT;
        if (cost == TOO_LARGE || shift >= POWERS.length) {
            return TOO_LARGE;
        }
        if (shift >= 0) {
            return product(cost, POWERS[shift]);
        }
        long divisor = -shift < POWERS.length ? POWERS[-shift] : Long.MAX_VALUE;
        return cost / divisor + (cost % divisor == 0 ? 0 : 1);
    }

    /** Multiplies two numbers of 0 or more; what does not fit is {@link #TOO_LARGE}. */
    static long product(long first, long second) {
        return Math.multiplyHigh(first, second) != 0 || first * second < 0 ? TOO_LARGE : first * second;
    }

    /** Returns mantissa x 10^shift rounded down, {@link #TOO_LARGE} if it does not fit. */
    static long scaled(long mantissa, int shift) {
        if (Math.abs(shift) >= POWERS.length) {
            return shift > 0 ? TOO_LARGE : 0;
        }
        return shift >= 0 ? product(mantissa, POWERS[shift]) : mantissa / POWERS[-shift];
    }
}
