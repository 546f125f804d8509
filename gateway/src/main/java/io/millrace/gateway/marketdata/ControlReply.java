package io.millrace.gateway.marketdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * A reply to SUBSCRIBE and its kin.
 *
 * @param id of the request, -1 if the reply has none.
 * @param isError whether the venue refused.
 * @param code of the error, 0 for none.
 * @param message of the error, empty for none.
 */
record ControlReply(long id, boolean isError, int code, String message) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_LENGTH = 64 * 1024;
    private static final int SHORTEST = 8;

    /**
     * Tells by its first key whether a text can be a reply; data begin with {@code stream}, {@code data} or {@code e}.
     * Looks at two bytes for nearly every message.
     */
    static boolean isCandidate(DirectBuffer buffer, int offset, int length) {
        if (length < SHORTEST || length > MAX_LENGTH || buffer.getByte(offset + 1) != '"') {
            return false;
        }
        int first = buffer.getByte(offset + 2);
        return first == 'r'
                || first == 'i'
                || first == 'm'
                || first == 'c'
                || (first == 'e' && buffer.getByte(offset + 3) == 'r');
    }

    /** Reads a reply; null if the text is none. */
    static ControlReply parse(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        try {
            JsonNode root = JSON.readTree(bytes);
            JsonNode error = root.has("error") ? root.get("error") : root;
            boolean isError = root.has("error") || root.has("code");
            if (!isError && !root.has("result")) {
                return null;
            }
            long id = root.path("id").asLong(-1);
            return new ControlReply(
                    id, isError, error.path("code").asInt(0), error.path("msg").asText(""));
        } catch (IOException e) {
            return null;
        }
    }
}
