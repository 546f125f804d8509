package io.millrace.exchange.market;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON text into a byte array that grows as needed and is used again for the next payload.
 *
 * <p><b>Thread:</b> confined to one thread. <b>Allocation:</b> none once the array is large enough.
 */
public final class JsonWriter {
    private static final int LONGEST_NUMBER = 24;
    private static final byte[] PAIRS = new byte[200];

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[i * 2] = (byte) ('0' + i / 10);
            PAIRS[i * 2 + 1] = (byte) ('0' + i % 10);
        }
    }

    private byte[] bytes;
    private int length;

    /**
     * Makes a writer.
     *
     * @param capacity bytes to begin with.
     */
    public JsonWriter(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Returns text as the bytes that {@link #raw(byte[])} takes. */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Begins a new payload. */
    public JsonWriter clear() {
        length = 0;
        return this;
    }

    /**
     * Appends bytes as they are.
     *
     * @param text to append.
     */
    public JsonWriter raw(byte[] text) {
        ensure(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /**
     * Appends a part of some bytes as they are.
     *
     * @param text holds the part.
     * @param offset of its first byte.
     * @param count bytes to append.
     */
    public JsonWriter raw(byte[] text, int offset, int count) {
        ensure(count);
        System.arraycopy(text, offset, bytes, length, count);
        length += count;
        return this;
    }

    /**
     * Appends ASCII text as it is.
     *
     * @param text to append.
     */
    @SuppressWarnings("deprecation") // the one copy of a String's bytes that allocates nothing; the text is ASCII
    public JsonWriter raw(String text) {
        int count = text.length();
        ensure(count);
        text.getBytes(0, count, bytes, length);
        length += count;
        return this;
    }

    /**
     * Appends one byte.
     *
     * @param character ASCII.
     */
    public JsonWriter raw(char character) {
        ensure(1);
        bytes[length++] = (byte) character;
        return this;
    }

    /**
     * Appends text as a JSON string, in quotes and with escapes where they are needed.
     *
     * @param text any.
     */
    public JsonWriter quoted(String text) {
        raw('"');
        boolean isPlain = true;
        for (int i = 0; i < text.length() && isPlain; i++) {
            char c = text.charAt(i);
            isPlain = c >= ' ' && c < 0x7F && c != '"' && c != '\\';
        }
        return (isPlain ? raw(text) : raw(ascii(escaped(text)))).raw('"');
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /**
     * Appends an integer.
     *
     * @param value above {@link Long#MIN_VALUE}.
     */
    public JsonWriter number(long value) {
        return decimal(value, 0);
    }

    /**
     * Appends a decimal with a fixed number of decimals.
     *
     * @param unscaled value without its point, above {@link Long#MIN_VALUE}.
     * @param decimals digits after the point, 0 to 18.
     */
    public JsonWriter decimal(long unscaled, int decimals) {
        ensure(LONGEST_NUMBER);
        long value = unscaled;
        if (value < 0) {
            bytes[length++] = '-';
            value = -value;
        }
        int digits = Math.max(digits(value), decimals + 1);
        int end = length + digits + (decimals > 0 ? 1 : 0);
        int at = end;
        int left = decimals;
        while (left >= 2) {
            at = pair(at, (int) (value % 100));
            value /= 100;
            left -= 2;
        }
        if (left == 1) {
            bytes[--at] = (byte) ('0' + value % 10);
            value /= 10;
        }
        if (decimals > 0) {
            bytes[--at] = '.';
        }
        while (at - length >= 2) {
            at = pair(at, (int) (value % 100));
            value /= 100;
        }
        if (at > length) {
            bytes[--at] = (byte) ('0' + value % 10);
        }
        length = end;
        return this;
    }

    /** Returns a copy of the payload. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Returns the array that holds the payload from index 0; changes when it grows. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the payload's length in bytes. */
    public int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private int pair(int end, int value) {
        bytes[end - 1] = PAIRS[value * 2 + 1];
        bytes[end - 2] = PAIRS[value * 2];
        return end - 2;
    }

    private static int digits(long value) {
        int digits = 1;
        long bound = 10;
        while (digits < 19 && value >= bound) {
            digits++;
            bound *= 10;
        }
        return digits;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
