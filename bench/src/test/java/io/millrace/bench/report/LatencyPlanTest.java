package io.millrace.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bench.report.LatencyPlan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyPlanTest {
    @Test
    void shouldMeasureEveryPartOnceInTwentyMinutes() {
        LatencyPlan plan = LatencyPlan.ofFullSet();
        List<String> parts =
                plan.steps().stream().flatMap(step -> step.parts().stream()).toList();
        assertEquals(parts.size(), parts.stream().distinct().count(), parts.toString());
        assertTrue(
                parts.containsAll(List.of(
                        "wire",
                        "quiet",
                        "tls",
                        "footprint",
                        "path",
                        "peers",
                        "types",
                        "book",
                        "sbe",
                        "hash",
                        "orders",
                        "hop",
                        "append",
                        "replay",
                        "model",
                        "features",
                        "bars",
                        "burst",
                        "startup")),
                parts.toString());
        assertTrue(plan.seconds() <= 20 * 60, plan.seconds() + " s");
    }

    @Test
    void shouldMeasureRowsByTheWireAndByTheCaptureInTheShortSet() {
        assertEquals(
                List.of(List.of("wire"), List.of("path")),
                LatencyPlan.ofShortSet().steps().stream().map(Step::parts).toList());
    }

    @Test
    void shouldKeepChosenPartsInTheirSteps() {
        LatencyPlan plan = LatencyPlan.ofFullSet().only(List.of("replay", "path", "tls"));
        assertEquals(
                List.of(List.of("tls"), List.of("path", "replay")),
                plan.steps().stream().map(Step::parts).toList());
        assertTrue(plan.seconds() < LatencyPlan.ofFullSet().seconds());
    }

    @Test
    void shouldNameWhatCanBeChosenWhenAPartIsUnknown() {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class, () -> LatencyPlan.ofShortSet().only(List.of("hop")));
        assertTrue(
                error.getMessage().contains("hop") && error.getMessage().contains("[path, wire]"), error.getMessage());
    }

    @Test
    void shouldLeaveOutWhatNeedsACaptureWhenThereIsNone() {
        assertEquals(
                List.of(List.of("wire"), List.of("quiet"), List.of("tls"), List.of("footprint")),
                LatencyPlan.ofFullSet().withoutCapture().steps().stream()
                        .map(Step::parts)
                        .toList());
    }
}
