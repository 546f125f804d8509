package io.millrace.bench.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The file of recorded results: a JSON object a line, oldest first. */
public final class History {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> WIRE_PERCENTILES = List.of("p50", "p99");
    private static final double NS_PER_US = 1e3;

    private History() {}

    /**
     * One recorded run.
     *
     * @param when it was measured, ISO 8601.
     * @param machine processor, cores and JDK: runs of different machines are not compared.
     * @param set {@code short} or {@code full}: their forks differ in number.
     * @param values measured values by the names of their goals, and figures by their own names and units.
     */
    public record Entry(String when, String machine, String set, Map<String, Value> values) {}

    /**
     * One measured value.
     *
     * @param value in the goal's or the figure's unit.
     * @param isLowerBetter which way is progress.
     */
    public record Value(double value, boolean isLowerBetter) {}

    /**
     * Reads what was recorded.
     *
     * @param file need not exist.
     * @throws IOException if a line cannot be read; it is named.
     */
    public static List<Entry> read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (!Files.exists(file)) {
            return entries;
        }
        int number = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            if (!line.isBlank()) {
                entries.add(entry(line, file + " line " + number));
            }
        }
        return entries;
    }

    private static Entry entry(String line, String place) throws IOException {
        JsonNode json;
        try {
            json = MAPPER.readTree(line);
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new IOException(place + " is no JSON object: take the line out, or mend it", e);
        }
        Map<String, Value> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : json.path("values").properties()) {
            JsonNode value = field.getValue();
            values.put(
                    field.getKey(),
                    new Value(
                            value.path("value").asDouble(),
                            value.path("isLowerBetter").asBoolean()));
        }
        return new Entry(
                json.path("when").asText(),
                json.path("machine").asText(),
                json.path("set").asText(),
                values);
    }

    /** Returns results as an entry: goals first, then all figures, of which less is better. */
    public static Entry of(JsonNode results) {
        JsonNode machine = results.path("machine");
        Map<String, Value> values = new LinkedHashMap<>();
        for (JsonNode goal : results.path("goals")) {
            values.put(
                    name(goal),
                    new Value(
                            goal.path("measured").asDouble(),
                            goal.path("isLowerBetter").asBoolean()));
        }
        for (JsonNode figure : results.path("figures")) {
            String name =
                    figure.path("name").asText() + ", " + figure.path("unit").asText();
            values.put(name, new Value(figure.path("median").asDouble(), true));
        }
        for (JsonNode way : results.path("wire")) {
            for (String percentile : WIRE_PERCENTILES) {
                String name = way.path("label").asText() + " " + percentile + ", us";
                values.put(name, new Value(way.path("ns").path(percentile).asDouble() / NS_PER_US, true));
            }
        }
        String place =
                machine.path("cpu").asText() + ", " + machine.path("cores").asInt() + " cores, JDK "
                        + machine.path("jdk").asText();
        return new Entry(
                results.path("when").asText(), place, machine.path("set").asText(), values);
    }

    /**
     * Appends results.
     *
     * @param file to append to, made if it is not there.
     * @param results of a run.
     */
    public static void append(Path file, JsonNode results) throws IOException {
        Entry entry = of(results);
        ObjectNode json = MAPPER.createObjectNode();
        json.put("when", entry.when()).put("machine", entry.machine()).put("set", entry.set());
        json.set("values", MAPPER.valueToTree(entry.values()));
        Files.writeString(
                file,
                MAPPER.writeValueAsString(json) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Returns what tells a goal's result from others: its row and the names of its figures. */
    public static String name(JsonNode goal) {
        String lower = goal.has("denominator")
                ? " / " + goal.path("denominator").path("name").asText()
                : "";
        return goal.path("goal").asInt() + ": "
                + goal.path("numerator").path("name").asText() + lower;
    }
}
