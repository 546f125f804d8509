package io.millrace.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CliTest {
    @TempDir
    Path directory;

    static List<String> commands() {
        return new ArrayList<>(
                new CommandLine(new MillraceCommand()).getSubcommands().keySet());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldExplainEveryCommandWithExamples(String command) {
        CliRun run = CliRun.of(command, "--help");

        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("Usage: millrace " + command), run.out());
        assertTrue(run.out().contains("Examples:"), run.out());
        assertTrue(run.out().contains("Exit codes:"), run.out());
    }

    @Test
    void shouldSayItsVersion() {
        CliRun run = CliRun.of("--version");

        assertEquals(0, run.exitCode());
        assertTrue(run.out().matches("(?s)millrace \\d+\\.\\d+.*"), run.out());
    }

    @Test
    void shouldEndWithTwoWhenTheCommandIsUnknown() {
        CliRun run = CliRun.of("dokter");

        assertEquals(2, run.exitCode());
        assertTrue(run.err().startsWith("millrace: Unmatched argument"), run.err());
    }

    @Test
    void shouldEndWithTwoWhenThereIsNoCommand() {
        assertEquals(2, CliRun.of().exitCode());
    }

    @Test
    void shouldPrintOneLineWhenTheConfigurationIsWrong() throws IOException {
        Path file = directory.resolve("millrace.yaml");
        Files.writeString(file, "engine:\n  ringSlot: 64\n");

        CliRun run = CliRun.of("config", "--config", file.toString());

        assertEquals(2, run.exitCode());
        assertEquals(
                "millrace: " + file + ": unknown key engine.ringSlot, did you mean engine.ringSlots?",
                run.err().strip());
    }

    @Test
    void shouldPrintTheTraceWhenAskedTo() {
        CliRun run = CliRun.of("config", "--config", "absent.yaml", "--stacktrace");

        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("at io.millrace.app.config.ConfigLoader"), run.err());
    }

    @Test
    void shouldPrintTheConfigurationInForce() {
        CliRun run = CliRun.of("config");

        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("ringSlots: 2048"), run.out());
    }

    @Test
    void shouldPrintJsonOnlyWhenAskedForJson() throws IOException {
        CliRun run = CliRun.of("doctor", "--json");

        JsonNode json = new ObjectMapper().readTree(run.out());
        assertEquals(0, run.exitCode());
        assertEquals(21, json.get("findings").size());
        assertTrue(json.get("findings").get(0).has("status"));
    }
}
