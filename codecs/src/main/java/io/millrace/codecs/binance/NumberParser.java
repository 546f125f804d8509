package io.millrace.codecs.binance;

import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.value.Grid;

/**
 * Reads plain decimals digit by digit, exactly: {@code -? (0 | [1-9][0-9]*) (. [0-9]+)?}. No exponent, no plus, no leading
 * zero, no space. The result stands in {@link #mantissa()} and {@link #scale()} with trailing zeros of the fraction dropped,
 * so equal values have equal forms.
 */
final class NumberParser {
    /** Most digits behind the point that a result can have. */
    static final int MAX_SCALE = 18;

    /** Powers of ten that fit a long. */
    static final long[] POW10 = new long[19];

    static {
        long power = 1;
        for (int i = 0; i < POW10.length; i++) {
            POW10[i] = power;
            power *= 10;
        }
    }

    private final byte[] bytes;
    private final DecodeFailure failure;
    private long mantissa;
    private int scale;

    NumberParser(FrameBuffer frame, DecodeFailure failure) {
        this.bytes = frame.bytes();
        this.failure = failure;
    }

    /** Value times 10^{@link #scale()}. */
    long mantissa() {
        return mantissa;
    }

    /** Digits behind the point, 0 to {@value #MAX_SCALE}. */
    int scale() {
        return scale;
    }

    /**
     * Reads a number.
     *
     * @param start at its first byte.
     * @return behind its last byte, or -1 after a noted failure.
     */
    int parse(int start) {
        boolean isNegative = bytes[start] == '-';
        int first = isNegative ? start + 1 : start;
        int p = first;
        long value = 0;
        while (isDigit(bytes[p])) {
            int digit = bytes[p] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return failure.fail(DecodeReason.NUMBER_OVERFLOW, p);
            }
            value = value * 10 + digit;
            p++;
        }
        if (p == first || (bytes[first] == '0' && p > first + 1)) {
            return failure.fail(DecodeReason.BAD_NUMBER, first);
        }
        mantissa = value;
        scale = 0;
        if (bytes[p] == '.') {
            p = parseFraction(p + 1);
        }
        mantissa = isNegative ? -mantissa : mantissa;
        return p;
    }

    private int parseFraction(int start) {
        int p = start;
        int zeros = 0;
        while (isDigit(bytes[p])) {
            int digit = bytes[p] - '0';
            if (digit == 0) {
                zeros++;
            } else {
                int shift = zeros + 1;
                if (scale + shift > MAX_SCALE || mantissa > (Long.MAX_VALUE - digit) / POW10[shift]) {
                    return failure.fail(DecodeReason.NUMBER_OVERFLOW, p);
                }
                mantissa = mantissa * POW10[shift] + digit;
                scale += shift;
                zeros = 0;
            }
            p++;
        }
        return p == start ? failure.fail(DecodeReason.BAD_NUMBER, p) : p;
    }

    /** Returns the number last read in units of 10^-{@code decimals}; notes a failure if it is finer or does not fit. */
    long scaled(int decimals, int at) {
        if (scale > decimals) {
            failure.fail(DecodeReason.OFF_GRID, at);
            return 0;
        }
        long power = POW10[decimals - scale];
        if (mantissa > Long.MAX_VALUE / power || mantissa < -(Long.MAX_VALUE / power)) {
            failure.fail(DecodeReason.NUMBER_OVERFLOW, at);
            return 0;
        }
        return mantissa * power;
    }

    /** Returns the number last read as steps of a grid; notes a failure if it is off the grid or does not fit. */
    long units(Grid grid, int at) {
        int exponent = grid.exponent();
        long value = scaled(Math.max(0, -exponent), at);
        long coarse = exponent > 0 ? POW10[exponent] : 1;
        if (value % coarse != 0 || (value / coarse) % grid.mantissa() != 0) {
            failure.fail(DecodeReason.OFF_GRID, at);
            return 0;
        }
        return value / coarse / grid.mantissa();
    }

    static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
