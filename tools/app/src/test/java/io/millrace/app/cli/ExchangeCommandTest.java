package io.millrace.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeCommandTest {
    // Surefire runs in the module's directory.
    private static final String EXAMPLE = "../../docs/examples/scenario.yaml";

    @TempDir
    private Path directory;

    @Test
    void shouldPrintAddressesAndAccountsOfAScenario() {
        CliRun run = CliRun.of("exchange", "--scenario", EXAMPLE, "--seconds", "1");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("rest      http://127.0.0.1:"), run.out());
        assertTrue(run.out().contains("account alice: 10000 USDT, fee tier 0"), run.out());
        assertTrue(run.out().contains("  key alice-reads, HMAC, read, secret another of no worth"), run.out());
        assertTrue(run.out().contains("  key bob-trades, ED25519, trade"), run.out());
    }

    @Test
    void shouldPrintAScenarioAsOneLineOfJson() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        CliRun run = CliRun.of(
                "exchange", "--scenario", EXAMPLE, "--json", "--port", String.valueOf(port), "--seconds", "1");

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(1, run.out().lines().count(), run.out());
        JsonNode tree = new ObjectMapper().readTree(run.out());
        assertEquals(port, URI.create(tree.at("/addresses/rest").asText()).getPort());
        assertTrue(tree.at("/addresses/private").asText().startsWith("ws://127.0.0.1:"), run.out());
        assertEquals(
                "a secret of no worth", tree.at("/accounts/0/keys/0/secret").asText());
        assertTrue(tree.get("certificate").isNull());
    }

    @Test
    void shouldEndWithTwoAndOneLineWhenAScenarioCannotBeUsed() throws IOException {
        Path file = directory.resolve("wrong.yaml");
        Files.writeString(file, "accounts: [{name: a, feetier: 1}]\n");
        CliRun run = CliRun.of("exchange", "--scenario", file.toString());

        assertEquals(2, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("unknown key accounts[0].feetier, did you mean accounts[0].feeTier?"), run.err());
    }

    @Test
    void shouldEndWithTwoWhenAScenarioIsMissing() {
        CliRun run = CliRun.of(
                "exchange", "--scenario", directory.resolve("none.yaml").toString());

        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("does not exist, write one (docs/scenario-reference.md)"), run.err());
    }

    @Test
    void shouldRefuseOptionsOfTheConfigurationBesideAScenario() {
        CliRun run = CliRun.of("exchange", "--scenario", EXAMPLE, "--symbols", "3");

        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("write market.synthetic.symbols"), run.err());
    }
}
