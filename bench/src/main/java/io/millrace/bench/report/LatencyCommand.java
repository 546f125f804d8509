package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.goal.Verdict;
import io.millrace.bench.history.Comparison;
import io.millrace.bench.history.History;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "  tools/millrace latency --full --capture captures/usdm-btcusdt-20240808.jsonl.gz --only append,hop",
            "Exit codes: 0 all gates hold, 1 a gate does not hold or a step failed, 2 usage."
        })
public final class LatencyCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = "recorded capture, one instrument, with its depth snapshot; without it frames are made up")
    private Path capture;

    @Option(names = "--full", description = "every row and every part, about twenty minutes")
    private boolean isFull;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "of the set these parts alone: wire, quiet, tls, footprint, and those of bench --only")
    private List<String> only = List.of();

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
        HtmlReport.write(measured, html);
        printGoals(out, measured);
        for (JsonNode failure : measured.path("failures")) {
            out.printf(
                    "%nnot measured: %s (%s)%n",
                    failure.path("what").asText(), failure.path("why").asText());
        }
        if (isCompared) {
            Comparison.of(History.read(history), measured).print(out);
        }
        if (isRecorded) {
            History.append(history, measured);
            out.println("recorded in " + history);
        }
        out.println("report: " + html);
        out.flush();
        return isPassed(measured) ? 0 : 1;
    }

    private static boolean isPassed(JsonNode measured) {
        for (JsonNode goal : measured.path("goals")) {
            if (goal.path("verdict").asText().equals(Verdict.MISSED.words())) {
                return false;
            }
        }
        return measured.path("failures").isEmpty();
    }

    private JsonNode measure(CommandLine line) throws IOException, InterruptedException {
        LatencyPlan plan;
        try {
            plan = (isFull ? LatencyPlan.ofFullSet() : LatencyPlan.ofShortSet()).only(only);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(line, e.getMessage(), e);
        }
        if (capture == null) {
            plan = plan.withoutCapture();
        } else if (!Files.isReadable(capture)) {
            throw new CommandLine.ParameterException(
                    line, "cannot read --capture " + capture + ", name a recorded .jsonl.gz file");
        }
        LatencyResults gathered = new LatencyResults(BenchMachine.look(isFull), peerCommand());
        return new LatencyRun(plan, new LatencyRun.Places(capture, hlog, json), gathered, line.getErr()).measure();
    }

    private String peerCommand() {
        return "tools/millrace bench --capture "
                + (capture == null ? "captures/usdm-btcusdt-20240808.jsonl.gz" : capture.getFileName());
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
