package io.millrace.codecs.binance;

import io.millrace.codecs.value.ClientOrderId;
import io.millrace.codecs.value.Grid;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the parameters of a request one by one, either as a WebSocket API request or as a query string. Names, words and
 * symbols are percent-encoded in a query where they need it.
 *
 * <p><b>Thread:</b> confined to its owner. <b>Allocation:</b> none.
 */
final class RequestWriter {
    private static final byte[] ID = bytes("{\"id\":");
    private static final byte[] METHOD = bytes(",\"method\":\"");
    private static final byte[] PARAMS = bytes("\",\"params\":{");
    private static final byte[] END = bytes("}}");
    private static final byte[] TRUE = bytes("true");
    private static final byte[] FALSE = bytes("false");
    private static final byte[] HEX = bytes("0123456789ABCDEF");

    private MutableDirectBuffer dst;
    private int at;
    private boolean isJson;
    private boolean isFirst;

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Begins a WebSocket API request. */
    void beginJson(MutableDirectBuffer dst, int offset, long requestId, byte[] method) {
        this.dst = dst;
        at = offset;
        isJson = true;
        isFirst = true;
        raw(ID);
        at += dst.putNaturalLongAscii(at, requestId);
        raw(METHOD);
        raw(method);
        raw(PARAMS);
    }

    /** Begins a query string. */
    void beginQuery(MutableDirectBuffer dst, int offset) {
        this.dst = dst;
        at = offset;
        isJson = false;
        isFirst = true;
    }

    /** Ends the request and returns the offset behind it. */
    int end() {
        if (isJson) {
            raw(END);
        }
        return at;
    }

    /** Adds a word of the venue's or a symbol. */
    void text(byte[] name, byte[] value) {
        name(name);
        quote();
        for (byte c : value) {
            character(c);
        }
        quote();
    }

    /** Adds a word of the venue's: true or false, as text. */
    void flag(byte[] name, boolean value) {
        text(name, value ? TRUE : FALSE);
    }

    /** Adds a whole number, 0 or more. */
    void number(byte[] name, long value) {
        name(name);
        at += dst.putNaturalLongAscii(at, value);
    }

    /** Adds ticks or lots. */
    void units(byte[] name, long units, Grid grid) {
        name(name);
        quote();
        at += DecimalText.put(units, grid, dst, at);
        quote();
    }

    /** Adds mantissa x 10^exponent. */
    void decimal(byte[] name, long mantissa, int exponent) {
        name(name);
        quote();
        at += DecimalText.put(mantissa, exponent, 0, dst, at);
        quote();
    }

    /** Adds the name of an order of ours. */
    void clientId(byte[] name, int tag, long key) {
        name(name);
        quote();
        at += ClientOrderId.put(tag, key, dst, at);
        quote();
    }

    private void name(byte[] name) {
        if (!isFirst) {
            dst.putByte(at++, (byte) (isJson ? ',' : '&'));
        }
        isFirst = false;
        quote();
        raw(name);
        quote();
        dst.putByte(at++, (byte) (isJson ? ':' : '='));
    }

    private void quote() {
        if (isJson) {
            dst.putByte(at++, (byte) '"');
        }
    }

    private void character(byte c) {
        boolean isPlain = (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || c == '-'
                || c == '_'
                || c == '.';
        if (isJson || isPlain) {
            dst.putByte(at++, c);
        } else {
            dst.putByte(at++, (byte) '%');
            dst.putByte(at++, HEX[(c >> 4) & 15]);
            dst.putByte(at++, HEX[c & 15]);
        }
    }

    private void raw(byte[] text) {
        dst.putBytes(at, text);
        at += text.length;
    }
}
