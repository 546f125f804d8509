package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.bench.BenchMain;
import io.millrace.bench.footprint.FootprintBench;
import io.millrace.bench.wire.WireBench;
import io.millrace.bench.wire.WireSuite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * Goes through a plan and says how far it is. After each step what there is is written, so that nothing is lost when a later one fails; a step that fails
 * is named in the results, and the others follow.
 */
final class LatencyRun {
    /** Largest heap of the engine whose memory is measured. */
    private static final int FOOTPRINT_HEAP_MIB = 352;

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final LatencyPlan plan;
    private final Places places;
    private final PrintWriter progress;
    private final LatencyResults gathered;
    private final long startNs = System.nanoTime();

    /**
     * Where things are.
     *
     * @param capture recorded frames, null if they are to be made up.
     * @param hlog of the histograms, null for none.
     * @param json written after each step.
     */
    record Places(Path capture, Path hlog, Path json) {}

    LatencyRun(LatencyPlan plan, Places places, LatencyResults gathered, PrintWriter progress) {
        this.plan = plan;
        this.places = places;
        this.gathered = gathered;
        this.progress = progress;
    }

    /** Measures everything; returns the results. */
    JsonNode measure() throws IOException, InterruptedException {
        int number = 0;
        for (LatencyPlan.Step step : plan.steps()) {
            number++;
            long secondsSoFar = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs);
            progress.printf(
                    "== step %d of %d, %d s of about %d: %s%n",
                    number, plan.steps().size(), secondsSoFar, plan.seconds(), String.join(", ", step.parts()));
            progress.flush();
            long stepNs = System.nanoTime();
            try {
                measure(step);
            } catch (IOException | IllegalStateException e) {
                gathered.addFailure(String.join(", ", step.parts()), e.getMessage());
                progress.printf("this step failed: %s%n", e.getMessage());
            }
            progress.printf("took %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - stepNs));
            progress.flush();
            MAPPER.writeValue(places.json().toFile(), gathered.toJson());
        }
        return gathered.toJson();
    }

    private void measure(LatencyPlan.Step step) throws IOException, InterruptedException {
        switch (step.kind()) {
            case WIRE -> wire(step);
            case FOOTPRINT -> {
                FootprintBench.Memory memory = FootprintBench.measure(FOOTPRINT_HEAP_MIB);
                gathered.add(memory.toGoalResult());
                gathered.addFigure("footprint, resident", "MiB", (double) memory.residentMib());
                gathered.addFigure("footprint, heap in use", "MiB", (double) memory.heapMib());
            }
            case BENCHMARKS -> gathered.add(benchmarks(step));
        }
    }

    private void wire(LatencyPlan.Step step) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(step.arguments());
        if (places.capture() != null) {
            arguments.addAll(List.of("--capture", places.capture().toString()));
        }
        WireBench bench = new WireBench();
        new CommandLine(bench).parseArgs(arguments.toArray(String[]::new));
        WireSuite suite = bench.measure(progress, step.isJudged() ? places.hlog() : null);
        gathered.add(suite, step.isJudged());
    }

    private JsonNode benchmarks(LatencyPlan.Step step) throws IOException {
        Path file = Files.createTempFile("millrace-bench-", ".json");
        try {
            List<String> arguments =
                    new ArrayList<>(List.of("--capture", places.capture().toString(), "--json", file.toString()));
            arguments.addAll(List.of("--only", String.join(",", step.parts())));
            arguments.addAll(step.arguments());
            int code = new CommandLine(new BenchMain())
                    .setOut(new PrintWriter(java.io.Writer.nullWriter()))
                    .setErr(progress)
                    .execute(arguments.toArray(String[]::new));
            if (code > 1) {
                throw new IOException("the benchmarks ended with exit code " + code + ": see what they wrote above");
            }
            return MAPPER.readTree(file.toFile());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
