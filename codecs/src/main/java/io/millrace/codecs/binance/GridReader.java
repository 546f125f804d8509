package io.millrace.codecs.binance;

import io.millrace.codecs.value.Grid;

/**
 * Reads quoted decimals as steps of one grid, expecting the next text to look like the last one: so many digits in front of
 * the point and so many zeros behind the grid's last decimal.
 *
 * <p>The guess is what makes it fast. Looking for the end of a number takes a dozen dependent instructions, and the next
 * number's position depends on it; a guessed end is only checked, and the processor goes on meanwhile. Every character is
 * checked all the same, and a text of another shape is read the longer way and becomes the next guess.
 */
final class GridReader {
    private static final int MAX_SHAPE_LENGTH = 8;
    /** A single text of another shape among many changes no expectation, the second one close by does. */
    private static final int NEAR = 64;

    private final byte[] bytes;
    private final int nowhere;
    private final NumberParser slowNumbers;
    private final DecodeFailure slowFailure = new DecodeFailure();
    private Grid grid;
    private int decimals;
    private long mantissa = 1;
    private long value;

    /** Length of the expected text. */
    private int length;
    /** Characters that are no digits of the value (point, zeros behind the grid) and the bytes where they stand. */
    private long fixed;

    private long fixedMask;
    /** Bytes in front of the point and, one byte lower, behind it. */
    private long inFront;

    private long behind;
    private int shift;
    /** Not 0 if the text may begin with a zero, which it may if that is all there is in front of the point. */
    private long zeroAllowed;

    private int lastMiss;

    GridReader(FrameBuffer frame) {
        bytes = frame.bytes();
        nowhere = frame.nowhere();
        slowNumbers = new NumberParser(frame, slowFailure);
        forget();
    }

    /** Reads on this grid from now on; its step must not be above 1 by its exponent. */
    @SuppressWarnings("ReferenceEquality") // an equal grid of another instance only costs a comparison more
    GridReader of(Grid grid) {
        if (grid != this.grid) {
            change(grid);
        }
        return this;
    }

    private void change(Grid grid) {
        this.grid = grid;
        if (-grid.exponent() != decimals || grid.mantissa() != mantissa) {
            decimals = -grid.exponent();
            mantissa = grid.mantissa();
            forget();
        }
    }

    /** Steps read last. */
    long value() {
        return value;
    }

    /**
     * Reads a decimal, 0 or more.
     *
     * @param p behind the opening quote.
     * @return at the closing quote, or nowhere.
     */
    int read(int p) {
        long word = FrameBuffer.word(bytes, p);
        long text = Swar.values(word);
        long digits = ((text & inFront) | ((text >>> 8) & behind)) << shift;
        boolean isExpected = (((word & fixedMask) ^ fixed) | Swar.aboveNine(digits)) == 0;
        if (isExpected && bytes[p + length] == '"' && (zeroAllowed | (text & 0xFF)) != 0) {
            value = Swar.number(digits);
            return p + length;
        }
        return readOther(p);
    }

    /** Reads a text of another shape and, if it is short, expects its like from now on. */
    private int readOther(int p) {
        long text = Swar.values(FrameBuffer.word(bytes, p));
        int whole = Swar.first(Swar.aboveNine(text));
        if (whole == 0 || whole == 8) {
            return readSlowly(p);
        }
        boolean hasPoint = bytes[p + whole] == '.';
        if (hasPoint != decimals > 0 || decimals > 8) {
            return readSlowly(p);
        }
        int significant = whole + (hasPoint ? 1 + decimals : 0);
        int end = p + significant;
        while (bytes[end] == '0') {
            end++;
        }
        long fraction = Swar.values(FrameBuffer.word(bytes, p + whole + 1)) << (64 - 8 * decimals);
        boolean isDigits = decimals == 0 || Swar.aboveNine(fraction) == 0;
        if (!isDigits || bytes[end] != '"' || (whole > 1 && bytes[p] == '0')) {
            return readSlowly(p);
        }
        if (significant <= MAX_SHAPE_LENGTH && mantissa == 1 && Math.abs(p - lastMiss) < NEAR) {
            learn(whole, significant, end - p);
        }
        lastMiss = p;
        long units = Swar.number(text << (64 - 8 * whole));
        if (decimals > 0) {
            units = units * NumberParser.POW10[decimals] + Swar.number(fraction);
        }
        if (mantissa != 1) {
            if (units % mantissa != 0) {
                return nowhere;
            }
            units /= mantissa;
        }
        value = units;
        return end;
    }

    /** Reads a text that is long, has fewer decimals than the grid, or is wrong. */
    private int readSlowly(int p) {
        if (bytes[p] == '-') {
            return nowhere;
        }
        slowFailure.reset(bytes.length);
        int end = slowNumbers.parse(p);
        if (end < 0 || bytes[end] != '"') {
            return nowhere;
        }
        long units = slowNumbers.scaled(decimals, p);
        if (slowFailure.hasFailed() || units % mantissa != 0) {
            return nowhere;
        }
        value = units / mantissa;
        return end;
    }

    private void learn(int whole, int significant, int newLength) {
        if (newLength > MAX_SHAPE_LENGTH) {
            return;
        }
        length = newLength;
        fixed = 0;
        fixedMask = 0;
        if (decimals > 0) {
            expect(whole, '.');
        }
        for (int i = significant; i < newLength; i++) {
            expect(i, '0');
        }
        inFront = TemplateKeys.mask(whole);
        behind = ~inFront;
        shift = 64 - 8 * (whole + decimals);
        zeroAllowed = whole == 1 ? 1 : 0;
    }

    private void expect(int index, char character) {
        fixed |= (long) character << (8 * index);
        fixedMask |= 0xFFL << (8 * index);
    }

    /** Expects nothing: no text begins with eight zero bytes. */
    private void forget() {
        fixed = 0;
        fixedMask = -1;
    }
}
