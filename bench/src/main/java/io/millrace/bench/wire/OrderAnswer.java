package io.millrace.bench.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A message about an order: fixed text with places for the order's fields, written without making an object. */
final class OrderAnswer {
    private static final List<String> FIELDS = List.of("id", "symbol", "name", "price", "quantity", "side");
    private static final int ORDER = FIELDS.size();
    private static final int NOW = ORDER + 1;
    private static final int TEXT_HEADER = 0x81;
    private static final int LENGTH_16 = 126;
    private static final int HEADER = 4;
    private static final int MOST_DIGITS = 20;

    private final byte[][] texts;
    private final int[] places;
    private final byte[] digits = new byte[MOST_DIGITS];

    /**
     * Makes a message.
     *
     * @param template more than 125 bytes of text, with {@code <id>}, {@code <symbol>}, {@code <name>}, {@code <price>}, {@code <quantity>},
     *     {@code <side>} of the request, {@code <order>} for the venue's id and {@code <now>} for the time in milliseconds.
     */
    OrderAnswer(String template) {
        String[] parts = template.split("<", -1);
        texts = new byte[parts.length][];
        places = new int[parts.length - 1];
        texts[0] = parts[0].getBytes(StandardCharsets.US_ASCII);
        for (int i = 1; i < parts.length; i++) {
            int end = parts[i].indexOf('>');
            String name = parts[i].substring(0, end);
            places[i - 1] = name.equals("order") ? ORDER : name.equals("now") ? NOW : FIELDS.indexOf(name);
            texts[i] = parts[i].substring(end + 1).getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Writes the message as a frame into an empty buffer. */
    void write(ByteBuf frame, PlacedOrder order, long orderId, long nowMs) {
        frame.writeByte(TEXT_HEADER).writeByte(LENGTH_16).writeShort(0).writeBytes(texts[0]);
        for (int i = 0; i < places.length; i++) {
            int place = places[i];
            if (place < ORDER) {
                frame.writeBytes(order.bytes(), order.from(place), order.length(place));
            } else {
                number(frame, place == NOW ? nowMs : orderId);
            }
            frame.writeBytes(texts[i + 1]);
        }
        frame.setShort(2, frame.writerIndex() - HEADER);
    }

    private void number(ByteBuf frame, long value) {
        int at = MOST_DIGITS;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        frame.writeBytes(digits, at, MOST_DIGITS - at);
    }
}
