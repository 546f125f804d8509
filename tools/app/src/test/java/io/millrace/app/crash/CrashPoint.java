package io.millrace.app.crash;

/** Where a run is ended without warning. */
enum CrashPoint {
    /** An event of the account's has come, and is in no journal. */
    BEFORE_INPUT_APPEND,
    /** It is in the input journal, and what it caused has gone nowhere. */
    AFTER_INPUT_APPEND,
    /** A command is decided on, and is in no journal. */
    BEFORE_OUTPUT_APPEND,
    /** It is in the output journal, and the gateway does not have it. */
    AFTER_OUTPUT_APPEND,
    /** The gateway is about to get it. */
    BEFORE_HAND_OVER,
    /** The gateway has it; whether it is on its way, nobody knows. */
    AFTER_HAND_OVER,
    /** Its first byte has left. */
    AFTER_SENT,
    /** The venue has taken an order, and the engine is about to hear of it. */
    BEFORE_ACKNOWLEDGED,
    /** The engine has heard of it, and a fill may be under way. */
    AFTER_ACKNOWLEDGED,
    /** A fill is about to be told. */
    BEFORE_FILL,
    /** A fill was told, and the stop is not placed yet. */
    AFTER_FILL,
    /** The venue has taken a stop. */
    AFTER_STOP_ACKNOWLEDGED,
    /** An order was cancelled or has ended. */
    AFTER_END,
    /** Books are being synchronised. */
    DURING_RESYNC,
    /** The venue's answer to an audit is half way in. */
    DURING_RECONCILIATION,
    /** An audit has come to its end. */
    AFTER_RECONCILIATION,
    /** The journal goes on in its next segment about now. */
    AROUND_ROLL
}
