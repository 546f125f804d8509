package io.millrace.codecs.binance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The slow reference: Jackson's tree, BigDecimal, maps. Says what a frame means, or throws. */
final class JacksonOracle {
    private static final Grid E8 = new Grid(1, -8);
    private static final Set<String> TYPES = Set.of(
            "depthUpdate", "bookTicker", "aggTrade", "trade", "markPriceUpdate", "kline", "forceOrder", "24hrTicker");

    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final InstrumentTable instruments;

    JacksonOracle(InstrumentTable instruments) {
        this.instruments = instruments;
    }

    JsonNode tree(byte[] frame) {
        try {
            return mapper.readTree(frame);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the events of a frame; an exception means that the frame has no meaning. */
    List<Map<String, Object>> read(byte[] frame) {
        JsonNode root = tree(frame);
        JsonNode data = root.has("stream") && !root.has("e") ? root.get("data") : root;
        List<Map<String, Object>> events = new ArrayList<>();
        if (data.isArray()) {
            for (JsonNode row : data) {
                if (isOurs(row)) {
                    add(row, events);
                }
            }
        } else if (isOurs(data)) {
            add(data, events);
        }
        return events;
    }

    /** Whether a row is of our product, of a type that is read, and names a known symbol, if it stands among others. */
    private boolean isOurs(JsonNode node) {
        if (!TYPES.contains(node.get("e").textValue())
                || (node.has("st") && node.get("st").longValue() != 1)) {
            return false;
        }
        boolean isOuterKnown = !node.get("e").textValue().equals("kline")
                || instruments.find(node.get("s").textValue()) != null;
        if (!isOuterKnown || instruments.find(inner(node).get("s").textValue()) == null) {
            return false;
        }
        boolean isTrade = node.get("e").textValue().equals("trade");
        return !isTrade
                || (decimal(node.get("p")).signum() != 0
                        && decimal(node.get("q")).signum() != 0);
    }

    private static JsonNode inner(JsonNode node) {
        return switch (node.get("e").textValue()) {
            case "kline" -> node.get("k");
            case "forceOrder" -> node.get("o");
            default -> node;
        };
    }

    private void add(JsonNode node, List<Map<String, Object>> events) {
        String type = node.get("e").textValue();
        JsonNode inner = inner(node);
        InstrumentSpec spec = instruments.find(inner.get("s").textValue());
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", type);
        event.put("instrument", (long) spec.id());
        event.put("gridVersion", (long) spec.gridVersion());
        event.put("E", integer(node, "E"));
        switch (type) {
            case "depthUpdate" -> depth(node, spec, event);
            case "bookTicker" -> bookTicker(node, spec, event);
            case "aggTrade" -> aggTrade(node, spec, event);
            case "trade" -> trade(node, spec, event);
            case "markPriceUpdate" -> markPrice(node, event);
            case "kline" -> kline(inner, event);
            case "forceOrder" -> forceOrder(inner, spec, event);
            case "24hrTicker" -> ticker(node, event);
            default -> throw new IllegalArgumentException(type);
        }
        events.add(event);
    }

    private static void depth(JsonNode node, InstrumentSpec spec, Map<String, Object> event) {
        integers(node, event, "T", "U", "u", "pu");
        event.put("b", levels(node.get("b"), spec));
        event.put("a", levels(node.get("a"), spec));
    }

    static List<List<Long>> levels(JsonNode side, InstrumentSpec spec) {
        List<List<Long>> levels = new ArrayList<>();
        for (JsonNode level : side) {
            levels.add(List.of(
                    spec.tick().toUnits(decimal(level.get(0))), spec.lot().toUnits(decimal(level.get(1)))));
        }
        return levels;
    }

    private static void bookTicker(JsonNode node, InstrumentSpec spec, Map<String, Object> event) {
        integers(node, event, "T", "u");
        units(node, event, spec.tick(), "b", "a");
        units(node, event, spec.lot(), "B", "A");
    }

    private static void aggTrade(JsonNode node, InstrumentSpec spec, Map<String, Object> event) {
        integers(node, event, "T", "a", "f", "l");
        units(node, event, spec.tick(), "p");
        units(node, event, spec.lot(), "q");
        if (node.has("nq")) {
            units(node, event, spec.lot(), "nq");
        }
        event.put("m", node.get("m").booleanValue());
    }

    private static void trade(JsonNode node, InstrumentSpec spec, Map<String, Object> event) {
        integers(node, event, "T", "t");
        units(node, event, spec.tick(), "p");
        units(node, event, spec.lot(), "q");
        event.put("m", node.get("m").booleanValue());
        String kind = node.has("X") ? node.get("X").textValue() : "ABSENT";
        event.put("X", List.of("ABSENT", "MARKET", "INSURANCE_FUND", "NA").contains(kind) ? kind : "OTHER");
    }

    private static void markPrice(JsonNode node, Map<String, Object> event) {
        units(node, event, E8, "p", "i", "P");
        if (node.has("ap")) {
            units(node, event, E8, "ap");
        }
        if (!node.get("r").textValue().isEmpty()) {
            units(node, event, E8, "r");
        }
        integers(node, event, "T");
    }

    private static void kline(JsonNode node, Map<String, Object> event) {
        integers(node, event, "t", "T", "f", "L", "n");
        units(node, event, E8, "o", "h", "l", "c");
        decimals(node, event, "v", "q", "V", "Q");
        event.put("i", node.get("i").textValue());
        event.put("x", node.get("x").booleanValue());
    }

    private static void forceOrder(JsonNode node, InstrumentSpec spec, Map<String, Object> event) {
        integers(node, event, "T");
        units(node, event, spec.tick(), "p");
        units(node, event, E8, "ap");
        units(node, event, spec.lot(), "q", "l", "z");
        event.put("S", node.get("S").textValue());
        String status = node.get("X").textValue();
        boolean isKnown = List.of("NEW", "PARTIALLY_FILLED", "FILLED", "CANCELED", "EXPIRED")
                .contains(status);
        event.put("X", isKnown ? status : "OTHER");
    }

    private static void ticker(JsonNode node, Map<String, Object> event) {
        units(node, event, E8, "p", "P", "w", "c", "o", "h", "l");
        integers(node, event, "O", "C", "F", "L", "n");
        decimals(node, event, "Q", "v", "q");
    }

    private static void integers(JsonNode node, Map<String, Object> event, String... keys) {
        for (String key : keys) {
            event.put(key, integer(node, key));
        }
    }

    private static long integer(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (!value.isIntegralNumber()) {
            throw new IllegalArgumentException(key);
        }
        return value.bigIntegerValue().longValueExact();
    }

    private static void units(JsonNode node, Map<String, Object> event, Grid grid, String... keys) {
        for (String key : keys) {
            event.put(key, grid.toUnits(decimal(node.get(key))));
        }
    }

    private static void decimals(JsonNode node, Map<String, Object> event, String... keys) {
        for (String key : keys) {
            event.put(key, decimal(node.get(key)).stripTrailingZeros());
        }
    }

    private static BigDecimal decimal(JsonNode node) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException(node.toString());
        }
        return new BigDecimal(node.textValue());
    }
}
