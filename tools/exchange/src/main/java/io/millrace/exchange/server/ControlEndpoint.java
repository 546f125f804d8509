package io.millrace.exchange.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.faults.FaultScript;
import io.millrace.exchange.faults.FaultText;

/**
 * The exchange's own requests beside the venue's, for clients in other processes: {@code POST /control/faults} sets a fault,
 * {@code GET} lists them, {@code DELETE} ends all; {@code POST /control/faults/script} applies a script of them, {@code GET
 * /control/faults/hits} counts by kind; {@code POST /control/pause} and {@code /control/resume}; {@code GET
 * /control/status} tells what was sent. They cost no weight.
 *
 * <p><b>Thread:</b> the loop.
 */
final class ControlEndpoint {
    static final String PREFIX = "/control/";

    private static final ObjectMapper JSON = new ObjectMapper();

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
            case "POST faults" ->
                FaultText.describe(hub.faults().inject(FaultText.fault(FaultText.tree(body))), answer);
            case "GET faults" -> {
                ArrayNode list = answer.putArray("faults");
                hub.faults().active().forEach(fault -> FaultText.describe(fault, list.addObject()));
            }
            case "POST faults/script" -> {
                ArrayNode list = answer.putArray("faults");
                hub.faults()
                        .apply(FaultScript.parse(body))
                        .forEach(fault -> FaultText.describe(fault, list.addObject()));
            }
            case "GET faults/hits" -> {
                for (FaultKind kind : FaultKind.values()) {
                    answer.put(kind.name(), hub.faults().hits(kind));
                }
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
}
