package io.millrace.bench.wire;

import java.util.Locale;

/** What the venue answers on its WebSocket API: every order has ended without a fill, so that the next can come. */
final class ApiAnswers {
    private static final int NO_SUCH_ORDER = -2011;

    private ApiAnswers() {}

    /** Returns the answer to {@code order.place}: the order has expired. */
    static String ended(String request, long orderId) {
        long nowMs = System.currentTimeMillis();
        return String.format(
                Locale.ROOT,
                "{\"id\":%s,\"status\":200,\"result\":{\"orderId\":%d,\"symbol\":\"%s\",\"status\":\"EXPIRED\","
                        + "\"clientOrderId\":\"%s\",\"price\":\"%s\",\"avgPrice\":\"0.00\",\"origQty\":\"%s\","
                        + "\"executedQty\":\"0.000\",\"cumQty\":\"0.000\",\"cumQuote\":\"0.00\","
                        + "\"timeInForce\":\"GTC\",\"type\":\"LIMIT\",\"reduceOnly\":false,\"closePosition\":false,"
                        + "\"side\":\"%s\",\"positionSide\":\"BOTH\",\"stopPrice\":\"0.00\","
                        + "\"workingType\":\"CONTRACT_PRICE\",\"priceProtect\":false,\"origType\":\"LIMIT\","
                        + "\"priceMatch\":\"NONE\",\"selfTradePreventionMode\":\"NONE\",\"goodTillDate\":0,"
                        + "\"updateTime\":%d}}",
                id(request),
                orderId,
                text(request, "symbol"),
                text(request, "newClientOrderId"),
                text(request, "price"),
                text(request, "quantity"),
                text(request, "side"),
                nowMs);
    }

    /** Returns what the account's stream tells of the same: the order has expired. */
    static String endedOnStream(String request, long orderId) {
        long nowMs = System.currentTimeMillis();
        return String.format(
                Locale.ROOT,
                "{\"e\":\"ORDER_TRADE_UPDATE\",\"E\":%d,\"T\":%d,\"o\":{\"s\":\"%s\",\"c\":\"%s\",\"S\":\"%s\","
                        + "\"o\":\"LIMIT\",\"f\":\"GTC\",\"q\":\"%s\",\"p\":\"%s\",\"ap\":\"0\",\"sp\":\"0\",\"x\":\"EXPIRED\","
                        + "\"X\":\"EXPIRED\",\"i\":%d,\"l\":\"0\",\"z\":\"0\",\"L\":\"0\",\"n\":\"0\",\"N\":\"USDT\",\"T\":%d,\"t\":0,"
                        + "\"b\":\"0\",\"a\":\"0\",\"m\":false,\"R\":false,\"wt\":\"CONTRACT_PRICE\",\"ot\":\"LIMIT\","
                        + "\"ps\":\"BOTH\",\"cp\":false,\"rp\":\"0\",\"pP\":false,\"si\":0,\"ss\":0,\"V\":\"NONE\","
                        + "\"pm\":\"NONE\",\"gtd\":0}}",
                nowMs,
                nowMs,
                text(request, "symbol"),
                text(request, "newClientOrderId"),
                text(request, "side"),
                text(request, "quantity"),
                text(request, "price"),
                orderId,
                nowMs);
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
