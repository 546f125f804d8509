package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.bench.goal.GoalResult;
import io.millrace.bench.wire.WireFigures;
import io.millrace.bench.wire.WireSuite;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;

/** Gathers what the parts of a run measured into the one JSON object that report, history and comparison read. */
final class LatencyResults {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectNode root = MAPPER.createObjectNode();
    private final ArrayNode goals = MAPPER.createArrayNode();
    private final ArrayNode wire = root.putArray("wire");
    private final ArrayNode stages = root.putArray("stages");
    private final ArrayNode figures = root.putArray("figures");
    private final ArrayNode failures = root.putArray("failures");

    /**
     * Begins.
     *
     * @param machine that measures.
     * @param peerCommand measures the peers alone.
     */
    LatencyResults(Map<String, Object> machine, String peerCommand) {
        root.put("when", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        root.set("machine", MAPPER.valueToTree(machine));
        root.put("peerCommand", peerCommand);
    }

    /** Adds what was measured of one goal. */
    void add(GoalResult goal) {
        goals.add(MAPPER.<JsonNode>valueToTree(goal.toJson()));
    }

    /**
     * Adds what was measured wire to wire.
     *
     * @param suite that has run.
     * @param isJudged whether its goals are stated too.
     */
    void add(WireSuite suite, boolean isJudged) {
        if (isJudged) {
            suite.goals().forEach(this::add);
        }
        for (WireFigures figure : suite.figures()) {
            JsonNode json = MAPPER.valueToTree(figure.toJson());
            wire.add(json);
            for (JsonNode report : json.path("reports")) {
                addStages(figure.label(), report.path("stages"));
            }
        }
    }

    /** Of several forks the last one's stages are shown. */
    private void addStages(String way, JsonNode ofFork) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (stages.get(i).path("way").asText().equals(way)) {
                stages.remove(i);
            }
        }
        for (JsonNode stage : ofFork) {
            ObjectNode row = stage.deepCopy();
            stages.add(row.put("way", way));
        }
    }

    /** Adds what the benchmarks of parts wrote as JSON: their figures and their goals. */
    void add(JsonNode benchmarks) {
        benchmarks.path("goals").forEach(goals::add);
        for (JsonNode figure : benchmarks.path("figures")) {
            figures.addObject()
                    .put("name", figure.path("name").asText())
                    .put("unit", figure.path("unit").asText("ns"))
                    .put(
                            "median",
                            figure.path("medianNs")
                                    .asDouble(figure.path("median").asDouble()))
                    .put("min", figure.path("minNs").asDouble(figure.path("min").asDouble()))
                    .put("max", figure.path("maxNs").asDouble(figure.path("max").asDouble()))
                    .put(
                            "bytes",
                            figure.path("bytesPerMessage")
                                    .asDouble(figure.path("bytes").asDouble()))
                    .put("rounds", figure.path("rounds").asInt());
        }
    }

    /** Adds a figure that was measured once. */
    void addFigure(String name, String unit, double value) {
        figures.addObject()
                .put("name", name)
                .put("unit", unit)
                .put("median", value)
                .put("min", value)
                .put("max", value)
                .put("bytes", 0)
                .put("rounds", 1);
    }

    /** Adds that something could not be measured. */
    void addFailure(String what, String why) {
        failures.addObject().put("what", what).put("why", why);
    }

    /** Returns everything, goals in the order of their rows. */
    ObjectNode toJson() {
        ArrayNode sorted = root.putArray("goals");
        java.util.List<JsonNode> rows = new java.util.ArrayList<>();
        goals.forEach(rows::add);
        rows.sort(Comparator.comparingInt(row -> row.path("goal").asInt()));
        rows.forEach(sorted::add);
        return root;
    }
}
