package io.millrace.app.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads Universal Binary JSON, draft 12, into a tree: all of it but high-precision numbers and typed or counted objects, which XGBoost does not write.
 */
final class UbjReader {
    private static final int DEPTH_MAX = 32;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ByteBuffer in;

    private UbjReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    /**
     * Reads one value.
     *
     * @param bytes all of them that value.
     * @throws IllegalArgumentException if they are not.
     */
    static JsonNode read(byte[] bytes) {
        UbjReader reader = new UbjReader(bytes);
        JsonNode value = reader.value(reader.marker(), 0);
        if (reader.in.hasRemaining()) {
            throw reader.damaged("goes on for " + reader.in.remaining() + " bytes behind its end");
        }
        return value;
    }

    private JsonNode value(byte marker, int depth) {
        if (depth > DEPTH_MAX) {
            throw damaged("is nested more than " + DEPTH_MAX + " deep");
        }
        return switch (marker) {
            case 'Z' -> NODES.nullNode();
            case 'T' -> NODES.booleanNode(true);
            case 'F' -> NODES.booleanNode(false);
            case 'd' -> NODES.numberNode(need(Float.BYTES).getFloat());
            case 'D' -> NODES.numberNode(need(Double.BYTES).getDouble());
            case 'C' -> NODES.textNode(String.valueOf((char) need(1).get()));
            case 'S' -> NODES.textNode(text());
            case '[' -> array(depth);
            case '{' -> object(depth);
            default -> NODES.numberNode(integer(marker));
        };
    }

    private ObjectNode object(int depth) {
        ObjectNode object = NODES.objectNode();
        while (peek() != '}') {
            String key = text();
            object.set(key, value(marker(), depth + 1));
        }
        marker();
        return object;
    }

    private ArrayNode array(int depth) {
        byte type = 0;
        if (peek() == '$') {
            marker();
            type = marker();
        }
        if (peek() == '#') {
            marker();
            return counted(type, length(), depth);
        }
        if (type != 0) {
            throw damaged("has a typed array without a count");
        }
        ArrayNode array = NODES.arrayNode();
        while (peek() != ']') {
            array.add(value(marker(), depth + 1));
        }
        marker();
        return array;
    }

    private ArrayNode counted(byte type, int count, int depth) {
        // Each element takes a byte at least, or a damaged count could fill the memory.
        if (count > in.remaining() || type == 'Z' || type == 'T' || type == 'F') {
            throw damaged("has an array of " + count + " elements with " + in.remaining() + " bytes left");
        }
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < count; i++) {
            array.add(value(type == 0 ? marker() : type, depth + 1));
        }
        return array;
    }

    private String text() {
        byte[] text = new byte[length()];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** A count of what follows, at most the bytes that are left. */
    private int length() {
        long length = integer(marker());
        if (length < 0 || length > in.remaining()) {
            throw damaged("announces " + length + " with " + in.remaining() + " bytes left");
        }
        return (int) length;
    }

    private long integer(byte marker) {
        return switch (marker) {
            case 'i' -> need(Byte.BYTES).get();
            case 'U' -> Byte.toUnsignedLong(need(Byte.BYTES).get());
            case 'I' -> need(Short.BYTES).getShort();
            case 'l' -> need(Integer.BYTES).getInt();
            case 'L' -> need(Long.BYTES).getLong();
            default -> throw damaged("has the unknown marker 0x%02x".formatted(marker));
        };
    }

    private byte marker() {
        return need(1).get();
    }

    private byte peek() {
        return need(1).get(in.position());
    }

    private ByteBuffer need(int bytes) {
        if (in.remaining() < bytes) {
            throw damaged("ends within a value");
        }
        return in;
    }

    private IllegalArgumentException damaged(String what) {
        return new IllegalArgumentException(
                "model file " + what + " at byte " + in.position() + " of " + in.limit() + ": save the model anew");
    }
}
