package io.millrace.bench.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.bench.goal.Goal;
import io.millrace.bench.goal.GoalFigure;
import io.millrace.bench.goal.GoalResult;
import io.millrace.bench.goal.Goals;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Forks of several ways in turn, so that a machine that is slow for a while slows all of them, and what they say of the goals.
 *
 * <p><b>Thread:</b> the one that calls.
 */
public final class WireSuite {
    private static final int WIRE_P50 = 8;
    private static final int WIRE_P99 = 9;
    private static final int JOURNAL = 10;
    private static final int BYTES = 5;
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final double NS_PER_US = 1e3;

    private final List<WireSettings> ways;
    private final WireTape tape;
    private final PrintWriter progress;
    private final List<WireFork.Result> results = new ArrayList<>();

    /**
     * Prepares.
     *
     * @param ways to measure, in turn.
     * @param tape that is played.
     * @param progress told of each fork.
     */
    WireSuite(List<WireSettings> ways, WireTape tape, PrintWriter progress) {
        this.ways = List.copyOf(ways);
        this.tape = tape;
        this.progress = progress;
    }

    /**
     * Measures one fork of every way, so many times.
     *
     * @param rounds 1 or more.
     */
    void run(int rounds) throws IOException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            for (WireSettings way : ways) {
                progress.printf("wire to wire, round %d of %d: %s%n", round, rounds, way.label());
                progress.flush();
                Path directory = Files.createTempDirectory("millrace-wire-");
                try {
                    WireFork.Result result = new WireFork(way, tape, directory).run();
                    progress.printf("warm after %.0f s%n", result.warmUpSeconds());
                    results.add(result);
                } finally {
                    delete(directory);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Returns the figures of all ways. */
    public List<WireFigures> figures() {
        return WireFigures.of(results);
    }

    /** Returns what the figures say of the goals, as far as both sides of a ratio were measured. */
    public List<GoalResult> goals() {
        List<WireFigures> figures = figures();
        List<GoalResult> goals = new ArrayList<>();
        List<WireFigures> engines = figures.stream()
                .filter(figure -> figure.label().startsWith("engine"))
                .toList();
        Optional<WireFigures> echo = figures.stream()
                .filter(figure -> figure.label().startsWith("echo"))
                .findFirst();
        for (WireFigures engine : engines) {
            echo.ifPresent(peer -> {
                goals.add(ratio(Goals.row(WIRE_P50), engine, peer, P50));
                goals.add(ratio(Goals.row(WIRE_P99), engine, peer, P99));
            });
        }
        Optional<WireFigures> off = engines.stream()
                .filter(figure -> figure.label().contains("journal off"))
                .findFirst();
        Optional<WireFigures> on = engines.stream()
                .filter(figure -> figure.label().contains("journal on"))
                .findFirst();
        if (off.isPresent() && on.isPresent()) {
            goals.add(ratio(Goals.row(JOURNAL), on.get(), off.get(), P50));
            goals.add(ratio(Goals.row(JOURNAL), on.get(), off.get(), P99));
        }
        for (WireFigures engine : engines) {
            Goal bytes = Goals.row(BYTES);
            GoalFigure figure = new GoalFigure("wire to wire, " + engine.label(), engine.bytesPerEvent(), bytes.unit());
            goals.add(GoalResult.ofValue(bytes, figure));
        }
        return goals;
    }

    private static GoalResult ratio(Goal goal, WireFigures upper, WireFigures lower, double percentile) {
        return GoalResult.ofRatio(goal, figure(upper, percentile), figure(lower, percentile));
    }

    private static GoalFigure figure(WireFigures figures, double percentile) {
        return new GoalFigure(figures.label() + " p" + (int) percentile, figures.ns(percentile) / NS_PER_US, "us");
    }

    /**
     * Writes the histogram of each fork, tagged by way and fork, in HdrHistogram's log format.
     *
     * @param file to write.
     */
    void writeLog(Path file) throws IOException {
        try (PrintStream out =
                new PrintStream(Files.newOutputStream(file), true, java.nio.charset.StandardCharsets.UTF_8)) {
            HistogramLogWriter writer = new HistogramLogWriter(out);
            writer.outputLogFormatVersion();
            writer.outputLegend();
            for (int i = 0; i < results.size(); i++) {
                Histogram histogram = results.get(i).fromDue();
                // A tag ends at a comma.
                histogram.setTag(results.get(i).label().replace(", ", "-").replace(' ', '-') + "#" + (i + 1));
                writer.outputIntervalHistogram(histogram);
            }
        }
    }

    /** Prints what the stages of the last fork of each engine took. */
    private void printStages(PrintWriter out) {
        for (WireFigures figure : figures()) {
            JsonNode stages =
                    figure.forks().get(figure.forks().size() - 1).report().path("stages");
            if (!stages.isEmpty()) {
                out.printf("%n| %s | count | min ns | p50 | p90 | p99 |%n|---|---|---|---|---|---|%n", figure.label());
            }
            for (JsonNode stage : stages) {
                out.printf(
                        "| %s | %d |",
                        stage.path("stage").asText(), stage.path("count").asLong());
                for (String column : List.of("min", "p50", "p90", "p99")) {
                    out.printf(" %d |", stage.path(column).asLong());
                }
                out.println();
            }
        }
    }

    /** Prints tables of figures, stages and goals. */
    void print(PrintWriter out) {
        out.printf(
                "%n| way | forks | answers | missing | p50 us | p90 us | p99 us | p99.9 us | min | max | B/event |%n");
        out.printf("|---|---|---|---|---|---|---|---|---|---|---|%n");
        for (WireFigures figure : figures()) {
            Histogram merged = figure.merged();
            out.printf(
                    "| %s | %d | %d | %d |",
                    figure.label(), figure.forks().size(), merged.getTotalCount(), figure.missing());
            for (double percentile : WireFigures.PERCENTILES) {
                out.printf(" %.1f |", figure.ns(percentile) / NS_PER_US);
            }
            out.printf(" %.1f | %.1f |", merged.getMinValue() / NS_PER_US, merged.getMaxValue() / NS_PER_US);
            if (Double.isNaN(figure.bytesPerEvent())) {
                out.printf(" |%n");
            } else {
                out.printf(" %.2f |%n", figure.bytesPerEvent());
            }
        }
        printStages(out);
        out.printf("%n%s%n", GoalResult.tableHead());
        goals().forEach(goal -> out.println(goal.tableLine()));
        out.flush();
    }
}
