package io.millrace.codecs.binance;

import java.util.ArrayList;
import java.util.List;

/** Frames of every type as the venue sends them, whole and as lists of fields. */
final class Frames {
    static final String DEPTH = object(depth());
    static final String BOOK_TICKER = object(bookTicker());
    static final String AGG_TRADE = object(aggTrade());
    static final String TRADE = object(trade());
    static final String MARK_PRICE = object(markPrice());
    static final String KLINE = object(kline());
    static final String FORCE_ORDER = object(forceOrder());
    static final String TICKER = object(ticker());

    /** Shapes of before 2026. */
    static final List<String> OLD = List.of(
            "{\"e\":\"bookTicker\",\"u\":5123107839020,\"s\":\"BTCUSDT\",\"b\":\"61800.20\",\"B\":\"2.507\","
                    + "\"a\":\"61800.30\",\"A\":\"2.510\",\"T\":1723161256313,\"E\":1723161256313}",
            "{\"e\":\"trade\",\"E\":1723161256322,\"T\":1723161256322,\"s\":\"BTCUSDT\",\"t\":5266583935,"
                    + "\"p\":\"61800.30\",\"q\":\"0.006\",\"X\":\"MARKET\",\"m\":false}",
            "{\"e\":\"aggTrade\",\"E\":1626992741575,\"a\":16599292,\"s\":\"CTKUSDT\",\"p\":\"1.01100\",\"q\":\"10\","
                    + "\"f\":23961322,\"l\":23961322,\"T\":1626992741421,\"m\":true}",
            "{\"e\":\"depthUpdate\",\"E\":1723161256299,\"T\":1723161256298,\"s\":\"BTCUSDT\",\"U\":5123107832006,"
                    + "\"u\":5123107837557,\"pu\":5123107831937,\"b\":[],\"a\":[[\"61510.90\",\"0.000\"]]}");

    private Frames() {}

    static List<String> all() {
        List<String> frames =
                new ArrayList<>(List.of(DEPTH, BOOK_TICKER, AGG_TRADE, TRADE, MARK_PRICE, KLINE, FORCE_ORDER, TICKER));
        frames.addAll(OLD);
        return frames;
    }

    static List<List<String>> allFields() {
        return List.of(depth(), bookTicker(), aggTrade(), trade(), markPrice(), kline(), forceOrder(), ticker());
    }

    static String object(List<String> fields) {
        return "{" + String.join(",", fields) + "}";
    }

    static String combined(String stream, String event) {
        return "{\"stream\":\"" + stream + "\",\"data\":" + event + "}";
    }

    static List<String> depth() {
        return List.of(
                "\"e\":\"depthUpdate\"",
                "\"E\":1795262400105",
                "\"T\":1795262400098",
                "\"s\":\"BTCUSDT\"",
                "\"ps\":\"BTCUSDT\"",
                "\"st\":1",
                "\"U\":11873004410021",
                "\"u\":11873004410977",
                "\"pu\":11873004409998",
                "\"b\":[[\"91250.10\",\"3.204\"],[\"91249.00\",\"0\"],[\"91248.00\",\"12.000\"]]",
                "\"a\":[[\"91250.20\",\"0.871\"]]");
    }

    static List<String> bookTicker() {
        return List.of(
                "\"e\":\"bookTicker\"",
                "\"u\":11873004410990",
                "\"s\":\"BTCUSDT\"",
                "\"ps\":\"BTCUSDT\"",
                "\"st\":1",
                "\"E\":1795262400111",
                "\"T\":1795262400108",
                "\"b\":\"91250.10\"",
                "\"B\":\"3.204\"",
                "\"a\":\"91250.20\"",
                "\"A\":\"0.871\"");
    }

    static List<String> aggTrade() {
        return List.of(
                "\"e\":\"aggTrade\"",
                "\"E\":1795262400130",
                "\"s\":\"BTCUSDT\"",
                "\"a\":3104455210",
                "\"p\":\"91250.20\"",
                "\"q\":\"0.412\"",
                "\"nq\":\"0.400\"",
                "\"f\":7020114001",
                "\"l\":7020114009",
                "\"T\":1795262400102",
                "\"m\":false",
                "\"st\":1");
    }

    static List<String> trade() {
        return List.of(
                "\"e\":\"trade\"",
                "\"E\":1795262400130",
                "\"T\":1795262400129",
                "\"s\":\"BTCUSDT\"",
                "\"t\":7020114001",
                "\"p\":\"91250.20\"",
                "\"q\":\"0.010\"",
                "\"X\":\"MARKET\"",
                "\"m\":true");
    }

    static List<String> markPrice() {
        return List.of(
                "\"e\":\"markPriceUpdate\"",
                "\"E\":1795262400000",
                "\"s\":\"BTCUSDT\"",
                "\"p\":\"91248.73000000\"",
                "\"ap\":\"91247.10000000\"",
                "\"i\":\"91261.55000000\"",
                "\"P\":\"91259.02000000\"",
                "\"r\":\"-0.00010000\"",
                "\"T\":1795276800000",
                "\"st\":1");
    }

    static List<String> kline() {
        return List.of(
                "\"e\":\"kline\"",
                "\"E\":1795262400251",
                "\"s\":\"BTCUSDT\"",
                "\"k\":{\"t\":1795262400000,\"T\":1795262459999,\"s\":\"BTCUSDT\",\"i\":\"1m\",\"f\":-1,\"L\":-1,"
                        + "\"o\":\"91249.90\",\"c\":\"91250.20\",\"h\":\"91252.00\",\"l\":\"91248.10\",\"v\":\"18.221\","
                        + "\"n\":20,\"x\":false,\"q\":\"1662640.11\",\"V\":\"9.870\",\"Q\":\"900610.02\",\"B\":\"0\"}");
    }

    static List<String> forceOrder() {
        return List.of(
                "\"e\":\"forceOrder\"",
                "\"E\":1795262400140",
                "\"o\":{\"s\":\"BTCUSDT\",\"S\":\"SELL\",\"o\":\"LIMIT\",\"f\":\"IOC\",\"q\":\"0.140\",\"p\":\"90811.20\","
                        + "\"ap\":\"91012.33\",\"X\":\"FILLED\",\"l\":\"0.020\",\"z\":\"0.140\",\"T\":1795262400137}",
                "\"ps\":\"BTCUSDT\"",
                "\"st\":1");
    }

    static List<String> ticker() {
        return List.of(
                "\"e\":\"24hrTicker\"",
                "\"E\":1795262400140",
                "\"s\":\"BTCUSDT\"",
                "\"ps\":\"BTCUSDT\"",
                "\"p\":\"-120.50\"",
                "\"P\":\"-0.132\"",
                "\"w\":\"91200.55\"",
                "\"c\":\"91250.20\"",
                "\"Q\":\"0.010\"",
                "\"o\":\"91370.70\"",
                "\"h\":\"92000.00\"",
                "\"l\":\"90000.10\"",
                "\"v\":\"123456.789\"",
                "\"q\":\"11259345678.12\"",
                "\"O\":1795176000000",
                "\"C\":1795262400139",
                "\"F\":7000000000",
                "\"L\":7020114009",
                "\"n\":20114010",
                "\"st\":1");
    }
}
