package io.millrace.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.bench.exchange.ExchangeBench;
import io.millrace.bench.footprint.FootprintBench;
import io.millrace.bench.footprint.HourCloseBenchmark;
import io.millrace.bench.journal.AppendBenchmark;
import io.millrace.bench.market.DecodeBenchmark;
import io.millrace.bench.market.FeatureBenchmark;
import io.millrace.bench.market.MarketPathBenchmark;
import io.millrace.bench.report.LatencyCommand;
import io.millrace.bench.wire.WireBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the benchmarks so that variants can be compared: one fork of each in turn, several rounds, medians. A shared
 * machine that slows down for a while then slows all of them down.
 */
@Command(
        name = "millrace bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        subcommands = {ExchangeBench.class, WireBench.class, LatencyCommand.class, FootprintBench.class},
        description = "Measures the market-data path beside its floor and its peers, in one run.",
        footer = {
            "",
            "Example: tools/millrace bench --capture captures/usdm-btcusdt-20240808.jsonl.gz --rounds 5",
            "Exit codes: 0 all gates hold, 1 a gate does not hold, 2 usage."
        })
public final class BenchMain implements Callable<Integer> {
    /** JVM options of every fork, on top of those of this process: as the launcher starts an engine, with room for peers. */
    static final List<String> FORK_OPTIONS = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = "recorded capture, one instrument, with its depth snapshot; has to be named")
    private Path capture;

    @Option(names = "--rounds", description = "forks of each variant, in turn")
    private int rounds = 5;

    @Option(names = "--warmup", description = "warm-up iterations of a fork, one second each")
    private int warmup = 4;

    @Option(names = "--iterations", description = "measured iterations of a fork, one second each")
    private int iterations = 4;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
    private Path json;

    @Option(
            names = "--only",
            description = "path: decode and book on the capture; types: decode by message type; append: the journal; "
                    + "features: all features per event; bars: all indicators per closed bar, and at a full hour")
    private String only = "";

    @Spec
    private CommandSpec spec;

    /** Starts the benchmarks. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchMain()).execute(args));
    }

    @Override
    public Integer call() throws RunnerException, IOException {
        if (capture == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--capture is missing, name a recorded .jsonl.gz file");
        }
        if (!Files.isReadable(capture)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "cannot read --capture " + capture + ", name a recorded .jsonl.gz file");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<BenchFigure> figures = new ArrayList<>();
        if (isWanted("path")) {
            int messages = MarketPathBenchmark.messagesOf(capture);
            figures.addAll(measure(MarketPathBenchmark.class, MarketPathBenchmark.VARIANTS, messages));
        }
        if (isWanted("types")) {
            figures.addAll(measure(DecodeBenchmark.class, List.of("decode"), 1));
        }
        if (isWanted("append")) {
            figures.addAll(measure(AppendBenchmark.class, AppendBenchmark.VARIANTS, AppendBenchmark.APPENDS));
        }
        if (isWanted("features")) {
            int events = FeatureBenchmark.eventsOf(capture);
            List<String> ours = List.of(FeatureBenchmark.UPDATE, FeatureBenchmark.OURS);
            figures.addAll(measure(FeatureBenchmark.class, ours, events));
            List<String> scratch = List.of(FeatureBenchmark.SCRATCH);
            figures.addAll(measure(FeatureBenchmark.class, scratch, FeatureBenchmark.lookBacksOf(events)));
        }
        if (isWanted("bars")) {
            figures.addAll(measure(HourCloseBenchmark.class, List.of(HourCloseBenchmark.HOUR), 1));
            figures.addAll(measure(HourCloseBenchmark.class, List.of(HourCloseBenchmark.BAR), HourCloseBenchmark.BARS));
        }
        BenchReport report = new BenchReport(figures);
        report.print(out);
        if (json != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), report.toJson());
        }
        return report.areGatesMet() ? 0 : 1;
    }

    private boolean isWanted(String part) {
        return only.isEmpty() || only.equals(part);
    }

    private List<BenchFigure> measure(Class<?> benchmark, List<String> variants, int messages) throws RunnerException {
        List<BenchFigure.Sample> samples = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (String variant : variants) {
                spec.commandLine().getErr().printf("round %d of %d: %s%n", round, rounds, variant);
                spec.commandLine().getErr().flush();
                for (RunResult result : new Runner(options(benchmark, variant)).run()) {
                    samples.add(sample(variant, result, messages));
                }
            }
        }
        return BenchFigure.summarise(samples);
    }

    private static BenchFigure.Sample sample(String variant, RunResult result, int messages) {
        String type = result.getParams().getParam("type");
        double bytes = 0;
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith("gc.alloc.rate.norm")) {
                bytes = result.getSecondaryResults().get(name).getScore();
            }
        }
        return new BenchFigure.Sample(
                type == null ? variant : variant + " " + type,
                result.getPrimaryResult().getScore() / messages,
                bytes / messages);
    }

    private Options options(Class<?> benchmark, String variant) {
        List<String> forkOptions = new ArrayList<>(FORK_OPTIONS);
        forkOptions.add("-Dmillrace.bench.capture=" + capture.toAbsolutePath());
        boolean isSingleShot = benchmark == AppendBenchmark.class;
        return new OptionsBuilder()
                .include(benchmark.getName().replace(".", "\\.") + "\\." + variant + "$")
                .forks(1)
                .warmupIterations(isSingleShot ? AppendBenchmark.WARMUP : warmup)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(isSingleShot ? AppendBenchmark.MEASURED : iterations)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgsAppend(forkOptions.toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
    }
}
