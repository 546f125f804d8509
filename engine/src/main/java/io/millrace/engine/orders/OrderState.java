package io.millrace.engine.orders;

/**
 * What the engine knows of an order. The code is journaled and hashed: add at the end only.
 *
 * <p>A conditional order uses the same states: WORKING while it waits for its trigger, TRIGGERING and TRIGGERED behind it, and
 * then what its child order, the ordinary order that it became, is.
 */
public enum OrderState {
    /** There is no such order. */
    NONE(0),
    /** Decided on; the command may be anywhere on its way out. */
    INTENT(1),
    /** The first byte is with the socket. */
    SENT(2),
    /** The venue's answer took it. */
    ACKNOWLEDGED(3),
    /** The private stream, a query or an audit showed it open. */
    WORKING(4),
    /** Open and filled in part. */
    PARTIALLY_FILLED(5),
    /** The condition of a conditional order is met; there is no child yet. */
    TRIGGERING(6),
    /** A conditional order became an ordinary one. */
    TRIGGERED(7),
    /** Nobody knows whether the venue has it: it is being found out. */
    UNKNOWN(8),
    /** Filled in whole. */
    FILLED(9),
    /** Cancelled, by whomever. */
    CANCELLED(10),
    /** The venue ended it: time in force, self-trade prevention, its own rules. */
    EXPIRED(11),
    /** The venue never took it. */
    REJECTED(12),
    /** It never left. */
    UNSENT(13);

    private static final OrderState[] ALL = values();

    private final int code;

    OrderState(int code) {
        this.code = code;
    }

    /** Returns the number that is journaled and hashed. */
    public int code() {
        return code;
    }

    /** Returns the state with a code. */
    public static OrderState of(long code) {
        return ALL[(int) code];
    }

    /** Returns whether nothing more can happen to it. */
    public boolean isEnd() {
        return code >= FILLED.code;
    }

    /** Returns whether the venue has it in its books, as far as the engine knows. */
    public boolean isOpen() {
        return code >= ACKNOWLEDGED.code && code <= TRIGGERED.code;
    }

    /** Returns whether it may still come to be open or be filled. */
    public boolean isLive() {
        return this != NONE && !isEnd();
    }
}
