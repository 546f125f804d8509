package io.millrace.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.bench.exchange.ExchangeBench;
import io.millrace.bench.footprint.FootprintBench;
import io.millrace.bench.report.LatencyCommand;
import io.millrace.bench.scale.ScaleBench;
import io.millrace.bench.wire.WireBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
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
        subcommands = {
            ExchangeBench.class,
            WireBench.class,
            LatencyCommand.class,
            FootprintBench.class,
            ScaleBench.class
        },
        description = "Measures the engine beside its floors and its peers, in one run.",
        footer = {
            "",
            "Example: tools/millrace bench --capture captures/usdm-btcusdt-20240808.jsonl.gz --rounds 5",
            "Exit codes: 0 all gates hold, 1 a gate does not hold, 2 usage."
        })
public final class BenchMain implements Callable<Integer> {
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
            split = ",",
            paramLabel = "PART",
            description = "path: decode and book on the capture; peers: the same by other libraries; types: decode by"
                    + " message type; book: one level by its depth; sbe: the ring's messages; hash: the state's; orders: requests"
                    + " and signatures; hop: the ring between two threads; append: the journal; replay: it; model: trees;"
                    + " features: all features per event; bars: all indicators per closed bar, and at a full hour; burst:"
                    + " the capture through a queue; startup: to the first book. Without it all of them.")
    private List<String> only = List.of();

    @Spec
    private CommandSpec spec;

    /** Starts the benchmarks. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchMain()).execute(args));
    }

    @Override
    public Integer call() throws RunnerException, IOException, InterruptedException {
        if (capture == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--capture is missing, name a recorded .jsonl.gz file");
        }
        if (!Files.isReadable(capture)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "cannot read --capture " + capture + ", name a recorded .jsonl.gz file");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<BenchFigure> figures = measure(variants());
        BenchReport report = new BenchReport(figures);
        report.print(out);
        if (json != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), report.toJson());
        }
        return report.areGatesMet() ? 0 : 1;
    }

    private List<BenchVariant> variants() {
        try {
            return BenchParts.variants(only, capture);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private List<BenchFigure> measure(List<BenchVariant> variants)
            throws RunnerException, IOException, InterruptedException {
        BenchSettings settings = new BenchSettings(capture, warmup, iterations);
        List<BenchFigure.Sample> samples = new ArrayList<>();
        PrintWriter progress = spec.commandLine().getErr();
        int done = 0;
        for (int round = 1; round <= rounds; round++) {
            for (BenchVariant variant : variants) {
                done++;
                progress.printf(
                        "%d of %d, round %d of %d: %s%n",
                        done, rounds * variants.size(), round, rounds, variant.name());
                progress.flush();
                samples.addAll(variant.measure(settings));
            }
        }
        return BenchFigure.summarise(samples);
    }
}
