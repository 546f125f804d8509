package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.bench.BenchMain;
import io.millrace.bench.footprint.FootprintBench;
import io.millrace.bench.history.Comparison;
import io.millrace.bench.history.History;
import io.millrace.bench.wire.WireBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures, reports, and compares with what was recorded. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures the engine beside its peers and writes a report.",
        footer = {
            "",
            "Without --full: wire to wire (rows 5, 8, 9, 10), and with a capture decode and book (rows 1, 4), few"
                    + " forks.",
            "Examples:",
            "  tools/millrace latency --capture captures/usdm-btcusdt-20240808.jsonl.gz",
            "  tools/millrace latency --full --capture captures/usdm-btcusdt-20240808.jsonl.gz --record",
            "Exit codes: 0 all gates hold, 1 a gate does not hold, 2 usage."
        })
public final class LatencyCommand implements Callable<Integer> {
    /** Frames; more follow until the compilers rest. */
    private static final String SHORT_WARM_UP = "100000";

    private static final int FOOTPRINT_HEAP_MIB = 352;
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = "recorded capture, one instrument, with its depth snapshot; without it frames are made up")
    private Path capture;

    @Option(names = "--full", description = "every row, more forks: tens of minutes")
    private boolean isFull;

    @Option(names = "--html", paramLabel = "FILE", description = "the report")
    private Path html = Path.of("latency.html");

    @Option(names = "--json", paramLabel = "FILE", description = "the results, as JSON")
    private Path json = Path.of("latency.json");

    @Option(
            names = "--hlog",
            paramLabel = "FILE",
            description = "the histogram of each fork, in HdrHistogram's log format")
    private Path hlog;

    @Option(names = "--results", paramLabel = "FILE", description = "report these results instead of measuring")
    private Path results;

    @Option(names = "--history", paramLabel = "FILE", description = "where results are recorded")
    private Path history = Path.of("docs", "performance-history.jsonl");

    @Option(names = "--record", description = "append the results to the history")
    private boolean isRecorded;

    @Option(names = "--compare", description = "compare the results with the history of this machine")
    private boolean isCompared;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine line = spec.commandLine();
        PrintWriter out = line.getOut();
        JsonNode measured = results == null ? measure(line) : MAPPER.readTree(results.toFile());
        if (results == null) {
            MAPPER.writeValue(json.toFile(), measured);
        }
        HtmlReport.write(measured, html);
        printGoals(out, measured);
        if (isCompared) {
            Comparison.of(History.read(history), measured).print(out);
        }
        if (isRecorded) {
            History.append(history, measured);
            out.println("recorded in " + history);
        }
        out.println("report: " + html);
        out.flush();
        for (JsonNode goal : measured.path("goals")) {
            if (goal.path("verdict").asText().equals(io.millrace.bench.goal.Verdict.MISSED.words())) {
                return 1;
            }
        }
        return 0;
    }

    private JsonNode measure(CommandLine line) throws IOException, InterruptedException {
        LatencyResults gathered = new LatencyResults(BenchMachine.look(isFull), peerCommand());
        WireBench wire = new WireBench();
        new CommandLine(wire).parseArgs(wireArguments());
        gathered.add(wire.measure(line.getErr(), hlog), true);
        if (isFull) {
            // TLS is reported apart: no goal is stated of it.
            WireBench secure = new WireBench();
            new CommandLine(secure).parseArgs(wireArguments("--tls"));
            gathered.add(secure.measure(line.getErr(), null), false);
            gathered.add(FootprintBench.measure(FOOTPRINT_HEAP_MIB).toGoalResult());
        }
        if (capture != null) {
            gathered.add(benchmarks(line));
        }
        return gathered.toJson();
    }

    private String[] wireArguments(String... more) {
        List<String> arguments = new ArrayList<>(
                isFull ? List.of("--rounds", "5") : List.of("--rounds", "1", "--warmup", SHORT_WARM_UP));
        arguments.addAll(List.of(more));
        if (capture != null) {
            arguments.addAll(List.of("--capture", capture.toString()));
        }
        return arguments.toArray(String[]::new);
    }

    private String peerCommand() {
        return "tools/millrace bench --capture "
                + (capture == null ? "captures/usdm-btcusdt-20240808.jsonl.gz" : capture.getFileName());
    }

    private JsonNode benchmarks(CommandLine line) throws IOException {
        Path file = Files.createTempFile("millrace-bench-", ".json");
        try {
            List<String> arguments =
                    new ArrayList<>(List.of("--capture", capture.toString(), "--json", file.toString()));
            if (!isFull) {
                arguments.addAll(List.of("--only", "path", "--rounds", "1", "--warmup", "3", "--iterations", "2"));
            }
            int code = new CommandLine(new BenchMain())
                    .setOut(new PrintWriter(java.io.Writer.nullWriter()))
                    .setErr(line.getErr())
                    .execute(arguments.toArray(String[]::new));
            if (code > 1) {
                throw new IOException("the benchmarks ended with exit code " + code + ": see what they wrote above");
            }
            return MAPPER.readTree(file.toFile());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void printGoals(PrintWriter out, JsonNode measured) {
        out.printf("%n| goal | what | measured | gate | target | verdict | of |%n|---|---|---|---|---|---|---|%n");
        for (JsonNode goal : measured.path("goals")) {
            out.printf(
                    "| %d | %s | %.3g | %.3g | %.3g | %s | %s |%n",
                    goal.path("goal").asInt(),
                    goal.path("text").asText(),
                    goal.path("measured").asDouble(),
                    goal.path("gate").asDouble(),
                    goal.path("target").asDouble(),
                    goal.path("verdict").asText(),
                    History.name(goal));
        }
    }
}
