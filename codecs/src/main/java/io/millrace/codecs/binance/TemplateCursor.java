package io.millrace.codecs.binance;

import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;

/**
 * Reads the pieces that templates are made of. Each method takes a position and returns the position behind the piece; where
 * the piece is not as expected it returns a position {@link FrameBuffer#nowhere()}, where only zeros stand: the next key
 * cannot match there, so a template needs no check of its own after each value. The value stands in {@link #value()}.
 */
final class TemplateCursor {
    private static final long STATUS_KEY = TemplateKeys.word(",\"st\":1");
    private static final long PAIR_KEY = TemplateKeys.word(",\"ps\":\"");
    private static final long KEY7 = TemplateKeys.mask(7);

    private final byte[] bytes;
    private final int nowhere;
    private final SymbolCache symbols;
    private final NumberParser slowNumbers;
    private final DecodeFailure slowFailure = new DecodeFailure();
    private final JsonScanner scanner;
    private long value;

    TemplateCursor(FrameBuffer frame, InstrumentTable instruments) {
        bytes = frame.bytes();
        nowhere = frame.nowhere();
        symbols = new SymbolCache(frame, instruments);
        slowNumbers = new NumberParser(frame, slowFailure);
        scanner = new JsonScanner(frame, slowFailure);
    }

    /** Gets ready for the next frame. */
    void reset(int frameLength) {
        symbols.refresh();
        slowFailure.reset(frameLength);
    }

    /** What was read last. */
    long value() {
        return value;
    }

    /** Instrument of the symbol read last. */
    InstrumentSpec instrument() {
        return symbols.found();
    }

    int nowhere() {
        return nowhere;
    }

    /** Returns whether the bytes at a position are a key of up to eight bytes, {@code mask} says how many. */
    boolean is(int p, long key, long mask) {
        return (FrameBuffer.word(bytes, p) & mask) == key;
    }

    /** Reads a whole number of up to 15 digits, 0 or more. */
    int integer(int p) {
        long high = Swar.values(FrameBuffer.word(bytes, p));
        long highEnd = Swar.aboveNine(high);
        if (highEnd != 0) {
            int count = Swar.first(highEnd);
            if (count == 0 || (bytes[p] == '0' && count > 1)) {
                return nowhere;
            }
            value = Swar.number(high << (64 - 8 * count));
            return p + count;
        }
        long low = Swar.values(FrameBuffer.word(bytes, p + 8));
        long lowEnd = Swar.aboveNine(low);
        if (lowEnd == 0 || bytes[p] == '0') {
            return longInteger(p);
        }
        int count = Swar.first(lowEnd);
        // Two shifts, because a shift by 64 is none.
        value = Swar.number(high) * NumberParser.POW10[count] + Swar.number((low << 8) << (56 - 8 * count));
        return p + 8 + count;
    }

    private int longInteger(int p) {
        int end = slowNumbers.parse(p);
        if (end < 0 || slowNumbers.scale() != 0) {
            return nowhere;
        }
        value = slowNumbers.mantissa();
        return end;
    }

    /**
     * Reads a decimal, 0 or more, as steps of {@code mantissa} x 10^-{@code decimals}.
     *
     * @param p behind the opening quote.
     * @return at the closing quote.
     */
    int decimal(int p, int decimals, long mantissa) {
        long text = Swar.values(FrameBuffer.word(bytes, p));
        int whole = Swar.first(Swar.aboveNine(text));
        int end = p + whole;
        if (bytes[end] == '.') {
            end += 1 + decimals;
        }
        if (whole == 0 || whole == 8 || (bytes[p] == '0' && whole > 1) || bytes[end - 1] == '.') {
            return otherDecimal(p, decimals, mantissa);
        }
        long digits;
        long units;
        if (whole + decimals < 8) {
            long inFront = (1L << (8 * whole)) - 1;
            digits = ((text & inFront) | ((text >>> 8) & ~inFront)) << (64 - 8 * (whole + decimals));
            units = Swar.number(digits);
        } else if (decimals <= 8) {
            digits = Swar.values(FrameBuffer.word(bytes, p + whole + 1)) << (64 - 8 * decimals);
            units = Swar.number(text << (64 - 8 * whole)) * NumberParser.POW10[decimals] + Swar.number(digits);
        } else {
            return otherDecimal(p, decimals, mantissa);
        }
        while (bytes[end] == '0') {
            end++;
        }
        if (Swar.aboveNine(digits) != 0 || bytes[end] != '"' || mantissa != 1) {
            return otherDecimal(p, decimals, mantissa);
        }
        value = units;
        return end;
    }

    /** The same for texts of unusual shape: no point, long, fewer decimals than the grid; and for grids like 0.05. */
    private int otherDecimal(int p, int decimals, long mantissa) {
        if (bytes[p] == '-') {
            return nowhere;
        }
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

    /**
     * Reads the symbol of a known instrument.
     *
     * @param p behind the opening quote.
     * @return behind the closing quote.
     */
    int symbol(int p) {
        int length = symbols.find(p);
        return length == 0 ? nowhere : p + length + 1;
    }

    /** Reads the optional pair and product fields that follow a symbol since 2026; any product but ours is a miss. */
    int product(int p) {
        int at = p;
        if (is(at, PAIR_KEY, KEY7)) {
            at = text(at + 7);
        }
        if (is(at, STATUS_KEY, KEY7)) {
            at += 7;
        }
        return at;
    }

    /**
     * Skips a string.
     *
     * @param start behind the opening quote.
     * @return behind the closing quote.
     */
    int text(int start) {
        int p = start;
        long ends = Swar.notPlain(FrameBuffer.word(bytes, p));
        while (ends == 0) {
            p += 8;
            ends = Swar.notPlain(FrameBuffer.word(bytes, p));
        }
        p += Swar.first(ends);
        if (bytes[p] == '"') {
            return p + 1;
        }
        p = scanner.skipString(p);
        return p < 0 ? nowhere : p;
    }
}
