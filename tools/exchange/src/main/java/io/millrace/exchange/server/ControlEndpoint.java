package io.millrace.exchange.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.market.StreamKind;
import java.util.Iterator;
import java.util.Set;

/**
 * The exchange's own requests beside the venue's, for clients in other processes: {@code POST /control/faults} sets a fault,
 * {@code GET} lists them, {@code DELETE} ends all; {@code POST /control/pause} and {@code /control/resume}; {@code GET
 * /control/status} tells what was sent. They cost no weight.
 *
 * <p><b>Thread:</b> the loop.
 */
final class ControlEndpoint {
    static final String PREFIX = "/control/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FIELDS =
            Set.of("kind", "symbol", "stream", "connection", "skip", "count", "amount");

    private final MarketHub hub;

    ControlEndpoint(MarketHub hub) {
        this.hub = hub;
    }

    /**
     * Serves one request.
     *
     * @return the answer, or null if there is no such request.
     * @throws IllegalArgumentException if the body is wrong.
     */
    ObjectNode serve(String method, String path, String body) {
        ObjectNode answer = JSON.createObjectNode();
        switch (method + " " + path.substring(PREFIX.length())) {
            case "POST faults" -> describe(hub.faults().inject(fault(body)), answer);
            case "GET faults" -> {
                ArrayNode list = answer.putArray("faults");
                hub.faults().active().forEach(fault -> describe(fault, list.addObject()));
            }
            case "DELETE faults" -> hub.faults().clearAll();
            case "POST pause" -> hub.pause();
            case "POST resume" -> hub.resume();
            case "GET status" -> status(answer);
            default -> {
                return null;
            }
        }
        return answer;
    }

    private void status(ObjectNode answer) {
        answer.put("isExhausted", hub.source().isExhausted());
        answer.set("framesSent", JSON.valueToTree(ExchangeServer.byEvent(hub.sent())));
        ArrayNode list = answer.putArray("connections");
        for (StreamConnection connection : hub.connections()) {
            ObjectNode node = list.addObject();
            node.put("id", connection.id).put("door", connection.door.name());
            node.put("streams", connection.streams.size()).put("queuedBytes", connection.queuedBytes());
            node.set("framesSent", JSON.valueToTree(ExchangeServer.byEvent(connection.sent)));
        }
    }

    private static Fault fault(String body) {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is not JSON: " + e.getOriginalMessage(), e);
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("a fault has no field '" + name + "', it has " + FIELDS);
            }
        }
        Fault plain = Fault.of(FaultKind.valueOf(node.path("kind").asText()));
        String stream = node.path("stream").asText("");
        StreamKind kind = stream.isEmpty() ? null : StreamKind.ofSuffix(stream);
        if (kind == null && !stream.isEmpty()) {
            throw new IllegalArgumentException(
                    "stream '" + stream + "' is none of this exchange, write it like '@depth@100ms'");
        }
        return new Fault(
                plain.kind(),
                node.path("symbol").asText(null),
                kind,
                node.path("connection").asInt(0),
                node.path("skip").asLong(0),
                node.path("count").asLong(plain.count()),
                node.path("amount").asLong(plain.amount()));
    }

    private static void describe(ActiveFault active, ObjectNode node) {
        Fault fault = active.fault();
        node.put("kind", fault.kind().name()).put("symbol", fault.symbol());
        node.put("stream", fault.stream() == null ? null : fault.stream().suffix());
        node.put("connection", fault.connection()).put("skip", fault.skip()).put("count", fault.count());
        node.put("amount", fault.amount()).put("hits", active.hits()).put("isSpent", active.isSpent());
    }
}
