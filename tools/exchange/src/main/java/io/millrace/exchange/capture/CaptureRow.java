package io.millrace.exchange.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.exchange.market.StreamKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One line of a capture, taken apart as far as playing it needs: which stream of which symbol, where its payload stands,
 * and for book data the ids and levels. Mutable, used again.
 */
final class CaptureRow {
    /** Prices and quantities are kept at 1e-8 until the grids are known. */
    static final int SCALE = 8;

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] STREAM = "{\"stream\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "\",\"data\":".getBytes(StandardCharsets.US_ASCII);

    /** What a line is. */
    enum Kind {
        /** A payload of a stream. */
        PAYLOAD,
        /** A depth snapshot. */
        SNAPSHOT,
        /** Nothing that can be played. */
        OTHER
    }

    Kind kind;
    /** Upper case; null for a bare snapshot, which does not say. */
    String symbol;
    /** Stream of the payload, null if the venue model has none like it. */
    StreamKind stream;

    int payloadOffset;
    int payloadLength;
    long firstId;
    long lastId;
    long previousId;
    long timeMs;
    /** Price and quantity of a trade, at 1e-8; 0 without any, or where nobody trades with the capture. */
    long tradePrice;

    long tradeQty;
    boolean isBuyerMaker;
    /** Mark price and funding rate at 1e-8; 0 without any. */
    long markE8;

    long rateE8;
    /** Whether trades and mark prices are to be read too. */
    boolean isTrading;

    final Levels bids = new Levels();
    final Levels asks = new Levels();
    /** Most decimals of a price and of a quantity in this line. */
    int priceDecimals;

    int qtyDecimals;
    /** Greatest common divisors of the prices and quantities in this line, at 1e-8; 0 without any. */
    long priceDivisor;

    long qtyDivisor;

    /** Prices and quantities at 1e-8. */
    static final class Levels {
        long[] prices = new long[1024];
        long[] quantities = new long[1024];
        int count;

        void add(long price, long quantity) {
            if (count == prices.length) {
                prices = Arrays.copyOf(prices, count * 2);
                quantities = Arrays.copyOf(quantities, count * 2);
            }
            prices[count] = price;
            quantities[count++] = quantity;
        }
    }

    /**
     * Takes a line apart.
     *
     * @param isDeep whether to read the numbers of every payload, not only of book data.
     */
    void parse(LineReader line, boolean isDeep) throws IOException {
        kind = Kind.OTHER;
        symbol = null;
        stream = null;
        bids.count = 0;
        asks.count = 0;
        priceDecimals = 0;
        qtyDecimals = 0;
        priceDivisor = 0;
        qtyDivisor = 0;
        tradePrice = 0;
        tradeQty = 0;
        markE8 = 0;
        rateE8 = 0;
        byte[] bytes = line.bytes();
        int from = line.jsonOffset();
        int end = line.end();
        if (startsWith(bytes, from, end, STREAM)) {
            int nameEnd = from + STREAM.length;
            while (nameEnd < end && bytes[nameEnd] != '"') {
                nameEnd++;
            }
            if (startsWith(bytes, nameEnd, end, DATA)) {
                payloadOffset = nameEnd + DATA.length;
                payloadLength = end - 1 - payloadOffset;
                name(new String(bytes, from + STREAM.length, nameEnd - from - STREAM.length, StandardCharsets.UTF_8));
            }
        }
        try {
            if (kind == Kind.OTHER) {
                payloadOffset = from;
                payloadLength = end - from;
                read(bytes, from, end - from);
            } else if (isDeep || (stream != null && (stream.isDepth() || (isTrading && isForTrading())))) {
                read(bytes, payloadOffset, payloadLength);
            }
        } catch (IOException e) {
            throw new IOException("line " + line.number() + " of the capture is not JSON: " + e.getMessage(), e);
        }
    }

    private void name(String name) {
        int at = name.indexOf('@');
        if (at > 0) {
            kind = Kind.PAYLOAD;
            symbol = name.substring(0, at).toUpperCase(Locale.ROOT);
            stream = StreamKind.ofSuffix(name.substring(at));
        }
    }

    private void read(byte[] bytes, int offset, int length) throws IOException {
        try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object at its beginning");
            }
            readObject(parser);
        }
        if (kind == Kind.OTHER && stream != null) {
            kind = Kind.PAYLOAD;
        }
    }

    private void readObject(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_NUMBER_INT) {
                integer(field, parser.getLongValue());
            } else if (value == JsonToken.VALUE_STRING) {
                text(field, parser.getText());
            } else if (field.equals("m")) {
                isBuyerMaker = value == JsonToken.VALUE_TRUE;
            } else if (value == JsonToken.START_ARRAY) {
                Levels side = field.equals("b") || field.equals("bids")
                        ? bids
                        : field.equals("a") || field.equals("asks") ? asks : null;
                if (side == null) {
                    parser.skipChildren();
                } else {
                    levels(parser, side);
                }
            } else if (value == JsonToken.START_OBJECT) {
                if (field.equals("data") || field.equals("k") || field.equals("o")) {
                    readObject(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    private void integer(String field, long value) {
        switch (field) {
            case "U" -> firstId = value;
            case "u" -> lastId = value;
            case "pu" -> previousId = value;
            case "T" -> timeMs = value;
            case "lastUpdateId" -> {
                kind = Kind.SNAPSHOT;
                lastId = value;
            }
            default -> {
                // Not needed for playing.
            }
        }
    }

    private void text(String field, String value) throws IOException {
        switch (field) {
            case "e" -> {
                if (stream == null && kind == Kind.OTHER) {
                    stream = ofEvent(value);
                }
            }
            case "s", "symbol" -> symbol = symbol == null ? value : symbol;
            case "b", "a", "p", "o", "h", "l", "c", "ap" -> {
                if (isPriced() && !value.isEmpty() && Character.isDigit(value.charAt(0))) {
                    long price = price(value);
                    tradePrice = field.equals("p") ? price : tradePrice;
                } else if (isMark() && field.equals("p")) {
                    markE8 = scaled(value);
                }
            }
            case "B", "A", "q" -> {
                if (isPriced() && (stream != StreamKind.KLINE_1M) && !value.isEmpty()) {
                    long quantity = quantity(value);
                    tradeQty = field.equals("q") ? quantity : tradeQty;
                }
            }
            case "r" -> {
                if (isMark() && !value.isEmpty()) {
                    rateE8 = value.charAt(0) == '-' ? -scaled(value.substring(1)) : scaled(value);
                }
            }
            default -> {
                // Not needed for playing.
            }
        }
    }

    private boolean isForTrading() {
        return isMark() || stream == StreamKind.TRADE || stream == StreamKind.AGG_TRADE;
    }

    private boolean isMark() {
        return stream == StreamKind.MARK_PRICE_1S || stream == StreamKind.MARK_PRICE_3S;
    }

    /** Says whether the fields named above are prices and quantities on the grid in this stream. */
    private boolean isPriced() {
        return stream == StreamKind.BOOK_TICKER
                || stream == StreamKind.TRADE
                || stream == StreamKind.AGG_TRADE
                || stream == StreamKind.KLINE_1M;
    }

    private static StreamKind ofEvent(String event) {
        return switch (event) {
            case "depthUpdate" -> StreamKind.DEPTH_100MS;
            case "markPriceUpdate" -> StreamKind.MARK_PRICE_1S;
            default -> {
                for (int i = 0; i < StreamKind.count(); i++) {
                    if (StreamKind.of(i).event().equals(event)) {
                        yield StreamKind.of(i);
                    }
                }
                yield null;
            }
        };
    }

    private void levels(JsonParser parser, Levels side) throws IOException {
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            parser.nextToken();
            long price = price(parser.getText());
            parser.nextToken();
            side.add(price, quantity(parser.getText()));
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                // Old snapshots carry a third, empty element.
            }
        }
    }

    private long price(String text) throws IOException {
        priceDecimals = Math.max(priceDecimals, decimals(text));
        long price = scaled(text);
        priceDivisor = divisor(priceDivisor, price);
        return price;
    }

    private long quantity(String text) throws IOException {
        qtyDecimals = Math.max(qtyDecimals, decimals(text));
        long quantity = scaled(text);
        qtyDivisor = divisor(qtyDivisor, quantity);
        return quantity;
    }

    static long divisor(long left, long right) {
        long a = left;
        long b = right;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    private static int decimals(String text) {
        int point = text.indexOf('.');
        return point < 0 ? 0 : text.length() - point - 1;
    }

    /** Reads a decimal at 1e-8. */
    static long scaled(String text) throws IOException {
        long value = 0;
        int left = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && left < 0) {
                left = SCALE;
            } else if (c >= '0' && c <= '9' && (left != 0 || c == '0')) {
                if (left != 0) {
                    value = Math.addExact(Math.multiplyExact(value, 10L), c - '0');
                    left = left > 0 ? left - 1 : left;
                }
            } else {
                throw new IOException("number '" + text + "' is not a decimal with at most " + SCALE + " places");
            }
        }
        for (int i = left < 0 ? SCALE : left; i > 0; i--) {
            value = Math.multiplyExact(value, 10L);
        }
        return value;
    }

    private static boolean startsWith(byte[] bytes, int from, int end, byte[] prefix) {
        return from + prefix.length <= end
                && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }
}
