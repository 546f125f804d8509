package io.millrace.bench.goal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalResultTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldOrderRowsAndBoundsOfEveryGoal() {
        assertEquals(
                IntStream.rangeClosed(1, 18).boxed().toList(),
                Goals.all().stream().map(Goal::row).toList());
        for (Goal goal : Goals.all()) {
            assertTrue(goal.holds(goal.moonshot(), goal.target()), goal.toString());
            assertTrue(goal.holds(goal.target(), goal.gate()), goal.toString());
            assertEquals(goal, Goals.row(goal.row()));
        }
        assertThrows(IllegalArgumentException.class, () -> Goals.row(0));
        assertThrows(IllegalArgumentException.class, () -> Goals.row(19));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 250, 100, gate holds",
        "1, 251, 100, GATE MISSED",
        "1, 180, 100, target met",
        "1, 120, 100, moonshot reached",
        "4, 400, 100, gate holds",
        "4, 399, 100, GATE MISSED",
        "4, 700, 100, target met",
        "4, 1100, 100, moonshot reached",
        "4, 0, 0, GATE MISSED",
    })
    void shouldJudgeRatiosWhenBoundsAreTouched(int row, double numerator, double denominator, String words) {
        GoalResult result = GoalResult.ofRatio(
                Goals.row(row), new GoalFigure("a", numerator, "ns"), new GoalFigure("b", denominator, "ns"));
        assertEquals(words, result.verdict().words());
    }

    @Test
    void shouldRefuseFiguresWhenUnitsDoNotFit() {
        GoalFigure ns = new GoalFigure("a", 1, "ns");
        GoalFigure us = new GoalFigure("b", 1, "us");
        assertThrows(IllegalArgumentException.class, () -> GoalResult.ofRatio(Goals.row(1), ns, us));
        assertThrows(IllegalArgumentException.class, () -> GoalResult.ofRatio(Goals.row(17), ns, ns));
        assertThrows(IllegalArgumentException.class, () -> GoalResult.ofValue(Goals.row(17), ns));
        assertThrows(IllegalArgumentException.class, () -> GoalResult.ofValue(Goals.row(1), ns));
    }

    @Test
    void shouldWriteBothSidesWhenRatioBecomesJson() {
        JsonNode json = JSON.valueToTree(GoalResult.ofRatio(
                        Goals.row(4), new GoalFigure("jacksonTreeMap", 1600, "ns"), new GoalFigure("ours", 200, "ns"))
                .toJson());
        assertEquals(4, json.get("goal").asInt());
        assertEquals(8, json.get("measured").asDouble());
        assertEquals("jacksonTreeMap", json.get("numerator").get("name").asText());
        assertEquals(200, json.get("denominator").get("value").asDouble());
        assertEquals("target met", json.get("verdict").asText());
        assertFalse(json.get("isLowerBetter").asBoolean());
    }

    @Test
    void shouldLeaveOutTheDenominatorWhenGoalIsAbsolute() {
        GoalResult result = GoalResult.ofValue(Goals.row(17), new GoalFigure("resident", 155.5, "MiB"));
        assertFalse(result.toJson().containsKey("denominator"));
        assertEquals(
                "| 17 | resident memory with 648 instruments | 156 | resident 156 MiB | 512 | 256 | 156 | moonshot"
                        + " reached |",
                result.tableLine());
    }
}
