package io.millrace.app.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.app.terminal.Json;
import io.millrace.exchange.SimulatedExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the documentation, as they stand there, against the exchange behind sockets. */
class ExampleClientTest {
    // Surefire runs in the module's directory.
    private static final Path EXAMPLES = Path.of("../../docs/examples");
    private static final String PYTHON = "python3";
    private static final int LIMIT_S = 180;

    @TempDir
    private Path directory;

    private static boolean isPythonHere() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(PYTHON, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(LIMIT_S, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String python(String... arguments) throws IOException, InterruptedException {
        Path out = directory.resolve("out.txt");
        Process process = new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        process.getOutputStream().close();
        boolean isDone = process.waitFor(LIMIT_S, TimeUnit.SECONDS);
        if (!isDone) {
            process.destroyForcibly();
        }
        String printed = Files.readString(out);
        assertTrue(isDone, () -> "the client did not end in " + LIMIT_S + " s, it printed:\n" + printed);
        assertEquals(0, process.exitValue(), printed);
        return printed;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldServeTheExampleClientInPython(boolean isTls) throws IOException, InterruptedException {
        boolean isHere = isPythonHere();
        if (!isHere) {
            System.out.println("skipped: " + PYTHON + " does not run here, the example client was not tried");
        }
        assumeTrue(isHere);
        String yaml = Files.readString(EXAMPLES.resolve("scenario.yaml")) + (isTls ? "server: {tls: true}\n" : "");
        Scenario scenario = Scenario.parse(yaml, "scenario.yaml", EXAMPLES);
        try (SimulatedExchange exchange = scenario.start()) {
            Path venue = directory.resolve("venue.json");
            Files.writeString(venue, Json.line(new ScenarioView(scenario, exchange).tree()) + "\n");
            String printed = python(PYTHON, EXAMPLES.resolve("order_client.py").toString(), venue.toString());

            assertEquals(
                    List.of(
                            "market bookTicker",
                            "placed NEW True",
                            "stream NEW",
                            "queried NEW",
                            "canceled CANCELED",
                            "stream CANCELED",
                            "refused True",
                            "stream TRADE",
                            "position 0.010",
                            "stream TRADE",
                            "unknown True",
                            "queried NEW"),
                    printed.lines().toList());
        }
    }

    @Test
    void shouldHoldFaultsInTheExampleScenario() {
        Scenario scenario = Scenario.load(EXAMPLES.resolve("scenario.yaml"));

        assertEquals(42, scenario.keys().seed());
        assertTrue(scenario.settings().faults().faults().size() >= 2);
    }
}
