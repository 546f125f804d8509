package io.millrace.exchange.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.userdata.PrivateEventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Faults as scripts, scenario files and the control endpoint write them: one map a fault, in YAML or JSON. */
public final class FaultText {
    /** Names of what every kind of fault may have beside its own parameters. */
    public static final List<String> COMMON = List.of(
            "kind",
            "symbol",
            "stream",
            "connection",
            "account",
            "method",
            "event",
            "door",
            "after",
            "for",
            "skip",
            "count",
            "chance");

    private static final Set<String> SCRIPT = Set.of("seed", "faults", "random");
    private static final String EVERYTHING = "everything";
    private static final String FOR = "for";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private FaultText() {}

    /**
     * Reads a text.
     *
     * @param text YAML or JSON.
     * @throws IllegalArgumentException if it is neither.
     */
    public static JsonNode tree(String text) {
        try {
            // JSON is YAML.
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "this is neither JSON nor YAML: "
                            + e.getOriginalMessage().strip().replaceAll("\\s*\n\\s*", "; "),
                    e);
        }
    }

    /**
     * Reads a fault.
     *
     * @param node a map of {@code kind}, what it is aimed at, when it strikes, and its own parameters.
     * @throws IllegalArgumentException if something in it is wrong.
     */
    public static Fault fault(JsonNode node) {
        if (!node.isObject() || !node.path("kind").isTextual()) {
            throw new IllegalArgumentException("a fault is a map with a 'kind', as {kind: DROP}; this is " + node);
        }
        Fault plain = Fault.of(kind(node.get("kind").textValue()));
        Map<String, String> parameters = new TreeMap<>();
        node.properties().forEach(field -> {
            if (!COMMON.contains(field.getKey())) {
                if (plain.kind().parameter(field.getKey()) == null) {
                    throw new IllegalArgumentException("fault " + plain.kind() + " has no field '" + field.getKey()
                            + "', it has " + fields(plain.kind()));
                }
                parameters.put(field.getKey(), field.getValue().asText());
            }
        });
        return new Fault(plain.kind(), target(node), timing(node), parameters);
    }

    private static FaultKind kind(String name) {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "kind '" + name + "' is no fault, choose one of " + Arrays.toString(FaultKind.values())));
    }

    private static List<String> fields(FaultKind kind) {
        List<String> fields = new ArrayList<>(COMMON);
        kind.parameters().forEach(parameter -> fields.add(parameter.name()));
        return fields;
    }

    private static FaultTarget target(JsonNode node) {
        return new FaultTarget(
                text(node, "symbol"),
                stream(text(node, "stream")),
                (int) whole(node, "connection"),
                text(node, "account"),
                text(node, "method"),
                event(text(node, "event")),
                door(text(node, "door")));
    }

    private static FaultTiming timing(JsonNode node) {
        if (node.hasNonNull("count") && whole(node, "count") < 1) {
            throw new IllegalArgumentException("fault with count=" + node.get("count") + ", choose at least 1");
        }
        return new FaultTiming(
                durationMs(node, "after", 0),
                durationMs(node, FOR, 0),
                whole(node, "skip"),
                whole(node, "count"),
                node.hasNonNull("chance") ? decimal(node, "chance") : 1);
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }

    private static long whole(JsonNode node, String name) {
        if (!node.hasNonNull(name)) {
            return 0;
        }
        String value = node.get(name).asText();
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "=" + value + " is no whole number", e);
        }
    }

    private static double decimal(JsonNode node, String name) {
        String value = node.get(name).asText();
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "=" + value + " is no number", e);
        }
    }

    private static long durationMs(JsonNode node, String name, long usual) {
        return node.hasNonNull(name)
                ? FaultParameter.durationMs(name, node.get(name).asText())
                : usual;
    }

    private static StreamKind stream(String suffix) {
        StreamKind kind = suffix == null || suffix.isEmpty() ? null : StreamKind.ofSuffix(suffix);
        if (kind == null && suffix != null && !suffix.isEmpty()) {
            throw new IllegalArgumentException(
                    "stream '" + suffix + "' is none of this exchange, write it like '@depth@100ms'");
        }
        return kind;
    }

    private static PrivateEventType event(String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(PrivateEventType.values())
                .filter(type -> type.venueName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "event '" + name + "' is none of the private stream, write it like ORDER_TRADE_UPDATE"));
    }

    private static FaultDoor door(String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(FaultDoor.values())
                .filter(door -> door.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "door '" + name + "' is none, choose one of " + Arrays.toString(FaultDoor.values())));
    }

    static FaultScript script(JsonNode node) {
        if (node.isArray()) {
            return new FaultScript(FaultScript.NONE.seed(), list(node), Map.of(), 0, FaultScript.NONE.randomForMs());
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException(
                    "a fault script is a map of " + SCRIPT + ", or a list of faults; this is " + node);
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!SCRIPT.contains(name)) {
                throw new IllegalArgumentException("a fault script has no field '" + name + "', it has " + SCRIPT);
            }
        });
        long seed = node.hasNonNull("seed") ? whole(node, "seed") : FaultScript.NONE.seed();
        JsonNode random = node.path("random");
        Map<FaultKind, Double> perHour = new EnumMap<>(FaultKind.class);
        random.fieldNames().forEachRemaining(name -> {
            if (!name.equals(EVERYTHING) && !name.equals(FOR)) {
                perHour.put(kind(name), decimal(random, name));
            }
        });
        return new FaultScript(
                seed,
                list(node.path("faults")),
                perHour,
                random.hasNonNull(EVERYTHING) ? decimal(random, EVERYTHING) : 0,
                durationMs(random, FOR, FaultScript.NONE.randomForMs()));
    }

    private static List<Fault> list(JsonNode node) {
        List<Fault> faults = new ArrayList<>();
        for (JsonNode entry : node) {
            try {
                faults.add(fault(entry));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "fault " + (faults.size() + 1) + " of the list: " + e.getMessage(), e);
            }
        }
        return faults;
    }

    /**
     * Writes what a fault is and what it has done.
     *
     * @param active described.
     * @param node written to.
     */
    public static void describe(ActiveFault active, ObjectNode node) {
        Fault fault = active.fault();
        FaultTarget target = fault.target();
        node.put("kind", fault.kind().name()).put("symbol", fault.symbol());
        node.put("stream", fault.stream() == null ? null : fault.stream().suffix());
        node.put("connection", fault.connection())
                .put("account", target.account())
                .put("method", target.method());
        node.put("event", target.event() == null ? null : target.event().venueName());
        node.put("door", target.door() == null ? null : target.door().name().toUpperCase(Locale.ROOT));
        node.put("after", fault.timing().afterMs()).put(FOR, fault.timing().forMs());
        node.put("skip", fault.skip())
                .put("count", fault.count())
                .put("chance", fault.timing().chance());
        for (FaultParameter parameter : fault.kind().parameters()) {
            node.put(parameter.name(), fault.text(parameter.name()));
        }
        node.put("hits", active.hits()).put("isSpent", active.isSpent());
    }
}
