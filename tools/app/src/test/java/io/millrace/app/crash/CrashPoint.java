package io.millrace.app.crash;

/**
 * Where a run is ended without warning. Appends, commands and reports that count are those of orders, not of audits, but where
 * it says so. Between {@link #AFTER_HAND_OVER} and {@link #AFTER_SOCKET_WRITE} nothing is left behind anywhere, so the first is
 * also the moment before the socket write.
 */
enum CrashPoint {
    /** A report of an order or fill has come, and is in no journal. */
    BEFORE_INPUT_APPEND,
    /** It is in the input journal, and what it caused has gone nowhere. */
    AFTER_INPUT_APPEND,
    /** A command is decided on, and is in no journal. */
    BEFORE_OUTPUT_APPEND,
    /** It is in the output journal, and the gateway does not have it. */
    AFTER_OUTPUT_APPEND,
    /** The gateway is about to get it. */
    BEFORE_HAND_OVER,
    /** The gateway has it, and has not written a byte of it. */
    AFTER_HAND_OVER,
    /** Its first byte is with the socket, and no event says so. */
    AFTER_SOCKET_WRITE,
    /** That it was sent is an event on the ring. */
    AFTER_SENT,
    /** The venue has taken an order, and the engine is about to hear of it. */
    BEFORE_ACKNOWLEDGED,
    /** The engine has heard of it, and a fill may be under way. */
    AFTER_ACKNOWLEDGED,
    /** A fill is about to be told. */
    BEFORE_FILL,
    /** A fill was told, and the stop is not placed yet. */
    AFTER_FILL,
    /** A stop is about to be placed. */
    BEFORE_STOP_SENT,
    /** The venue has taken a stop. */
    AFTER_STOP_ACKNOWLEDGED,
    /** An order was cancelled or has ended. */
    AFTER_END,
    /** A snapshot was asked for: books are being synchronised. */
    DURING_RESYNC,
    /** The venue's answer to an audit is half way in. */
    DURING_RECONCILIATION,
    /** An audit has come to its end. */
    AFTER_RECONCILIATION,
    /** The round's result is about to be journaled. */
    BEFORE_RECONCILED,
    /** The journal's next segment is due. */
    BEFORE_ROLL,
    /** Inputs go on in their next segment, which is empty; outputs do not yet. */
    AFTER_INPUT_ROLL,
    /** Both go on in their next segments. */
    AFTER_OUTPUT_ROLL,
    /** Records are in the new segments. */
    IN_NEW_SEGMENT;

    private static final int BOOKS = 4;
    private static final int MOST = 6;

    /** Returns at which occurrence a run may be ended at most: where it surely comes by so often. */
    int occurrences() {
        return switch (this) {
            case BEFORE_ROLL, AFTER_INPUT_ROLL, AFTER_OUTPUT_ROLL -> 1;
            case DURING_RESYNC -> BOOKS;
            default -> MOST;
        };
    }

    /** Returns whether it is passed when the minute ends. */
    boolean isRoll() {
        return switch (this) {
            case BEFORE_ROLL, AFTER_INPUT_ROLL, AFTER_OUTPUT_ROLL, IN_NEW_SEGMENT -> true;
            default -> false;
        };
    }
}
