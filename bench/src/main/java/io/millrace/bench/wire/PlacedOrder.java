package io.millrace.bench.wire;

import java.nio.charset.StandardCharsets;

/**
 * The fields of an {@code order.place} request, as ranges of its bytes: the sender answers orders between the frames that it has to send
 * in time, on the core that sends them, and what it would spend on strings there the engine would be charged for.
 */
final class PlacedOrder {
    /** The request's id. */
    static final int ID = 0;
    /** Symbol. */
    static final int SYMBOL = 1;
    /** Client order id. */
    static final int NAME = 2;
    /** Limit price. */
    static final int PRICE = 3;
    /** Quantity. */
    static final int QUANTITY = 4;
    /** Side. */
    static final int SIDE = 5;

    private static final byte[] METHOD = ascii("\"order.place\"");
    private static final byte[][] KEYS = {
        ascii("\"id\":"),
        ascii("\"symbol\":\""),
        ascii("\"newClientOrderId\":\""),
        ascii("\"price\":\""),
        ascii("\"quantity\":\""),
        ascii("\"side\":\"")
    };
    private static final int E8 = 8;

    private final int[] from = new int[KEYS.length];
    private final int[] to = new int[KEYS.length];
    private byte[] bytes = {};

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads a request.
     *
     * @param payload of the message; kept until the next call.
     * @param length of it.
     * @return whether it is one that places an order.
     */
    boolean read(byte[] payload, int length) {
        bytes = payload;
        if (find(METHOD, length) < 0) {
            return false;
        }
        for (int key = 0; key < KEYS.length; key++) {
            int at = find(KEYS[key], length);
            from[key] = Math.max(0, at);
            to[key] = from[key];
            while (at >= 0 && to[key] < length && !isEnd(bytes[to[key]])) {
                to[key]++;
            }
        }
        return true;
    }

    private static boolean isEnd(byte b) {
        return b == '"' || b == ',' || b == '}';
    }

    /** Returns where what follows the text begins, -1 if it is not there. */
    private int find(byte[] text, int length) {
        for (int at = 0; at <= length - text.length; at++) {
            int same = 0;
            while (same < text.length && bytes[at + same] == text[same]) {
                same++;
            }
            if (same == text.length) {
                return at + same;
            }
        }
        return -1;
    }

    boolean isBuy() {
        return length(SIDE) > 0 && bytes[from[SIDE]] == 'B';
    }

    /** Returns the price at 1e-8, 0 if there is none. */
    long priceE8() {
        long value = 0;
        int decimals = -1;
        for (int at = from[PRICE]; at < to[PRICE]; at++) {
            if (bytes[at] == '.') {
                decimals = 0;
            } else {
                value = 10 * value + bytes[at] - '0';
                decimals += decimals < 0 ? 0 : 1;
            }
        }
        for (int left = Math.max(0, decimals); left < E8; left++) {
            value *= 10;
        }
        return value;
    }

    /** Returns the array that the ranges are of. */
    byte[] bytes() {
        return bytes;
    }

    int from(int field) {
        return from[field];
    }

    int length(int field) {
        return to[field] - from[field];
    }
}
