package io.millrace.exchange.matching;

/** Client order ids that the venue makes up for orders without one. */
final class ClientIds {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int HALF_LENGTH = 11;
    private static final long SCATTER = 0x9E3779B97F4A7C15L;

    private ClientIds() {}

    /** Returns the id of an order: always the same 22 letters and digits for the same order id, no two alike. */
    static String made(long orderId) {
        StringBuilder id = new StringBuilder(2 * HALF_LENGTH);
        append(id, orderId * SCATTER);
        append(id, orderId);
        return id.toString();
    }

    private static void append(StringBuilder id, long value) {
        long left = value;
        for (int i = 0; i < HALF_LENGTH; i++) {
            id.append(DIGITS.charAt((int) Long.remainderUnsigned(left, DIGITS.length())));
            left = Long.divideUnsigned(left, DIGITS.length());
        }
    }
}
