package io.millrace.app.scenario;

import io.millrace.app.config.ConfigException;
import io.millrace.exchange.matching.LatencyModel;
import io.millrace.exchange.matching.LatencyModels;
import io.millrace.exchange.trading.LineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes a line's latencies of a scenario's keys.
 *
 * <p><b>Thread:</b> confined to one thread; the models belong to whoever makes them.
 */
final class ScenarioLine {
    private static final long NS_PER_US = 1000;
    private static final long NS_PER_MS = 1_000_000;
    private static final long WAY_SEED = 1_000_003L;

    private final ScenarioKeys keys;
    private final String source;
    private final Function<String, Path> paths;

    ScenarioLine(ScenarioKeys keys, String source, Function<String, Path> paths) {
        this.keys = keys;
        this.source = source;
        this.paths = paths;
    }

    LineSettings settings() {
        LatencyKeys latency = keys.latency();
        boolean isNone = List.of(latency.requests(), latency.answers(), latency.streams()).stream()
                .allMatch(way -> way.model().equals("none"));
        return isNone
                ? LineSettings.NONE
                : new LineSettings(
                        models("latency.requests", latency.requests(), 1),
                        models("latency.answers", latency.answers(), 2),
                        models("latency.streams", latency.streams(), 3));
    }

    /** Returns what makes the models of one way; each connection draws from a seed of its own. */
    private Supplier<LatencyModel> models(String path, LatencyKeys.Model given, int way) {
        AtomicLong lines = new AtomicLong();
        long firstSeed = keys.seed() * WAY_SEED + way;
        Supplier<Long> seeds = () -> firstSeed + lines.getAndIncrement() * WAY_SEED * WAY_SEED;
        switch (given.model()) {
            case "constant" -> {
                return () -> LatencyModels.constant(given.constantUs() * NS_PER_US);
            }
            case "logNormal" -> {
                if (given.mostUs() < given.leastUs()) {
                    throw new ConfigException(source + ": " + path + ".mostUs=" + given.mostUs() + " is below leastUs="
                            + given.leastUs() + ", raise it");
                }
                return () -> LatencyModels.logNormal(
                        given.leastUs() * NS_PER_US,
                        given.medianUs() * NS_PER_US,
                        given.decades(),
                        given.mostUs() * NS_PER_US,
                        seeds.get());
            }
            case "sampled" -> {
                long[] samples = column(path, rows(path, given.file(), 1), 0, NS_PER_US);
                return () -> LatencyModels.sampled(samples, seeds.get());
            }
            case "recorded" -> {
                List<long[]> rows = rows(path, given.file(), 2);
                long[] times = column(path, rows, 0, NS_PER_MS);
                long[] latencies = column(path, rows, 1, NS_PER_US);
                return checked(path, () -> LatencyModels.recorded(times, latencies));
            }
            default -> {
                return () -> LatencyModel.NONE;
            }
        }
    }

    private Supplier<LatencyModel> checked(String path, Supplier<LatencyModel> models) {
        try {
            var unused = models.get();
            return models;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(source + ": " + path + ".file: " + e.getMessage(), e);
        }
    }

    private List<long[]> rows(String path, String file, int columns) {
        String name = source + ": " + path + ".file=" + file;
        if (file.isEmpty()) {
            throw new ConfigException(source + ": " + path + ".file is missing, name a file of latencies");
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(paths.apply(file));
        } catch (IOException e) {
            throw new ConfigException(name + " cannot be read: " + e, e);
        }
        List<long[]> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                rows.add(row(name + ":" + (i + 1), line, columns));
            }
        }
        if (rows.isEmpty()) {
            throw new ConfigException(name + " holds no latencies, write one a line");
        }
        return rows;
    }

    private static long[] row(String where, String line, int columns) {
        String[] cells = line.split(",", -1);
        try {
            if (cells.length == columns) {
                long[] row = new long[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = Long.parseLong(cells[i].strip());
                }
                if (row[columns - 1] >= 0) {
                    return row;
                }
            }
        } catch (NumberFormatException e) {
            throw new ConfigException(where + ": " + line + " is no whole number, latencies are in us", e);
        }
        throw new ConfigException(where + ": " + line + " is not " + columns + " whole number(s) from 0 on");
    }

    private long[] column(String path, List<long[]> rows, int column, long factor) {
        try {
            return rows.stream()
                    .mapToLong(row -> Math.multiplyExact(row[column], factor))
                    .toArray();
        } catch (ArithmeticException e) {
            throw new ConfigException(source + ": " + path + ".file holds a number that is too large", e);
        }
    }
}
