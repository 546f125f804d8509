package io.millrace.app.cli;

import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command has, wherever they stand on the line. */
final class GlobalOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Configuration in YAML (docs/configuration.md); defaults without it.")
    Path config;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print the result as one line of JSON on standard output, and nothing else there.")
    boolean json;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Print where an error came from.")
    boolean stacktrace;

    Config load() {
        return config == null ? ConfigLoader.defaults() : ConfigLoader.load(config);
    }
}
