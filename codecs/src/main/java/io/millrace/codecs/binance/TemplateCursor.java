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

    /**
     * Reads a whole number, 0 or more, expecting a certain length.
     *
     * @param p at the first digit.
     * @param expected digits; another count is read as well, after a guess gone wrong.
     */
    int integer(int p, int expected) {
        long high = Swar.values(FrameBuffer.word(bytes, p));
        long low = Swar.values(FrameBuffer.word(bytes, p + 8));
        if (Swar.aboveNine(high) != 0 || bytes[p] == '0') {
            return shortInteger(p, high);
        }
        long lowEnd = Swar.aboveNine(low);
        int count = Swar.first(lowEnd);
        if (count == 8) {
            return longInteger(p);
        }
        // Two shifts, because a shift by 64 is none.
        value = Swar.number(high) * NumberParser.POW10[count] + Swar.number((low << 8) << (56 - 8 * count));
        // The same either way; but the first does not make what follows wait for the count.
        return 8 + count == expected ? p + expected : p + 8 + count;
    }

    private int shortInteger(int p, long digits) {
        int count = Swar.first(Swar.aboveNine(digits));
        if (count == 0 || (bytes[p] == '0' && count > 1)) {
            return nowhere;
        }
        value = Swar.number(digits << (64 - 8 * count));
        return p + count;
    }

    /** Reads a time in epoch milliseconds: 13 digits from 2001 to 2286. */
    int time(int p) {
        return integer(p, 13);
    }

    private int longInteger(int p) {
        int end = slowNumbers.parse(p);
        int digitsEnd = p;
        while (NumberParser.isDigit(bytes[digitsEnd])) {
            digitsEnd++;
        }
        if (end != digitsEnd) {
            return nowhere; // a failure, a sign, or a point, even if only zeros follow it
        }
        value = slowNumbers.mantissa();
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
        if (length == 0) {
            return nowhere;
        }
        return p + length + 1;
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
