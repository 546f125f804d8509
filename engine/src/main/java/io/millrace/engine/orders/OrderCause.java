package io.millrace.engine.orders;

/** What can move an order to another state. The code is journaled: add at the end only. */
public enum OrderCause {
    /** The engine decided on it. */
    DECIDED(0),
    /** The command's first byte is with the socket. */
    SENT(1),
    /** The command never left and will not be tried again. */
    UNSENT(2),
    /** The command came to nothing for certain, or never left, and is given out once more. */
    RETRIED(3),
    /** The venue refused it. */
    REFUSED(4),
    /** The answer did not come, or said nothing: a time-out, a lost connection, an error that leaves it open. */
    LOST(5),
    /** The answer says that the venue has it. */
    ANSWERED(6),
    /** Stream, query or audit say that it is open and unfilled. */
    OPEN(7),
    /** It is open and filled in part, or a fill of it came. */
    PART(8),
    /** It is filled in whole. */
    WHOLE(9),
    /** The venue says that it is cancelled. */
    CANCELLED(10),
    /** The venue says that it is expired. */
    EXPIRED(11),
    /** The venue says that it is rejected: only conditional orders are, when they trigger. */
    REJECTED(12),
    /** The condition is met. */
    TRIGGERING(13),
    /** The child order is there. */
    TRIGGERED(14),
    /** Asked again and again beyond the grace of time, the venue knows no such order. */
    NOT_FOUND(15),
    /** An audit showed an order that bears our name and that the journal does not know. */
    ADOPTED(16);

    private static final OrderCause[] ALL = values();

    private final int code;

    OrderCause(int code) {
        this.code = code;
    }

    /** Returns the number that is journaled and hashed. */
    public int code() {
        return code;
    }

    /** Returns the cause with a code. */
    public static OrderCause of(int code) {
        return ALL[code];
    }

    /** Returns the number of causes. */
    static int count() {
        return ALL.length;
    }
}
