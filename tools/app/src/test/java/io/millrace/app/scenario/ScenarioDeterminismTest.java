package io.millrace.app.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same file and seed give the same exchange: every byte to every client, at the same time. */
class ScenarioDeterminismTest {
    private static final int SECONDS = 6;
    private static final int LIMIT_S = 180;
    private static final String YAML = """
            seed: %d
            market: {synthetic: {symbols: 3, eventsPerSecond: 300}}
            accounts:
              - {name: alice, walletUsdt: 100000, keys: [{key: alice-trades, secret: a secret of no worth}]}
              - {name: bob, walletUsdt: 100}
            latency:
              requests: {model: logNormal, leastUs: 500, medianUs: 900, decades: 0.3}
              answers: {model: constant, constantUs: 700}
              streams: {model: logNormal, leastUs: 300, medianUs: 400, decades: 0.3}
            faults:
              seed: %d
              faults:
                - {kind: GAP, symbol: BTCUSDT, stream: '@depth@100ms', after: 1s}
                - {kind: CUT, stream: '@depth@0ms', after: 2s}
                - {kind: GARBAGE, stream: '@aggTrade', after: 3s, count: 2}
                - {kind: STALE_SNAPSHOT, after: 1s}
                - {kind: HTTP_STATUS, amount: 503, after: 4s, count: 2}
                - {kind: UNKNOWN_503, after: 1s, count: 3}
                - {kind: ANSWER_LATE, delay: 120ms, after: 2s, count: 2}
                - {kind: TIMEOUT, after: 3s, door: WS_API}
                - {kind: EVENT_TWICE, after: 1s, count: 4}
                - {kind: EVENT_REORDERED, after: 2s, chance: 0.5, count: 10}
                - {kind: EVENT_LOST, event: ACCOUNT_UPDATE, after: 3s}
                - {kind: FLASH_CRASH, symbol: BTCUSDT, after: 4s}
                - {kind: LIQUIDITY_HOLE, symbol: ETHUSDT, after: 4s, for: 500ms}
                - {kind: HALTED, symbol: ETHUSDT, after: 5s, for: 500ms}
              random: {DUPLICATE: 3600, DROP: 3600, CUT: 900, EVENT_LATE: 3600, UNKNOWN_503: 1800, for: 500ms}
            """;

    @TempDir
    private Path directory;

    private static Scenario scenario(long seed) {
        return Scenario.parse(YAML.formatted(seed, seed), "determinism.yaml", null);
    }

    @Test
    void shouldSendEveryByteAlikeWhenFileAndSeedAreTheSame() throws Exception {
        ScenarioClients.Result once = ScenarioClients.play(scenario(5), SECONDS);

        assertTrue(once.bytes() > 100_000, () -> "only " + once);
        assertTrue(once.privateBytes() > 10_000, () -> "too little on the private stream: " + once);
        assertTrue(once.accepted() > 20, () -> "too few requests were accepted: " + once);
        assertTrue(once.reconnects() > 0, "no fault cut a connection");
        System.out.println(once);
        assertEquals(once, ScenarioClients.play(scenario(5), SECONDS));
        assertNotEquals(
                once.digest(), ScenarioClients.play(scenario(6), SECONDS).digest());
        assertEquals(once.digest(), inAFreshJvm(YAML.formatted(5, 5)));
    }

    private String inAFreshJvm(String yaml) throws IOException, InterruptedException {
        Path file = directory.resolve("determinism.yaml");
        Path out = directory.resolve("out.txt");
        Files.writeString(file, yaml, StandardCharsets.UTF_8);
        // Surefire may hide the class path in the manifest of a jar of its own, which works here too.
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScenarioClients.class.getName(),
                        file.toString(),
                        String.valueOf(SECONDS)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(out.toFile())
                .start();
        boolean isDone = process.waitFor(LIMIT_S, TimeUnit.SECONDS);
        if (!isDone) {
            process.destroyForcibly();
        }
        assertTrue(isDone && process.exitValue() == 0, () -> "the fresh JVM failed");
        return Files.readString(out).strip();
    }
}
