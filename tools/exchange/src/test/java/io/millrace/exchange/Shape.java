package io.millrace.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Field names and JSON types of an object, written {@code "symbol:text price:decimal time:integer m:flag"}: a decimal is a text
 * that holds one.
 */
public final class Shape {
    private Shape() {}

    public static void check(JsonNode object, String shape) {
        assertTrue(object.isObject(), () -> "no object: " + object);
        List<String> wanted = new ArrayList<>();
        for (String field : shape.split(" ", -1)) {
            String[] parts = field.split(":", -1);
            wanted.add(parts[0]);
            JsonNode value = object.get(parts[0]);
            assertTrue(value != null, () -> parts[0] + " is missing in " + object);
            assertTrue(is(value, parts[1]), () -> parts[0] + " is no " + parts[1] + " in " + object);
        }
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        assertEquals(wanted, names);
    }

    private static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "text" -> value.isTextual();
            case "decimal" -> value.isTextual() && isDecimal(value.textValue());
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "flag" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> throw new IllegalArgumentException(type);
        };
    }

    public static boolean isDecimal(String text) {
        return text.matches("-?[0-9]+(\\.[0-9]+)?");
    }

    /** Returns a decimal that is printed as a text, without its trailing zeros. */
    public static BigDecimal decimal(JsonNode object, String name) {
        return new BigDecimal(object.get(name).textValue()).stripTrailingZeros();
    }
}
