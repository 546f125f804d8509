package io.millrace.bench.wire;

/** What the venue answers on its WebSocket API: every order has ended without a fill, so that the next can come. */
final class ApiAnswers {
    private static final int NO_SUCH_ORDER = -2011;

    private ApiAnswers() {}

    /** The answer to {@code order.place}: the order has expired. */
    static OrderAnswer ended() {
        return new OrderAnswer("{\"id\":<id>,\"status\":200,\"result\":{\"orderId\":<order>,\"symbol\":\"<symbol>\","
                + "\"status\":\"EXPIRED\",\"clientOrderId\":\"<name>\",\"price\":\"<price>\",\"avgPrice\":\"0.00\","
                + "\"origQty\":\"<quantity>\",\"executedQty\":\"0.000\",\"cumQty\":\"0.000\",\"cumQuote\":\"0.00\","
                + "\"timeInForce\":\"GTC\",\"type\":\"LIMIT\",\"reduceOnly\":false,\"closePosition\":false,"
                + "\"side\":\"<side>\",\"positionSide\":\"BOTH\",\"stopPrice\":\"0.00\","
                + "\"workingType\":\"CONTRACT_PRICE\",\"priceProtect\":false,\"origType\":\"LIMIT\","
                + "\"priceMatch\":\"NONE\",\"selfTradePreventionMode\":\"NONE\",\"goodTillDate\":0,"
                + "\"updateTime\":<now>}}");
    }

    /** What the account's stream tells of the same: the order has expired. */
    static OrderAnswer endedOnStream() {
        return new OrderAnswer("{\"e\":\"ORDER_TRADE_UPDATE\",\"E\":<now>,\"T\":<now>,\"o\":{\"s\":\"<symbol>\","
                + "\"c\":\"<name>\",\"S\":\"<side>\",\"o\":\"LIMIT\",\"f\":\"GTC\",\"q\":\"<quantity>\",\"p\":\"<price>\","
                + "\"ap\":\"0\",\"sp\":\"0\",\"x\":\"EXPIRED\",\"X\":\"EXPIRED\",\"i\":<order>,\"l\":\"0\",\"z\":\"0\","
                + "\"L\":\"0\",\"n\":\"0\",\"N\":\"USDT\",\"T\":<now>,\"t\":0,\"b\":\"0\",\"a\":\"0\",\"m\":false,"
                + "\"R\":false,\"wt\":\"CONTRACT_PRICE\",\"ot\":\"LIMIT\",\"ps\":\"BOTH\",\"cp\":false,\"rp\":\"0\","
                + "\"pP\":false,\"si\":0,\"ss\":0,\"V\":\"NONE\",\"pm\":\"NONE\",\"gtd\":0}}");
    }

    /** Returns the answer to {@code session.logon}. */
    static String loggedOn(String request) {
        return "{\"id\":" + id(request) + ",\"status\":200,\"result\":{\"apiKey\":\"" + text(request, "apiKey")
                + "\",\"authorizedSince\":" + System.currentTimeMillis() + ",\"connectedSince\":"
                + System.currentTimeMillis() + ",\"returnRateLimits\":false,\"serverTime\":"
                + System.currentTimeMillis() + "}}";
    }

    /** Returns the answer to a subscription. */
    static String subscribed(String request) {
        return "{\"result\":null,\"id\":" + id(request) + "}";
    }

    /** Returns the answer to everything else: there is no such order. */
    static String unknown(String request) {
        return "{\"id\":" + id(request) + ",\"status\":400,\"error\":{\"code\":" + NO_SUCH_ORDER
                + ",\"msg\":\"Unknown order sent.\"}}";
    }

    private static String id(String request) {
        int from = request.indexOf("\"id\":") + "\"id\":".length();
        int to = from;
        while (to < request.length() && Character.isDigit(request.charAt(to))) {
            to++;
        }
        return request.substring(from, to);
    }

    private static String text(String request, String key) {
        int at = request.indexOf("\"" + key + "\":\"");
        if (at < 0) {
            return "";
        }
        int from = at + key.length() + 4;
        return request.substring(from, request.indexOf('"', from));
    }
}
