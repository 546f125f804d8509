package io.millrace.codecs.binance;

/**
 * The members of an order, a conditional order, a balance and a position, which the private stream and the answers call by
 * different names: a slot has one meaning, whatever the name. Names that are used in one of the two only have a slot too,
 * and the other has a key there that no JSON of the venue's has.
 */
final class OrderFields {
    static final int SYMBOL = 0;
    static final int CLIENT_ID = 1;
    static final int SIDE = 2;
    static final int TYPE = 3;
    static final int TIME_IN_FORCE = 4;
    static final int QTY = 5;
    static final int PRICE = 6;
    static final int AVERAGE_PRICE = 7;
    static final int STATUS = 8;
    static final int ORDER_ID = 9;
    static final int FILLED = 10;
    static final int REDUCE_ONLY = 11;
    static final int CLOSE_POSITION = 12;
    static final int ORIGINAL_TYPE = 13;
    static final int WORKING_TYPE = 14;
    static final int UPDATE_TIME = 15;
    // An ordinary order on the stream only.
    static final int EXECUTION = 16;
    static final int LAST_QTY = 17;
    static final int LAST_PRICE = 18;
    static final int FEE_ASSET = 19;
    static final int FEE = 20;
    static final int TRADE_ID = 21;
    static final int MAKER = 22;
    static final int REALIZED = 23;
    static final int EXPIRY_REASON = 24;
    // A conditional order.
    static final int CLIENT_ALGO_ID = 25;
    static final int ALGO_ID = 26;
    static final int CHILD_ID = 27;
    static final int TRIGGER_PRICE = 28;
    static final int REASON = 29;
    static final int ACTIVATED = 30;
    static final int CODE = 31;

    private static final String[] STREAM_ORDER = {
        "s", "c", "S", "o", "f", "q", "p", "ap", "X", "i", "z", "R", "cp", "ot", "wt", "T", "x", "l", "L", "N", "n",
        "t", "m", "rp", "er"
    };
    private static final String[] STREAM_ALGO = {
        "s", " 1", "S", "o", "f", "q", "p", "ap", "X", " 9", "aq", "R", "cp", " 13", "wt", " 15", " 16", " 17", " 18",
        " 19", " 20", " 21", " 22", " 23", " 24", "caid", "aid", "ai", "tp", "rm", "ia"
    };
    private static final String[] ANSWERED_ORDER = {
        "symbol",
        "clientOrderId",
        "side",
        "type",
        "timeInForce",
        "origQty",
        "price",
        "avgPrice",
        "status",
        "orderId",
        "executedQty",
        "reduceOnly",
        "closePosition",
        "origType",
        "workingType",
        "updateTime"
    };
    private static final String[] ANSWERED_ALGO = {
        "symbol",
        " 1",
        "side",
        "orderType",
        "timeInForce",
        "quantity",
        "price",
        "actualPrice",
        "algoStatus",
        " 9",
        "actualQty",
        "reduceOnly",
        "closePosition",
        " 13",
        "workingType",
        "updateTime",
        " 16",
        " 17",
        " 18",
        " 19",
        " 20",
        " 21",
        " 22",
        " 23",
        " 24",
        "clientAlgoId",
        "algoId",
        "actualOrderId",
        "triggerPrice",
        " 29",
        " 30",
        "code"
    };

    private OrderFields() {}

    /** Returns a table of {@code o} of ORDER_TRADE_UPDATE, and of TRADE_LITE. */
    static FieldTable streamOrder() {
        return new KeyTable(STREAM_ORDER);
    }

    /** Returns a table of {@code o} of ALGO_UPDATE. */
    static FieldTable streamAlgo() {
        return new KeyTable(STREAM_ALGO);
    }

    /** Returns a table of an order in an answer. */
    static FieldTable answeredOrder() {
        return new KeyTable(ANSWERED_ORDER);
    }

    /** Returns a table of a conditional order in an answer. */
    static FieldTable answeredAlgo() {
        return new KeyTable(ANSWERED_ALGO);
    }
}
