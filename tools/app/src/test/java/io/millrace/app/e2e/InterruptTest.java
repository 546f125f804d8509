package io.millrace.app.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.Replay;
import io.millrace.codecs.event.StopReason;
import io.millrace.exchange.SimulatedExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class InterruptTest {
    @TempDir
    Path directory;

    @Test
    void shouldStopInOrderWhenInterrupted() throws Exception {
        Path journal = directory.resolve("journal");
        try (SimulatedExchange exchange = TestRuns.exchange(2, 500)) {
            Path config = directory.resolve("millrace.yaml");
            Files.writeString(config, ConfigLoader.toYaml(TestRuns.config(exchange, "single")));
            Process process = record(config, journal);
            awaitLine(process, "all streams up");

            process.toHandle().destroy(); // SIGTERM; SIGINT takes the same way.
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertEquals(0, process.waitFor(), out);
            assertTrue(out.startsWith("recorded "), out);
        }
        Replay replay = new Replay(journal, ConfigLoader.defaults(), UnaryOperator.identity());
        assertEquals(StopReason.ORDERLY, replay.scan().runs().get(0).stopReason());
        assertTrue(replay.run(Long.MAX_VALUE, TestRuns.silent()).identical());
    }

    private static Process record(Path config, Path journal) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@src/main/launcher/jvm-options",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.millrace.app.Main",
                        "record",
                        "--config",
                        config.toString(),
                        "--journal",
                        journal.toString()))
                .start();
    }

    private static void awaitLine(Process process, String text) throws IOException {
        BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("the process ended before it said '" + text + "'");
    }
}
