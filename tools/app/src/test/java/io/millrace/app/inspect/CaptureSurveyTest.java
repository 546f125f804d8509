package io.millrace.app.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.value.Grid;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureSurveyTest {
    private final Progress progress = new Progress(new PrintWriter(new StringWriter()), false);

    @TempDir
    Path directory;

    @Test
    void shouldFindTheCoarsestGridThatAllValuesAreOn() throws IOException {
        CaptureSurvey survey = survey(
                "1 {\"stream\":\"x\",\"data\":{\"e\":\"depthUpdate\",\"s\":\"AUSDT\",\"b\":[[\"100.30\",\"0.004\"],"
                        + "[\"100.10\",\"0.000\"]],\"a\":[[\"100.60\",\"0.010\"]]}}",
                "2 {\"e\":\"bookTicker\",\"s\":\"BUSDT\",\"b\":\"7\",\"B\":\"300\",\"a\":\"9\",\"A\":\"450\"}",
                "3 {\"e\":\"kline\",\"s\":\"CUSDT\",\"k\":{\"o\":\"0.001\"}}");

        assertEquals(List.of("AUSDT", "BUSDT", "CUSDT"), survey.symbols());
        assertEquals(new Grid(1, -1), survey.instruments().get(0).tick());
        assertEquals(new Grid(2, -3), survey.instruments().get(0).lot());
        assertEquals(new Grid(1, 0), survey.instruments().get(1).tick());
        assertEquals(new Grid(15, 1), survey.instruments().get(1).lot());
        assertEquals(2, survey.instruments().get(2).id());
    }

    @Test
    void shouldReadSnapshotsOfTheFileToo() throws IOException {
        CaptureSurvey survey = survey(
                "1 {\"rest\":\"depth\",\"symbol\":\"AUSDT\",\"data\":{\"lastUpdateId\":1,\"bids\":[[\"0.5\",\"2\"]],"
                        + "\"asks\":[]}}",
                "2 {\"lastUpdateId\":2,\"bids\":[[\"0.25\",\"2\"]],\"asks\":[]}");

        assertEquals(new Grid(25, -2), survey.instruments().get(0).tick());
        assertEquals(1, survey.snapshotsWithoutSymbol());
    }

    @Test
    void shouldLeaveBrokenFramesToTheDecoder() throws IOException {
        CaptureSurvey survey =
                survey("1 {\"e\":\"trade\",", "2 []", "3 {\"e\":\"trade\",\"s\":\"A\",\"p\":\"x\",\"q\":\"1\"}");

        assertEquals(List.of("A"), survey.symbols());
        assertEquals(new Grid(1, 0), survey.instruments().get(0).tick());
    }

    @Test
    void shouldNameTheLineThatIsNoCapture() {
        CommandFailure failure = assertThrows(CommandFailure.class, () -> survey("1 {}", "hello"));

        assertEquals(3, failure.exitCode());
        assertTrue(failure.getMessage().contains("line 2"), failure.getMessage());
    }

    @Test
    void shouldSayWhenTheFileIsMissing() {
        CommandFailure failure =
                assertThrows(CommandFailure.class, () -> CaptureSurvey.of(directory.resolve("absent.jsonl"), progress));

        assertTrue(failure.getMessage().contains("does not exist"), failure.getMessage());
    }

    private CaptureSurvey survey(String... lines) throws IOException {
        Path file = directory.resolve("capture.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return CaptureSurvey.of(file, progress);
    }
}
