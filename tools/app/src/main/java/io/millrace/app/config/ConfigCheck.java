package io.millrace.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Checks a tree of nodes against a record's {@link Key}s and fills in the defaults. */
final class ConfigCheck {
    private final String source;

    ConfigCheck(String source) {
        this.source = source;
    }

    /**
     * Returns a tree with every key of the section.
     *
     * @param section record whose components are the keys.
     * @param given what the user wrote, null or missing for nothing.
     * @param prefix path of the section with a dot behind it, empty for the root.
     */
    ObjectNode complete(Class<?> section, JsonNode given, String prefix) {
        ObjectNode complete = ConfigLoader.YAML.createObjectNode();
        boolean nothing = given == null || given.isMissingNode() || given.isNull();
        if (!nothing && !given.isObject()) {
            throw error(name(prefix) + " is a section, it needs keys below it, not " + given);
        }
        RecordComponent[] components = section.getRecordComponents();
        if (!nothing) {
            refuseUnknown(components, given, prefix);
        }
        for (RecordComponent component : components) {
            JsonNode value = nothing ? null : given.get(component.getName());
            String path = prefix + component.getName();
            Class<?> element = elementRecord(component);
            if (component.getType().isRecord()) {
                complete.set(component.getName(), complete(component.getType(), value, path + "."));
            } else if (element != null) {
                complete.set(component.getName(), list(element, value, path));
            } else {
                complete.set(component.getName(), leaf(component, value, path));
            }
        }
        return complete;
    }

    /** Returns the record that the elements of a list are, or null for anything but a list of records. */
    static Class<?> elementRecord(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                        && element.isRecord()
                ? element
                : null;
    }

    private ArrayNode list(Class<?> element, JsonNode given, String path) {
        ArrayNode complete = ConfigLoader.YAML.createArrayNode();
        if (given == null || given.isNull()) {
            return complete;
        }
        if (!given.isArray()) {
            throw error(path + " is a list of sections, each begins with a dash, not " + given);
        }
        for (JsonNode section : given) {
            complete.add(complete(element, section, path + "[" + complete.size() + "]."));
        }
        return complete;
    }

    static JsonNode defaultOf(RecordComponent component) {
        try {
            return ConfigLoader.YAML.readTree(component.getAnnotation(Key.class).byDefault());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("default of " + component + " is not YAML", e);
        }
    }

    private void refuseUnknown(RecordComponent[] components, JsonNode given, String prefix) {
        List<String> known =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        for (Iterator<String> names = given.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                String near = Nearest.of(name, known);
                throw error("unknown key " + prefix + name
                        + (near == null
                                ? ", known here: " + String.join(", ", known)
                                : ", did you mean " + prefix + near + "?"));
            }
        }
    }

    private JsonNode leaf(RecordComponent component, JsonNode given, String path) {
        JsonNode value = given == null || given.isNull() ? defaultOf(component) : given;
        Key key = component.getAnnotation(Key.class);
        Class<?> type = component.getType();
        if (value.isMissingNode()) {
            throw error(path + " is missing, it has no default" + (key.cure().isEmpty() ? "" : ": " + key.cure()));
        }
        if (value.isNull() || type == JsonNode.class) {
            return value;
        }
        if (type == int.class || type == long.class || type == Integer.class) {
            checkNumber(key, type, value, path);
        } else if (type == double.class || type == Double.class) {
            checkDecimal(key, value, path);
        } else if (type == boolean.class) {
            if (!value.isBoolean()) {
                throw error(path + "=" + value + " is not true or false");
            }
        } else if (type == List.class) {
            if (!value.isArray()) {
                throw error(path + "=" + value + " is not a list, write [A, B]");
            }
            for (JsonNode element : value) {
                checkText(key, element, path);
            }
        } else {
            checkText(key, value, path);
            if (type == URI.class) {
                checkUri(key, value.asText(), path);
            }
        }
        return value;
    }

    private void checkNumber(Key key, Class<?> type, JsonNode value, String path) {
        String unit = key.unit().isEmpty() ? "" : " " + key.unit();
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw error(path + "=" + value + " is not a whole number");
        }
        long number = value.asLong();
        long min = type != long.class ? Math.max(key.min(), Integer.MIN_VALUE) : key.min();
        long max = type != long.class ? Math.min(key.max(), Integer.MAX_VALUE) : key.max();
        checkLimits(key, BigDecimal.valueOf(number), BigDecimal.valueOf(min), BigDecimal.valueOf(max), path);
        String cure = cure(key);
        if (key.powerOfTwo() && Long.bitCount(number) != 1) {
            throw error(path + "=" + number + unit + " is not a power of two, use "
                    + Math.min(max, Long.highestOneBit(number) << 1) + cure);
        }
        if (number % key.multipleOf() != 0) {
            throw error(path + "=" + number + unit + " is not a multiple of " + key.multipleOf() + ", use "
                    + Math.min(max, (number / key.multipleOf() + 1) * key.multipleOf()) + cure);
        }
    }

    private void checkDecimal(Key key, JsonNode value, String path) {
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw error(path + "=" + value + " is not a number");
        }
        checkLimits(
                key,
                new BigDecimal(value.asText()),
                BigDecimal.valueOf(key.min()),
                BigDecimal.valueOf(key.max()),
                path);
    }

    private void checkLimits(Key key, BigDecimal number, BigDecimal min, BigDecimal max, String path) {
        String what = path + "=" + number.toPlainString() + (key.unit().isEmpty() ? "" : " " + key.unit());
        if (number.compareTo(min) < 0) {
            throw error(what + " is below " + min + ", use at least that" + cure(key));
        }
        if (number.compareTo(max) > 0) {
            throw error(what + " is above " + max + ", use at most that" + cure(key));
        }
    }

    private static String cure(Key key) {
        return key.cure().isEmpty() ? "" : ", " + key.cure();
    }

    private void checkText(Key key, JsonNode value, String path) {
        if (key.mayBeEmpty() && value.isTextual() && value.asText().isEmpty()) {
            return;
        }
        if (!value.isTextual() || value.asText().isBlank()) {
            throw error(path + "=" + value + " is not a text");
        }
        List<String> allowed = List.of(key.oneOf());
        if (!allowed.isEmpty() && !allowed.contains(value.asText())) {
            String near = Nearest.of(value.asText(), allowed);
            throw error(path + "=" + value.asText() + " is not one of " + String.join(", ", allowed)
                    + (near == null ? "" : ", did you mean " + near + "?"));
        }
    }

    private void checkUri(Key key, String value, String path) {
        URI uri;
        try {
            uri = URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(source + ": " + path + "=" + value + " is not a URI: " + e.getMessage(), e);
        }
        List<String> schemes = List.of(key.schemes());
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!schemes.isEmpty() && !schemes.contains(scheme)) {
            throw error(path + "=" + value + " does not begin with " + String.join(":// or ", schemes) + "://, add it");
        }
        if (uri.getHost() == null) {
            throw error(path + "=" + value + " names no host, write " + schemes.get(0) + "://host:port");
        }
    }

    private ConfigException error(String message) {
        return new ConfigException(source + ": " + message);
    }

    private static String name(String prefix) {
        return prefix.isEmpty() ? "the configuration" : prefix.substring(0, prefix.length() - 1);
    }
}
