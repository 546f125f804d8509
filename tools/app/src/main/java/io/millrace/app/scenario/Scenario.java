package io.millrace.app.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.app.config.ConfigException;
import io.millrace.app.config.ConfigLoader;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.VirtualExchange;
import io.millrace.exchange.klines.KlineMarket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A scenario: a simulated exchange as a file describes it. Behind sockets ({@link #start}) it lives in the machine's time, in process
 * ({@link #open}) in virtual time, where the same file gives the same exchange byte for byte.
 *
 * <p><b>Thread:</b> any; holds no state that changes.
 */
public final class Scenario {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScenarioKeys keys;
    private final String source;
    private final Path directory;
    private final ExchangeSettings settings;
    private final long startNs;

    private Scenario(ScenarioKeys keys, String source, Path directory) {
        this.keys = keys;
        this.source = source;
        this.directory = directory;
        this.startNs = epochNs(keys.start(), source);
        this.settings = new ScenarioSettings(keys, source, directory).settings();
    }

    private static long epochNs(String text, String source) {
        try {
            Instant instant = Instant.parse(text);
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NS_PER_SECOND), instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new ConfigException(
                    source + ": start=" + text + " is not a time, write it like 2026-01-05T00:00:00Z", e);
        }
    }

    /**
     * Reads a file.
     *
     * @param file YAML; what is not there has its default.
     * @throws ConfigException if it cannot be read or a key or value in it cannot be used.
     */
    public static Scenario load(Path file) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString(), directory);
        } catch (NoSuchFileException e) {
            throw new ConfigException(
                    "scenario file " + file + " does not exist, write one (docs/scenario-reference.md)", e);
        } catch (IOException e) {
            throw new ConfigException("scenario file " + file + " cannot be read: " + e, e);
        }
    }

    /**
     * Reads a text.
     *
     * @param yaml the text.
     * @param source what to call it in errors.
     * @param directory that its paths are relative to.
     * @throws ConfigException if a key or value in it cannot be used.
     */
    public static Scenario parse(String yaml, String source, Path directory) {
        return new Scenario(ConfigLoader.bind(ScenarioKeys.class, yaml, source), source, directory);
    }

    /**
     * Returns the scenario with another seed or port.
     *
     * @param seed or null to leave the file's.
     * @param port of REST, or null to leave the file's.
     * @throws ConfigException if the port cannot be used.
     */
    public Scenario with(Long seed, Integer port) {
        ObjectNode tree = JSON.valueToTree(keys);
        if (seed != null) {
            tree.put("seed", seed);
        }
        if (port != null) {
            ((ObjectNode) tree.get("server")).put("port", port);
        }
        return parse(tree.toString(), source, directory);
    }

    /** Returns the keys, complete with their defaults. */
    public ScenarioKeys keys() {
        return keys;
    }

    /** Returns what the exchange is made of. */
    public ExchangeSettings settings() {
        return settings;
    }

    /**
     * Opens the exchange behind sockets on loopback, in the machine's time.
     *
     * @throws IOException if a port cannot be opened or a file of the market cannot be read.
     * @throws ConfigException if the market does not have what the scenario names.
     */
    public SimulatedExchange start() throws IOException {
        return opened(SimulatedExchange::start);
    }

    /**
     * Opens the exchange in process, in virtual time; nothing happens before it is told to go on. Bars begin at their own time,
     * anything else at the scenario's.
     *
     * @throws IOException if a file of the market cannot be read.
     * @throws ConfigException if the market does not have what the scenario names.
     */
    public VirtualExchange open() throws IOException {
        return opened(made -> VirtualExchange.open(made, made.klines() == null ? startNs : KlineMarket.FILE_TIME));
    }

    private interface Opening<T> {
        T open(ExchangeSettings made) throws IOException;
    }

    private <T extends AutoCloseable> T opened(Opening<T> opening) throws IOException {
        ScenarioRules rules = new ScenarioRules(keys.contracts(), source);
        T exchange;
        try {
            exchange = opening.open(settings.withRules(rules));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(source + ": " + e.getMessage(), e);
        }
        try {
            rules.checkNames(settings.faults().faults());
            return exchange;
        } catch (ConfigException e) {
            closeQuietly(exchange, e);
            throw e;
        }
    }

    private static void closeQuietly(AutoCloseable exchange, ConfigException reason) {
        try {
            exchange.close();
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }
}
