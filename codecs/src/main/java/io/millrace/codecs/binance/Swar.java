package io.millrace.codecs.binance;

/**
 * Arithmetic on eight text bytes held in one long, the first byte lowest. A mask result has the high bit of a byte set where
 * something was found; only the <em>first</em> find is exact, bits above it may be false.
 */
final class Swar {
    private static final long ONES = 0x0101010101010101L;
    static final long HIGHS = 0x8080808080808080L;
    private static final long ZERO_DIGITS = '0' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;
    /** Lifts everything above 9 over the high bit. */
    private static final long ABOVE_NINE = (0x80 - 10) * ONES;

    /** One product adds each part of a number to the part behind it, times ten, hundred, ten thousand. */
    private static final long PAIR = (10L << 8) | 1;

    private static final long QUAD = (100L << 16) | 1;
    private static final long EIGHT = (10_000L << 32) | 1;

    private Swar() {}

    /** Turns digits into their values; what was no digit becomes something above 9. */
    static long values(long word) {
        return word ^ ZERO_DIGITS;
    }

    /** Finds values above 9. */
    static long aboveNine(long values) {
        return ((values + ABOVE_NINE) | values) & HIGHS;
    }

    /** Finds what ends a plain ASCII string or makes it not plain: quote, backslash, control byte, byte above 0x7F. */
    static long notPlain(long word) {
        return (zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | (word - SPACES) | word) & HIGHS;
    }

    private static long zeroBytes(long word) {
        return (word - ONES) & ~word;
    }

    /** Returns the index of the first find, 8 if there is none. */
    static int first(long mask) {
        return Long.numberOfTrailingZeros(mask) >>> 3;
    }

    /** Reads eight digit values as a number; zero bytes in front are leading zeros. */
    static long number(long values) {
        long pairs = ((values * PAIR) >>> 8) & 0x00FF00FF00FF00FFL;
        long quads = ((pairs * QUAD) >>> 16) & 0x0000FFFF0000FFFFL;
        return (quads * EIGHT) >>> 32;
    }
}
