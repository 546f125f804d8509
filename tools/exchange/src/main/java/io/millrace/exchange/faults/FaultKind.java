package io.millrace.exchange.faults;

/** What can go wrong. {@code amount} is the fault's own parameter. */
public enum FaultKind {
    /** A frame is not sent. */
    DROP(Target.FRAME),
    /** A frame of a diff stream is not sent, so that the next one's {@code pu} does not match. */
    GAP(Target.FRAME),
    /** A frame is sent twice. */
    DUPLICATE(Target.FRAME),
    /** A frame is sent after the next one of its stream. */
    REORDER(Target.FRAME),
    /** Frames are not sent until the fault is cleared, while the connection lives. */
    STALL(Target.FRAME),
    /** A frame's payload is replaced by arbitrary bytes of the same length; {@code amount} 1 keeps them printable. */
    GARBAGE(Target.FRAME),
    /** A decimal in a frame is spoiled: its point becomes a letter. */
    BAD_NUMBER(Target.FRAME),
    /** The connection is reset after a frame: no close frame, no FIN. */
    CUT(Target.FRAME),
    /** The connection is closed in good order after a frame, with {@code amount} as status code or 1001. */
    CLOSE(Target.FRAME),
    /** The connection carries at most {@code amount} bytes a second from a frame on, until the fault is cleared. */
    SLOW(Target.FRAME),
    /** Depth requests are answered with the book as it was when the fault was set. */
    STALE_SNAPSHOT(Target.DEPTH_REQUEST),
    /** Answers to depth requests are made at once but sent {@code amount} milliseconds later. */
    DELAYED_SNAPSHOT(Target.DEPTH_REQUEST),
    /** The body of a depth answer is cut in the middle. */
    TORN_SNAPSHOT(Target.DEPTH_REQUEST),
    /** REST requests are answered with HTTP status {@code amount} (429, 418, 403, 503 …). */
    HTTP_STATUS(Target.REQUEST),
    /** New connections are reset as soon as they are made; {@code amount} 0: streams, 1: REST, 2: both. */
    REFUSE(Target.CONNECTION);

    /** What a kind of fault happens to. */
    public enum Target {
        /** A frame of a stream on a connection. */
        FRAME,
        /** A REST request for depth. */
        DEPTH_REQUEST,
        /** Any REST request. */
        REQUEST,
        /** A new connection. */
        CONNECTION
    }

    private final Target target;

    FaultKind(Target target) {
        this.target = target;
    }

    /** Returns what the fault happens to. */
    public Target target() {
        return target;
    }

    /** Says whether the fault goes on until it is cleared unless a count is given. */
    boolean isLasting() {
        return this == STALL || this == SLOW;
    }
}
