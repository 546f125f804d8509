package io.millrace.engine.orders;

/** Words of an order in the store, by their place in its record. Times are engine time in nanoseconds, 0 for none. */
final class OrderFields {
    /** Name of the order, 0 while the slot is free. */
    static final int KEY = 0;
    /** Code of {@link OrderState}. */
    static final int STATE = 1;
    /** Bits: {@link #ALGO} and others. */
    static final int FLAGS = 2;

    static final int INSTRUMENT = 3;
    /** Value of Side. */
    static final int SIDE = 4;
    /** Value of OrderType. */
    static final int TYPE = 5;
    /** Value of TimeInForce. */
    static final int TIME_IN_FORCE = 6;

    static final int PRICE_TICKS = 7;
    static final int TRIGGER_TICKS = 8;
    static final int QTY_LOTS = 9;
    /** Price by which a market order's notional is judged. */
    static final int REF_TICKS = 10;
    /** The venue's id of the ordinary order, or of the child of a conditional one. */
    static final int VENUE_ORDER_ID = 11;
    /** The venue's id of the conditional order. */
    static final int VENUE_ALGO_ID = 12;
    /** Sum of the fills that came, each once. */
    static final int FILLED_LOTS = 13;
    /** The most that the venue said is filled. */
    static final int TOLD_LOTS = 14;
    /** Sum of ticks times lots over the fills, 128 bits. */
    static final int COST_HIGH = 15;

    static final int COST_LOW = 16;
    /** Fees in {@link #FEE_ASSET} at 1e-8. */
    static final int FEE_E8 = 17;

    static final int FEE_ASSET = 18;
    static final int REALIZED_E8 = 19;
    static final int PLACE_COMMAND = 20;
    static final int CANCEL_COMMAND = 21;
    static final int AMEND_COMMAND = 22;
    static final int QUERY_COMMAND = 23;
    static final int DECIDED_NS = 24;
    /** Engine time of the last news from the venue. */
    static final int NEWS_NS = 25;
    /** The venue's own time of the last news. */
    static final int NEWS_MS = 26;
    /** Answer to a command is overdue then. */
    static final int ANSWER_AT = 27;
    /** The place command is given out again then. */
    static final int RETRY_AT = 28;
    /** The order is queried then. */
    static final int QUERY_AT = 29;
    /** The cancel is given out then. */
    static final int CANCEL_AT = 30;
    /** Fills that the venue spoke of are missed then. */
    static final int FILLS_AT = 31;
    /** What the entry opened is closed then. */
    static final int EXIT_AT = 32;
    /** The slot is free again then, or a moment later. */
    static final int RECYCLE_AT = 33;
    /** The earliest of the above, the last of them rounded up. */
    static final int DUE_NS = 34;

    static final int PLACE_ATTEMPTS = 35;
    static final int CANCEL_ATTEMPTS = 36;
    static final int QUERY_ATTEMPTS = 37;
    /** "No such order" is believed from this time on. */
    static final int NOT_FOUND_FROM_NS = 38;

    static final int NOT_FOUND_COUNT = 39;
    /** An entry: distance of its stops. */
    static final int STOP_TICKS = 40;
    /** An entry: time from last fill to exit. */
    static final int EXIT_AFTER_NS = 41;
    /** Round of the audit that showed it last. */
    static final int SEEN_ROUND = 42;
    /** Place in the list of taken slots. */
    static final int PLACE = 43;
    /** Last error code of the venue. */
    static final int VENUE_CODE = 44;

    static final int AMEND_TICKS = 45;
    static final int AMEND_LOTS = 46;
    static final int FILL_CHECKS = 47;
    /** Words of a record. */
    static final int COUNT = 48;

    /** A conditional order. */
    static final int ALGO = 1;
    /** Only reduces a position. */
    static final int REDUCE_ONLY = 1 << 1;
    /** It is to be cancelled, whatever becomes of single attempts. */
    static final int CANCEL_WANTED = 1 << 2;
    /** A conditional order's child is linked. */
    static final int CHILD_LINKED = 1 << 3;
    /** Fees came in more than one asset: the sum is of the first. */
    static final int MIXED_FEES = 1 << 4;
    /** Closes whatever the position is; quantity 0. */
    static final int CLOSE_POSITION = 1 << 5;

    private OrderFields() {}
}
