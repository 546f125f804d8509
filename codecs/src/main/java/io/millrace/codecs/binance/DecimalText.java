package io.millrace.codecs.binance;

import io.millrace.codecs.value.Grid;
import org.agrona.MutableDirectBuffer;

/**
 * Exact decimals as plain ASCII text, as the venue writes them: no exponent, no plus, one digit at least in front of the
 * point. Allocates nothing and keeps no state.
 */
public final class DecimalText {
    /** Bytes of the longest text. */
    public static final int MAX_LENGTH = 80;
    /** Most digits behind the point. */
    public static final int MAX_DECIMALS = 36;

    private DecimalText() {}

    /**
     * Writes ticks or lots as a decimal with the grid's own number of decimals.
     *
     * @param units count of steps, any sign.
     * @param grid of the steps.
     * @param dst to write to, with {@link #MAX_LENGTH} bytes of room.
     * @param offset of the first character.
     * @return number of characters.
     * @throws ArithmeticException if the value times the grid's mantissa does not fit a {@code long}.
     */
    public static int put(long units, Grid grid, MutableDirectBuffer dst, int offset) {
        return put(Math.multiplyExact(units, grid.mantissa()), grid.exponent(), 0, dst, offset);
    }

    /**
     * Writes ticks or lots as a decimal with some more decimals than the grid has, if asked for: 618002 ticks of 0.1 with
     * two decimals are "61800.20".
     *
     * @param units count of steps, any sign.
     * @param grid of the steps.
     * @param minDecimals fewest digits behind the point, 0 to {@link #MAX_DECIMALS}; the grid's own are never cut.
     * @param dst to write to, with {@link #MAX_LENGTH} bytes of room.
     * @param offset of the first character.
     * @return number of characters.
     * @throws ArithmeticException if the value times the grid's mantissa does not fit a {@code long}.
     */
    public static int put(long units, Grid grid, int minDecimals, MutableDirectBuffer dst, int offset) {
        return put(Math.multiplyExact(units, grid.mantissa()), grid.exponent(), minDecimals, dst, offset);
    }

    /**
     * Writes mantissa x 10^exponent.
     *
     * @param mantissa any value.
     * @param exponent -18 to 18.
     * @param minDecimals fewest digits behind the point, 0 to {@link #MAX_DECIMALS}.
     * @param dst to write to, with {@link #MAX_LENGTH} bytes of room.
     * @param offset of the first character.
     * @return number of characters.
     */
    public static int put(long mantissa, int exponent, int minDecimals, MutableDirectBuffer dst, int offset) {
        if (exponent < -18 || exponent > 18 || minDecimals < 0 || minDecimals > MAX_DECIMALS) {
            throw new IllegalArgumentException("exponent=" + exponent + " must be -18 to 18 and minDecimals="
                    + minDecimals + " 0 to " + MAX_DECIMALS);
        }
        int at = offset;
        if (mantissa < 0) {
            dst.putByte(at++, (byte) '-');
        }
        int decimals = Math.max(0, -exponent);
        // Unsigned, so that the magnitude of Long.MIN_VALUE is a number like any other.
        long magnitude = Math.abs(mantissa);
        long power = NumberParser.POW10[decimals];
        long whole = Long.divideUnsigned(magnitude, power);
        at = putDigits(whole, digits(whole), dst, at);
        if (whole != 0) {
            at = putZeros(Math.max(0, exponent), dst, at);
        }
        int length = Math.max(decimals, minDecimals);
        if (length > 0) {
            dst.putByte(at++, (byte) '.');
            at = putDigits(Long.remainderUnsigned(magnitude, power), decimals, dst, at);
            at = putZeros(length - decimals, dst, at);
        }
        return at - offset;
    }

    private static int digits(long value) {
        int digits = 1;
        while (digits < NumberParser.POW10.length && Long.compareUnsigned(value, NumberParser.POW10[digits]) >= 0) {
            digits++;
        }
        return digits;
    }

    private static int putDigits(long value, int count, MutableDirectBuffer dst, int offset) {
        long rest = value;
        for (int i = count - 1; i >= 0; i--) {
            long next = Long.divideUnsigned(rest, 10);
            dst.putByte(offset + i, (byte) ('0' + (rest - next * 10)));
            rest = next;
        }
        return offset + count;
    }

    private static int putZeros(int count, MutableDirectBuffer dst, int offset) {
        for (int i = 0; i < count; i++) {
            dst.putByte(offset + i, (byte) '0');
        }
        return offset + count;
    }
}
