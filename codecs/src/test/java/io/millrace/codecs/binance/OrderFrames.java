package io.millrace.codecs.binance;

import java.util.List;

/** What the venue tells of orders and of the account, as its documentation shows it. */
final class OrderFrames {
    static final String OURS = "m0sqn69d-12-3E-417";

    static final String ORDER =
            "{\"e\":\"ORDER_TRADE_UPDATE\",\"E\":1795262401006,\"T\":1795262401003,\"o\":{\"s\":\"BTCUSDT\","
                    + "\"c\":\"" + OURS
                    + "\",\"S\":\"BUY\",\"o\":\"LIMIT\",\"f\":\"GTX\",\"q\":\"0.050\",\"p\":\"91200.00\","
                    + "\"ap\":\"91200.015\",\"sp\":\"0\",\"x\":\"TRADE\",\"X\":\"PARTIALLY_FILLED\",\"i\":900711223344,\"l\":\"0.020\","
                    + "\"z\":\"0.030\",\"L\":\"91200.10\",\"N\":\"USDT\",\"n\":\"0.36480000\",\"T\":1795262401003,\"t\":7020114002,"
                    + "\"b\":\"2736.00\",\"a\":\"0\",\"m\":true,\"R\":false,\"wt\":\"CONTRACT_PRICE\",\"ot\":\"LIMIT\",\"ps\":\"BOTH\","
                    + "\"cp\":false,\"pP\":false,\"si\":0,\"ss\":0,\"rp\":\"-1.5\",\"V\":\"EXPIRE_MAKER\",\"pm\":\"NONE\",\"gtd\":0,"
                    + "\"er\":\"0\"}}";
    static final String LITE =
            "{\"e\":\"TRADE_LITE\",\"E\":1795262401004,\"T\":1795262401003,\"s\":\"BTCUSDT\",\"q\":\"0.050\","
                    + "\"p\":\"91200.00\",\"m\":true,\"c\":\"web_1\",\"S\":\"SELL\",\"L\":\"91200.10\",\"l\":\"0.020\",\"t\":7020114002,"
                    + "\"i\":900711223344}";
    static final String ACCOUNT =
            "{\"e\":\"ACCOUNT_UPDATE\",\"E\":1795262401007,\"T\":1795262401003,\"a\":{\"m\":\"ORDER\","
                    + "\"B\":[{\"a\":\"USDT\",\"wb\":\"10411.88213400\",\"cw\":\"10411.88213400\",\"bc\":\"0\"}],"
                    + "\"P\":[{\"s\":\"BTCUSDT\",\"pa\":\"-0.020\",\"ep\":\"91200.12\",\"bep\":\"91218.24\",\"cr\":\"311.42000000\","
                    + "\"up\":\"-0.97460000\",\"mt\":\"isolated\",\"iw\":\"12.5\",\"ps\":\"BOTH\"},"
                    + "{\"s\":\"NOBODYUSDT\",\"pa\":\"1.123456\",\"ep\":\"1\",\"cr\":\"0\",\"up\":\"0\",\"mt\":\"cross\",\"iw\":\"0\","
                    + "\"ps\":\"BOTH\"}]}}";
    static final String ALGO = "{\"e\":\"ALGO_UPDATE\",\"T\":1795262999001,\"E\":1795262999004,\"o\":{\"caid\":\""
            + "m0sqn69d-12-3S-91\",\"aid\":3000000451,\"at\":\"CONDITIONAL\",\"o\":\"STOP_MARKET\",\"s\":\"BTCUSDT\","
            + "\"S\":\"SELL\",\"ps\":\"BOTH\",\"f\":\"GTC\",\"q\":\"0.050\",\"X\":\"TRIGGERED\",\"ai\":\"900711229001\","
            + "\"ap\":\"0.00000\",\"aq\":\"0.00000\",\"act\":\"MARKET\",\"tp\":\"90400.00\",\"p\":\"0\",\"V\":\"EXPIRE_MAKER\","
            + "\"wt\":\"MARK_PRICE\",\"pm\":\"NONE\",\"cp\":false,\"pP\":false,\"R\":true,\"tt\":1795262998990,\"gtd\":0,"
            + "\"rm\":\"Margin is insufficient.\",\"ia\":false}}";
    static final String LEVERAGE =
            "{\"e\":\"ACCOUNT_CONFIG_UPDATE\",\"E\":5,\"T\":4,\"ac\":{\"s\":\"BTCUSDT\",\"l\":20}}";
    static final String MULTI_ASSETS = "{\"e\":\"ACCOUNT_CONFIG_UPDATE\",\"E\":5,\"T\":4,\"ai\":{\"j\":true}}";
    static final String MARGIN_CALL =
            "{\"e\":\"MARGIN_CALL\",\"E\":5,\"cw\":\"312.1\",\"p\":[{\"s\":\"BTCUSDT\",\"ps\":\"BOTH\","
                    + "\"pa\":\"0.9\",\"mt\":\"CROSSED\",\"iw\":\"0\",\"mp\":\"90011.2\",\"up\":\"-411.0\",\"mm\":\"380.2\"}]}";
    static final String KEY_EXPIRED = "{\"e\":\"listenKeyExpired\",\"E\":1795266000000,\"listenKey\":\"abc\"}";

