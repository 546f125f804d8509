package io.millrace.bench.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.app.features.SvgPlot;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what an event costs by number of instruments, by levels of a diff and by rate, and what happens when more comes than can be taken. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Measures decoder and engine on one thread with more and more instruments, all streams of each, and with more"
                        + " events than it can take; each figure in a JVM of its own.",
        footer = {"", "Exit codes: 0 measured, 1 a measurement failed, 2 usage."})
public final class ScaleBench implements Callable<Integer> {
    @Option(names = "--instruments", split = ",", paramLabel = "N", description = "numbers of instruments")
    private List<Integer> instruments = List.of(1, 10, 100, 648);

    @Option(names = "--levels", split = ",", paramLabel = "N", description = "levels that a diff changes")
    private List<Integer> levels = List.of(1, 10, 50, 200, 1000);

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "N",
            description = "events a second that are offered, of the largest number of instruments")
    private List<Integer> rates = List.of(10_000, 50_000, 100_000, 200_000, 300_000);

    @Option(names = "--factor", paramLabel = "X", description = "offered rate in parts of what is sustained")
    private double factor = 1.5;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
    private Path json;

    @Option(names = "--plot", paramLabel = "FILE", description = "draw the run with too many events as SVG")
    private Path plot;

    @Option(
            names = "--plots",
            paramLabel = "DIRECTORY",
            description = "draw the growth by instruments, by levels and by rate there as SVG")
    private Path plots;

    @Option(names = "--heap", paramLabel = "MIB", description = "heap of those JVMs in MiB")
    private int heapMib = 2_048;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObjectNode results = new ObjectMapper().createObjectNode();
        PrintWriter out = spec.commandLine().getOut();
        cost(results.putArray("instruments"), "instruments", instruments, out);
        cost(results.putArray("levels"), "levels", levels, out);
        int most = instruments.stream().mapToInt(Integer::intValue).max().orElse(1);
        byRate(results.putArray("rates"), most, out);
        JsonNode overload = run("overload", String.valueOf(most), String.valueOf(factor));
        results.set("overload", overload);
        out.printf(
                "%n%,d instruments, sustained %,d/s, offered %,d/s%n",
                most,
                overload.get("sustainedPerSecond").asLong(),
                overload.get("offeredPerSecond").asLong());
        for (JsonNode policy : overload.get("policies")) {
            ObjectNode figures = policy.deepCopy();
            figures.remove("samples");
            out.println(figures);
        }
        out.flush();
        if (json != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), results);
        }
        if (plot != null) {
            Files.writeString(plot, draw(overload.get("policies"), most));
        }
        if (plots != null) {
            Files.createDirectories(plots);
            List<String> costs = List.of("nsPerEvent", "nsPerEventBest", "engineBytes");
            growth(results.get("instruments"), "instruments", costs);
            growth(results.get("levels"), "levels", costs);
            growth(results.get("rates"), "events-a-second", List.of("ageP50Us", "ageP99Us", "mostWaiting"));
        }
        return 0;
    }

    private void cost(ArrayNode results, String what, List<Integer> sizes, PrintWriter out)
            throws IOException, InterruptedException {
        out.printf(Locale.ROOT, "%n%12s %12s %12s %12s %14s%n", what, "ns/event", "best", "events/s", "engine, MiB");
        for (int size : sizes) {
            JsonNode result = run(what, String.valueOf(size));
            results.add(result);
            out.printf(
                    Locale.ROOT,
                    "%12d %12d %12d %,12d %14.1f%n",
                    size,
                    result.get("nsPerEvent").asLong(),
                    result.get("nsPerEventBest").asLong(),
                    result.get("eventsPerSecond").asLong(),
                    result.get("engineBytes").asDouble() / (1 << 20));
            out.flush();
        }
    }

    private void byRate(ArrayNode results, int most, PrintWriter out) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%n%12s %14s %14s %14s  age of the touch, %d instruments%n",
                "offered/s",
                "p50, us",
                "p99, us",
                "most waiting",
                most);
        for (int rate : rates) {
            ObjectNode result =
                    ((ObjectNode) run("rate", String.valueOf(most), String.valueOf(rate))).put("size", rate);
            result.remove("samples");
            results.add(result);
            out.printf(
                    Locale.ROOT,
                    "%,12d %,14d %,14d %,14d%n",
                    rate,
                    result.get("ageP50Us").asLong(),
                    result.get("ageP99Us").asLong(),
                    result.get("mostWaiting").asLong());
            out.flush();
        }
    }

    /** Draws some figures of growing sizes over the sizes. */
    private void growth(JsonNode results, String what, List<String> figures) throws IOException {
        SvgPlot svg = new SvgPlot(size -> String.format(Locale.ROOT, "%,d %s", size, what.replace('-', ' ')));
        svg.begin(figures);
        for (JsonNode result : results) {
            double[] values = figures.stream()
                    .mapToDouble(figure -> result.get(figure).asDouble())
                    .toArray();
            svg.row(result.get("size").asLong(), "by " + what.replace('-', ' '), values);
        }
        Files.writeString(plots.resolve("scale-" + what + ".svg"), svg.svg());
    }

    private JsonNode run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xms" + heapMib + "m", "-Xmx" + heapMib + "m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ScaleRun.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException("the JVM that measured " + List.of(arguments) + " ended with " + exit
                    + ": see its errors above, or give it more by --heap");
        }
        return new ObjectMapper().readTree(text.substring(text.lastIndexOf('\n') + 1));
    }

    /** Draws what waits and how old the touch is, both policies over the same axis. */
    private static String draw(JsonNode policies, int instruments) {
        SvgPlot svg = new SvgPlot(ms -> ms + " ms");
        svg.begin(List.of("block: waiting", "block: age, ms", "conflate: waiting", "conflate: age, ms"));
        int rows = 0;
        for (JsonNode policy : policies) {
            rows = Math.max(rows, policy.get("samples").size());
        }
        for (int row = 0; row < rows; row++) {
            double[] values = new double[2 * policies.size()];
            double ms = 0;
            for (int i = 0; i < policies.size(); i++) {
                JsonNode sample = policies.get(i).get("samples").get(row);
                values[2 * i] =
                        sample == null ? Double.NaN : sample.get("waiting").asDouble();
                values[2 * i + 1] =
                        sample == null ? Double.NaN : sample.get("ageMs").asDouble();
                ms = sample == null ? ms : Math.max(ms, sample.get("ms").asDouble());
            }
            svg.row(Math.round(ms), instruments + " instruments", values);
        }
        return svg.svg();
    }
}
