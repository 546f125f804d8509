package io.millrace.app.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Reads a configuration: YAML, checked against {@link Key}, completed with defaults, bound to records.
 *
 * <p><b>Thread:</b> any; holds no state that changes.
 */
public final class ConfigLoader {
    static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Set<String> PRODUCTION_HOSTS =
            Set.of("fapi.binance.com", "fstream.binance.com", "ws-fapi.binance.com");

    private ConfigLoader() {}

    /** Returns the configuration in which every key has its default. */
    public static Config defaults() {
        return parse("", "defaults");
    }

    /**
     * Reads a file.
     *
     * @param file YAML; keys that are not there have their defaults.
     * @throws ConfigException if it cannot be read or a key or value in it cannot be used.
     */
    public static Config load(Path file) {
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
        } catch (NoSuchFileException e) {
            throw new ConfigException(
                    "configuration file " + file + " does not exist, "
                            + "write one (docs/configuration.md) or leave --config out for the defaults",
                    e);
        } catch (IOException e) {
            throw new ConfigException("configuration file " + file + " cannot be read: " + e, e);
        }
    }

    /**
     * Reads a text.
     *
     * @param yaml the text.
     * @param source what to call it in errors.
     * @throws ConfigException if a key or value in it cannot be used.
     */
    public static Config parse(String yaml, String source) {
        Config config = bind(Config.class, yaml, source);
        checkTogether(config, source);
        return config;
    }

    /**
     * Reads a text into any record whose components have a {@link Key}.
     *
     * @param root the record.
     * @param yaml the text.
     * @param source what to call it in errors.
     * @param <T> the record.
     * @throws ConfigException if a key or value in it cannot be used.
     */
    public static <T extends Record> T bind(Class<T> root, String yaml, String source) {
        JsonNode given;
        try {
            given = YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new ConfigException(
                    source + (at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr()) + ": not YAML: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
        ObjectNode complete = new ConfigCheck(source).complete(root, given, "");
        try {
            return YAML.treeToValue(complete, root);
        } catch (JsonProcessingException e) {
            throw new ConfigException(source + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Returns the configuration as YAML with every key, what {@link #parse} reads back to an equal one. */
    public static String toYaml(Config config) {
        try {
            return YAML.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("configuration cannot be written as YAML: " + e.getMessage(), e);
        }
    }

    /** What concerns several keys at once. */
    private static void checkTogether(Config config, String source) {
        JournalConfig journal = config.journal();
        if (journal.criticalWatermarkMib() >= journal.lowWatermarkMib()) {
            throw new ConfigException(source + ": journal.criticalWatermarkMib=" + journal.criticalWatermarkMib()
                    + " must be below journal.lowWatermarkMib=" + journal.lowWatermarkMib()
                    + ", raise the low one or lower the critical one");
        }
        checkTrading(config, source);
        VenueConfig venue = config.venue();
        String host = venue.publicUri().getHost();
        if (venue.trustAllCertificates() && !isLoopback(host)) {
            throw new ConfigException(source + ": venue.trustAllCertificates=true is refused for venue.publicUri host "
                    + host + ", it is for a simulated exchange on 127.0.0.1: set it to false");
        }
    }

    private static void checkTrading(Config config, String source) {
        TradingConfig trading = config.trading();
        VenueConfig venue = config.venue();
        if (!trading.mode().equals("live") && !trading.mode().equals("testnet")) {
            return;
        }
        for (URI uri : List.of(venue.restUri(), trading.privateUri(), trading.wsApiUri())) {
            boolean isPlain = uri.getScheme().equals("http") || uri.getScheme().equals("ws");
            if (isPlain && !isLoopback(uri.getHost())) {
                throw new ConfigException(
                        source + ": trading.mode=" + trading.mode() + " would send keys and orders to " + uri
                                + " without TLS: use " + (uri.getScheme().equals("http") ? "https" : "wss") + "://");
            }
            boolean isProduction = PRODUCTION_HOSTS.contains(uri.getHost());
            if (isProduction && trading.mode().equals("testnet")) {
                throw new ConfigException(source + ": trading.mode=testnet, but " + uri
                        + " is the venue where real money is: name the testnet's addresses");
            }
        }
        if (trading.mode().equals("live") && !trading.liveStatement().equals(trading.requiredStatement())) {
            throw new ConfigException(source + ": trading.mode=live needs trading.liveStatement=\""
                    + trading.requiredStatement() + "\", it says \"" + trading.liveStatement() + "\"");
        }
        if (trading.maxOrderNotional() > trading.maxTotalNotional()) {
            throw new ConfigException(source + ": trading.maxOrderNotional=" + trading.maxOrderNotional()
                    + " is above trading.maxTotalNotional=" + trading.maxTotalNotional() + ", lower it");
        }
    }

    private static boolean isLoopback(String host) {
        return host != null
                && (host.startsWith("127.") || "localhost".equals(host) || "[::1]".equals(host) || "::1".equals(host));
    }
}