    static final String ANSWERED =
            "{\"orderId\":900711223345,\"symbol\":\"BTCUSDT\",\"status\":\"NEW\",\"clientOrderId\":\""
                    + OURS
                    + "\",\"price\":\"91200.00\",\"origQty\":\"0.050\",\"executedQty\":\"0.010\",\"cumQty\":\"0.010\","
                    + "\"timeInForce\":\"GTC\",\"type\":\"LIMIT\",\"reduceOnly\":true,\"closePosition\":false,\"side\":\"BUY\","
                    + "\"positionSide\":\"BOTH\",\"stopPrice\":\"0\",\"workingType\":\"CONTRACT_PRICE\",\"priceProtect\":false,"
                    + "\"origType\":\"STOP\",\"priceMatch\":\"NONE\",\"selfTradePreventionMode\":\"EXPIRE_MAKER\",\"goodTillDate\":0,"
                    + "\"updateTime\":1795262400503}";
    static final String ANSWERED_ALGO =
            "{\"algoId\":3000000451,\"clientAlgoId\":\"e1-sl-0091\",\"algoType\":\"CONDITIONAL\","
                    + "\"orderType\":\"STOP_MARKET\",\"symbol\":\"BTCUSDT\",\"side\":\"SELL\",\"positionSide\":\"BOTH\","
                    + "\"timeInForce\":\"GTC\",\"quantity\":\"0.050\",\"algoStatus\":\"NEW\",\"triggerPrice\":\"90400.00\",\"price\":\"0\","
                    + "\"icebergQuantity\":null,\"workingType\":\"MARK_PRICE\",\"closePosition\":false,\"reduceOnly\":true,"
                    + "\"activatePrice\":\"\",\"callbackRate\":\"\",\"createTime\":1795262402000,\"updateTime\":1795262402001,"
                    + "\"triggerTime\":0,\"goodTillDate\":0,\"actualOrderId\":\"\",\"actualPrice\":\"\",\"actualQty\":\"\"}";
    static final String ALGO_CANCELLED =
            "{\"algoId\":3000000451,\"clientAlgoId\":\"m0sqn69d-12-3S-91\",\"code\":\"200\",\"msg\":\"success\"}";
    static final String LIMITS =
            "[{\"rateLimitType\":\"ORDERS\",\"interval\":\"SECOND\",\"intervalNum\":10,\"limit\":300,"
                    + "\"count\":4},{\"rateLimitType\":\"ORDERS\",\"interval\":\"MINUTE\",\"intervalNum\":1,\"limit\":1200,\"count\":31},"
                    + "{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\",\"intervalNum\":1,\"limit\":2400,\"count\":12}]";

    private OrderFrames() {}

    static List<String> stream() {
        return List.of(ORDER, LITE, ACCOUNT, ALGO, LEVERAGE, MULTI_ASSETS, MARGIN_CALL, KEY_EXPIRED);
    }

    static String success(String id, String result) {
        return "{\"id\":" + id + ",\"status\":200,\"result\":" + result + ",\"rateLimits\":" + LIMITS + "}";
    }
}
