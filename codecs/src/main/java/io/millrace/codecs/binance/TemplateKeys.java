package io.millrace.codecs.binance;

import java.nio.charset.StandardCharsets;

/**
 * Pieces of frames as words, so that eight key bytes are compared at once. A word holds its first character in the lowest
 * byte; a shorter piece is padded with zeros and compared under {@link #mask(int)}.
 */
final class TemplateKeys {
    static final long TRUE = word("true");
    static final long FALSE = word("false");
    static final long NULL = word("null");

    private TemplateKeys() {}

    /** Returns up to eight characters as a word. */
    static long word(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > Long.BYTES) {
            throw new IllegalArgumentException("piece " + text + " is longer than " + Long.BYTES + " bytes, split it");
        }
        long word = 0;
        for (int i = 0; i < bytes.length; i++) {
            word |= (bytes[i] & 0xFFL) << (8 * i);
        }
        return word;
    }

    /** Returns the mask of a word's first {@code length} bytes, 1 to 8. */
    static long mask(int length) {
        return -1L >>> (8 * (Long.BYTES - length));
    }
}
