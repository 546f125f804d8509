package io.millrace.exchange.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests that clients send on a stream connection, and their answers.
 *
 * <p><b>Thread:</b> the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is noticed
final class ControlMessages {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNKNOWN_PROPERTY = 0;
    private static final int INVALID_VALUE = 1;
    private static final int INVALID_REQUEST = 2;
    private static final int INVALID_JSON = 3;
    private static final String COMBINED = "combined";

    private final MarketHub hub;

    ControlMessages(MarketHub hub) {
        this.hub = hub;
    }

    static void ping(StreamConnection connection, long nowNs) {
        String payload = Long.toString(nowNs / 1_000_000L);
        connection.appendControl(StreamConnection.PING_FRAME, payload.getBytes(StandardCharsets.US_ASCII));
        connection.flush(nowNs);
    }

    void onText(StreamConnection connection, String text) {
        ObjectNode answer;
        try {
            JsonNode request = JSON.readTree(text);
            answer = request == null || !request.isObject()
                    ? error(INVALID_JSON, "Invalid JSON: expected value at line 1 column 1")
                    : answer(connection, request);
        } catch (JsonProcessingException e) {
            answer = error(
                    INVALID_JSON,
                    "Invalid JSON: expected value at line " + e.getLocation().getLineNr() + " column "
                            + e.getLocation().getColumnNr());
        }
        // What was published before the answer leaves before it.
        connection.appendControl(StreamConnection.TEXT_FRAME, answer.toString().getBytes(StandardCharsets.UTF_8));
        connection.flush(hub.clockMs() * 1_000_000L);
    }

    private ObjectNode answer(StreamConnection connection, JsonNode request) {
        JsonNode id = request.get("id");
        if (id != null && !isId(id)) {
            return error(INVALID_REQUEST, "Invalid request: request ID must be an unsigned integer");
        }
        JsonNode method = request.get("method");
        if (method == null || !method.isTextual()) {
            return error(
                    INVALID_REQUEST,
                    "Invalid request: missing field `method` at line 1 column "
                            + request.toString().length());
        }
        ObjectNode answer = JSON.createObjectNode();
        JsonNode params = request.path("params");
        ObjectNode failure = dispatch(connection, method.textValue(), params, answer);
        if (failure != null) {
            return failure;
        }
        answer.set("id", id);
        return answer;
    }

    /** Numbers are documented; the venue's own clients send text, and get it back. */
    private static boolean isId(JsonNode id) {
        return id.isTextual() || (id.isIntegralNumber() && id.canConvertToLong() && id.longValue() >= 0);
    }

    /** Fills the answer, or returns the error. */
    private ObjectNode dispatch(StreamConnection connection, String method, JsonNode params, ObjectNode answer) {
        switch (method) {
            case "SUBSCRIBE", "UNSUBSCRIBE" -> {
                List<String> names = names(params);
                if (names == null) {
                    return error(INVALID_REQUEST, "Invalid request: params must be an array of stream names");
                }
                if (method.equals("UNSUBSCRIBE")) {
                    hub.unsubscribe(connection, names);
                } else if (!hub.subscribe(connection, names)) {
                    return error(INVALID_REQUEST, "Invalid request: too many streams on one connection");
                }
                answer.putNull("result");
            }
            case "LIST_SUBSCRIPTIONS" -> {
                ArrayNode list = answer.putArray("result");
                connection.streams.keySet().forEach(list::add);
            }
            case "SET_PROPERTY" -> {
                return setProperty(connection, params, answer);
            }
            case "GET_PROPERTY" -> {
                if (params.size() > 1) {
                    return error(INVALID_REQUEST, "Invalid request: too many parameters");
                }
                ObjectNode failure = checkProperty(params);
                if (failure != null) {
                    return failure;
                }
                answer.put("result", connection.isCombined);
            }
            default -> {
                return error(
                        INVALID_REQUEST,
                        "Invalid request: unknown variant `" + method + "`, expected one of `SUBSCRIBE`,"
                                + " `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`");
            }
        }
        return null;
    }

    private static ObjectNode setProperty(StreamConnection connection, JsonNode params, ObjectNode answer) {
        if (params.size() > 2) {
            return error(INVALID_REQUEST, "Invalid request: too many parameters");
        }
        ObjectNode failure = checkProperty(params);
        if (failure != null) {
            return failure;
        }
        if (!params.path(1).isBoolean()) {
            return error(INVALID_VALUE, "Invalid value type: expected Boolean");
        }
        connection.isCombined = params.get(1).booleanValue();
        answer.putNull("result");
        return null;
    }

    private static ObjectNode checkProperty(JsonNode params) {
        if (!params.path(0).isTextual()) {
            return error(INVALID_REQUEST, "Invalid request: property name must be a string");
        }
        return params.get(0).textValue().equals(COMBINED) ? null : error(UNKNOWN_PROPERTY, "Unknown property");
    }

    private static List<String> names(JsonNode params) {
        if (!params.isArray()) {
            return null;
        }
        List<String> names = new ArrayList<>(params.size());
        for (JsonNode name : params) {
            if (!name.isTextual()) {
                return null;
            }
            names.add(name.textValue());
        }
        return names;
    }

    private static ObjectNode error(int code, String message) {
        return JSON.createObjectNode().put("code", code).put("msg", message);
    }
}
