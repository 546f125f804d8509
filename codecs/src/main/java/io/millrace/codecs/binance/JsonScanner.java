package io.millrace.codecs.binance;

import io.millrace.codecs.event.DecodeReason;

/**
 * Walks JSON text byte by byte and checks all of its grammar. Methods take a position and return the position behind what
 * they read, or -1 after noting a {@link DecodeFailure}.
 */
final class JsonScanner {
    /** Objects and arrays may be nested this deep. */
    static final int MAX_DEPTH = 32;

    private final byte[] bytes;
    private final DecodeFailure failure;

    JsonScanner(FrameBuffer frame, DecodeFailure failure) {
        this.bytes = frame.bytes();
        this.failure = failure;
    }

    int skipSpace(int position) {
        int p = position;
        while (bytes[p] == ' ' || bytes[p] == '\n' || bytes[p] == '\r' || bytes[p] == '\t') {
            p++;
        }
        return p;
    }

    /** Skips any value that begins at the position. */
    int skipValue(int p, int depth) {
        return switch (bytes[p]) {
            case '"' -> skipString(p + 1);
            case '{' -> scanObject(p, depth, null);
            case '[' -> skipArray(p, depth);
            case 't' -> skipWord(p, TemplateKeys.TRUE, 4);
            case 'f' -> skipWord(p, TemplateKeys.FALSE, 5);
            case 'n' -> skipWord(p, TemplateKeys.NULL, 4);
            default -> skipNumber(p);
        };
    }

    private int skipWord(int p, long word, int length) {
        int read = 0;
        while (read < length && bytes[p + read] == (byte) (word >>> (8 * read))) {
            read++;
        }
        return read == length ? p + length : failure.fail(DecodeReason.SYNTAX, p + read);
    }

    /**
     * Reads an object and notes where its known members stand.
     *
     * @param p at the opening brace.
     * @param depth of the object, 1 at the top.
     * @param fields where to note members, or null to skip them.
     */
    int scanObject(int p, int depth, FieldTable fields) {
        if (depth > MAX_DEPTH) {
            return failure.fail(DecodeReason.TOO_DEEP, p);
        }
        int at = skipSpace(p + 1);
        if (bytes[at] == '}') {
            return at + 1;
        }
        while (true) {
            at = scanMember(at, depth, fields);
            if (at < 0) {
                return at;
            }
            at = skipSpace(at);
            if (bytes[at] == '}') {
                return at + 1;
            }
            if (bytes[at] != ',') {
                return failure.fail(DecodeReason.SYNTAX, at);
            }
            at = skipSpace(at + 1);
        }
    }

    private int scanMember(int p, int depth, FieldTable fields) {
        if (bytes[p] != '"') {
            return failure.fail(DecodeReason.SYNTAX, p);
        }
        int keyStart = p + 1;
        int at = skipString(keyStart);
        if (at < 0) {
            return at;
        }
        int keyEnd = at - 1;
        int slot = FieldTable.NO_SLOT;
        if (fields != null) {
            // An escaped key could be a known one in disguise.
            int escape = findEscape(keyStart, keyEnd);
            if (escape >= 0) {
                return failure.fail(DecodeReason.BAD_ESCAPE, escape);
            }
            slot = fields.slotOf(bytes, keyStart, keyEnd);
        }
        at = skipSpace(at);
        if (bytes[at] != ':') {
            return failure.fail(DecodeReason.SYNTAX, at);
        }
        at = skipSpace(at + 1);
        if (slot != FieldTable.NO_SLOT) {
            fields.put(slot, at, keyStart);
        }
        return skipValue(at, depth + 1);
    }

    /** Returns the position of the first backslash, or -1. */
    int findEscape(int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\\') {
                return i;
            }
        }
        return -1;
    }

    private int skipArray(int p, int depth) {
        if (depth > MAX_DEPTH) {
            return failure.fail(DecodeReason.TOO_DEEP, p);
        }
        int at = skipSpace(p + 1);
        if (bytes[at] == ']') {
            return at + 1;
        }
        while (true) {
            at = skipValue(at, depth + 1);
            if (at < 0) {
                return at;
            }
            at = skipSpace(at);
            if (bytes[at] == ']') {
                return at + 1;
            }
            if (bytes[at] != ',') {
                return failure.fail(DecodeReason.SYNTAX, at);
            }
            at = skipSpace(at + 1);
        }
    }

    /**
     * Skips a string.
     *
     * @param start behind the opening quote.
     * @return behind the closing quote.
     */
    int skipString(int start) {
        int p = start;
        while (p >= 0) {
            int c = bytes[p];
            if (c == '"') {
                return p + 1;
            }
            if (c == '\\') {
                p = skipEscape(p);
            } else if (c >= ' ') {
                p++;
            } else if (c < 0) {
                p = skipUtf8(p);
            } else {
                return failure.fail(DecodeReason.SYNTAX, p);
            }
        }
        return p;
    }

    private int skipEscape(int p) {
        int kind = bytes[p + 1];
        if (kind == 'u') {
            for (int i = 2; i < 6; i++) {
                if (Character.digit(bytes[p + i], 16) < 0) {
                    return failure.fail(DecodeReason.BAD_ESCAPE, p + i);
                }
            }
            return p + 6;
        }
        boolean isKnown = kind == '"'
                || kind == '\\'
                || kind == '/'
                || kind == 'b'
                || kind == 'f'
                || kind == 'n'
                || kind == 'r'
                || kind == 't';
        return isKnown ? p + 2 : failure.fail(DecodeReason.BAD_ESCAPE, p + 1);
    }

    /** Skips one character of two to four bytes; overlong forms, surrogates and what is beyond U+10FFFF are refused. */
    private int skipUtf8(int p) {
        int lead = bytes[p] & 0xFF;
        int second = bytes[p + 1] & 0xFF;
        int length;
        int low = 0x80;
        int high = 0xBF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            length = 2;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            length = 3;
            low = lead == 0xE0 ? 0xA0 : low;
            high = lead == 0xED ? 0x9F : high;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            length = 4;
            low = lead == 0xF0 ? 0x90 : low;
            high = lead == 0xF4 ? 0x8F : high;
        } else {
            return failure.fail(DecodeReason.SYNTAX, p);
        }
        if (second < low || second > high) {
            return failure.fail(DecodeReason.SYNTAX, p + 1);
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[p + i] & 0xC0) != 0x80) {
                return failure.fail(DecodeReason.SYNTAX, p + i);
            }
        }
        return p + length;
    }

    private int skipNumber(int start) {
        int p = bytes[start] == '-' ? start + 1 : start;
        int digits = p;
        p = skipDigits(p);
        if (p == digits) {
            return failure.fail(DecodeReason.SYNTAX, p);
        }
        if (bytes[digits] == '0' && p > digits + 1) {
            return failure.fail(DecodeReason.BAD_NUMBER, digits);
        }
        if (bytes[p] == '.') {
            int fraction = p + 1;
            p = skipDigits(fraction);
            if (p == fraction) {
                return failure.fail(DecodeReason.BAD_NUMBER, p);
            }
        }
        if (bytes[p] == 'e' || bytes[p] == 'E') {
            int exponent = bytes[p + 1] == '+' || bytes[p + 1] == '-' ? p + 2 : p + 1;
            p = skipDigits(exponent);
            if (p == exponent) {
                return failure.fail(DecodeReason.BAD_NUMBER, p);
            }
        }
        return p;
    }

    private int skipDigits(int start) {
        int p = start;
        while (bytes[p] >= '0' && bytes[p] <= '9') {
            p++;
        }
        return p;
    }
}
