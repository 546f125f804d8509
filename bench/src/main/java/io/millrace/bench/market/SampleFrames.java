package io.millrace.bench.market;

/** Frames in the venue's present shape for streams that the capture does not hold; the values are made up. */
final class SampleFrames {
    private SampleFrames() {}

    static String[] of(String type) {
        return switch (type) {
            case "aggTrade" ->
                frames(
                        "btcusdt@aggTrade",
                        "{\"e\":\"aggTrade\",\"E\":1795262400130,\"s\":\"BTCUSDT\",\"a\":3104455210,\"p\":\"91250.20\","
                                + "\"q\":\"0.412\",\"nq\":\"0.400\",\"f\":7020114001,\"l\":7020114009,"
                                + "\"T\":1795262400102,\"m\":false,\"st\":1}",
                        "{\"e\":\"aggTrade\",\"E\":1795262400291,\"s\":\"BTCUSDT\",\"a\":3104455211,\"p\":\"91249.90\","
                                + "\"q\":\"12.007\",\"nq\":\"12.007\",\"f\":7020114010,\"l\":7020114044,"
                                + "\"T\":1795262400188,\"m\":true,\"st\":1}");
            case "markPriceUpdate" ->
                frames(
                        "btcusdt@markPrice@1s",
                        "{\"e\":\"markPriceUpdate\",\"E\":1795262400000,\"s\":\"BTCUSDT\",\"p\":\"91248.73000000\","
                                + "\"ap\":\"91247.10000000\",\"i\":\"91261.55000000\",\"P\":\"91259.02000000\","
                                + "\"r\":\"0.00010000\",\"T\":1795276800000,\"st\":1}");
            case "kline" ->
                frames(
                        "btcusdt@kline_1m",
                        "{\"e\":\"kline\",\"E\":1795262400251,\"s\":\"BTCUSDT\",\"k\":{\"t\":1795262400000,"
                                + "\"T\":1795262459999,\"s\":\"BTCUSDT\",\"i\":\"1m\",\"f\":7020113990,"
                                + "\"L\":7020114009,\"o\":\"91249.90\",\"c\":\"91250.20\",\"h\":\"91252.00\","
                                + "\"l\":\"91248.10\",\"v\":\"18.221\",\"n\":20,\"x\":false,\"q\":\"1662640.11\","
                                + "\"V\":\"9.870\",\"Q\":\"900610.02\",\"B\":\"0\"}}");
            case "forceOrder" ->
                frames(
                        "btcusdt@forceOrder",
                        "{\"e\":\"forceOrder\",\"E\":1795262400140,\"o\":{\"s\":\"BTCUSDT\",\"S\":\"SELL\","
                                + "\"o\":\"LIMIT\",\"f\":\"IOC\",\"q\":\"0.140\",\"p\":\"90811.20\","
                                + "\"ap\":\"91012.33\",\"X\":\"FILLED\",\"l\":\"0.020\",\"z\":\"0.140\","
                                + "\"T\":1795262400137},\"ps\":\"BTCUSDT\",\"st\":1}");
            case "24hrTicker" ->
                frames(
                        "btcusdt@ticker",
                        "{\"e\":\"24hrTicker\",\"E\":1795262400300,\"s\":\"BTCUSDT\",\"ps\":\"BTCUSDT\","
                                + "\"p\":\"1250.10\",\"P\":\"1.389\",\"w\":\"90811.22\",\"c\":\"91250.20\","
                                + "\"Q\":\"0.010\",\"o\":\"90000.10\",\"h\":\"91990.00\",\"l\":\"89500.00\","
                                + "\"v\":\"210334.118\",\"q\":\"19100634521.12\",\"O\":1795176000000,"
                                + "\"C\":1795262400298,\"F\":7010114001,\"L\":7020114009,\"n\":10000009,\"st\":1}");
            default -> throw new IllegalArgumentException("no sample frames of type " + type);
        };
    }

    private static String[] frames(String stream, String... payloads) {
        String[] frames = new String[payloads.length];
        for (int i = 0; i < payloads.length; i++) {
            frames[i] = "{\"stream\":\"" + stream + "\",\"data\":" + payloads[i] + "}";
        }
        return frames;
    }
}
